"""What must not be forgotten of a room or a lamp, as one value, and who is to know when it is another one."""

from __future__ import annotations

from dataclasses import replace
from typing import Generic, TypeVar

from winddown.model import LampMemory, RoomMemory

M = TypeVar("M", RoomMemory, LampMemory)


class Kept(Generic[M]):
    """Holds a memory."""

    def __init__(self, memory: M) -> None:
        self.memory: M = memory
        self.changed: list[Kept[M]] = []
        """Of many, those whose memory is another than it was; shared with, and emptied by, whoever stores it."""

    def keep(self, **changes: object) -> None:
        """Change some of its fields, by their names."""
        self.memory = replace(self.memory, **changes)  # type: ignore[arg-type]  # fields by name
        self.changed.append(self)
