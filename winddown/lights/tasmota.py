"""Lamps that run Tasmota. Has no form that cannot light a lamp: whoever sends a `Dim` must know that it is on.

Habits of Tasmota that shape the messages: `Dimmer` and `CT` light a lamp that is off unless the device has
`SetOption20 1`; so `Dimmer` comes first, and `Power ON` last, for the device that has. `Speed2` is a fade for the next
change alone, in half seconds for the whole scale, which `SetOption117 1` makes half seconds for any distance: it is set
with every fade, because no length would mean anything without it. An OFF in mid-fade would leave the fade running, so
that is ended first. Levels are bent for the eye on the device (`LedTable`), and what it says is the goal of a fade.
"""

from __future__ import annotations

from typing import ClassVar, assert_never

from winddown import payload as read
from winddown.lights.availability import availability
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import fade_within, level_within, mired_within
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report
from winddown.payload import FullTopic

_PROFILE = Profile(scale=100, coolest_mired=153, warmest_mired=500, max_fade_s=20.0, curve="linear")

_ON = {"on": True, "1": True, "true": True, "off": False, "0": False, "false": False}
_COMMANDS = ("Backlog0", "Backlog", "POWER", "Power", "Dimmer", "CT")
"""Tasmota takes any capitals, a subscription does not; these are what programs write."""


class TasmotaLight(LightDialect):
    """A lamp named by its device's topic."""

    DIALECT: ClassVar[str] = "tasmota"

    full_topic: FullTopic = "%prefix%/%topic%/"
    """How the device makes its topics, where its `FullTopic` was changed."""

    def profile(self) -> Profile:
        return _PROFILE

    def topics(self) -> tuple[str, ...]:
        state, result, will = f"{self._at('tele')}STATE", f"{self._at('stat')}RESULT", f"{self._at('tele')}LWT"
        return (state, result, will, *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        return tuple(f"{self._at('cmnd')}{name}" for name in _COMMANDS)

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                shown = _shown(command, profile)
                orders = [*_speed(command.fade_s, profile), *shown] if shown else []
            case Light():
                orders = [*_speed(command.fade_s, profile), *_shown(command, profile), "Power ON"]
            case Off():
                orders = ["Dimmer !", "Speed2 0", "Power OFF"]
            case Ask():
                return (Message(f"{self._at('cmnd')}State", ""),)
            case _:
                assert_never(command)
        return (Message(f"{self._at('cmnd')}Backlog0", ";".join(orders)),) if orders else ()

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        if topic == f"{self._at('tele')}LWT":
            return availability(payload)
        if topic in self.command_topics():
            text = read.as_text(payload)
            name = topic.rpartition("/")[2]
            return None if text is None else _told(text if name.startswith("Backlog") else f"{name} {text}", profile)
        said = read.as_object(payload)
        if said is None or topic not in self.topics():
            return None
        report = Report(_on(said), read.whole(said.get("Dimmer"), 0, profile.scale), _mired(said, profile))
        return None if report == Report() else report

    def _at(self, prefix: str) -> str:
        return read.filled(self.full_topic, prefix, self.address)


def _speed(fade_s: float, profile: Profile) -> list[str]:
    halves = int(2 * fade_within(fade_s, profile) + 0.5)
    return ["SetOption117 1", f"Speed2 {halves}"] if halves else ["Speed2 0"]


def _shown(command: Dim | Light, profile: Profile) -> list[str]:
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    shown = {"Dimmer": level, "CT": mired}
    return [f"{name} {value}" for name, value in shown.items() if value is not None]


def _told(orders: str, profile: Profile) -> Commanded | None:
    """What a command, or several of them, tell the lamp. A level above 0 does not say that it goes on."""
    told = Commanded()
    for order in orders.split(";"):
        name, _, value = order.strip().partition(" ")
        number = read.number_in(value, 0, 1000)
        match name.lower():
            case "power" | "power1":
                told = Commanded(_ON.get(value.strip().lower()), told.level, told.mired)
            case "dimmer" if number is not None and number <= profile.scale:
                told = Commanded(told.on if number else False, round(number), told.mired)
            case "ct" if number is not None:
                told = Commanded(told.on, told.level, _warmth(number, profile))
    return None if told == Commanded() else told


def _on(said: dict[str, object]) -> bool | None:
    return _ON.get(str(said.get("POWER", said.get("POWER1"))).lower())


def _mired(said: dict[str, object], profile: Profile) -> int | None:
    if said.get("White") == 0:
        return None  # it shows a colour, and names the warmth that it had before
    return _warmth(said.get("CT"), profile)


def _warmth(value: object, profile: Profile) -> int | None:
    coolest, warmest = profile.coolest_mired, profile.warmest_mired
    return None if coolest is None or warmest is None else read.whole(value, coolest, warmest)
