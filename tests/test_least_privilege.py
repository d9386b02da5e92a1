"""A short evening of the real daemon on a real mosquitto, under the access list that is shipped: nobody has a right too
many, and nobody misses one.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest
from paho.mqtt.client import Client, MQTTMessage, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from test_deployment import ROOT, answers, free_port, program, settled_in

PASSWORDS = {"winddown": "w", "homeassistant": "h", "zigbee2mqtt": "z", "speaker": "s"}
VOLUME = "home/speaker/volume"
HEAR_S = 10.0

HOUSE = """
timezone: UTC
mqtt: {{host: 127.0.0.1, port: {port}, username: winddown, password: !env PASSWORD}}
rooms:
  bedroom:
    bedtime: "{bedtime:%H:%M}"
    wake: "{wake:%H:%M}"
    lights: [zigbee2mqtt/bedside]
    button: zigbee2mqtt/button
    quiet: [{{topic: home/speaker/volume/set, state: home/speaker/volume, mute: "0"}}]
    breathing: {{start_pace: 20}}
    release: {{areas: [toes], rounds: 1, announce: 1 s, tense: 1 s, release: 3 s}}
"""

DEVICES = [
    {
        "type": "Router",
        "friendly_name": "bedside",
        "ieee_address": "0x1",
        "definition": {
            "vendor": "Acme",
            "model": "B1",
            "exposes": [{"type": "light", "features": [{"name": "state"}, {"name": "brightness"}]}],
        },
    }
]


class Guest:
    """Somebody on the broker with a password, in a thread of its own."""

    def __init__(self, port: int, user: str, *topics: str) -> None:
        self.heard: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._ready: SimpleQueue[int] = SimpleQueue()
        self._client = Client(CallbackAPIVersion.VERSION2, f"guest-{user}", protocol=MQTTProtocolVersion.MQTTv5)
        self._client.username_pw_set(user, PASSWORDS[user])
        self._client.on_message = lambda _client, _userdata, message: self.hear(message)
        self._client.on_subscribe = lambda _client, _userdata, mid, *_: self._ready.put(mid)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe([(topic, 1) for topic in topics or ("nothing",)])
        self._ready.get(timeout=HEAR_S)

    def hear(self, message: MQTTMessage) -> None:
        self.heard.put((message.topic, message.payload.decode()))

    def say(self, topic: str, said: Any, *, retain: bool = False) -> MQTTMessageInfo:
        return self._client.publish(topic, said if isinstance(said, str) else json.dumps(said), 1, retain)

    def until(self, wanted: Callable[[str, str], bool], within_s: float = HEAR_S) -> str:
        """The payload of the first message that is wanted."""
        give_up_at, seen = time.monotonic() + within_s, []
        while True:
            try:
                topic, payload = self.heard.get(timeout=max(give_up_at - time.monotonic(), 0.001))
            except Empty:
                pytest.fail(f"it was not heard, but {seen[-12:]}")
            if wanted(topic, payload):
                return payload
            seen.append((topic, payload[:80]))

    def leave(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


class Zigbee2Mqtt(Guest):
    """A lamp that does what it is told and says so, and a button."""

    def __init__(self, port: int) -> None:
        self.shows: dict[str, Any] = {"state": "ON", "brightness": 200}
        super().__init__(port, "zigbee2mqtt", "zigbee2mqtt/#")
        self.say("zigbee2mqtt/bridge/devices", DEVICES, retain=True)
        self.say("zigbee2mqtt/bridge/state", {"state": "online"}, retain=True)
        self.say("zigbee2mqtt/bedside", self.shows)

    def hear(self, message: MQTTMessage) -> None:
        super().hear(message)
        if message.topic == "zigbee2mqtt/bedside/set":
            told = json.loads(message.payload)
            self.shows |= {key: told[key] for key in ("state", "brightness") if told.get(key) is not None}
        if message.topic in ("zigbee2mqtt/bedside/set", "zigbee2mqtt/bedside/get"):
            self.say("zigbee2mqtt/bedside", self.shows)


@dataclass
class House:
    """The broker under the shipped list."""

    port: int
    folder: Path
    broker: subprocess.Popen[bytes]
    log: Path

    def denied(self, client_id: str) -> list[str]:
        """What it dropped of somebody's; it has written all of its log when it has ended."""
        self.broker.terminate()
        self.broker.wait(5)
        return [line for line in self.log.read_text().splitlines() if "Denied" in line and client_id in line]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    port = free_port()
    config = settled_in(tmp_path, port)
    config.write_text(f"{config.read_text()}\nlog_type debug\n")
    subprocess.run([program("mosquitto_passwd"), "-b", tmp_path / "passwords", "speaker", "s"], check=True)
    with (tmp_path / "acl").open("a") as acl:  # what the file says to add for a house's own quiet target
        acl.write(f"\nuser winddown\ntopic write {VOLUME}/set\ntopic read {VOLUME}\n")
        acl.write("\nuser speaker\ntopic readwrite home/speaker/#\n")
    log = tmp_path / "mosquitto.log"
    with log.open("wb") as said, subprocess.Popen([program("mosquitto"), "-c", config], stdout=said, stderr=said) as it:
        give_up_at = time.monotonic() + 5
        while not answers(port):
            assert it.poll() is None, log.read_text()
            assert time.monotonic() < give_up_at, log.read_text()
        yield House(port, tmp_path, it, log)
        it.terminate()


@pytest.fixture
def guests(house: House) -> Iterator[tuple[Zigbee2Mqtt, Guest, Guest]]:
    speaker = Guest(house.port, "speaker", "home/speaker/#")
    speaker.say(VOLUME, "40", retain=True)
    came = (Zigbee2Mqtt(house.port), Guest(house.port, "homeassistant", "winddown/#", "zigbee2mqtt/#"), speaker)
    yield came
    for guest in came:
        guest.leave()


@pytest.fixture
def daemon(house: House, guests: object) -> Iterator[subprocess.Popen[str]]:
    now = datetime.now(UTC)
    config = house.folder / "winddown.yaml"
    config.write_text(HOUSE.format(port=house.port, bedtime=now, wake=now + timedelta(hours=8)))
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PASSWORD": PASSWORDS["winddown"]}
    command = [sys.executable, str(ROOT / "tests/evening_daemon.py"), str(config)]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        yield process
        with contextlib.suppress(ProcessLookupError):
            process.kill()


def phase(wanted: str) -> Callable[[str, str], bool]:
    return lambda topic, payload: topic == "winddown/bedroom/state" and json.loads(payload)["phase"] == wanted


def is_(topic: str, part: str = "") -> Callable[[str, str], bool]:
    return lambda heard, payload: heard == topic and part in payload


def test_a_whole_evening_needs_no_right_that_is_not_given(
    house: House, guests: tuple[Zigbee2Mqtt, Guest, Guest], daemon: subprocess.Popen[str]
) -> None:
    zigbee, assistant, speaker = guests

    assistant.until(is_("winddown/status", "online"))
    assistant.until(phase("runway"))
    speaker.until(is_(f"{VOLUME}/set", "0"))
    speaker.say(VOLUME, "0", retain=True)
    zigbee.until(is_("zigbee2mqtt/bedside/set", "brightness"))
    zigbee.say("zigbee2mqtt/button", {"action": "single"})
    assistant.until(is_("winddown/bedroom/press", "zigbee2mqtt/button"))
    assistant.until(phase("release"))
    assistant.until(is_("winddown/bedroom/cue"))
    assistant.say("winddown/bedroom/command", "next")
    assistant.until(phase("breathing"), 20)
    assistant.say("winddown/bedroom/command", "dark")
    zigbee.until(is_("zigbee2mqtt/bedside/set", "OFF"))
    assistant.until(phase("night"))
    daemon.send_signal(signal.SIGTERM)
    speaker.until(is_(f"{VOLUME}/set", "40"))
    assistant.until(is_("winddown/status", "offline"))

    assert daemon.wait(5) == 0
    assert daemon.stderr is not None
    assert "access rules" not in daemon.stderr.read()
    assert house.denied("winddown-evening") == []
    assert zigbee.shows["brightness"] < 200


def test_what_is_denied_is_seen_in_the_log_that_the_evening_is_held_to(
    house: House, guests: tuple[Zigbee2Mqtt, Guest, Guest]
) -> None:
    zigbee, assistant, _ = guests

    zigbee.say("winddown/bedroom/command", "stop").wait_for_publish(HEAR_S)
    zigbee.say("homeassistant/light/x/y/config", "{}").wait_for_publish(HEAR_S)
    assistant.say("winddown/bedroom/state", "{}").wait_for_publish(HEAR_S)
    assistant.say("winddown/bedroom/command", "dark").wait_for_publish(HEAR_S)
    assistant.until(is_("winddown/bedroom/command"))

    (zigbee_s,), (assistant_s,) = house.denied("guest-zigbee2mqtt"), house.denied("guest-homeassistant")
    assert "winddown/bedroom/command" in zigbee_s
    assert "winddown/bedroom/state" in assistant_s


@pytest.mark.parametrize(
    ("user", "password"),
    [(None, None), ("winddown", None), ("winddown", "wrong"), ("winddown", "h"), ("nobody", "w"), ("", "w")],
)
def test_a_stranger_is_refused(house: House, user: str | None, password: str | None) -> None:
    codes: SimpleQueue[bool] = SimpleQueue()
    stranger = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5, reconnect_on_failure=False)
    stranger.on_connect = lambda _client, _userdata, _flags, code, _properties: codes.put(code.is_failure)
    if user is not None:
        stranger.username_pw_set(user, password)

    stranger.connect("127.0.0.1", house.port)
    stranger.loop_start()

    assert codes.get(timeout=HEAR_S)
    stranger.loop_stop()


def test_the_doctor_finds_every_right_that_it_needs(
    house: House, guests: tuple[Zigbee2Mqtt, Guest, Guest], daemon: subprocess.Popen[str]
) -> None:
    guests[1].until(is_("winddown/status", "online"))
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PASSWORD": PASSWORDS["winddown"], "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "winddown", "doctor", str(house.folder / "winddown.yaml")]

    said = subprocess.run(command, env=env, capture_output=True, text=True, check=False, cwd=ROOT).stdout

    assert "✓ rights " in said
    assert "✓ winddown " in said
    assert "✓ bedroom.bedside " in said
    assert house.denied("winddown-remote") == []


def test_the_doctor_of_a_user_without_rights_names_what_is_missing(
    house: House, guests: tuple[Zigbee2Mqtt, Guest, Guest]
) -> None:
    now = datetime.now(UTC)
    text = HOUSE.format(port=house.port, bedtime=now, wake=now + timedelta(hours=8))
    config = house.folder / "winddown.yaml"
    config.write_text(text.replace("username: winddown", "username: speaker"))
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PASSWORD": PASSWORDS["speaker"], "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "winddown", "doctor", str(config)]

    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=False, cwd=ROOT)

    rights = [line for line in ended.stdout.splitlines() if line.startswith("✗ rights ")]
    assert ended.returncode == 1
    assert "what is said on winddown/bridge/doctor, winddown/bedroom/command does not come back" in rights[0]
    assert "the broker lets nothing be said on zigbee2mqtt/bedside/get" in rights[1]
