"""The diary as a table, in the terminal and as SVG."""

from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from diary.nights import EVENING, WHOLE, ZONE, night, row
from diary.test_follows import SEEN
from winddown.diary.measures import chart
from winddown.diary.night import Line
from winddown.diary.picture import picture
from winddown.diary.table import COLUMNS, exported, flat
from winddown.diary.table import row as cells
from winddown.diary.terminal import drawn
from winddown.diary.words import WORDS


def made(lines, nights=7, language="en"):
    return chart(lines, EVENING - timedelta(days=nights - 1), EVENING, "Bedroom", WORDS[language])


def test_what_was_seen_is_marked_and_what_was_said_stands_instead_of_it():
    seen = cells(Line("bedroom", EVENING, SEEN), ZONE, WORDS["en"])
    both = cells(Line("bedroom", EVENING, SEEN, night(**WHOLE, quality=4)), ZONE, WORDS["en"])

    assert seen == ["Sun 22 Nov", "~22:45", "~22:55", "", "~2x", "", "", "", "", "", "~3", "~kept", ""]
    assert both[1:9] == ["22:50", "23:05", "20 min", "2x 25 min", "06:40", "07:00", "84 %", "4/5"]


def test_an_export_keeps_confirmed_and_estimated_apart():
    one = Line("bedroom", EVENING, SEEN, night(to_bed="22:50"))

    table, whole = flat(one, ZONE), exported(one, ZONE)

    assert (table["to_bed"], table["lights_out"], table["estimated"]) == ("22:50", "22:55", "lights_out awakenings")
    assert tuple(table) == COLUMNS
    assert (whole["confirmed"], whole["sleep"]) == ({"to_bed": "22:50"}, None)
    assert whole["estimated"] == {"lights_out": "22:55", "awakenings": 2}
    assert json.loads(json.dumps(whole))["seen"]["presses"][0]["at"] == "2026-11-23T03:00:00+01:00"


def test_the_terminal_shows_each_night_in_its_column():
    lines = row(3, tension_before=lambda n: 7 - n, tension_after=5, quality=4)

    shown = [*drawn(made(lines))]

    assert shown[:3] == ["Nights in Bedroom, 16 Nov to 22 Nov", "", "Tension   ● before  ○ after"]
    assert [line for line in shown if line.startswith("  5")] == ["  5         ○ ○ ◉", "  5"]
    assert shown[6] == "            ●"
    assert max(map(len, shown)) < 80


@pytest.mark.parametrize(("nights", "width"), [(28, 80), (56, 80), (56, 120)])
def test_many_nights_stand_close_where_they_would_not_fit(nights, width):
    shown = [*drawn(made(row(nights, tension_before=5), nights), width)]

    assert max(map(len, shown)) <= width
    assert sum(line.count("●") for line in shown) == nights + 1


def test_what_nobody_has_told_has_no_row():
    assert [measure.name for measure in made(row(3, quality=4), language="nl").measures] == ["Kwaliteit"]
    assert made([]).measures == ()


@pytest.mark.parametrize("language", [*WORDS])
@pytest.mark.parametrize("nights", [1, 28, 400])
def test_the_picture_is_whole_and_says_what_it_shows(language, nights):
    lines = [*row(20, tension_before=5)[:-1], Line("bedroom", EVENING, SEEN, night(tension_before=6, quality=4))]

    root = ET.fromstring(picture(made(lines, nights, language)))

    texts = ["".join(one.itertext()) for one in root.iter()]
    assert any(WORDS[language].tension in text for text in texts)
    assert len(root.findall("{http://www.w3.org/2000/svg}circle")) >= min(nights, 20)
    assert "nan" not in picture(made(lines, nights, language))


def test_a_night_that_is_blank_is_a_gap_in_the_line():
    lines = row(7, quality=lambda n: None if n == 3 else 4)

    assert picture(made(lines)).count('stroke-width="1.5"') == 2


def test_a_name_of_a_room_is_text_and_nothing_else():
    odd = chart(row(1, quality=4), EVENING, EVENING, "<b> & co", WORDS["en"])

    assert "&lt;b&gt; &amp; co" in picture(odd)
