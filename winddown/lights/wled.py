"""LED strips that run WLED, by its JSON API. Asks nothing: it cannot be asked over MQTT.

Habits of WLED that shape the messages: any brightness lights a strip that is off, so whoever sends a `Dim` must know
that it is on; a fade is at most 65 s, in tenths; an effect goes on under a fade, so it is ended by the first command.
It says its brightness (the goal of a fade; 0 is off) and the colour of its first segment when they change; to whoever
comes later, only if it was made to retain them. The warmth of white LEDs (`cct`) it never says.
"""

from __future__ import annotations

from typing import ClassVar, assert_never

from winddown import payload as read
from winddown.lights.availability import availability
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import fade_within, kelvin_of, level_within, mired_within
from winddown.lights.rgb_white import COOLEST_MIRED, WARMEST_MIRED, mired_of_rgb, rgb_of
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report

_PROFILE = Profile(
    scale=255,
    min_level=2,
    coolest_mired=COOLEST_MIRED,
    warmest_mired=WARMEST_MIRED,
    max_fade_s=65.0,
    can_ask=False,
)
"""At level 1 only the red of a warm white is left."""

_SOLID = 0


class WledLight(LightDialect):
    """A strip named by the last part of its device topic: `wled/a1b2c3`."""

    DIALECT: ClassVar[str] = "wled"

    white: bool = False
    """True: it has white LEDs, warm and cool (WLED's `cct`); otherwise white is mixed from red, green and blue."""

    def profile(self) -> Profile:
        return _PROFILE

    def topics(self) -> tuple[str, ...]:
        return (f"{self.key}/g", f"{self.key}/c", f"{self.key}/status", *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        return (f"{self.key}/api", self.key, f"{self.key}/col")

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                body = self._shown(command, profile)
            case Light():
                body = {"on": True, **self._shown(command, profile)}
            case Off():
                body = {"on": False, "tt": 0, "nl": {"on": False}}  # a sunrise under way would light it again
            case Ask():
                return ()
            case _:
                assert_never(command)
        return (Message(f"{self.key}/api", read.compact(body)),) if body else ()

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        text = read.as_text(payload)
        if text is None:
            return None
        match topic.removeprefix(self.key):
            case "/status":
                return availability(payload)
            case "/g":
                level = read.number_in(text, 0, profile.scale)
                return None if level is None else Report(level > 0, round(level) or None)
            case "/c" | "/col" as said:
                mired = _mired(text)
                return None if mired is None else Report(mired=mired) if said == "/c" else Commanded(mired=mired)
            case "/api":
                return _told(read.as_object(payload), profile)
            case "":
                return _plainly_told(text.lower(), profile)
            case _:
                return None

    def _shown(self, command: Dim | Light, profile: Profile) -> dict[str, object]:
        level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
        if level is None and mired is None:
            return {}
        warmth: dict[str, object] = {}
        if mired is not None:
            warmth = {"cct": kelvin_of(mired)} if self.white else {"col": [rgb_of(mired)]}
        bright = {} if level is None else {"bri": level}
        return {**bright, "tt": round(10 * fade_within(command.fade_s, profile)), "seg": {"fx": _SOLID, **warmth}}


def _told(body: dict[str, object] | None, profile: Profile) -> Commanded | None:
    if body is None:
        return None
    level, on = read.whole(body.get("bri"), 0, profile.scale), body.get("on")
    if not isinstance(on, bool):
        on = None if level is None or "on" in body else level > 0
    first = read.at_path(body, "seg.col.0") or read.at_path(body, "seg.0.col.0")
    return Commanded(on, level, _mired_of_channels(first))


def _plainly_told(text: str, profile: Profile) -> Commanded | None:
    if text in ("on", "off", "t"):
        return Commanded({"on": True, "off": False}.get(text))
    level = read.number_in(text, 0, profile.scale)
    return None if level is None else Commanded(level > 0, round(level))


def _mired(text: str) -> int | None:
    """The warmth of `#RRGGBB`; with white LEDs lit too, `#WWRRGGBB`, there is no telling."""
    digits = text.removeprefix("#")
    if len(digits) != 6 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        return None
    return mired_of_rgb(*bytes.fromhex(digits))


def _mired_of_channels(channels: object) -> int | None:
    if not isinstance(channels, list) or len(channels) < 3 or any(channels[3:]):
        return None
    red, green, blue = (read.whole(channel, 0, 255) for channel in channels[:3])
    return None if red is None or green is None or blue is None else mired_of_rgb(red, green, blue)
