"""Lamps that speak Home Assistant's JSON schema. Asks nothing, because the schema has no question.

The schema has no way to dim a lamp without lighting it: whoever sends a `Dim` must know that the lamp is on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, assert_never

from winddown import payload as read
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import COOLEST_MIRED, WARMEST_MIRED, fade_within, level_within, mired_of, mired_within
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report
from winddown.payload import Topic

_PROFILE = Profile(scale=255, coolest_mired=153, warmest_mired=500, max_fade_s=60.0, can_ask=False)
"""What is assumed: that they fade, and show white. A fade of a minute is as long as a step of an evening ever is."""


class JsonLight(LightDialect):
    """A lamp named by its command topic: `json/home/lamp/set`."""

    DIALECT: ClassVar[str] = "json"

    state: Topic | None = None
    """Where it says its state; default: the command topic without `/set`. Without either it is never heard."""

    def profile(self) -> Profile:
        return replace(_PROFILE, reports=bool(self._state_topics))

    def topics(self) -> tuple[str, ...]:
        return (*self._state_topics, *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        return (self.address,)

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                body = _show(command, profile)
            case Light():
                body = _show(command, profile) or {"state": "ON"}
            case Off():
                body = {"state": "OFF"}
            case Ask():
                return ()
            case _:
                assert_never(command)
        return (Message(self.address, read.compact(body)),) if body else ()

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        said = read.as_object(payload)
        if said is None:
            return None
        on = {"ON": True, "OFF": False}.get(str(said.get("state")))
        level = read.whole(said.get("brightness"), 0, profile.scale)
        if topic == self.address:
            return Commanded(on, level, _mired(said))
        report = Report(on, level, _mired(said))
        return report if topic in self._state_topics and report != Report() else None

    @property
    def _state_topics(self) -> tuple[str, ...]:
        if self.state is not None:
            return (self.state,)
        return (self.address.removesuffix("/set"),) if self.address.endswith("/set") else ()


def _show(command: Dim | Light, profile: Profile) -> dict[str, object]:
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    shown = {"brightness": level, "color_temp": mired}
    body = {name: value for name, value in shown.items() if value is not None}
    return {"state": "ON", **body, "transition": fade_within(command.fade_s, profile)} if body else {}


def _mired(fields: dict[str, object]) -> int | None:
    if fields.get("color_mode") not in (None, "color_temp"):
        return None
    kelvin = read.number(fields.get("color_temp_kelvin"), 1000, 20_000)
    if kelvin is not None:
        return mired_of(kelvin)
    return read.whole(fields.get("color_temp"), COOLEST_MIRED, WARMEST_MIRED)
