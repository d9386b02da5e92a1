"""Where a daemon is measured: a mosquitto, an observer, and the processes under test. It judges nothing.

Everything a stand starts it ends, each by its own handle.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from beside import running
from winddown.clock import now

DAEMON = (sys.executable, "-m", "winddown", "run")
ECHO = (sys.executable, "-m", "bench.echo")
HEAR_S = 10.0


class BenchError(Exception):
    """It cannot be measured here, and why."""


@dataclass(frozen=True)
class Heard:
    """A message, and the boot-time second at which it was here."""

    boot: float
    topic: str
    payload: bytes


class Observer:
    """A client that takes the time of what it hears. `answer` is called after that, on the line's own thread."""

    def __init__(
        self, port: int, topics: Sequence[str], answer: Callable[[Observer, Heard], None] | None = None
    ) -> None:
        self.heard: SimpleQueue[Heard] = SimpleQueue()
        self._answer = answer
        self._ready: SimpleQueue[int] = SimpleQueue()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_socket_open = _without_delay
        self._client.on_message = self._on_message
        self._client.on_subscribe = lambda _client, _userdata, mid, *_: self._ready.put(mid)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe([(topic, 0) for topic in topics])
        self._ready.get(timeout=HEAR_S)

    def say(self, topic: str, payload: str, *, retain: bool = False) -> float:
        """Publish; the boot-time second just before."""
        boot = now().boot
        self._client.publish(topic, payload, retain=retain)
        return boot

    def wait_for(self, topic: str, payload: bytes | None = None, within_s: float = HEAR_S) -> Heard:
        """The next message on the topic; what comes before it is dropped."""
        until_boot = now().boot + within_s
        while True:
            try:
                heard = self.heard.get(timeout=max(0.0, until_boot - now().boot))
            except Empty:
                raise BenchError(f"nothing was said on {topic} within {within_s:.0f} s") from None
            if heard.topic == topic and payload in (None, heard.payload):
                return heard

    def drain(self) -> list[Heard]:
        """What was heard and not waited for."""
        heard = []
        while not self.heard.empty():
            heard.append(self.heard.get())
        return heard

    def leave(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _client: Client, _userdata: Any, message: MQTTMessage) -> None:
        heard = Heard(now().boot, message.topic, bytes(message.payload))
        self.heard.put(heard)
        if self._answer is not None:
            self._answer(self, heard)


class Stand:
    """A broker of its own, an observer on it, and what is started beside them."""

    def __init__(self, stack: ExitStack, folder: Path, port: int, observer: Observer) -> None:
        self.port = port
        self.observer = observer
        self._stack = stack
        self._folder = folder

    def daemon(self, rooms: str, within_s: float = HEAR_S, program: Sequence[str] = DAEMON) -> tuple[int, float]:
        """Start winddown with this part of a configuration: its process id, and the seconds until it is online."""
        config = self._folder / "winddown.yaml"
        config.write_text(f"timezone: UTC\nmqtt: {{host: 127.0.0.1, port: {self.port}}}\n{rooms}")
        return self._start((*program, str(config)), "winddown/status", within_s)

    def echo(self) -> tuple[int, float]:
        """Start the bare echo: likewise."""
        return self._start((*ECHO, str(self.port)), "echo/status")

    def beside(self, command: Sequence[str], log: str) -> Path:
        """Start something that says by itself what it hears; where it says it. It ends with the stand."""
        path = self._folder / log
        self._stack.enter_context(running(command, path))
        return path

    def _start(self, command: Sequence[str], status: str, within_s: float = HEAR_S) -> tuple[int, float]:
        log = self._folder / f"{status.split('/')[0]}.log"
        began_boot = now().boot
        process = self._stack.enter_context(running(command, log))
        try:
            ready = self.observer.wait_for(status, b"online", within_s)
        except BenchError as error:
            raise BenchError(f"{' '.join(command)}: {error}\n{log.read_text()}") from None
        return process.pid, ready.boot - began_boot


@contextmanager
def stand(
    topics: Sequence[str],
    answer: Callable[[Observer, Heard], None] | None = None,
    limits: Sequence[str] = (),
) -> Iterator[Stand]:
    """A stand for as long as the block; its observer hears these topics and who is online. `limits`: of mosquitto."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = _mosquitto(stack, folder, limits)
        observer = Observer(port, ("winddown/status", "echo/status", *topics), answer)
        stack.callback(observer.leave)
        yield Stand(stack, folder, port, observer)


def _mosquitto(stack: ExitStack, folder: Path, limits: Sequence[str]) -> int:
    program = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise BenchError("mosquitto is not installed: apt install mosquitto")
    port = free_port()
    lines = (f"listener {port} 127.0.0.1", "allow_anonymous true", "persistence false", f"user {getpass.getuser()}")
    config = folder / "mosquitto.conf"
    config.write_text("\n".join((*lines, *limits, "")))
    stack.enter_context(running((program, "-c", str(config)), folder / "mosquitto.log"))
    until_boot = now().boot + HEAR_S
    while not _listens(port):
        if now().boot > until_boot:
            raise BenchError(f"mosquitto does not listen: {(folder / 'mosquitto.log').read_text()}")
        time.sleep(0.005)  # it cannot tell us
    return port


def free_port() -> int:
    """One that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def _without_delay(_client: Client, _userdata: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
