"""Lamps that only Home Assistant knows, through its blueprint. Requests on one topic, news on another; it calls nobody.

Each request is to carry `ts`, when it was sent: the blueprint leaves alone what is older than half a minute. A `Dim`
says `only_if_on`: whether the lamp is on is looked at over there, where it is known, and at the last moment. A message
that comes back says one thing: whether the lamp is there, what it can do, or what it shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Self, assert_never

from pydantic import PrivateAttr, model_validator

from winddown import payload as read
from winddown.lights.availability import availability
from winddown.lights.dialect import LightDialect, Place
from winddown.lights.limits import COOLEST_MIRED, fade_within, kelvin_of, level_within, mired_of, mired_within
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    Facts,
    Heard,
    LampCommand,
    Layer,
    Light,
    Message,
    Off,
    Profile,
    Report,
)

_PROFILE = Profile(scale=255, min_level=3, max_fade_s=60.0, frame_s=0.5)
"""Until the lamp has said what it can do: no warmth. Level 3 is what Home Assistant calls 1 %."""

_FADES = 32
"""The bit of `supported_features` that says so."""

_ON = {"on": True, "off": False}
_HERE = {True: Availability(online=True), False: Availability(online=False)}


class HomeAssistantLight(LightDialect):
    """A lamp named as Home Assistant names it: `homeassistant/light.bedside`."""

    DIALECT: ClassVar[str] = "homeassistant"

    _place: Place = PrivateAttr(Place())

    @model_validator(mode="after")
    def _is_a_light(self) -> Self:
        if not self.short_name or self.address != f"light.{self.short_name}" or "/" in self.address:
            raise ValueError("Home Assistant names its lights with `light.` in front, write light.NAME")
        return self

    @property
    def short_name(self) -> str:
        return self.address.removeprefix("light.")

    def placed(self, place: Place) -> Self:
        """The same lamp, with the topics of the room that has it."""
        copy = self.model_copy()
        copy._place = place
        return copy

    def profile(self) -> Profile:
        return _PROFILE

    def topics(self) -> tuple[str, ...]:
        return (f"{self._lamp}/state", self._status, *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        return (f"{self._lamp}/request",)

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                shown = _shown(command, profile)
                body = {"state": "ON", "only_if_on": True, **shown} if shown else {}
            case Light():
                body = {"state": "ON", **_shown(command, profile)}
            case Off():
                body = {"state": "OFF"}
            case Ask():
                body = {"ask": True}
            case _:
                assert_never(command)
        return (Message(f"{self._lamp}/request", read.compact(body), stamp=True),) if body else ()

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        if topic == self._status:
            status = availability(payload)
            return None if status is None else replace(status, bridge=True)
        said = read.as_object(payload)
        if said is None:
            return None
        if topic == f"{self._lamp}/request":
            return _commanded(said, profile)
        return _said(said, profile) if topic == f"{self._lamp}/state" else None

    @property
    def _lamp(self) -> str:
        return f"{self._place.prefix}/bridge/{self._place.room}/light/{self._place.lamp}"

    @property
    def _status(self) -> str:
        return f"{self._place.home_assistant}/status"


def _shown(command: Dim | Light, profile: Profile) -> dict[str, object]:
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    body: dict[str, object] = {} if level is None else {"brightness": level}
    if mired is not None:
        body["color_temp_kelvin"] = kelvin_of(mired)
    return body | {"transition": fade_within(command.fade_s, profile)} if body else {}


def _commanded(told: dict[str, object], profile: Profile) -> Commanded | None:
    on = _ON.get(str(told.get("state")).lower())
    if on and told.get("only_if_on") is True:
        on = None
    commanded = Commanded(on, read.whole(told.get("brightness"), 0, profile.scale), _mired(told))
    return None if commanded == Commanded() else commanded


def _said(said: dict[str, object], profile: Profile) -> Heard | None:
    here = said.get("available")
    if isinstance(here, bool):
        return _HERE[here]
    if "supported_features" in said:
        able = _able(said)
        known = all(getattr(profile, field) == value for field, value in able.items())
        return None if known else Catalogue((), (Layer("Home Assistant", able),))
    report = Report(
        _ON.get(str(said.get("state")).lower()), read.whole(said.get("brightness"), 0, profile.scale), _mired(said)
    )
    return None if report == Report() else report


def _able(said: dict[str, object]) -> Facts:
    listed = said.get("supported_color_modes")
    modes = set(map(str, listed)) if isinstance(listed, list) else set()
    features = read.whole(said["supported_features"], 0, 65_535) or 0
    coolest, warmest = (_mired_of(said.get(f"{which}_color_temp_kelvin")) for which in ("max", "min"))
    white = "color_temp" in modes and coolest is not None and warmest is not None and coolest <= warmest
    return Facts(
        dims=bool(modes - {"onoff", "unknown"}),
        coolest_mired=coolest if white else None,
        warmest_mired=warmest if white else None,
        max_fade_s=_PROFILE.max_fade_s if features & _FADES else 0.0,
    )


def _mired(fields: dict[str, object]) -> int | None:
    if fields.get("color_mode") not in (None, "color_temp"):
        return None
    return _mired_of(fields.get("color_temp_kelvin"))


def _mired_of(kelvin: object) -> int | None:
    found = read.number(kelvin, 1000, 1_000_000 / COOLEST_MIRED)
    return None if found is None else mired_of(found)
