"""The breathing: its pace, its levels, and that an hour of it does not drift."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winddown.core.breathing import Breath, breath_at, breaths, length_s

USUAL = {"inhale_s": 4.0, "exhale_s": 6.0, "for_s": 600.0, "start_pace": 10.0, "peak": 38, "floor": 3}


def planned(**changes: float) -> tuple[Breath, ...]:
    return breaths(**{**USUAL, **changes})  # type: ignore[arg-type]  # levels are whole where the tests say so


@st.composite
def any_breathing(draw: st.DrawFn) -> dict[str, float]:
    return {
        "inhale_s": draw(st.floats(1, 10)),
        "exhale_s": draw(st.floats(1, 15)),
        "for_s": draw(st.floats(0, 3600)),
        "start_pace": draw(st.floats(2, 20)),
        "peak": draw(st.integers(1, 254)),
        "floor": draw(st.integers(0, 254)),
    }


def test_the_first_breath_is_as_quick_as_the_start_pace() -> None:
    first = planned()[0]

    assert (first.begin_s, first.inhale_s, first.exhale_s) == pytest.approx((0, 2.4, 3.6))


def test_after_four_minutes_every_breath_is_the_configured_one() -> None:
    steady = [breath for breath in planned() if breath.begin_s >= 240]

    assert len(steady) > 30
    assert all((breath.inhale_s, breath.exhale_s) == pytest.approx((4, 6)) for breath in steady)


def test_the_pace_falls_evenly_from_the_start_to_the_fourth_minute() -> None:
    half_way = min(planned(), key=lambda breath: abs(breath.begin_s - 120))

    assert 60 / (half_way.inhale_s + half_way.exhale_s) == pytest.approx(10 - 4 * half_way.begin_s / 240)


def test_a_short_breathing_slows_no_faster_than_a_long_one() -> None:
    short = planned(for_s=120)

    assert [breath.begin_s for breath in short] == [breath.begin_s for breath in planned()[: len(short)]]


def test_a_start_pace_slower_than_the_breath_does_not_make_it_hurry() -> None:
    assert {round(breath.inhale_s + breath.exhale_s, 9) for breath in planned(start_pace=4)} == {10}


def test_a_breath_that_began_is_finished() -> None:
    ten_second_breaths = planned(start_pace=6, for_s=601)

    assert len(ten_second_breaths) == 61
    assert length_s(ten_second_breaths) == pytest.approx(610)


def test_a_breath_that_would_begin_at_the_very_end_does_not() -> None:
    assert length_s(planned(start_pace=6, for_s=600)) == pytest.approx(600)
    assert length_s(planned(inhale_s=3.9, exhale_s=5.7, start_pace=6.25, for_s=480)) == pytest.approx(480)
    assert len(planned(inhale_s=1.8, exhale_s=1.8, start_pace=1, for_s=3.6)) == 1


@pytest.mark.parametrize("for_s", [0, 0.1, 5])
def test_even_the_shortest_is_one_whole_breath_at_its_peak(for_s: float) -> None:
    assert planned(for_s=for_s) == (Breath(0.0, pytest.approx(2.4), pytest.approx(3.6), 38, 3),)


def test_the_peak_falls_to_a_third_and_the_last_three_breaths_to_the_floor() -> None:
    peaks = [breath.peak for breath in planned(peak=90)]

    assert peaks[0] == 90
    assert peaks[-4:] == [30, 23, 16, 9]


def test_the_peak_stays_visible_above_the_floor_until_the_last_three() -> None:
    peaks = [breath.peak for breath in planned(peak=15, floor=3)]

    assert peaks[0] == 15
    assert peaks[-10:-3] == [9] * 7
    assert peaks[-3:] == [7, 6, 4]


def test_a_night_peak_that_is_hardly_visible_is_not_raised() -> None:
    assert {breath.peak for breath in planned(peak=6, floor=3)[:-3]} == {6}


def test_a_floor_above_the_peak_is_the_peak() -> None:
    assert {(breath.peak, breath.floor) for breath in planned(peak=5, floor=20)} == {(5, 5)}


def test_the_last_beat_of_an_hour_is_as_exact_as_the_first() -> None:
    hour = [breath for breath in planned(inhale_s=4.1, exhale_s=5.6, for_s=3600) if breath.begin_s >= 240]
    anchor = Fraction(hour[0].begin_s)
    exact = [anchor + n * (Fraction(4.1) + Fraction(5.6)) for n in range(len(hour))]

    assert max(abs(Fraction(breath.begin_s) - at) for breath, at in zip(hour, exact, strict=True)) < 1e-9


def test_at_every_moment_there_is_one_breath() -> None:
    ten_second_breaths = planned(start_pace=6)

    moments = (-1, 0, 9.999, 10, 15, 599.9, 700)

    assert [breath_at(ten_second_breaths, t_s) for t_s in moments] == [0, 0, 0, 1, 1, 59, 59]


def test_who_wakes_for_a_beat_a_rounding_error_early_is_in_it() -> None:
    assert breath_at(planned(start_pace=6), 10 - 1e-9) == 1


def test_nothing_planned_lasts_no_time() -> None:
    assert length_s(()) == 0


@given(any_breathing())
def test_breaths_follow_each_other_without_a_gap(asked: dict[str, float]) -> None:
    for before, after in pairwise(planned(**asked)):
        assert after.begin_s == pytest.approx(before.end_s, abs=1e-9)


@given(any_breathing())
def test_breaths_never_quicken_and_keep_their_ratio(asked: dict[str, float]) -> None:
    all_of_them = planned(**asked)

    assert all(
        breath.inhale_s * asked["exhale_s"] == pytest.approx(breath.exhale_s * asked["inhale_s"])
        for breath in all_of_them
    )
    assert all(after.inhale_s >= before.inhale_s - 1e-9 for before, after in pairwise(all_of_them))


@given(any_breathing())
def test_they_last_as_long_as_asked_and_at_most_one_breath_more(asked: dict[str, float]) -> None:
    all_of_them = planned(**asked)
    last = all_of_them[-1]

    assert length_s(all_of_them) >= asked["for_s"] - 1e-5
    assert last.begin_s < asked["for_s"] or len(all_of_them) == 1


@given(any_breathing())
def test_no_breath_is_brighter_than_the_one_before_or_darker_than_the_floor(asked: dict[str, float]) -> None:
    all_of_them = planned(**asked)

    assert all_of_them[0].peak == asked["peak"]
    assert all(after.peak <= before.peak for before, after in pairwise(all_of_them))
    assert all(breath.floor <= breath.peak for breath in all_of_them)
    assert {breath.floor for breath in all_of_them} == {min(asked["floor"], asked["peak"])}


@given(any_breathing(), st.floats(0, 1))
def test_the_breath_at_a_moment_is_the_one_around_it(asked: dict[str, float], share: float) -> None:
    all_of_them = planned(**asked)
    t_s = share * length_s(all_of_them)

    breath = all_of_them[breath_at(all_of_them, t_s)]

    assert breath.begin_s - 1e-5 <= t_s <= breath.end_s + 1e-5
