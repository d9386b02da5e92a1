"""What tests of the real world share: a real mosquitto on a free port, and a neighbour on the same broker."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest
from hypothesis import Phase, settings
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
settings.load_profile("ci" if os.environ.get("CI") else "here")

_START_S = 15.0
_HEAR_S = 15.0
"""Before a test gives up: long, for others may compute, and nobody waits so long when all is well."""


class Mosquitto:
    """A broker of a test's own, which it may stop, start again on the same port, kill, and freeze."""

    host = "127.0.0.1"

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    def start(self, *lines: str, anonymous: bool = True) -> Mosquitto:
        """Begin, with these lines in its configuration."""
        config = self._folder / "mosquitto.conf"
        rules = (f"user {getpass.getuser()}", f"allow_anonymous {'true' if anonymous else 'false'}", *lines)
        config.write_text("\n".join((f"listener {self.port} {self.host}", "persistence false", *rules, "")))
        with (self._folder / "mosquitto.log").open("ab") as log:
            self._process = subprocess.Popen([self._program, "-c", str(config)], stderr=log, stdout=log)
        self._wait_for_port()
        return self

    def with_login(self, username: str, password: str) -> Mosquitto:
        """Begin, and let nobody in but this user."""
        passwords = self._folder / "passwords"
        tool = shutil.which("mosquitto_passwd") or "/usr/bin/mosquitto_passwd"
        subprocess.run([tool, "-b", "-c", str(passwords), username, password], check=True, capture_output=True)
        return self.start(f"password_file {passwords}", anonymous=False)

    def stop(self) -> None:
        """End it as a system does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it hang: its socket takes bytes, and nobody reads them."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on where it was."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.send_signal(signal.SIGCONT)
            self._process.wait(_START_S)
        self._process = None

    def _wait_for_port(self) -> None:
        deadline = time.monotonic() + _START_S
        while True:
            try:
                socket.create_connection((self.host, self.port), timeout=_START_S).close()
            except OSError:
                assert self._process is not None
                log = (self._folder / "mosquitto.log").read_text()
                assert self._process.poll() is None, f"mosquitto ended: {log}"
                assert time.monotonic() < deadline, f"mosquitto does not listen: {log}"
                time.sleep(0.002)  # it cannot tell us
            else:
                return


class Neighbour:
    """Another client of the same broker, which talks and listens."""

    def __init__(self, port: int, topics: tuple[str, ...], client_id: str, protocol: MQTTProtocolVersion) -> None:
        self.heard: SimpleQueue[MQTTMessage] = SimpleQueue()
        self._ready: SimpleQueue[int] = SimpleQueue()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id, protocol=protocol)
        self._client.on_message = lambda _client, _userdata, message: self.heard.put(message)
        self._client.on_subscribe = lambda _client, _userdata, mid, *_rest: self._ready.put(mid)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe([(topic, 1) for topic in topics or ("nothing",)])
        self._ready.get(timeout=_HEAR_S)

    def say(self, topic: str, payload: str | bytes = "", *, qos: int = 1, retain: bool = False) -> None:
        """Publish, and return when the broker has it."""
        self._client.publish(topic, payload, qos, retain).wait_for_publish(_HEAR_S)

    def hear(self, timeout_s: float = _HEAR_S) -> tuple[str, str]:
        """The topic and text of the next message."""
        message = self.heard.get(timeout=timeout_s)
        return message.topic, message.payload.decode()

    def hear_until(self, topic: str, text: str) -> list[tuple[str, str]]:
        """All messages up to and with this one."""
        heard = [self.hear()]
        while heard[-1] != (topic, text):
            heard.append(self.hear())
        return heard

    def leave(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def mosquitto_at_rest(tmp_path: Path) -> Iterator[Mosquitto]:
    """A broker that is not started yet: for tests that configure it, or want it absent first."""
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    if not Path(program).exists():
        reason = "mosquitto is not installed (apt install mosquitto)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    broker = Mosquitto(program, tmp_path)
    yield broker
    broker.kill()  # it has nothing to keep, and would take a tenth of a second to say goodbye


@pytest.fixture
def mosquitto(mosquitto_at_rest: Mosquitto) -> Mosquitto:
    """A broker that is there and takes everybody."""
    return mosquitto_at_rest.start()


@pytest.fixture
def neighbour() -> Iterator[Callable[..., Neighbour]]:
    """`neighbour(port, "topic", ...)`: another client that hears these topics."""
    came: list[Neighbour] = []

    def come(
        port: int,
        *topics: str,
        client_id: str = "",
        protocol: MQTTProtocolVersion = MQTTProtocolVersion.MQTTv311,
    ) -> Neighbour:
        came.append(Neighbour(port, topics, client_id, protocol))
        return came[-1]

    yield come
    for one in came:
        one.leave()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
