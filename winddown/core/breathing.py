"""Plans a paced breathing, breath by breath, as seconds from its start. It moves no lamp and knows no clock.

Where the figures come from: Tsai et al. 2015 (Psychophysiology 52:388) paced people at six breaths a minute for twenty
minutes before sleep and recorded that they fell asleep sooner; Laborde et al. 2021 found more vagal activity at this
pace when the exhale is the longer half, and nothing gained by pauses, so there are none. That the pace starts faster
and slows down is taken from devices sold for this (Dodow from 11, Somnox from 12 a minute), not from a trial.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from winddown.value import value

SLOWING_S = 240.0
"""The pace has come down to its slowest this long after the start."""

_SINKING = 3
"""So many breaths at the end sink to off."""

_NEAR_S = 1e-6
"""Whoever wakes for a beat may read a clock a rounding error before it: that near, it has begun."""


@value()
class Breath:
    """One breath, in seconds from the start of the breathing, levels in steps of the lamp."""

    begin_s: float
    inhale_s: float
    exhale_s: float
    peak: int
    """What the lamp shows when the inhale ends."""
    floor: int
    """What it shows when the exhale ends. After the last breath it is off: that is for whoever plays it."""

    @property
    def end_s(self) -> float:
        """When it is breathed out."""
        return self.begin_s + self.inhale_s + self.exhale_s


def breaths(
    *, inhale_s: float, exhale_s: float, for_s: float, start_pace: float, peak: int, floor: int, visible: int = 6
) -> tuple[Breath, ...]:
    """All breaths that begin within `for_s`, at least one; the last is finished, so the end may lie a breath later.

    `inhale_s` and `exhale_s` (both above 0) are those of the slowest breath. `start_pace` is in breaths a minute; one
    slower than the slowest breath counts as that, so the pace never quickens. The peak falls to a third, as long as
    that is `visible` steps above the floor, and in the last three breaths to the floor. A floor above `peak` is `peak`.
    """
    floor = min(floor, peak)
    timed = _timed(inhale_s + exhale_s, for_s, start_pace)
    peaks = _peaks([begin_s for begin_s, _ in timed], peak, floor, visible)
    inhale_share = inhale_s / (inhale_s + exhale_s)
    return tuple(
        Breath(begin_s, length_s * inhale_share, length_s * (1 - inhale_share), level, floor)
        for (begin_s, length_s), level in zip(timed, peaks, strict=True)
    )


def length_s(planned: Sequence[Breath]) -> float:
    """How long they last together; 0 for none."""
    return planned[-1].end_s if planned else 0.0


def breath_at(planned: Sequence[Breath], t_s: float) -> int:
    """The index of the breath that is breathed at `t_s`: the first before the start, the last after the end."""
    return max(0, bisect_right(planned, t_s + _NEAR_S, key=attrgetter("begin_s")) - 1)


def _timed(slowest_s: float, for_s: float, start_pace: float) -> list[tuple[float, float]]:
    """Begin and length of each breath. Once the pace is steady, begins are multiples: an hour does not drift."""
    timed: list[tuple[float, float]] = []
    begin_s = 0.0
    while not timed or begin_s < min(for_s, SLOWING_S) - _NEAR_S:
        timed.append((begin_s, 60 / _pace(begin_s, 60 / slowest_s, start_pace)))
        begin_s += timed[-1][1]
    steady = max(0, math.ceil((for_s - begin_s - _NEAR_S) / slowest_s))
    return timed + [(begin_s + n * slowest_s, slowest_s) for n in range(steady)]


def _pace(t_s: float, slowest: float, start_pace: float) -> float:
    """Breaths a minute at `t_s`."""
    return slowest + max(0.0, start_pace - slowest) * max(0.0, 1 - t_s / SLOWING_S)


def _peaks(begins_s: list[float], peak: int, floor: int, visible: int) -> list[int]:
    """The peak of each breath, rounded down, never above the one before."""
    sinking = min(_SINKING, len(begins_s) - 1)
    full = begins_s[: len(begins_s) - sinking]
    least = min(peak, floor + visible)
    falling = [max(least, math.floor(peak - peak * 2 / 3 * (begin_s / (full[-1] or 1)) + _NEAR_S)) for begin_s in full]
    above = falling[-1] - floor
    return falling + [floor + above * (sinking - n) // (sinking + 1) for n in range(sinking)]
