"""What stands in the virtual bedroom, without its wires: told the time and what arrives, it answers with messages.

The bedside lamp has a Zigbee lamp's manners: it fades by itself, and what is told after a command is the goal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from winddown import payload as read
from winddown.core.course import between
from winddown.model import Message, Press

BEDSIDE_TOPIC = "zigbee2mqtt/bedside"
BUTTON_TOPIC = "zigbee2mqtt/bedside_button"
SHELF: dict[str, object] = {
    "on_topic": "home/shelf/switch",
    "level_topic": "home/shelf/level",
    "state_topic": "home/shelf",
    "scale": "100",
}
PHONE: dict[str, object] = {"topic": "home/phone/dnd/set", "state": "home/phone/dnd", "mute": "priority_only"}

_COOLEST_MIRED, _WARMEST_MIRED = 250, 454


@dataclass(frozen=True, slots=True)
class Shown:
    """What a lamp shows at one moment."""

    level: float
    """0 (off) to 1, on its own scale."""
    kelvin: float


@dataclass(frozen=True, slots=True)
class Told:
    """A lamp has been told what to show."""

    lamp: str
    percent: int
    """0: off."""
    kelvin: int | None
    """None: it shows one white."""
    fade_s: float


@dataclass(frozen=True, slots=True)
class PhoneIs:
    """The phone has changed."""

    muted: bool


Happening = Told | PhoneIs
Answer = tuple[list[Message], Happening | None]
"""What is published, and what a person in the room would have noticed."""


class Device(Protocol):
    """Something in the bedroom."""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it listens to."""

    def begin(self) -> list[Message]:
        """What it says when the power comes on."""

    def hear(self, topic: str, payload: bytes, boot: float) -> Answer:
        """Take in a message."""


@dataclass(slots=True)
class _Track:
    """A value that is on its way."""

    start: float
    goal: float
    begin_boot: float = 0.0
    end_boot: float = 0.0

    def at(self, boot: float) -> float:
        return between(self.start, self.goal, boot, self.begin_boot, self.end_boot)

    def go(self, goal: float, boot: float, over_s: float) -> None:
        self.start, self.goal, self.begin_boot, self.end_boot = self.at(boot), goal, boot, boot + over_s


class ZigbeeLamp:
    """A white-spectrum lamp behind Zigbee2MQTT that reports nothing by itself."""

    name = "bedside"
    topics = (f"{BEDSIDE_TOPIC}/set", f"{BEDSIDE_TOPIC}/get")

    def __init__(self, level: int = 228, mired: int = 260) -> None:
        self.on = True
        self._level = _Track(level, level)
        self._mired = _Track(mired, mired)
        self._cache = self._truth(0.0)
        """What Zigbee2MQTT believes, which is not always what the lamp shows."""

    def shows(self, boot: float) -> Shown:
        """Mid-fade too."""
        return Shown(self._level.at(boot) / 254 if self.on else 0.0, 1_000_000 / self._mired.at(boot))

    def begin(self) -> list[Message]:
        state = json.dumps({"state": "online"})
        return [
            Message("zigbee2mqtt/bridge/state", state, qos=1, retain=True),
            Message("zigbee2mqtt/bridge/devices", json.dumps(_catalogue()), qos=1, retain=True),
        ]

    def hear(self, topic: str, payload: bytes, boot: float) -> Answer:
        said = read.as_object(payload)
        if said is None:
            return [], None
        return self._told(said, boot) if topic.endswith("/set") else (self._asked(said, boot), None)

    def _asked(self, said: dict[str, object], boot: float) -> list[Message]:
        """One message for each attribute, as the answers come over the air."""
        truth = self._truth(boot)
        return [self._says({key: truth[key]}) for key in said if key in truth]

    def _truth(self, boot: float) -> dict[str, object]:
        level, mired = round(self._level.at(boot)), round(self._mired.at(boot))
        return {"state": "ON" if self.on else "OFF", "brightness": level, "color_temp": mired}

    def _told(self, said: dict[str, object], boot: float) -> Answer:
        over_s = read.number(said.get("transition"), 0, 6553) or 0.0
        if said.get("state") == "OFF":
            self.on = False
            return [self._says({"state": "OFF"})], Told(self.name, 0, None, 0.0)
        level = read.whole(said.get("brightness"), 1, 254)
        mired = read.whole(said.get("color_temp"), 1, 1000)
        lights = "state" not in said or said["state"] == "ON"
        news: dict[str, object] = {"state": "ON"} if lights and not self.on else {}
        if lights and not self.on:
            self.on = True
            self._level.go(1, boot, 0.0)
        if level is not None and self.on:
            self._level.go(level, boot, over_s)
        if mired is not None and self.on:
            self._mired.go(max(_COOLEST_MIRED, min(mired, _WARMEST_MIRED)), boot, over_s)
        news |= {} if level is None else {"brightness": level}
        news |= {} if mired is None else {"color_temp": mired, "color_mode": "color_temp"}
        return [self._says(news)], self._seen(over_s) if self.on else None

    def _seen(self, over_s: float) -> Told:
        percent, kelvin = max(1, round(self._level.goal / 2.54)), round(1_000_000 / self._mired.goal, -1)
        return Told(self.name, percent, int(kelvin), over_s)

    def _says(self, news: dict[str, object]) -> Message:
        self._cache |= news
        return Message(BEDSIDE_TOPIC, json.dumps({**self._cache, "linkquality": 132}))


class SteppedLamp:
    """A dimmer with a topic for on and off and one for a number; it knows no fade and one white."""

    name = "shelf"
    topics = (str(SHELF["on_topic"]), str(SHELF["level_topic"]))

    def __init__(self, level: int = 70) -> None:
        self.on = True
        self.level = level

    def shows(self, boot: float) -> Shown:  # noqa: ARG002  it is where it was put
        """A warm white."""
        return Shown(self.level / 100 if self.on else 0.0, 2500)

    def begin(self) -> list[Message]:
        return [self._says()]

    def hear(self, topic: str, payload: bytes, boot: float) -> Answer:  # noqa: ARG002  nothing takes it time
        text = read.as_text(payload) or ""
        before = (self.on, self.level)
        if topic == SHELF["on_topic"]:
            self.on = {"ON": True, "OFF": False}.get(text, self.on)
        else:
            level = read.number_in(text, 0, 100)
            self.level = self.level if level is None else round(level)
        told = Told(self.name, self.level if self.on else 0, None, 0.0)
        return [self._says()], told if before != (self.on, self.level) else None

    def _says(self) -> Message:
        text = json.dumps({"state": "ON" if self.on else "OFF", "brightness": self.level})
        return Message(str(SHELF["state_topic"]), text, retain=True)


class Phone:
    """Do not disturb, and what it is set to."""

    topics = (str(PHONE["topic"]),)

    def __init__(self) -> None:
        self.mode = "off"

    def begin(self) -> list[Message]:
        return [Message(str(PHONE["state"]), self.mode, retain=True)]

    def hear(self, topic: str, payload: bytes, boot: float) -> Answer:  # noqa: ARG002  one topic, no delay
        before, self.mode = self.mode, read.as_text(payload) or self.mode
        return self.begin(), PhoneIs(self.mode != "off") if self.mode != before else None


def pressed(press: Press) -> Message:
    """What the button's finger makes Zigbee2MQTT say."""
    return Message(BUTTON_TOPIC, json.dumps({"action": press.value, "battery": 97, "linkquality": 88}))


def _catalogue() -> list[dict[str, object]]:
    """What the bridge knows of its two devices."""
    features = [
        {"access": 7, "name": "state", "property": "state", "type": "binary", "value_on": "ON", "value_off": "OFF"},
        {"access": 7, "name": "brightness", "property": "brightness", "value_min": 0, "value_max": 254},
        {"access": 7, "name": "color_temp", "value_min": _COOLEST_MIRED, "value_max": _WARMEST_MIRED},
    ]
    lamp = {
        "exposes": [{"type": "light", "features": features}],
        "options": [{"name": "transition", "type": "numeric"}],
        "vendor": "Virtual",
    }
    actions = {"access": 1, "name": "action", "type": "enum", "values": [press.value for press in Press]}
    return [
        {"friendly_name": "bedside", "type": "Router", "definition": lamp},
        {
            "friendly_name": "bedside_button",
            "type": "EndDevice",
            "definition": {"exposes": [actions], "options": [], "vendor": "Virtual"},
        },
    ]
