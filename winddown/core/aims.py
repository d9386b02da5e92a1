"""What one lamp was told lately, newest first, and where on its way it should be by that. It judges no report.

It lives as long as the process. Of an earlier life there is only what `recalled` says.
"""

from __future__ import annotations

from dataclasses import replace

from winddown.core.touch import Aim, over
from winddown.model import Report

KEPT = 3
"""A lamp may say late what it was told before the last."""


class Aims:
    """Of one lamp."""

    __slots__ = ("_held_up", "_told", "recalled")

    def __init__(self) -> None:
        self.recalled: tuple[Aim, ...] = ()
        """After a restart in the night: what it may have been told in an earlier life, and should show now."""
        self._told: tuple[Aim, ...] = ()
        self._held_up = False
        """The last of it may never have reached the lamp."""

    def level_at(self, boot: float) -> int | None:
        """The level by what it was told, mid-fade too, rounded down; None: nothing was told of it."""
        told = self._told[0].level_at(boot) if self._told else None
        return None if told is None else int(told)

    def there(self, level: int | None, mired: int | None, boot: float) -> bool:
        """It has been told so already, or there is nothing to tell."""
        if level is None and mired is None:
            return True
        if not self._told or boot < self._told[0].end_boot or self._held_up:
            return False
        goal = self._told[0].goal
        return (level is None or level == goal.level) and (mired is None or mired == goal.mired)

    def against(self, shown: Report, boot: float) -> tuple[Aim, ...]:
        """What a report is held against: what it was told, or, where it was told nothing, what it showed."""
        return self._told or self.recalled or (Aim(shown, shown, boot, boot),)

    def tell(self, goal: Report, shown: Report, boot: float, fade_s: float, *, asks: bool) -> Report:
        """It is told `goal`; all of what it will show then. `asks`: its word of where it goes is a ceiling."""
        last = self._told[0] if self._told else None
        on_way = None if last is None else last.on_way(boot, shown.level if asks else None)
        start = shown if on_way is None else Report(shown.on, int(on_way), shown.mired)
        kept = Report(goal.on, mired=None if last is None else last.goal.mired)
        whole = over(over(start, kept), goal)
        self._told, self._held_up = (Aim(start, whole, boot, boot + fade_s), *self._told[: KEPT - 1]), False
        return whole

    def untold(self) -> None:
        """What it was told last was never sent."""
        self._told = self._told[1:]

    def passes(self, level: int, boot: float) -> bool:
        """It says that it is on its way, and where: it does not go back from there."""
        if not self._told or not self._told[0].passes(level, boot):
            return False
        self._told = (replace(self._told[0], reached=level), *self._told[1:])
        return True

    def held_up(self, boot: float) -> None:
        """What it was told last may have reached it just now, or never."""
        self._told, self._held_up = tuple(aim.held_up(boot) for aim in self._told), True

    def taken(self, attributes: frozenset[str]) -> None:
        """A hand has changed these; one that switched it has changed all."""
        self._told = () if "on" in attributes else tuple(aim.without(attributes) for aim in self._told)

    def given_back(self, shown: Report) -> None:
        """A hand's lamp is ours again, as it is shown."""
        self._told = tuple(aim.known(shown) for aim in self._told)

    def forget(self) -> None:
        """Nothing that it was told counts any more."""
        self._told = ()
