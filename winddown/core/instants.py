"""The wall instants that matter to the rooms of a house, each once, and the next few of them. It wakes nobody."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

AHEAD = 12
"""So many are asked to be woken at, the others when they come nearer: three rooms have no more."""
NAME = "evening"
"""Of such an alarm: at one instant there may be a thousand rooms."""


class Instants:
    """Knows them by room."""

    def __init__(self) -> None:
        self._of: dict[str, list[float]] = {}
        self._wanted: dict[float, int] = {}
        """By how many rooms."""
        self._in_order: list[float] = []
        self._wake: tuple[float, ...] = ()
        self._changed = True

    def put(self, room: str, instants: list[float]) -> None:
        """What matters to a room from now on."""
        before = self._of.get(room)
        if instants is before:
            return
        self._of[room] = instants
        if instants != before:
            self._changed = True
            for at in instants:
                self._add(at)
            for at in before or ():
                self._remove(at)

    def changed(self, wall: float) -> tuple[tuple[str, float], ...] | None:
        """The next few; None: they are as they were."""
        if not self._changed and not (self._wake and self._wake[0] <= wall):
            return None
        self._changed = False
        first = bisect_right(self._in_order, wall)
        at = tuple(self._in_order[first : first + AHEAD])
        if at == self._wake:
            return None
        self._wake = at
        return tuple((NAME, one) for one in at)

    def _add(self, at: float) -> None:
        if at not in self._wanted:
            insort(self._in_order, at)
        self._wanted[at] = self._wanted.get(at, 0) + 1

    def _remove(self, at: float) -> None:
        self._wanted[at] -= 1
        if not self._wanted[at]:
            del self._wanted[at]
            del self._in_order[bisect_left(self._in_order, at)]
