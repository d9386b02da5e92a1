"""What has to be kept since it was last asked for: memory that changed, instants to be woken at. It stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from winddown.clock import Instant
from winddown.core.lamp import Lamp
from winddown.core.room import Room
from winddown.model import Effect, LampMemory, Memory, Remember, RoomMemory, Wake

M = TypeVar("M", RoomMemory, LampMemory)


class Keeping:
    """Compares rooms and lamps with what was kept of them."""

    def __init__(self, memory: Mapping[str, Memory]) -> None:
        self._kept: dict[str, Memory] = dict(memory)
        self._wake: tuple[tuple[str, float], ...] = ()

    def fresh(self, rooms: Mapping[str, Room], lamps: Mapping[str, Lamp]) -> list[Effect]:
        """The memories that are not as they were kept."""
        changed: list[Effect] = []
        for name, room in rooms.items():
            self._compare(f"room/{name}", room.hours.memory, changed)
        for key, lamp in lamps.items():
            self._compare(f"lamp/{key}", lamp.seen.memory, changed)
        return changed

    def _compare(self, key: str, memory: Memory, changed: list[Effect]) -> None:
        if self._kept.get(key) is not memory:
            self._kept[key] = memory
            changed.append(Remember(key, memory))

    def alarms(self, rooms: Mapping[str, Room], now: Instant) -> list[Effect]:
        """The instants at which the rooms want to be woken, if they have changed."""
        at = tuple(
            sorted((name, due) for name, room in rooms.items() for due in room.hours.instants() if due > now.wall)
        )
        if at == self._wake:
            return []
        self._wake = at
        return [Wake(at)]


def kept(memory: Mapping[str, Memory], key: str, kind: type[M]) -> M:
    """What was kept under a key, or an empty memory."""
    found = memory.get(key)
    return found if isinstance(found, kind) else kind()
