"""Lamps of ESPHome nodes. Sends whole numbers only: a number with a point is not refused but silently left out.

A brightness without `state` changes what the lamp shows when it is on, and does not light it. The node bends levels for
the eye itself (`gamma_correct`, 2.8 by default), and says the goal of a fade, not where it is. Nothing can be asked of
it; it leaves its state with the broker.
"""

from __future__ import annotations

from typing import ClassVar, Self, assert_never

from pydantic import model_validator

from winddown import payload as read
from winddown.lights.availability import availability
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import COOLEST_MIRED, WARMEST_MIRED, fade_within, level_within, mired_within
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report

_PROFILE = Profile(
    scale=255,
    min_level=13,
    coolest_mired=153,
    warmest_mired=500,
    max_fade_s=65_535.0,
    curve="linear",
    can_ask=False,
)
"""Bent by 2.8, level 13 is one step of a 12-bit output: what lies below is dark on many boards. A warmth that the lamp
does not have is a warning in its log, no more."""

_ON = {"ON": True, "OFF": False}


class EspHomeLight(LightDialect):
    """A lamp named by its node and its own id: `esphome/bedroom/strip`."""

    DIALECT: ClassVar[str] = "esphome"

    @model_validator(mode="after")
    def _of_a_node(self) -> Self:
        if not all(self.address.rpartition("/")):
            raise ValueError("an ESPHome lamp is named by its node and its id, write NODE/ID")
        return self

    def profile(self) -> Profile:
        return _PROFILE

    def topics(self) -> tuple[str, ...]:
        return (f"{self._lamp}/state", f"{self._node}/status", *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        return (f"{self._lamp}/command",)

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                body = _shown(command, profile)
            case Light():
                body = {"state": "ON", **_shown(command, profile)}
            case Off():
                body = {"state": "OFF", "transition": 0}
            case Ask():
                return ()
            case _:
                assert_never(command)
        return (Message(f"{self._lamp}/command", read.compact(body)),) if body else ()

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        if topic == f"{self._node}/status":
            return availability(payload)
        said = read.as_object(payload)
        if said is None:
            return None
        on = _ON.get(str(said.get("state")).upper())
        level = read.whole(said.get("brightness"), 0, profile.scale)
        if topic == f"{self._lamp}/command":
            return Commanded(False if on is None and level == 0 else on, level, _mired(said))
        report = Report(on, level, _mired(said))
        return report if topic == f"{self._lamp}/state" and report != Report() else None

    @property
    def _node(self) -> str:
        return self.address.rpartition("/")[0]

    @property
    def _lamp(self) -> str:
        return f"{self._node}/light/{self.address.rpartition('/')[2]}"


def _shown(command: Dim | Light, profile: Profile) -> dict[str, object]:
    shown = {
        "brightness": level_within(command.level, profile),
        "color_temp": mired_within(command.mired, profile),
    }
    body: dict[str, object] = {name: value for name, value in shown.items() if value is not None}
    return body | {"transition": int(fade_within(command.fade_s, profile) + 0.5)} if body else {}


def _mired(fields: dict[str, object]) -> int | None:
    if fields.get("color_mode") not in (None, "color_temp"):
        return None  # it shows a colour, or mixes its whites without naming a warmth
    return read.whole(fields.get("color_temp"), COOLEST_MIRED, WARMEST_MIRED)
