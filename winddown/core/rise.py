"""A lamp that comes on by day as dim as the night left it is to be as it was before the evening. It sends nothing."""

from __future__ import annotations

from winddown.core.touch import LEVEL_BAND_STEPS, differs
from winddown.model import Report

HALF_A_WORD_S = 0.4
"""A lamp may say that it is on first, and how bright it is after that."""


class Rise:
    """Once a morning, for one lamp."""

    __slots__ = ("due_boot", "goal")

    def __init__(self) -> None:
        self.goal: Report | None = None
        """What it is to show at `due_boot`, unless somebody gives a level; None: nothing is to happen."""
        self.due_boot = float("inf")

    def hear(self, said: Report, shown: Report, morning: Report | None, scale: int, boot: float) -> None:
        """It says something; `shown` is what it said before that, `morning` what it was before the evening."""
        left = shown.level
        level = left if said.level is None else said.level
        as_left = level is not None and left is not None and level <= left + LEVEL_BAND_STEPS
        if not as_left or said.on is False:
            self.goal = None
        elif morning is not None and differs(Report(level=level), morning, scale):
            self.goal, self.due_boot = morning, boot + HALF_A_WORD_S

    def due(self, boot: float) -> Report | None:
        """What it is to show now, told once; None: nothing."""
        if boot < self.due_boot:
            return None
        goal, self.goal = self.goal, None
        return goal
