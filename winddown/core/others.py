"""Is a hand at work, or another automation? Counts what others do to one lamp; who they are it cannot know."""

from __future__ import annotations

from itertools import pairwise

APART_S = 20.0
"""A hand turns a knob in many steps; those are one change."""
LONG_S = 600.0
MANY = 3
REGULAR = 1.5
"""A clock's changes come evenly: no time between two of them is so many times another."""


class Others:
    """The changes of one lamp that were not ours."""

    __slots__ = ("_boots",)

    def __init__(self) -> None:
        self._boots: tuple[float, ...] = ()

    def count(self, boot: float) -> None:
        """Somebody else has changed it."""
        if not self._boots or boot - self._boots[-1] >= APART_S:
            self._boots = (*self._boots, boot)[-MANY:]

    def every_s(self, boot: float) -> float | None:
        """How often something else changes it; None: nothing does, as far as is known."""
        if len(self._boots) < MANY or boot - self._boots[0] > LONG_S:
            return None
        apart = [later - earlier for earlier, later in pairwise(self._boots)]
        if max(apart) > REGULAR * min(apart):
            return None
        return (self._boots[-1] - self._boots[0]) / (MANY - 1)
