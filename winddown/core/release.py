"""Plans the tension release, step by step and cue by cue, as seconds from its start. It says nothing and moves no lamp.

The idea is that of progressive relaxation: tense a muscle for a moment, then let it go. Textbook scripts tense for 5 to
7 s; the default here is 3 s at about half the strength, since tensing hard is what brings cramps. Heide and Borkovec
(1983) saw people grow uneasy while relaxing: one may skip areas, leave out the tensing, or stop.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Literal

from winddown.value import value

Part = Literal["announce", "tense", "release"]
"""Of one area: say what comes; tense it, lamp a little up; let it go, lamp sinking."""

SOFT = "release.soft"
"""The key of the word said before a release ends and another area begins."""

_SOFT_S = 3.0
_SHORT_RELEASE_S = 8.0
_NEAR_S = 1e-6
"""Whoever wakes for a step may read a clock a rounding error before it: that near, it has begun."""


@value()
class Step:
    """One part of one area, in seconds from the start of the programme."""

    begin_s: float
    for_s: float
    round: int
    """From 1."""
    area: str
    part: Part


@value()
class Said:
    """One cue, in seconds from the start of the programme."""

    at_s: float
    key: str
    for_s: float


@value()
class Programme:
    """The whole of it, in order."""

    steps: tuple[Step, ...]
    cues: tuple[Said, ...]
    length_s: float


def programme(
    *,
    areas: Sequence[str],
    skip: Collection[str],
    rounds: int,
    announce_s: float,
    tense_s: float,
    release_s: float,
    release_only: bool,
    night: bool = False,
) -> Programme:
    """Announce, tense, release for each area of each round, in the order given; in the night form one round.

    A part that lasts 0 s is left out. Nothing left to do is an empty programme of length 0.
    """
    lengths: tuple[tuple[Part, float], ...] = (
        ("announce", announce_s),
        ("tense", 0.0 if release_only else tense_s),
        ("release", release_s),
    )
    asked = [area for area in areas if area not in skip]
    turns = [(round_, area) for round_ in range(1, (1 if night else rounds) + 1) for area in asked]
    turn_s = sum(for_s for _, for_s in lengths)
    steps = tuple(step for n, turn in enumerate(turns) for step in _steps(n * turn_s, *turn, lengths))
    return Programme(steps, _cues(steps), len(turns) * turn_s)


def step_at(planned: Programme, t_s: float) -> Step | None:
    """The step that runs at `t_s`; None before the start and from the end on."""
    if t_s + _NEAR_S < 0 or t_s + _NEAR_S >= planned.length_s:
        return None
    return planned.steps[_begun(planned, t_s) - 1]


def next_step_s(planned: Programme, t_s: float) -> float:
    """When the step after the one at `t_s` begins; the programme's length if none does."""
    begun = _begun(planned, t_s)
    return planned.steps[begun].begin_s if begun < len(planned.steps) else planned.length_s


def _begun(planned: Programme, t_s: float) -> int:
    return bisect_right(planned.steps, t_s + _NEAR_S, key=attrgetter("begin_s"))


def _steps(begin_s: float, round_: int, area: str, lengths: tuple[tuple[Part, float], ...]) -> list[Step]:
    steps = []
    for part, for_s in lengths:
        if for_s > 0:
            steps.append(Step(begin_s, for_s, round_, area, part))
        begin_s += for_s
    return steps


def _cues(steps: tuple[Step, ...]) -> tuple[Said, ...]:
    cues = []
    for n, step in enumerate(steps):
        cues.append(Said(step.begin_s, f"release.{step.area}.{step.part}", step.for_s))
        if step.part == "release" and n + 1 < len(steps):
            cues.append(_soft(step))
    return tuple(cues)


def _soft(step: Step) -> Said:
    """Three seconds before the end; at half of a release too short for that, and never into what follows."""
    from_end_s = _SOFT_S if step.for_s >= _SHORT_RELEASE_S else step.for_s / 2
    return Said(step.begin_s + step.for_s - from_end_s, SOFT, min(_SOFT_S, from_end_s))
