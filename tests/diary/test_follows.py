"""What follows from nights: efficiency, awakenings seen, trends, signs; and nothing that the numbers do not carry."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from diary.nights import EVENING, WHOLE, ZONE, night, row
from winddown.diary.entry import MARKS, Said
from winddown.diary.night import Line, estimated, sleep
from winddown.diary.signs import due, sign, three_weeks, told
from winddown.diary.trend import Kept, nights_kept, trend
from winddown.model import NightSeen, Press, Pressed
from winddown.programmes import LANGUAGES, phrases

TODAY = EVENING + timedelta(days=1)


def at(text: str) -> float:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE).timestamp()


SEEN = NightSeen(
    evening="2026-11-22",
    runway_at=at("22 22:00"),
    runway_end_at=at("22 22:45"),
    runway_kept=True,
    to_bed_at=at("22 22:45"),
    lights_out_at=at("22 22:55:30"),
    presses=tuple(Pressed(at(text), Press.SINGLE, night=True) for text in ("23 03:00", "23 03:04", "23 05:00")),
)


def test_efficiency_is_time_asleep_of_time_in_bed():
    found = sleep(Line("bedroom", EVENING, said=night(**WHOLE)), ZONE)

    assert found is not None
    assert (found.in_bed_min, found.asleep_min, round(found.efficiency, 1)) == (490, 410, 83.7)


@pytest.mark.parametrize("field", sorted({*WHOLE} - {"awakenings"}))
def test_without_all_that_it_takes_there_is_no_efficiency_though_it_was_seen(field):
    less = {name: value for name, value in WHOLE.items() if name != field}

    assert sleep(Line("bedroom", EVENING, SEEN, night(**less)), ZONE) is None


def test_a_night_that_contradicts_itself_has_no_efficiency():
    assert sleep(Line("bedroom", EVENING, said=night(**{**WHOLE, "lights_out": "22:40"})), ZONE) is None


@pytest.mark.parametrize(("evening", "in_bed_min"), [(date(2026, 10, 24), 550), (date(2026, 3, 28), 430)])
def test_the_night_of_a_clock_change_is_as_long_as_it_was(evening, in_bed_min):
    found = sleep(Line("bedroom", evening, said=night(**WHOLE)), ZONE)

    assert found is not None
    assert found.in_bed_min == in_bed_min


def test_what_was_seen_is_an_estimate_and_presses_close_together_are_one_awakening():
    guess = estimated(Line("bedroom", EVENING, SEEN), ZONE)

    assert guess == night(to_bed="22:45", lights_out="22:55", awakenings=2)


def test_nothing_is_estimated_of_a_night_that_nobody_saw():
    assert estimated(Line("bedroom", EVENING), ZONE) == Said()


# ---------------------------------------------------------------- many nights


def test_a_fall_that_chance_would_not_make_is_told():
    found = trend([8, 8, 7, 8, 7, 7, 6, 6, 5, 6, 5, 4, 4, 3, 4, 3])

    assert (found.way, found.first, found.last) == ("lower", 7, 4)


def test_a_rise_is_told():
    assert trend([*range(14)]).way == "higher"


@pytest.mark.parametrize("values", [[5] * 28, [3, 7] * 14, [5, 6, 4, 5, 6, 4, 5, 5, 6, 4, 6, 5, 4, 5, 3]])
def test_ups_and_downs_are_no_trend(values):
    assert trend(values).way == "unclear"


def test_less_than_two_weeks_are_too_few_however_they_fall():
    assert trend([*range(13, 0, -1)]).way == "few"


def test_a_runway_whose_end_nobody_saw_counts_neither_way():
    ends = [True, False, None, True]
    lines = [Line("bedroom", EVENING, NightSeen(evening="2026-11-22", runway_kept=end)) for end in ends]

    assert nights_kept([*lines, Line("bedroom", EVENING)]) == Kept(2, 3)


# ---------------------------------------------------------------- signs


def test_three_weeks_of_mostly_poor_and_tense_nights_are_a_sign():
    assert three_weeks(row(11, quality=2, tension_before=7), TODAY)


@pytest.mark.parametrize(
    "lines",
    [
        row(10, quality=1, tension_before=9),
        row(21, quality=2, tension_before=3),
        row(21, quality=3, tension_after=9),
        row(21, note="terrible"),
        row(21, quality=lambda n: 1 if n % 2 else None, tension_before=9),
    ],
)
def test_less_than_that_is_none_and_a_blank_night_counts_for_nothing(lines):
    assert not three_weeks(lines, TODAY)


def test_what_is_long_ago_is_no_sign():
    assert not three_weeks(row(21, quality=1, tension_before=9), TODAY + timedelta(days=12))


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_on_more_than_half_the_days_of_a_fortnight_is_a_sign(mark):
    assert sign(row(8, **{mark: "yes"}), TODAY) == f"sign.{mark}"
    assert sign(row(7, **{mark: "yes"}), TODAY) is None


def test_marks_of_long_ago_and_different_ones_are_none():
    mixed = row(14, much_pain=lambda n: n % 2 == 1, fear_or_gloom=lambda n: n % 2 == 0)

    assert sign(row(14, much_pain=True), TODAY + timedelta(days=7)) is None
    assert sign(mixed, TODAY) is None


def test_of_several_signs_the_gravest_is_told_alone():
    everything = row(14, quality=1, tension_before=9, **dict.fromkeys(MARKS, "yes"))

    assert sign(everything, TODAY) == "sign.fear_or_gloom"
    assert sign(row(14, quality=1, tension_before=9), TODAY) == "sign.three_weeks"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_has_its_words_and_calls_nothing_by_the_name_of_a_disease(language):
    said = [told(key, phrases(language)) for key in (*(f"sign.{mark}" for mark in MARKS), "sign.three_weeks")]

    assert len({*said}) == len(said)
    assert not any(word in text.lower() for text in said for word in ("insomnia", "depress", "slapeloos", "stoornis"))


def test_it_is_told_once_a_fortnight_at_most():
    day = 86_400.0

    assert [due(told, 100 * day) for told in (None, 99 * day, 86.1 * day, 86 * day)] == [True, False, False, True]
