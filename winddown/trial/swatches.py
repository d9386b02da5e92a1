"""Lets a person choose how a lamp is to sink, by two swatches of the same way down. It guesses and keeps nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from winddown.core import fade
from winddown.model import Dim, Profile, Report
from winddown.trial.talk import Pause, Question, Say, Talk, Tell, asked

Curve = Literal["eye", "linear"]

SWATCH_S = 10.0
DARKEST_START = 20.0
"""Percent: from less there is too little way down to compare."""
_REST_S = 1.0
_FADED, _STEPPED = 10, 40
"""In how many pieces a lamp goes down that fades by itself, and one that only steps."""


def choose_curve(profile: Profile, level: int, goal: int) -> Talk[Curve | None]:
    """The form that looked more even; None: both did. The lamp is on, at `level`, and ends there.

    Both swatches go all the way, from the same light to the same light: what differs is how they get there.
    """
    while True:
        for name, curve in (("first", "eye"), ("second", "linear")):
            yield Say(f"Look: the {name} way down.")
            yield from _down(replace(profile, curve=curve), level, goal)
            yield Tell(Dim(level, None, fade.BACK_S))
            yield Pause(fade.BACK_S + _REST_S)
        question = Question("Which one sank more evenly?", ("first", "second", "both alike", "again"))
        match (yield from asked(question)):
            case "first":
                return "eye"
            case "second":
                return "linear"
            case "both alike":
                return None
            case _:
                pass


def _down(profile: Profile, level: int, goal: int) -> Talk[None]:
    """The levels of a real runway, in ten seconds."""
    pieces = _FADED if profile.max_fade_s else _STEPPED
    length_s = pieces * fade.SHORTEST_STEP_S
    course = fade.runway(
        replace(profile, max_fade_s=fade.LONGEST_STEP_S),
        Report(on=True, level=level),
        begin=0.0,
        end=length_s,
        goal=goal,
    )
    piece_s, at_s = SWATCH_S / pieces, 0.0
    for move in course.moves:
        begin_s = move.begin / length_s * SWATCH_S
        if begin_s > at_s:
            yield Pause(begin_s - at_s)
            at_s = begin_s
        yield Tell(Dim(move.level, None, piece_s if profile.max_fade_s else 0.0))
    yield Pause(SWATCH_S - at_s + _REST_S)
