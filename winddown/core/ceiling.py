"""The least level that a lamp said since it last rose: nothing but a person brings it above that."""

from __future__ import annotations

from winddown.core.touch import LEVEL_BAND_STEPS


class Ceiling:
    """Of one lamp."""

    __slots__ = ("_rising_until_boot", "_start", "level")

    def __init__(self) -> None:
        self.level: int | None = None
        self._start: int | None = None
        """It may be on its way down from here, told by an earlier life; until it has said where it is."""
        self._rising_until_boot = float("-inf")

    def rises(self, until_boot: float) -> None:
        """It is on its way up until then."""
        self.level, self._start, self._rising_until_boot = None, None, until_boot

    def sinks(self) -> None:
        """It is on no way up."""
        self._rising_until_boot = float("-inf")

    def lands(self, level: int, start: int) -> None:
        """It was told to sink from `start`, and nobody knows how far it has come."""
        self.level, self._start = level, start

    def hear(self, level: int, boot: float, *, beating: bool, anew: bool) -> None:
        """On a way up what it says, of this way or late of the last one down, is no measure of where it may be."""
        if (beating or boot <= self._rising_until_boot) and not anew:
            return
        if self._start is not None:
            anew |= level > self._start + LEVEL_BAND_STEPS  # a hand was there meanwhile
            self._start = None
        self.level = level if self.level is None or anew else min(self.level, level)
