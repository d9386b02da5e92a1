"""Which rooms want which quiet targets muted. It mutes none."""

from __future__ import annotations

from winddown.clock import Instant
from winddown.core.quiet import Quiet
from winddown.core.room import Room


class Muting:
    """The wishes of all rooms together."""

    def __init__(self, quiet: Quiet) -> None:
        self._quiet = quiet
        self._of: dict[str, frozenset[str]] = {}
        """What a room wants, where it wants something."""
        self.wanted: dict[str, int] = {}
        """By topic, how many rooms want it."""

    def look(self, room: Room, now: Instant) -> None:
        """What does this room want by now?"""
        before, after = self._of.get(room.name, frozenset()), room.hours.muted(now)
        if before == after:
            return
        self._of[room.name] = after
        for topic in after - before:
            self.wanted[topic] = self.wanted.get(topic, 0) + 1
        for topic in before - after:
            self.wanted[topic] -= 1
            if not self.wanted[topic]:
                del self.wanted[topic]
        self._quiet.stirred |= before ^ after
