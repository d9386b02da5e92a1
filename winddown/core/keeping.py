"""What has to be kept since it was last asked for: memory that changed, instants to be woken at. It stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from winddown.clock import Instant
from winddown.core.instants import Instants
from winddown.core.kept import Kept
from winddown.core.lamp import Lamp
from winddown.core.room import Room
from winddown.model import Effect, LampMemory, Memory, Remember, RoomMemory, Wake

M = TypeVar("M", RoomMemory, LampMemory)

_EMPTY: Mapping[type[Any], Any] = {RoomMemory: RoomMemory(), LampMemory: LampMemory()}
"""One for all of whom nothing is remembered."""


class Keeping:
    """Knows what was kept of each room and lamp."""

    def __init__(self, memory: Mapping[str, Memory], rooms: Mapping[str, Room], lamps: Mapping[str, Lamp]) -> None:
        self.kept: dict[str, Memory] = dict(memory)
        self._instants = Instants()
        self._rooms: list[Kept[RoomMemory]] = []
        self._lamps: list[Kept[LampMemory]] = []
        self._keys: dict[Kept[RoomMemory] | Kept[LampMemory], str] = {}
        for name, room in rooms.items():
            self._keys[room.hours], room.hours.changed = f"room/{name}", self._rooms
        for key, lamp in lamps.items():
            self._keys[lamp.seen], lamp.seen.changed = f"lamp/{key}", self._lamps

    def fresh(self) -> list[Effect]:
        """The memories that are not as they were kept."""
        if not (self._rooms or self._lamps):
            return []
        changed: list[Effect] = []
        held: list[Kept[RoomMemory] | Kept[LampMemory]] = [*self._rooms, *self._lamps]
        for one in held:
            key = self._keys[one]
            if self.kept.get(key) != one.memory:
                self.kept[key] = one.memory
                changed.append(Remember(key, one.memory))
        self._rooms.clear()
        self._lamps.clear()
        return changed

    def alarms(self, rooms: Iterable[Room], now: Instant) -> list[Effect]:
        """The instants at which the house wants to be woken, if they have changed by what happened in these rooms."""
        for room in rooms:
            self._instants.put(room.name, room.hours.instants())
        at = self._instants.changed(now.wall)
        return [] if at is None else [Wake(at)]


def kept(memory: Mapping[str, Memory], key: str, kind: type[M]) -> M:
    """What was kept under a key, or an empty memory."""
    found = memory.get(key)
    empty: M = _EMPTY[kind]
    return found if isinstance(found, kind) else empty
