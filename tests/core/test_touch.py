"""Whose hand was it: what a lamp says, held against where its fade should be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winddown.core.touch import LATE_S, Aim, touched
from winddown.model import Report

SCALE = 254
BAND = 12
"""Whole steps within 5 % of 254."""
BEGAN, ENDS = 100.0, 160.0
FADE = Aim(Report(True, 200, 300), Report(True, 80, 400), BEGAN, ENDS)
"""Two steps a second, down."""


def is_level_touched(level, at, aim=FADE, *, before=(), asked=False):
    return "level" in touched(Report(True, level), (aim, *before), at, SCALE, asked=asked)


def spans(at, aim=FADE):
    """Where it is and, for lamps that say it late, where it was; and where it goes."""
    return [(aim.level_at(at), aim.level_at(at - LATE_S)), (80, 80)]


instants = st.floats(BEGAN, ENDS + 100)


@given(at=instants, data=st.data())
def test_what_a_lamp_says_one_step_within_the_band_is_never_a_hand(at, data):
    low, high = data.draw(st.sampled_from(spans(at)))

    assert not is_level_touched(data.draw(st.integers(int(low) - BAND + 1, int(high) + BAND - 1)), at)


@given(at=instants, level=st.integers(1, SCALE))
def test_what_lies_a_step_outside_of_it_always_is(at, level):
    if not any(low - BAND - 1 < level < high + BAND + 1 for low, high in spans(at)):
        assert is_level_touched(level, at)


def test_a_level_that_it_should_have_left_behind_long_ago_is_a_hand_also_between_the_ends_of_its_fade():
    assert is_level_touched(170, at=BEGAN + 30)  # it should be at 140


def test_a_level_that_it_has_not_come_to_yet_is_a_hand():
    assert is_level_touched(110, at=BEGAN + 20)  # it should be at 160


def test_its_goal_told_in_advance_is_none():
    assert not is_level_touched(80, at=BEGAN + 0.1)


@pytest.mark.parametrize("late_s", [0.0, 1.0, LATE_S])
def test_where_it_was_a_moment_ago_is_none(late_s):
    assert not is_level_touched(round(FADE.level_at(BEGAN + 30 - late_s)), at=BEGAN + 30)


def test_who_turns_a_lamp_back_up_that_has_told_how_far_it_came_is_a_hand_at_once():
    told = replace(FADE, reached=188)

    assert is_level_touched(202, at=BEGAN + 6, aim=told)
    assert not is_level_touched(202, at=BEGAN + 6)  # of another it may be late
    assert not is_level_touched(188, at=BEGAN + 20, aim=told)  # slower than it was told


def test_a_lamp_that_answers_where_it_was_may_not_have_heard_of_its_fade():
    assert not is_level_touched(200, at=BEGAN + 58, asked=True)
    assert is_level_touched(200, at=BEGAN + 58)


def test_late_words_on_the_fade_before_are_none_and_later_ones_are_a_hands():
    before = Aim(Report(True, 240), Report(True, 200), BEGAN - 60, BEGAN)

    assert not is_level_touched(215, at=BEGAN + 0.5, before=(before,))
    assert not is_level_touched(200, at=BEGAN + LATE_S, before=(before,))
    assert is_level_touched(215, at=BEGAN + LATE_S + 1, before=(before,))


@pytest.mark.parametrize(("mired", "hand"), [(261, False), (259, True), (439, False), (441, True)])
def test_a_warmth_may_be_off_by_forty(mired, hand):
    assert ("warmth" in touched(Report(True, None, mired), (FADE,), BEGAN + 30, SCALE)) is hand


def test_on_a_small_scale_three_steps_are_no_hand():
    still = Aim(Report(True, 20), Report(True, 20), BEGAN, BEGAN)

    assert not touched(Report(True, 23), (still,), BEGAN + 60, 20)
    assert touched(Report(True, 24), (still,), BEGAN + 60, 20) == {"level"}
