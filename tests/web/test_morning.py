"""The diary's form without a browser: what it keeps, what it refuses and how it says so, in both languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from winddown.config import Room, load
from winddown.diary.entry import as_kept
from winddown.model import Enter, NightSeen
from winddown.programmes import phrases
from winddown.shell.diary import enter, lines
from winddown.web.morning import Diary, Form
from winddown.web.words import words

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHT = date(2026, 11, 20)
MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=AMSTERDAM).timestamp()


@pytest.fixture
def room(tmp_path: Path) -> Room:
    path = tmp_path / "winddown.yaml"
    path.write_text("mqtt: {host: h}\nrooms: {bedroom: {bedtime: '22:45', lights: [json/home/lamp/set]}}\n")
    return load(path).config.rooms["bedroom"]


@pytest.fixture
def diary(tmp_path: Path, room: Room) -> Diary:
    return in_language("en", tmp_path, room)


def in_language(language: str, folder: Path, room: Room, now: float = MORNING) -> Diary:
    journal = folder / "winddown.db"
    if not journal.exists():
        enter(journal, Enter("bedroom", "2000-01-01", said={"quality": 1}))
    return Diary(journal, "bedroom", room, AMSTERDAM, now, words(language), phrases(language))


def kept(diary: Diary, evening: date = NIGHT) -> dict[str, object]:
    found = lines(diary.journal, "bedroom", evening, evening)
    return dict(as_kept(found[0].said)) if found else {}


def errors(form: Form) -> dict[str, str]:
    return {name: one.error for name, one in form.fields.items() if one.error}


def test_in_the_morning_the_last_night_is_meant_and_nothing_of_the_future(diary: Diary) -> None:
    assert diary.night(None) == NIGHT
    assert diary.night("2026-11-19") == date(2026, 11, 19)
    assert diary.night("2026-11-22") is None
    assert diary.night("2024-11-22") is None
    assert diary.night("<b>") is None


def test_only_what_was_changed_is_written(diary: Diary) -> None:
    diary.fill_in(NIGHT, {"quality": "4", "note": "warm feet", "woke": "06:40"})

    diary.fill_in(NIGHT, {"quality": "4", "note": "", "up": "07:00"})

    assert kept(diary) == {"quality": 4, "woke": "06:40", "up": "07:00"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quality", "9"),
        ("tension_after", "-1"),
        ("awake_min", "30 h"),
        ("asleep_min", "ages"),
        ("awakenings", "1e9"),
        ("woke", "25:00"),
        ("note", "x" * 1_000_000),
        ("note", "<script>alert(1)</script>"),
        ("where", "<img src=x>"),
    ],
)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_cannot_be_is_refused_at_its_field_and_stays_there(
    tmp_path: Path, room: Room, language: str, name: str, value: str
) -> None:
    diary = in_language(language, tmp_path, room)

    form = diary.fill_in(NIGHT, {"tension_before": "6", name: value})

    assert list(errors(form)) == [name]
    assert form.fields[name].value == value
    assert form.message == words(language)("morning.partly")
    assert kept(diary) == {"tension_before": 6}


def test_times_that_cannot_be_true_together_are_told_in_the_language_of_the_page(tmp_path: Path, room: Room) -> None:
    typed = {"to_bed": "23:00", "lights_out": "22:30", "woke": "06:30", "quality": "3"}

    english = in_language("en", tmp_path, room).fill_in(NIGHT, typed)

    assert errors(english) != {}
    assert all("This does not fit with: " in why for why in errors(english).values())
    assert "_" not in "".join(errors(english).values())
    dutch = in_language("nl", tmp_path, room).fill_in(NIGHT, typed)
    assert all("Dit past niet bij: " in why for why in errors(dutch).values())
    assert kept(in_language("en", tmp_path, room))["quality"] == 3


def test_what_winddown_saw_stands_beside_a_field_until_somebody_says_it(diary: Diary) -> None:
    to_bed = datetime(2026, 11, 20, 22, 51, tzinfo=AMSTERDAM).timestamp()
    enter(
        diary.journal, Enter("bedroom", NIGHT.isoformat(), seen=NightSeen(evening=NIGHT.isoformat(), to_bed_at=to_bed))
    )

    before = diary.form(NIGHT).fields["to_bed"]
    after = diary.fill_in(NIGHT, {"to_bed": "23:05"}).fields["to_bed"]

    assert (before.value, before.seen) == ("", "winddown saw 22:51")
    assert (after.value, after.seen) == ("23:05", "")


def test_after_three_tense_weeks_a_doctor_is_named_once(tmp_path: Path, diary: Diary, room: Room) -> None:
    for n in range(1, 21):
        evening = (NIGHT - timedelta(days=n)).isoformat()
        enter(diary.journal, Enter("bedroom", evening, said={"quality": 1, "tension_before": 8}))

    first = diary.fill_in(NIGHT, {"quality": "2", "tension_before": "7"})
    second = diary.fill_in(NIGHT, {"note": "again"})

    assert first.sign.startswith("Three weeks of tense nights are a lot.")
    assert second.sign == ""


def test_a_mark_is_kept_and_taken_away_again(diary: Diary) -> None:
    diary.fill_in(NIGHT, {"much_pain": "yes", "fear_or_gloom": "", "hardly_functioned": "perhaps"})
    marked = kept(diary)

    form = diary.fill_in(NIGHT, {"much_pain": "", "quality": "3"})

    assert (marked, kept(diary)) == ({"much_pain": "yes"}, {"quality": 3})
    assert form.fields["much_pain"].value == ""


@pytest.mark.parametrize(("language", "says"), [("en", "Fear or gloom, on many days."), ("nl", "Angst of somberheid")])
def test_after_many_marked_days_a_doctor_is_named(tmp_path: Path, room: Room, language: str, says: str) -> None:
    diary = in_language(language, tmp_path, room)
    for n in range(1, 8):
        enter(diary.journal, Enter("bedroom", (NIGHT - timedelta(days=n)).isoformat(), said={"fear_or_gloom": "yes"}))

    before = diary.sign()
    form = diary.fill_in(NIGHT, {"fear_or_gloom": "yes"})

    assert before == ""
    assert form.sign.startswith(says)
    assert diary.sign() == ""
