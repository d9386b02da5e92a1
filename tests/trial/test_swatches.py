"""Two ways down, and a person who says which is the even one."""

from __future__ import annotations

import pytest

from trial.talking import Bedside
from winddown.model import Dim, Profile
from winddown.trial import choose_curve

FADES, STEPS = Profile(max_fade_s=60.0), Profile(max_fade_s=0.0, scale=100)


@pytest.mark.parametrize(("answer", "curve"), [("first", "eye"), ("s", "linear"), ("both alike", None)])
def test_the_answer_is_the_curve(answer: str, curve: str | None) -> None:
    assert Bedside(smooth=answer).hold(choose_curve(FADES, 200, 5)) == curve


def test_again_shows_both_again() -> None:
    once, twice = Bedside(smooth="first"), Bedside(smooth="first", nonsense=("again",))

    for bedside in (once, twice):
        bedside.hold(choose_curve(FADES, 200, 5))

    assert twice.sent == [*once.sent, *once.sent]


@pytest.mark.parametrize(("lamp", "level"), [(FADES, 200), (FADES, 60), (STEPS, 80)])
def test_both_ways_begin_and_end_alike_and_differ_between(lamp: Profile, level: int) -> None:
    bedside = Bedside(smooth="first")

    bedside.hold(choose_curve(lamp, level, 5))

    levels = bedside.levels()
    end = levels.index(5) + 1
    first, second = levels[:end], levels[end + 1 : -1]
    assert levels[end] == levels[-1] == level
    assert first[-1] == second[-1] == 5
    assert first != second
    assert sum(first) < sum(second), "to the eye it sinks sooner"
    for way in (first, second):
        assert way == sorted(way, reverse=True)
        assert way[0] <= level


def test_a_lamp_that_steps_gets_no_fades_and_its_white_is_left_alone() -> None:
    bedside = Bedside(smooth="first")

    bedside.hold(choose_curve(STEPS, 80, 5))

    assert all(one.mired is None for one in bedside.sent if isinstance(one, Dim))
    assert {one.fade_s for one in bedside.sent if isinstance(one, Dim) and one.level != 80} == {0.0}
