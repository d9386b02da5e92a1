"""A lamp of paper: a dialect that no broker speaks. It does exactly what it is told, says so, and sheds no light."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from winddown import payload as read
from winddown.config import Config, Lamp, Room, own_layers
from winddown.lights import LightDialect
from winddown.lights.layers import resolve
from winddown.lights.zigbee_catalogue import UNKNOWN
from winddown.model import Ask, Dim, Heard, LampCommand, Layer, Light, Message, Off, Profile, Report

_ASSUMED_COOLEST, _ASSUMED_WARMEST = 153, 454
"""What a common white lamp can do (6500 to 2200 K), where only the bridge knows and no bridge is asked."""


@dataclass(frozen=True, slots=True)
class Start:
    """What every lamp shows before the evening: nobody knows, so it is assumed."""

    percent: float = 60.0
    kelvin: int = 3000

    def report(self, profile: Profile) -> Report:
        """As a lamp of this profile would say it."""
        if not profile.dims:
            return Report(on=True)
        mired = round(1_000_000 / self.kelvin)
        if profile.coolest_mired is None or profile.warmest_mired is None:
            return Report(on=True, level=profile.steps(self.percent))
        within = min(max(mired, profile.coolest_mired), profile.warmest_mired)
        return Report(on=True, level=profile.steps(self.percent), mired=within)


class PaperLamp(LightDialect):
    """Stands in for a real lamp, with its limits and under its key."""

    DIALECT: ClassVar[str] = "paper"

    stands_for: str
    """The key of the real lamp: the same in two rooms is the same."""
    limits: Profile
    """What the real lamp can do."""

    @property
    def key(self) -> str:
        return self.stands_for

    def profile(self) -> Profile:
        return self.limits

    @property
    def told(self) -> str:
        """The topic on which it is told."""
        return f"paper/{self.stands_for}/set"

    @property
    def says(self) -> str:
        """The topic on which it answers."""
        return f"paper/{self.stands_for}"

    def topics(self) -> tuple[str, ...]:
        return (self.says,)

    def command_topics(self) -> tuple[str, ...]:
        return ()

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:  # noqa: ARG002  paper is patient
        match command:
            case Dim(level, mired, fade_s) | Light(level, mired, fade_s):
                body = {"on": True, "level": level, "mired": mired, "fade_s": fade_s}
            case Off():
                body = {"on": False, "level": 0, "mired": None, "fade_s": 0.0}
            case Ask():
                body = {}
        return (Message(self.told, json.dumps(body)),)

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:  # noqa: ARG002  it has one topic
        said = read.as_object(payload) or {}
        on, level, mired = said.get("on"), read.whole(said.get("level"), 0, profile.scale), said.get("mired")
        return Report(on if isinstance(on, bool) else None, level, read.whole(mired, 0, 1000))


Known = Mapping[str, tuple[Layer, ...]]
"""What a bridge says of lamps, by their keys."""


def on_paper(config: Config, known: Known) -> Config:
    """The same house with every lamp a lamp of paper."""
    rooms = {key: _room_on_paper(room, known) for key, room in config.rooms.items()}
    return config.model_copy(update={"rooms": rooms})


def _room_on_paper(room: Room, known: Known) -> Room:
    lights = {name: _lamp_on_paper(lamp, known.get(lamp.driver.key, ())) for name, lamp in room.lights.items()}
    return room.model_copy(update={"lights": lights})


def _lamp_on_paper(lamp: Lamp, told: tuple[Layer, ...]) -> Lamp:
    real, usual = lamp.driver, lamp.driver.profile()
    if usual == UNKNOWN:
        usual = replace(usual, coolest_mired=_ASSUMED_COOLEST, warmest_mired=_ASSUMED_WARMEST)
    limits = resolve((*own_layers([lamp]), *told), usual).profile
    paper = PaperLamp(address=real.address, stands_for=real.key, limits=limits)
    return lamp.model_copy(update={"driver": paper})
