"""What stands in the house according to a configuration: rooms, lamps, buttons, things to quiet. Adds nothing to it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from world.gang import GangLamp
from world.lamps import GenericLamp, HomeAssistantLamp, JsonLamp, Lamp, ZigbeeLamp
from world.things import Phone, Speaker, Thing

OFF_FOR_THE_NIGHT = ("bedtime", "breathing_end")


@dataclass(eq=False)
class Target:
    """A thing to quiet, as a room's configuration names it."""

    topic: str
    mute: str
    state: str | None = None
    restore: str | None = None


@dataclass(eq=False)
class Room:
    """What the world has to know of a room to judge it."""

    name: str
    lights: dict[str, str] = field(default_factory=dict)
    """The lamp's name in the world by its name in the room."""
    pacing: str | None = None
    """The world's name of the lamp that breathes."""
    buttons: list[tuple[str, Callable[[str], str]]] = field(default_factory=list)
    """Topic of each button, and how it says `single`, `double` or `hold`."""
    quiet: list[Target] = field(default_factory=list)
    peak: float = 15.0
    """Percent of the pacing lamp's scale."""
    night_peak: float = 3.0
    floor: float = 1.0
    starts: str = "if_lamp_on"
    period_s: float = 10.0
    """The slowest breath."""
    inhale_s: float = 4.0
    forgotten_s: float | None = 3600.0
    restores: bool = True
    """What the night left dim comes on by day as before."""
    nods: bool = False
    """Its lamp nods at rest moments by day."""
    stays: frozenset[str] = frozenset()
    """The world's names of lamps that do not go off at bedtime or when the breathing ends."""
    own_presses: bool = False
    """The configuration gives presses other meanings."""


@dataclass(eq=False)
class House:
    """All rooms, and the topics on which people speak to the daemon."""

    prefix: str = "winddown"
    rooms: dict[str, Room] = field(default_factory=dict)
    lamps: list[Lamp] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    def rooms_of(self, lamp: str) -> list[Room]:
        """The rooms that name a lamp."""
        return [room for room in self.rooms.values() if lamp in room.lights.values()]


def config_of(text: str, zone: str | None = None) -> Any:
    """The configuration in a YAML text; `zone` where the text names none."""
    if zone is not None and "timezone:" not in text:
        text = f"timezone: {zone}\n{text}"
    return _loaded(text)


@lru_cache(maxsize=256)
def _loaded(text: str) -> Any:
    from winddown.config import load

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "winddown.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path).config


def house_of(config: Any) -> House:
    """The house that a configuration describes, with a lamp for each light and a thing for each quiet target."""
    house = House(prefix=config.mqtt.prefix)
    lamps: dict[str, Lamp] = {}
    things: dict[str, Thing] = {}
    for name, room in config.rooms.items():
        house.rooms[name] = _room(name, room)
        for light in room.lights.values():
            lamps.setdefault(_called(light.driver), _lamp(light.driver))
        for target in room.quiet:
            things.setdefault(target.topic, _thing(target))
    house.lamps, house.things = [*lamps.values()], [*things.values()]
    return house


def _room(name: str, room: Any) -> Room:
    breathing = room.breathing
    lights = {short: _called(light.driver) for short, light in room.lights.items()}
    return Room(
        name=name,
        lights=lights,
        pacing=lights[breathing.light or next(iter(lights))],
        buttons=[(button.topics()[0], partial(_pressed, button)) for button in room.buttons],
        quiet=[Target(one.topic, one.mute, one.state, one.restore) for one in room.quiet],
        peak=breathing.peak,
        night_peak=breathing.night_peak,
        floor=breathing.floor,
        starts=breathing.starts,
        period_s=breathing.inhale_s + breathing.exhale_s,
        inhale_s=breathing.inhale_s,
        forgotten_s=room.forgotten_s,
        restores=room.morning_level == "restore",
        nods=room.rest_moments is not None and room.rest_moments.nod,
        stays=frozenset(lights[short] for short, light in room.lights.items() if light.off_at not in OFF_FOR_THE_NIGHT),
        own_presses=bool(room.presses.overrides),
    )


def _called(driver: Any) -> str:
    """A lamp's name in the world: its address, and of one of several lamps of a device, which it is."""
    endpoint = getattr(driver, "endpoint", None)
    return str(driver.address if endpoint is None else f"{driver.address}_{endpoint}")


def _lamp(driver: Any) -> Lamp:
    match driver.DIALECT:
        case "zigbee2mqtt" if driver.endpoint is not None:
            return GangLamp(driver.address, driver.endpoint, base=driver.base)
        case "zigbee2mqtt":
            return ZigbeeLamp(driver.address, base=driver.base)
        case "json":
            return JsonLamp(driver.address, state_topic=driver.state)
        case "homeassistant":
            return HomeAssistantLamp(driver.address, driver.command_topics()[0].removesuffix("/request"))
        case "generic":
            return GenericLamp(
                driver.address,
                driver.level_topic,
                on_word=driver.on,
                off_word=driver.off,
                state_topic=driver.state_topic,
                scale=driver.scale,
            )
        case other:
            raise AssertionError(f"the world has no {other} lamps")


def _thing(target: Any) -> Thing:
    if target.restore is not None and target.state is None:
        return Phone(target.topic, value=target.restore)
    return Speaker(target.topic, target.state)


def _pressed(button: Any, kind: str) -> str:
    word = next(iter(getattr(button, kind, ())), kind)
    if button.DIALECT == "zigbee2mqtt":
        return json.dumps({"action": word, "linkquality": 132})
    path = [part for part in getattr(button, "path", "").split(".") if part]
    said: object = word
    for part in reversed(path):
        said = [said] if part.isdigit() else {part: said}
    return json.dumps(said) if path else word
