"""`winddown diary`: a person fills in a night, sees it, draws it, and takes it along."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date, timedelta

import pytest

from winddown.model import Enter, NightSeen
from winddown.shell.database import MIGRATIONS
from winddown.shell.diary import enter
from winddown.shell.journal import Journal

MORNING = date(2026, 11, 22)


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self):
        return True


@pytest.fixture
def here(house, it_is):
    """A house on a Sunday morning."""
    path = house()
    it_is("2026-11-22 09:00")
    return path


def test_a_night_is_filled_in_bit_by_bit_and_shown(winddown, here):
    first = winddown("diary", "add", "--to-bed", "22:50", "--quality", "4", "-c", here)
    winddown("diary", "add", "bedroom", "--tension-before", "7", "--note", "warm feet", "-c", here)

    shown = winddown("diary", "show", "-c", here)

    assert (first.code, first.out) == (0, "bedroom, night of 2026-11-21: to_bed, quality\n")
    assert shown.out.splitlines() == [
        "evening     to bed  quality  tension",
        "Sat 21 Nov  22:50   4/5      7",
        "    “warm feet”",
        "~ is what winddown saw, and nobody has confirmed",
    ]


def test_what_is_impossible_is_refused_at_its_flag_and_the_rest_is_kept(winddown, here):
    ended = winddown("diary", "add", "--quality", "9", "--awake-min", "30 h", "--up", "07:00", "-c", here)

    assert (ended.code, ended.out) == (2, "bedroom, night of 2026-11-21: up\n")
    assert ended.err.splitlines() == [
        "--awake-min: 30 h is not between 0 min and 12 h; an estimate is enough",
        "--quality: 9 is not 1 to 5: 1 very poor, 2 poor, 3 fair, 4 good, 5 very good",
    ]


def test_a_time_is_held_against_what_was_said_before(winddown, here):
    winddown("diary", "add", "--to-bed", "22:50", "-c", here)

    ended = winddown("diary", "add", "--lights-out", "22:40", "-c", here)

    assert (ended.code, ended.err) == (2, "--lights-out: 22:40 is before to_bed, which is 22:50; correct one of them\n")


def test_an_empty_text_takes_a_field_away(winddown, here):
    winddown("diary", "add", "--quality", "4", "--note", "x", "-c", here)

    ended = winddown("diary", "add", "--note", "", "-c", here)

    assert ended.out == "bedroom, night of 2026-11-21: taken away: note\n"
    assert json.loads(winddown("diary", "export", "--format", "json", "-c", here).out)[0]["confirmed"] == {"quality": 4}


@pytest.mark.parametrize(
    ("now", "evening"), [("22:20", "2026-11-22"), ("21:00", "2026-11-21"), ("03:00", "2026-11-21")]
)
def test_the_night_that_is_meant_is_the_last_one_until_the_next_begins(winddown, house, it_is, now, evening):
    path = house()
    it_is(f"2026-11-22 {now}")

    assert f"night of {evening}" in winddown("diary", "add", "--quality", "3", "-c", path).out


@pytest.mark.parametrize("day", ["2026-11-23", "1999-01-01"])
def test_a_night_that_is_not_yet_is_refused(winddown, here, day):
    ended = winddown("diary", "add", "--evening", day, "--quality", "3", "-c", here)

    assert (ended.code, "write the date on which the night began" in ended.err) == (2, True)


def test_without_a_field_it_asks_and_keeps_what_was_answered_until_the_input_ends(winddown, here, monkeypatch):
    seen = NightSeen(evening="2026-11-21", to_bed_at=1_795_297_500.0)
    enter(here.with_name("winddown.db"), Enter("bedroom", "2026-11-21", seen=seen))
    monkeypatch.setattr("sys.stdin", Terminal("=\n\n\nabc\n3\n"))

    ended = winddown("diary", "add", "-c", here)

    assert "[winddown saw 22:45; = confirms it]" in ended.out
    assert "abc is not 0 to 50" in ended.out
    assert ended.out.endswith("bedroom, night of 2026-11-21: to_bed, awakenings\n")


def test_nothing_to_fill_in_is_said(winddown, here):
    assert winddown("diary", "add", "-c", here).code == 2


@pytest.mark.parametrize("verb", ["show", "plot"])
def test_without_a_line_it_says_how_to_begin(winddown, here, verb):
    winddown("diary", "add", "--note", "x", "-c", here)
    winddown("diary", "add", "--note", "", "-c", here)

    assert "`winddown diary add` fills in the last night" in winddown("diary", verb, "-c", here).out


def test_without_a_journal_it_says_who_begins_one(winddown, here):
    ended = winddown("diary", "show", "-c", here)

    assert (ended.code, "begins one" in ended.err) == (2, True)
    assert not here.with_name("winddown.db").exists()


def test_of_several_rooms_one_is_named(winddown, house, it_is):
    path = house(more='  study: {bedtime: "23:00", lights: [json/home/desk/set]}\n')
    it_is("2026-11-22 09:00")

    assert "say a room: bedroom, study" in winddown("diary", "show", "-c", path).err


def test_the_plot_and_the_picture_tell_the_same(winddown, here, tmp_path):
    winddown("diary", "add", "--tension-before", "7", "-c", here)

    plot = winddown("diary", "plot", "-c", here).out
    winddown("diary", "plot", "--svg", tmp_path / "a.svg", "-c", here)

    assert "Nights filled in: 1." in plot
    assert "Nights filled in: 1." in (tmp_path / "a.svg").read_text()


def test_the_export_is_a_line_a_night(winddown, here, tmp_path):
    winddown("diary", "add", "--quality", "4", "--note", 'a "b", c', "-c", here)

    ended = winddown("diary", "export", "--out", tmp_path / "a.csv", "-c", here)

    (line,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text()))
    assert (line["evening"], line["quality"], line["note"]) == ("2026-11-21", "4", 'a "b", c')
    assert ended.out.endswith("a.csv: 1 nights of bedroom\n")


def test_a_file_that_cannot_be_written_is_named(winddown, here, tmp_path):
    winddown("diary", "add", "--quality", "4", "-c", here)

    for arguments in (("export", "--out"), ("plot", "--svg")):
        ended = winddown("diary", *arguments, tmp_path / "no" / "a", "-c", here)
        assert (ended.code, "cannot be written" in ended.err) == (2, True)


# ---------------------------------------------------------------- beside a daemon, and after an older one


def test_a_person_writes_while_the_daemon_has_the_journal_open(winddown, here):
    with Journal(here.with_name("winddown.db")) as journal:
        journal.start(lambda _kept: None)

        ended = winddown("diary", "add", "--quality", "4", "-c", here)
        shown = winddown("diary", "show", "-c", here)

    assert (ended.code, "4/5" in shown.out) == (0, True)


def test_an_older_journal_is_brought_up_to_date(winddown, here):
    line = sqlite3.connect(here.with_name("winddown.db"))
    for step in MIGRATIONS[:2]:
        line.execute(step)
    line.execute("PRAGMA user_version = 2")
    line.close()

    assert "nothing is in the diary" in winddown("diary", "show", "-c", here).out
    assert winddown("diary", "add", "--quality", "4", "-c", here).code == 0


def test_a_newer_journal_is_left_alone(winddown, here):
    line = sqlite3.connect(here.with_name("winddown.db"))
    line.execute("PRAGMA user_version = 99")
    line.close()

    ended = winddown("diary", "add", "--quality", "4", "-c", here)

    assert (ended.code, "is of a newer winddown" in ended.err) == (1, True)


# ---------------------------------------------------------------- signs


def test_a_sign_is_told_gently_and_not_again_for_a_fortnight(winddown, here, it_is):
    for n in range(1, 14):
        evening = (MORNING - timedelta(days=n)).isoformat()
        said = {"quality": 2, "tension_before": 8}
        enter(here.with_name("winddown.db"), Enter("bedroom", evening, said=said))

    first, again = (winddown("diary", "show", "-c", here).out for _ in range(2))
    it_is("2026-11-28 09:00")
    later = winddown("diary", "show", "-c", here).out

    assert "worth talking" in first
    assert "worth talking" not in again + later


def test_days_that_were_marked_are_shown_taken_away_and_a_sign(winddown, here):
    for n in range(1, 8):
        evening = (MORNING - timedelta(days=n + 1)).isoformat()
        enter(here.with_name("winddown.db"), Enter("bedroom", evening, said={"much_pain": "yes"}))

    before = winddown("diary", "add", "--quality", "3", "-c", here).out
    added = winddown("diary", "add", "--much-pain", "--fear-or-gloom", "-c", here).out
    winddown("diary", "add", "--no-fear-or-gloom", "-c", here)
    shown = winddown("diary", "show", "--last", "1", "-c", here).out

    assert added.startswith("bedroom, night of 2026-11-21: much_pain, fear_or_gloom\n")
    assert ("Your doctor may know" in before, "Your doctor may know" in added) == (False, True)
    assert shown.splitlines()[:2] == ["evening     quality  day before", "Sat 21 Nov  3/5      much pain"]


def test_a_line_of_two_entries_that_contradict_each_other_is_shown_and_told(winddown, here):
    for fields in ({"to_bed": "22:50"}, {"lights_out": "22:40"}):
        enter(here.with_name("winddown.db"), Enter("bedroom", "2026-11-21", said=fields))

    ended = winddown("diary", "show", "-c", here)

    assert "22:50   22:40" in ended.out
    assert ended.err.startswith("2026-11-21: lights_out: 22:40 is before to_bed, which is 22:50")
