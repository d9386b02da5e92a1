"""What has to be kept since it was last asked for: memory that changed, instants to be woken at. It stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_
from typing import TypeVar

from winddown.clock import Instant
from winddown.core.kept import Kept
from winddown.core.lamp import Lamp
from winddown.core.room import Room
from winddown.model import Effect, LampMemory, Memory, Remember, RoomMemory, Wake

M = TypeVar("M", RoomMemory, LampMemory)


class Keeping:
    """Knows what was kept of each room and lamp."""

    def __init__(self, memory: Mapping[str, Memory], rooms: Mapping[str, Room], lamps: Mapping[str, Lamp]) -> None:
        self.kept: dict[str, Memory] = dict(memory)
        self._wake: tuple[tuple[str, float], ...] = ()
        self._instants: list[list[float]] = [[] for _ in rooms]
        self._next_at = float("-inf")
        self._rooms: list[Kept[RoomMemory]] = []
        self._lamps: list[Kept[LampMemory]] = []
        self._keys: dict[Kept[RoomMemory] | Kept[LampMemory], str] = {}
        for name, room in rooms.items():
            self._keys[room.hours], room.hours.changed = f"room/{name}", self._rooms
        for key, lamp in lamps.items():
            self._keys[lamp.seen], lamp.seen.changed = f"lamp/{key}", self._lamps

    def fresh(self) -> list[Effect]:
        """The memories that are not as they were kept."""
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

    def alarms(self, rooms: Mapping[str, Room], now: Instant) -> list[Effect]:
        """The instants at which the rooms want to be woken, if they have changed."""
        instants = [room.hours.instants() for room in rooms.values()]
        if now.wall < self._next_at and all(map(is_, instants, self._instants)):
            return []
        self._instants = instants
        at = tuple(
            sorted((name, due) for name, all_ in zip(rooms, instants, strict=True) for due in all_ if due > now.wall)
        )
        self._next_at = min((due for _, due in at), default=float("inf"))
        if at == self._wake:
            return []
        self._wake = at
        return [Wake(at)]


def kept(memory: Mapping[str, Memory], key: str, kind: type[M]) -> M:
    """What was kept under a key, or an empty memory."""
    found = memory.get(key)
    return found if isinstance(found, kind) else kind()
