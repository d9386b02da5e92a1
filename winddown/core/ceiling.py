"""The least level that a lamp said since it last rose: nothing but a person brings it above that."""

from __future__ import annotations


class Ceiling:
    """Of one lamp."""

    __slots__ = ("_rising_until_boot", "level")

    def __init__(self) -> None:
        self.level: int | None = None
        self._rising_until_boot = float("-inf")

    def rises(self, until_boot: float) -> None:
        """It is on its way up until then."""
        self.level, self._rising_until_boot = None, until_boot

    def sinks(self) -> None:
        """It is on no way up."""
        self._rising_until_boot = float("-inf")

    def hear(self, level: int, boot: float, *, beating: bool, anew: bool) -> None:
        """On a way up what it says, of this way or late of the last one down, is no measure of where it may be."""
        if (beating or boot <= self._rising_until_boot) and not anew:
            return
        self.level = level if self.level is None or anew else min(self.level, level)
