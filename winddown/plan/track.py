"""What one lamp shows over an evening, told by the commands it was given. It looks backward only."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from winddown.core.course import between
from winddown.model import Profile

MOMENT_S = 0.01
"""This long before an instant nothing of it has begun."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One command: from what the lamp showed at `begin` to what it shows from `end` on. Instants in POSIX seconds."""

    begin: float
    end: float
    from_level: float
    level: int
    """In the lamp's steps; 0 is off."""
    mired: int | None


@dataclass(slots=True)
class Track:
    """The commands of one lamp, in order."""

    profile: Profile
    begin: float
    level: int
    mired: int | None
    stretches: list[Stretch] = field(default_factory=list)

    def go(self, at: float, level: int | None, mired: int | None, fade_s: float) -> None:
        """The lamp is told something; None: that stays."""
        goal = self.last_level if level is None else level
        warmth = self.last_mired if mired is None else mired
        self.stretches.append(Stretch(at, at + fade_s, self.level_at(at), goal, warmth))

    @property
    def last_level(self) -> int:
        """The level it was last told."""
        return self.stretches[-1].level if self.stretches else self.level

    @property
    def last_mired(self) -> int | None:
        """The warmth it was last told."""
        return self.stretches[-1].mired if self.stretches else self.mired

    def level_at(self, at: float) -> float:
        """What it shows, in its own steps; 0 is off."""
        stretch = self._under_way(at)
        if stretch is None:
            return float(self.level)
        return between(stretch.from_level, stretch.level, at, stretch.begin, stretch.end)

    def percent_at(self, at: float) -> float:
        """The same on the lamp's own scale, 0 to 100."""
        return 100 * self.level_at(at) / self.profile.scale

    def mired_at(self, at: float) -> int | None:
        """Its warmth; None: it has none."""
        stretch = self._under_way(at)
        return self.mired if stretch is None else stretch.mired

    def _under_way(self, at: float) -> Stretch | None:
        index = bisect_right(self.stretches, at, key=lambda stretch: stretch.begin) - 1
        return self.stretches[index] if index >= 0 else None
