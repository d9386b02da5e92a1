"""The tension release: what is said and done when."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winddown.core.release import Programme, Said, Step, next_step_s, programme, step_at

USUAL: dict[str, Any] = {
    "areas": ["shoulders", "hands", "toes"],
    "skip": [],
    "rounds": 2,
    "announce_s": 4.0,
    "tense_s": 3.0,
    "release_s": 15.0,
    "release_only": False,
}


def planned(**changes: Any) -> Programme:
    return programme(**{**USUAL, **changes})


@st.composite
def any_programme(draw: st.DrawFn) -> Programme:
    areas = draw(st.lists(st.sampled_from(["shoulders", "hands", "belly", "toes"]), unique=True))
    return planned(
        areas=areas,
        skip=draw(st.sets(st.sampled_from(["hands", "toes", "elbows"]))),
        rounds=draw(st.integers(1, 4)),
        announce_s=draw(st.just(0.0) | st.floats(0.5, 8)),
        tense_s=draw(st.floats(0.5, 7)),
        release_s=draw(st.floats(1, 40)),
        release_only=draw(st.booleans()),
        night=draw(st.booleans()),
    )


def test_an_area_is_announced_tensed_and_released() -> None:
    assert planned().steps[:3] == (
        Step(0, 4, 1, "shoulders", "announce"),
        Step(4, 3, 1, "shoulders", "tense"),
        Step(7, 15, 1, "shoulders", "release"),
    )


def test_areas_come_in_the_order_given_in_every_round() -> None:
    announced = [(step.round, step.area) for step in planned().steps if step.part == "announce"]

    assert announced == [(1, "shoulders"), (1, "hands"), (1, "toes"), (2, "shoulders"), (2, "hands"), (2, "toes")]


def test_two_rounds_of_three_areas_last_a_little_over_two_minutes() -> None:
    assert planned().length_s == 132


def test_what_is_skipped_is_not_even_named() -> None:
    toeless = planned(skip=["toes"])

    assert toeless.length_s == 88
    assert not any("toes" in cue.key for cue in toeless.cues)


def test_release_only_tenses_nothing() -> None:
    gentle = planned(release_only=True)

    assert {step.part for step in gentle.steps} == {"announce", "release"}
    assert gentle.length_s == 114


def test_in_the_night_it_is_one_round() -> None:
    assert planned(night=True).length_s == 66


@pytest.mark.parametrize("changes", [{"skip": ["shoulders", "hands", "toes"]}, {"areas": []}, {"rounds": 0}])
def test_with_nothing_left_to_do_it_is_over_at_once(changes: dict[str, Any]) -> None:
    nothing = planned(**changes)

    assert nothing == Programme((), (), 0)
    assert step_at(nothing, 0) is None
    assert next_step_s(nothing, 0) == 0


def test_each_part_has_its_cue_and_soft_comes_before_the_next_area() -> None:
    assert planned().cues[:5] == (
        Said(0, "release.shoulders.announce", 4),
        Said(4, "release.shoulders.tense", 3),
        Said(7, "release.shoulders.release", 15),
        Said(19, "release.soft", 3),
        Said(22, "release.hands.announce", 4),
    )


def test_soft_is_said_between_rounds_too_and_not_at_the_very_end() -> None:
    softs = [cue.at_s for cue in planned().cues if cue.key == "release.soft"]

    assert softs == [19, 41, 63, 85, 107]


def test_in_a_short_release_soft_comes_half_way_and_ends_with_it() -> None:
    softs = [cue for cue in planned(release_s=5, night=True).cues if cue.key == "release.soft"]

    assert softs == [Said(9.5, "release.soft", 2.5), Said(21.5, "release.soft", 2.5)]


def test_a_part_of_no_length_is_left_out() -> None:
    assert planned(announce_s=0).steps[0] == Step(0, 3, 1, "shoulders", "tense")


@pytest.mark.parametrize(
    ("t_s", "area", "part"),
    [
        (0, "shoulders", "announce"),
        (3.9, "shoulders", "announce"),
        (4, "shoulders", "tense"),
        (22, "hands", "announce"),
        (131.9, "toes", "release"),
    ],
)
def test_the_step_at_a_moment(t_s: float, area: str, part: str) -> None:
    step = step_at(planned(), t_s)

    assert step is not None
    assert (step.area, step.part) == (area, part)


@pytest.mark.parametrize("t_s", [-1, 132, 1000])
def test_before_and_after_it_there_is_no_step(t_s: float) -> None:
    assert step_at(planned(), t_s) is None


@pytest.mark.parametrize(("t_s", "next_s"), [(-5, 0), (0, 4), (3.9, 4), (4, 7), (120, 132), (500, 132)])
def test_next_is_where_the_next_step_begins_or_the_end(t_s: float, next_s: float) -> None:
    assert next_step_s(planned(), t_s) == next_s


def test_who_wakes_for_a_step_a_rounding_error_early_is_in_it() -> None:
    step = step_at(planned(), 4 - 1e-9)

    assert step is not None
    assert step.part == "tense"
    assert next_step_s(planned(), 4 - 1e-9) == 7
    assert step_at(planned(), 132 - 1e-9) is None


@given(any_programme())
def test_steps_follow_each_other_without_a_gap(whole: Programme) -> None:
    ends = [step.begin_s + step.for_s for step in whole.steps]

    assert [0, *ends] == pytest.approx([*(step.begin_s for step in whole.steps), whole.length_s])


@given(any_programme())
def test_nothing_is_said_into_what_comes_next(whole: Programme) -> None:
    assert all(before.at_s <= after.at_s for before, after in pairwise(whole.cues))
    softs = [(cue, after) for cue, after in pairwise(whole.cues) if cue.key == "release.soft"]
    assert all(cue.at_s + cue.for_s <= after.at_s + 1e-9 for cue, after in softs)


@given(any_programme())
def test_pressing_next_again_and_again_walks_through_every_step_to_the_end(whole: Programme) -> None:
    t_s, seen = 0.0, []
    while (step := step_at(whole, t_s)) is not None:
        seen.append(step)
        t_s = next_step_s(whole, t_s)

    assert tuple(seen) == whole.steps
    assert t_s == whole.length_s
