"""`plan`: the week in lines, the evening as a table."""

from __future__ import annotations

import re

import pytest

WEEK = ("Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon")


def line_with(text: str, out: str) -> str:
    """The only line that begins with this, blanks apart."""
    (line,) = (line for line in out.splitlines() if line.strip().startswith(text))
    return line


@pytest.fixture(autouse=True)
def _an_afternoon(it_is):
    it_is("2026-12-01 15:00")


def test_the_week_is_seven_evenings(winddown, house):
    ended = winddown("plan", house(bedtime='{default: "22:45", sat: "00:30", wed: off}'))

    days = re.findall(r"^ (\w{3} +\d+ Dec) (.*)$", ended.out, re.MULTILINE)
    assert [day for day, _ in days] == [f"{n} {d:>2} Dec" for d, n in enumerate(WEEK, 1)]
    assert line_with("Sat  5 Dec", ended.out).split()[3:] == ["23:45", "00:30", "07:00"]
    assert line_with("Wed  2 Dec", ended.out).split()[3:] == ["–", "off", "–"]


def test_in_the_night_the_week_begins_with_the_evening_that_runs(winddown, house, it_is):
    it_is("2026-12-02 03:00")

    ended = winddown("plan", house())

    assert "Tuesday 1 December 2026" in ended.out
    assert line_with("Tue  1 Dec", ended.out)


def test_a_night_in_which_the_clocks_change_is_marked(winddown, house, it_is):
    it_is("2027-03-25 12:00")

    ended = winddown("plan", house())

    assert line_with("Sat 27 Mar", ended.out).endswith("the clocks go forward this night ")
    assert "clocks" not in line_with("Sun 28 Mar", ended.out)


def test_the_evening_is_told_from_the_runway_to_the_morning(winddown, house):
    ended = winddown("plan", house())

    table = ended.out.partition("December 2026")[2]
    assert re.findall(r"^ (\d\d:\d\d) ", table, re.MULTILINE) == ["22:00", "22:15", "22:30", "22:45", "22:55", "07:00"]
    assert "60 %  3000 K" in line_with("22:00", table)
    assert re.search(r"\b1–1\d %", line_with("22:45", table))
    assert "bedtime: the lamp breathes" in line_with("22:45", table)
    assert "off" in line_with("22:55", table)
    assert line_with("07:00", table).split() == ["07:00", "off", "wake"]


def test_another_brightness_may_be_assumed(winddown, house):
    ended = winddown("plan", house(), "--from", "40")

    assert "40 %" in line_with("22:00", ended.out.partition("December 2026")[2])
    assert "40 % at 3000 K is assumed" in ended.out


def test_verbose_tells_every_command(winddown, house):
    ended = winddown("plan", house(), "--verbose")

    commands = ended.out.partition("every command")[2]
    assert re.search(r"22:00:00\.0 +lamp to 5\d\.\d %, \d+ K in 45\.0 s", commands)
    assert re.search(r"22:55:0\d\.\d +lamp off", commands)
    assert "“" in commands


def test_another_evening_may_be_asked_for(winddown, house):
    assert "Thursday 31 December 2026" in winddown("plan", house(), "--date", "2026-12-31").out


def test_an_evening_without_a_bedtime_says_so(winddown, house):
    path = house(bedtime='{default: "22:45", wed: off}')

    ended = winddown("plan", path, "--date", "2026-12-02")

    assert ended.code == 0
    assert "the bedtime of 2026-12-02 is off" in ended.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--date", "2026-02-30"), "2026-02-30"),
        (("--date", "2020-01-01"), "before this winddown was made"),
        (("--room", "bedrom"), "no room is called 'bedrom'; there is: bedroom"),
        (("--svg", "/nowhere/at/all.svg"), "cannot be written"),
        (("--from", "0"), "--from"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(winddown, house, arguments, says):
    ended = winddown("plan", house(), *arguments)

    assert ended.code == 2
    assert says in ended.err


def test_a_routine_that_is_off_is_planned_as_it_would_be(winddown, house):
    ended = winddown("plan", house(bedtime='"22:45"\n    enabled: false'))

    assert "the routine is off" in ended.out
    assert "bedtime: the lamp breathes" in ended.out


def test_a_picture_of_two_rooms_asks_which(winddown, house, tmp_path):
    path = house(more='  attic: {bedtime: "21:00", lights: [json/attic/lamp/set]}\n')

    asked = winddown("plan", path, "--svg", tmp_path / "evening.svg")
    drawn = winddown("plan", path, "--room", "attic", "--svg", tmp_path / "evening.svg")

    assert (asked.code, drawn.code) == (2, 0)
    assert "--room, bedroom or attic" in asked.err
    assert "21:00" in (tmp_path / "evening.svg").read_text()
