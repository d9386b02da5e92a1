"""The other end of the broker: lamps that fade, a speaker, and a judge of both who looks at every command at once.

The judge knows the plan (when runway, bedtime and wake are) and what the lamps truly show. It believes the daemon
nothing; of its `state` it only keeps the last word.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

SLACK = 2.0
"""Steps: what lies between two looks at a fade."""
PEAK = 39.0
"""15 % of a lamp's 255 or 254 steps."""
GRACE_S = 2.5
SPEAKER, LOUD, MUTE = "home/speaker", "35", "0"


@dataclass
class Plan:
    """When the compressed evening is what (POSIX seconds)."""

    begin: float
    runway_s: float
    breathing_s: float
    night_s: float

    @property
    def bedtime(self) -> float:
        """The end of the runway."""
        return self.begin + self.runway_s

    @property
    def wake(self) -> float:
        """The end of the night."""
        return self.bedtime + self.night_s

    @property
    def times(self) -> tuple[float, ...]:
        """As `daemon.py` takes them."""
        return self.begin, self.runway_s, self.breathing_s, self.night_s


@dataclass
class Lamp:
    """A bulb that fades by itself. `zigbee`: it answers when it is asked, else its state is retained."""

    name: str
    zigbee: bool
    on: bool = True
    start: float = 200.0
    goal: float = 200.0
    begin: float = 0.0
    end: float = 0.0
    commands: list[tuple[float, dict[str, Any]]] = field(default_factory=list)

    @property
    def topic(self) -> str:
        """Where it says what it shows."""
        return f"zigbee2mqtt/{self.name}" if self.zigbee else f"home/{self.name}"

    def level(self) -> float:
        """What it shows now."""
        at = time.time()
        if not self.on:
            return 0.0
        if at >= self.end:
            return self.goal
        return self.start + (self.goal - self.start) * (at - self.begin) / (self.end - self.begin)

    def obey(self, told: dict[str, Any]) -> None:
        """Do as it is told."""
        level, at = self.level(), time.time()
        self.commands.append((at, told))
        state = told.get("state", None if "state" in told else "ON" if self.zigbee else None)
        if state == "OFF":
            self.on = False
        elif state == "ON" and ("brightness" in told or "state" in told):
            self.on = True
        if "brightness" in told and self.on:
            over_s = float(told.get("transition") or 0)
            self.start, self.goal, self.begin, self.end = level, float(told["brightness"]), at, at + over_s

    def says(self) -> str:
        """Its state."""
        return json.dumps({"state": "ON" if self.on else "OFF", "brightness": round(self.goal), "color_temp": 300})


class Bedroom:
    """Lamps `one` (breathes), `two` and `three`, a speaker, the broker's other end; and the judge."""

    def __init__(self, port: int) -> None:
        self.lamps = {"one": Lamp("one", zigbee=False), "two": Lamp("two", zigbee=False), "three": Lamp("three", True)}
        self.speaker = LOUD
        self.plan: Plan | None = None
        self.violations: list[str] = []
        self.pressed = False
        """Somebody does: then the lamp that breathes may be lit, up to its peak."""
        self.state: dict[str, Any] = {}
        self.statuses: list[str] = []
        self.whys: list[str] = []
        self.unmuted_by_us = 0
        self.heard = 0
        self._lock = threading.RLock()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._on_message
        self._client.on_connect = self._on_connect
        self._client.on_socket_open = _without_delay
        self._client.reconnect_delay_set(1, 1)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def _on_connect(self, client: Client, *_: Any) -> None:
        client.subscribe([("home/#", 0), ("zigbee2mqtt/#", 0), ("winddown/#", 0)])
        self.tell_all()

    def tell_all(self) -> None:
        """Everything says what it shows."""
        for lamp in [*self.lamps.values()]:  # a test may be taking one away just now
            self._client.publish(lamp.topic, lamp.says(), retain=not lamp.zigbee)
        self._client.publish(SPEAKER, self.speaker, retain=True)

    def say(self, topic: str, payload: str | bytes) -> None:
        """Anybody says anything."""
        self._client.publish(topic, payload, qos=1)

    def wait(self, fits: Any, within_s: float = 8.0) -> bool:
        """Until it fits; False: it never did."""
        until = time.monotonic() + within_s
        while not fits():
            if time.monotonic() > until:
                return False
            time.sleep(0.005)  # messages are no queue here
        return True

    def leave(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()

    @property
    def status(self) -> str:
        """What the daemon, or the broker for it, said last: `online` or `offline`."""
        return self.statuses[-1] if self.statuses else ""

    def wake_up(self) -> None:
        """By day people have their lamps on."""
        for lamp in self.lamps.values():
            lamp.on, lamp.start, lamp.goal, lamp.end = True, 200.0, 200.0, 0.0
        self.tell_all()

    # ------------------------------------------------------------ what is heard

    def _on_message(self, _client: Client, _userdata: Any, message: Any) -> None:
        with self._lock:
            self.heard += 1
            with contextlib.suppress(ValueError, UnicodeDecodeError):  # others may say anything
                self._take(message.topic, message.payload)

    def _take(self, topic: str, payload: bytes) -> None:
        for lamp in self.lamps.values():
            if topic == f"{lamp.topic}/set":
                self._command(lamp, json.loads(payload))
                return
            if topic == f"{lamp.topic}/get":
                self._client.publish(lamp.topic, lamp.says())
                return
        if topic == f"{SPEAKER}/set":
            self._speak(payload.decode())
        elif topic == "winddown/bedroom/state" and payload:
            self.state = json.loads(payload)
        elif topic == "winddown/status":
            self.statuses.append(payload.decode())
        elif topic == "winddown/bedroom/why":
            self.whys.append(payload.decode())

    def _command(self, lamp: Lamp, told: dict[str, Any]) -> None:
        before, was_on = lamp.level(), lamp.on
        lamp.obey(told)
        self._judge(lamp, before, was_on)
        self._client.publish(lamp.topic, lamp.says(), retain=not lamp.zigbee)

    def _speak(self, text: str) -> None:
        plan, at = self.plan, time.time()
        if plan is not None and text != MUTE and plan.begin + 0.2 < at < plan.wake - 0.2:
            self.breaks(f"3. the speaker was told {text} while it is to be quiet")
        if plan is not None and text == MUTE and not plan.begin - 0.2 < at < plan.wake + 0.2:
            self.breaks("3. the speaker was muted by day")
        if text not in (MUTE, LOUD):
            self.breaks(f"3. the speaker was told {text}, and it was {LOUD}")
        self.speaker = text
        self._client.publish(SPEAKER, text, retain=True)

    # ------------------------------------------------------------ judging

    def breaks(self, sentence: str) -> None:
        """A promise was broken just now."""
        since = "" if self.plan is None else f" {time.time() - self.plan.begin:6.2f} s after the runway's begin:"
        self.violations.append(f"{since} {sentence}")

    def _judge(self, lamp: Lamp, before: float, was_on: bool) -> None:
        if self.plan is None or not lamp.on or (self.pressed and lamp.name == "one" and lamp.goal <= PEAK):
            return
        at = time.time()
        if not was_on:
            self.breaks(f"8. {lamp.name} was lit, to {lamp.goal:.0f}")
        elif lamp.goal > before + SLACK:
            breathes = lamp.name == "one" and self.plan.bedtime - 0.2 <= at <= self.plan.wake + 0.2
            if not (breathes and lamp.goal <= PEAK):
                self.breaks(f"1. {lamp.name} was raised from {before:.1f} to {lamp.goal:.0f}")

    def judge_night(self) -> None:
        """Late in the night, the daemon having had its time: dark, and quiet."""
        for lamp in self.lamps.values():
            if lamp.on:
                self.breaks(f"6. {lamp.name} is still on, at {lamp.level():.0f}")
        if self.speaker != MUTE:
            self.breaks("3. the speaker is loud in the night")

    def judge_morning(self) -> None:
        """After wake, the daemon having had its time."""
        if self.speaker != LOUD:
            self.breaks(f"3. the speaker is at {self.speaker} after wake")
        if self.state.get("phase") != "day" or self.state.get("quiet"):
            self.breaks(f"6. after wake it is {self.state.get('phase')}, quiet {self.state.get('quiet')}")


def _without_delay(_client: Client, _userdata: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
