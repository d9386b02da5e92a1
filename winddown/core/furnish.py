"""The lamps, rooms and quiet targets of a configuration, with what is remembered of them. It puts them there only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from winddown.config import Config, own_layers
from winddown.config import Lamp as LampInFile
from winddown.core.bedtime import turn_s
from winddown.core.evening import Shape
from winddown.core.keeping import kept
from winddown.core.lamp import Lamp
from winddown.core.quiet import MEMORY, Quiet
from winddown.core.room import Room
from winddown.core.voice import Voice
from winddown.model import LampMemory, Memory, NightSaid, QuietMemory, RoomMemory


def lamps_of(config: Config, memory: Mapping[str, Memory]) -> dict[str, Lamp]:
    """Every physical lamp once, by its key."""
    found: dict[str, list[LampInFile]] = {}
    for room in config.rooms.values():
        for light in room.lights.values():
            found.setdefault(light.driver.key, []).append(light)
    return {
        key: Lamp(lights[0].driver, own_layers(lights), kept(memory, f"lamp/{key}", LampMemory))
        for key, lights in found.items()
    }


def rooms_of(config: Config, lamps: Mapping[str, Lamp], memory: Mapping[str, Memory], shape: Shape) -> dict[str, Room]:
    """Every room, by its name."""
    zone = config.zone()
    rooms = {
        name: Room(
            name,
            room,
            {lamp: lamps[light.driver.key] for lamp, light in room.lights.items()},
            zone,
            kept(memory, f"room/{name}", RoomMemory),
            shape,
        )
        for name, room in config.rooms.items()
    }
    for number, room in enumerate(_by_network(rooms.values())):
        room.hours.turn_s = turn_s(number, len(rooms), 60 / room.hours.file.breathing.start_pace)
    return rooms


def _by_network(rooms: Iterable[Room]) -> Iterator[Room]:
    """Those whose pacing lamps share a network one after the other, wherever they stand in the file."""
    networks: dict[str, list[Room]] = {}
    for room in rooms:
        networks.setdefault(room.bedside.pacing.air.key, []).append(room)
    return chain.from_iterable(networks.values())


def voices_of(
    prefix: str, rooms: Mapping[str, Room], own: Mapping[str, Mapping[str, str]], memory: Mapping[str, Memory]
) -> dict[str, Voice]:
    """Who speaks for each room; `own` are its own cues."""
    said: dict[str, list[NightSaid]] = {}
    for key, night in memory.items():
        if isinstance(night, NightSaid):
            said.setdefault(key.split("/")[1], []).append(night)
    return {name: Voice(prefix, room, own.get(name, {}), said.get(name, ())) for name, room in rooms.items()}


def quiet_of(config: Config, memory: Mapping[str, Memory]) -> Quiet:
    """What the rooms mute."""
    targets = [target for room in config.rooms.values() for target in room.quiet]
    before = {key.removeprefix(MEMORY): found for key, found in memory.items() if isinstance(found, QuietMemory)}
    forgotten = {
        name: [target for target in room.quiet if target.topic not in before]
        for name, room in config.rooms.items()
        if room.quiet and kept(memory, f"room/{name}", RoomMemory) == RoomMemory()
    }
    return Quiet(targets, before, forgotten)
