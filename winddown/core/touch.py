"""Whose hand was it? What a lamp says, held against what we last told it. It judges one report; it remembers nothing.

A lamp in a fade may say where it is, late where it was, or where it was told to go; all of that is ours. Outside a band
around it, somebody else changed the lamp: a remote, an app, a switch.
"""

from __future__ import annotations

from dataclasses import replace

from winddown.core.course import between
from winddown.model import Report
from winddown.value import value

LEVEL_BAND = 0.05
"""Share of the lamp's scale that rounding and inexact lamps may be off."""
LEVEL_BAND_STEPS = 3
WARMTH_BAND_MIRED = 40
LATE_S = 5.0
"""A report about the move before may come this long after the next began."""


@value()
class Touch:
    """Somebody else changed a lamp."""

    attributes: frozenset[str]
    shows: Report


@value()
class Aim:
    """What a lamp was told: from what, to what, over which time."""

    start: Report
    goal: Report
    begin_boot: float
    end_boot: float
    reached: int | None = None
    """How far it has come by its own word; it does not go back."""
    held_up_boot: float = float("-inf")
    """Until then a broker that hung may have kept the command, and the lamp may be on its way since."""

    def level_at(self, boot: float) -> float | None:
        """Where the level should be now; None where no level was told."""
        if self.goal.level is None:
            return None
        start = self.goal.level if self.start.level is None else self.start.level
        return between(start, self.goal.level, boot, self.begin_boot, self.end_boot)

    def on_way(self, boot: float, said: int | None) -> float | None:
        """The same; but of one that may never have heard of it, and says that it is brighter, that."""
        here = self.level_at(boot)
        if here is None or said is None or boot > self.held_up_boot + LATE_S:
            return here
        return max(here, float(said))

    def held_up(self, until_boot: float) -> Aim:
        """The same, perhaps begun as late as that."""
        return replace(self, held_up_boot=until_boot + self.end_boot - self.begin_boot)

    def without(self, attributes: frozenset[str]) -> Aim:
        """The same, but of these nothing was told: they are a hand's."""
        level, warmth = "level" in attributes, "warmth" in attributes
        start, goal = (
            Report(one.on, None if level else one.level, None if warmth else one.mired)
            for one in (self.start, self.goal)
        )
        return replace(self, start=start, goal=goal)

    def known(self, shown: Report) -> Aim:
        """The same, but what nothing was told of is as it was shown."""
        return replace(self, start=over(shown, self.start), goal=over(shown, self.goal))

    def passes(self, level: int, boot: float) -> bool:
        """A level on the way, while it is on its way: only a lamp that reports its fades knows that."""
        if self.goal.level is None or self.start.level is None or boot > self.end_boot + LATE_S:
            return False
        return min(self.start.level, self.goal.level) < level < max(self.start.level, self.goal.level)


def touched(report: Report, aims: tuple[Aim, ...], boot: float, scale: int, *, asked: bool = False) -> frozenset[str]:
    """Which of `level` and `warmth` in a report of a lamp that is on are not ours.

    `aims` are the last things it was told, newest first. Nothing told: nothing is known to be somebody else's. `asked`:
    it answers a question, so a lamp that never heard of its fade may still be where it was.
    """
    counted = [aim for n, aim in enumerate(aims) if n == 0 or boot - aims[n - 1].begin_boot <= LATE_S]
    found = set()
    if report.level is not None and not _our_level(report.level, counted, boot, scale, asked=asked):
        found.add("level")
    if report.mired is not None and not _our_warmth(report.mired, counted):
        found.add("warmth")
    return frozenset(found)


def _our_level(level: int, aims: list[Aim], boot: float, scale: int, *, asked: bool) -> bool:
    ours = [span for n, aim in enumerate(aims) for span in _spans(aim, boot, asked=asked and n == 0)]
    slack = max(LEVEL_BAND * scale, LEVEL_BAND_STEPS)
    return not ours or any(low - slack <= level <= high + slack for low, high in ours)


def _our_warmth(mired: int, aims: list[Aim]) -> bool:
    if all(aim.goal.mired is None for aim in aims):
        return True
    known = [one for aim in aims for one in (aim.start.mired, aim.goal.mired) if one is not None]
    return min(known) - WARMTH_BAND_MIRED <= mired <= max(known) + WARMTH_BAND_MIRED


def _spans(aim: Aim, boot: float, *, asked: bool) -> list[tuple[float, float]]:
    """What it may say, as (from, to): where it is or, late, where it was on its way; and its goal, told in advance."""
    goal, here, late = aim.goal.level, aim.level_at(boot), aim.level_at(boot - LATE_S)
    if goal is None or here is None or late is None:
        return []
    fading = boot <= aim.end_boot + LATE_S
    behind = aim.reached if fading and aim.reached is not None else late
    spans: list[tuple[float, float]] = [(min(behind, here), max(behind, here)), (goal, goal)]
    if asked and fading and aim.reached is None and aim.start.level is not None:
        spans.append((aim.start.level, aim.start.level))
    if boot <= aim.held_up_boot + LATE_S and aim.start.level is not None:
        spans.append((min(aim.start.level, goal), max(aim.start.level, goal)))
    return spans


def differs(said: Report, shown: Report, scale: int) -> bool:
    """What a lamp says is something else than what it showed, by more than it may be off."""
    if said.on is not None and said.on is not shown.on:
        return True
    slack = max(LEVEL_BAND * scale, LEVEL_BAND_STEPS)
    if said.mired is not None and shown.mired is not None and abs(said.mired - shown.mired) > WARMTH_BAND_MIRED:
        return True
    return said.level is not None and shown.level is not None and abs(said.level - shown.level) > slack


def over(old: Report, new: Report) -> Report:
    """What is known after `new` was said: whatever it leaves out stays."""
    return Report(
        on=old.on if new.on is None else new.on,
        level=old.level if new.level is None else new.level,
        mired=old.mired if new.mired is None else new.mired,
    )
