"""When something wants its turn, and who is told when that changes. It waits for nothing."""

from __future__ import annotations

from typing import Any

NOW = float("-inf")


class Due:
    """Has one instant; whatever changes it in a way that matters brings it back to now."""

    def __init__(self) -> None:
        self.moved: set[Any] = set()
        """Those that are due at another time than before; shared with, and emptied by, whoever calls them."""
        self._due_boot = NOW

    @property
    def due_boot(self) -> float:
        """Boot-time seconds; before this, there is nothing to do."""
        return self._due_boot

    @due_boot.setter
    def due_boot(self, boot: float) -> None:
        self._due_boot = boot
        self.moved.add(self)
