"""Shelly lamps and dimmers of the first generation. Fades at most 5 s; asks for everything a device says, or nothing.

Brightness is sent without `turn`, which is what lights; that the device keeps to that is its documentation's word.
"""

from __future__ import annotations

from typing import ClassVar, Literal, assert_never

from winddown import payload as read
from winddown.lights.availability import availability
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import fade_within, kelvin_of, level_within, mired_of, mired_within
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report

_ON = {"on": True, "off": False}
_COOLEST_K, _WARMEST_K = 6500, 2700


class Shelly1Light(LightDialect):
    """A lamp or dimmer named by its device id: `shelly1/shellydimmer2-A1B2C3`."""

    DIALECT: ClassVar[str] = "shelly1"

    output: Literal["light/0", "white/0", "white/1", "white/2", "white/3"] = "light/0"
    """Which of its outputs: an RGBW2 in its mode `white` has four."""
    white: bool = False
    """True: its white can be warm or cool, from 2700 to 6500 K, as a Duo's."""

    @property
    def key(self) -> str:
        """With the output where it is another one: an RGBW2 is up to four lamps."""
        return super().key if self.output == "light/0" else f"{super().key}/{self.output}"

    @property
    def short_name(self) -> str:
        return self.key.removeprefix("shelly1/").replace("/", "_")

    def profile(self) -> Profile:
        warmth = (mired_of(_COOLEST_K), mired_of(_WARMEST_K)) if self.white else (None, None)
        return Profile(scale=100, coolest_mired=warmth[0], warmest_mired=warmth[1], max_fade_s=5.0)

    def topics(self) -> tuple[str, ...]:
        return (f"{self._lamp}/status", self._lamp, f"{self._device}/online", *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        return (f"{self._lamp}/set", f"{self._lamp}/command")

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                body = _shown(command, profile)
            case Light():
                body = {"turn": "on", **_shown(command, profile)}
            case Off():
                body = {"turn": "off", "transition": 0}
            case Ask():
                return (Message(f"{self._device}/command", "update"),)
            case _:
                assert_never(command)
        return (Message(f"{self._lamp}/set", read.compact(body)),) if body else ()

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        if topic == f"{self._device}/online":
            return availability(payload, here="true", gone="false")
        if topic in (self._lamp, f"{self._lamp}/command"):
            on = _ON.get((read.as_text(payload) or "").lower())
            if on is None:
                return None
            return Report(on) if topic == self._lamp else Commanded(on)
        said = read.as_object(payload)
        if said is None:
            return None
        level, mired = read.whole(said.get("brightness"), 0, profile.scale), _mired(said)
        if topic == f"{self._lamp}/set":
            return Commanded(_ON.get(str(said.get("turn"))), level, mired)
        lit = said.get("ison")
        report = Report(lit if isinstance(lit, bool) else None, level, mired)
        return report if topic == f"{self._lamp}/status" and report != Report() else None

    @property
    def _device(self) -> str:
        return f"shellies/{self.address}"

    @property
    def _lamp(self) -> str:
        return f"{self._device}/{self.output}"


def _shown(command: Dim | Light, profile: Profile) -> dict[str, object]:
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    shown = {"brightness": level, "temp": None if mired is None else kelvin_of(mired)}
    body: dict[str, object] = {name: value for name, value in shown.items() if value is not None}
    return body | {"transition": round(1000 * fade_within(command.fade_s, profile))} if body else {}


def _mired(fields: dict[str, object]) -> int | None:
    if fields.get("mode") not in (None, "white"):
        return None
    kelvin = read.number(fields.get("temp"), 1000, 20_000)
    return None if kelvin is None else mired_of(kelvin)
