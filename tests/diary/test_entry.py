"""What a person says of a night: what is taken, and what is refused with a sentence at the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.nights import EVENING, WHOLE, ZONE, night
from winddown.diary.entry import FIELDS, Said, as_kept, read, said
from winddown.diary.night import contradictions, taken


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("to_bed", "22:50", "22:50"),
        ("woke", "06:40:00", "06:40"),
        ("asleep_min", 20, 20),
        ("asleep_min", "20", 20),
        ("awake_min", "1 h 10 min", 70),
        ("awakenings", 2.0, 2),
        ("quality", "5", 5),
        ("tension_before", 0, 0),
        ("where", " jaw,\n shoulders ", "jaw, shoulders"),
        ("much_pain", True, "yes"),
        ("fear_or_gloom", " Ja ", "yes"),
        ("hardly_functioned", "no", None),
        ("hardly_functioned", False, None),
        ("note", "slept <5 h, warm feet", "slept <5 h, warm feet"),
        ("note", "", None),
        ("where", " \n\x00", None),
        ("quality", None, None),
    ],
)
def test_what_a_person_writes_is_taken(field, value, kept):
    assert read({field: value}) == ({field: kept}, [])


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("to_bed", "25:00", "'25:00' is no time of day, write 00:00 to 23:59, for example 22:45"),
        ("woke", "6:40", "'6:40' is no time of day, write it as 06:40"),
        ("awake_min", "30 h", "30 h is not between 0 min and 12 h; an estimate is enough"),
        ("asleep_min", -5, "-5 is not between 0 min and 12 h; an estimate is enough"),
        ("asleep_min", True, "'True' is no duration, write for example 90 s, 20 min or 1 h 30 min"),
        ("quality", 9, "9 is not 1 to 5: 1 very poor, 2 poor, 3 fair, 4 good, 5 very good"),
        ("quality", "<script>", "<script> is not 1 to 5: 1 very poor, 2 poor, 3 fair, 4 good, 5 very good"),
        ("tension_after", 2.5, "2.5 is not 0 to 10: 0 is loose, 10 as tense as can be"),
        ("note", "x" * 1_000_000, "it has 1000000 characters; at most 1000 are kept"),
        ("note", "<script>alert(1)</script>", "has markup in it; write it in plain words"),
        ("note", ["a"], "a list or a mapping is no text"),
        ("much_pain", "my back", "write yes, or leave it out"),
        ("fear_or_gloom", 7, "write yes, or leave it out"),
        ("mood", "fine", "is no field; there are: to_bed, lights_out"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_the_rest_is_kept(field, value, why):
    kept, (refusal,) = read({field: value, "quality" if field != "quality" else "note": "4"})

    assert list(kept.values()) in ([4], ["4"])
    assert refusal.field == field
    assert why.removeprefix("'True'") in refusal.why


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "x"]), st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    )
)
def test_whatever_is_written_what_is_kept_reads_the_same_again(fields):
    kept, refused = read(fields)

    assert len(kept) + len(refused) == len(fields)
    assert read(kept) == (kept, [])
    assert as_kept(said(kept)) == {name: value for name, value in kept.items() if value is not None}


def test_huge_numbers_are_refused_like_others():
    kept, refused = read({"asleep_min": "9" * 400 + " h", "awakenings": 10**300, "awake_min": 1e308})

    assert (kept, len(refused)) == ({}, 3)


# ---------------------------------------------------------------- fields together


def test_a_whole_night_goes_together():
    assert not [*contradictions(EVENING, night(**WHOLE), ZONE)]


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"lights_out": "22:40"}, "lights_out", "22:40 is before to_bed, which is 22:50"),
        ({"up": "06:30"}, "up", "06:30 is before woke, which is 06:40"),
        ({"asleep_min": 460}, "asleep_min", "460 min do not fit in the 455 min from lights_out to woke"),
        ({"awakenings": 0}, "awakenings", "25 min awake, and awakenings is 0"),
    ],
)
def test_what_cannot_be_true_together_is_refused_and_the_rest_is_kept(wrong, field, why):
    kept, (refusal,) = taken(EVENING, night(**WHOLE), {**wrong, "quality": 4}, ZONE)

    assert kept == {"quality": 4}
    assert refusal.field == field
    assert why in refusal.why


def test_what_was_kept_before_never_costs_a_field_that_has_nothing_to_do_with_it():
    contradicting = night(to_bed="22:50", lights_out="22:40")

    assert taken(EVENING, contradicting, {"quality": 4, "note": "so"}, ZONE) == ({"quality": 4, "note": "so"}, [])


def test_a_worker_of_nights_sleeps_by_day():
    shift = night(to_bed="06:00", lights_out="06:10", asleep_min=10, awakenings=0, woke="13:30", up="14:00")

    assert not [*contradictions(EVENING, shift, ZONE)]


def test_nothing_said_is_a_blank_line():
    assert (Said().blank, night(quality=3).blank) == (True, False)
