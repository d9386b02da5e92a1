"""`winddown why`: what the journal says, also when nobody is there who wrote it."""

from __future__ import annotations

import pytest

from winddown.shell.database import Database, Noted

NOW = 1_795_379_460.0
"""2026-11-22 21:31 in Amsterdam."""


@pytest.fixture
def noted(house, it_is):
    """The configuration of a house in which this was noted; the journal is shut again."""
    path = house(more='  study: {bedtime: "23:00", lights: [json/home/desk/set]}\n')
    it_is("2026-11-22 21:31")
    notes = [
        Noted(NOW - 86_400, "bedroom", "why", "21:31 yesterday's"),
        Noted(NOW - 60, "bedroom", "press", "21:30 single zigbee2mqtt/button"),
        Noted(NOW - 60, "bedroom", "cue", "21:30 Shoulders up to your ears."),
        Noted(NOW, "study", "why", "21:31 runway until \x1b[31m23:00"),
    ]
    file = Database(path.with_name("winddown.db"))
    file.open()
    file.write([], notes, NOW)
    file.close()
    return path


def test_it_tells_the_newest_last(winddown, noted):
    ended = winddown("why", "--config", noted)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "2026-11-21 21:31:00  bedroom  yesterday's",
        "2026-11-22 21:30:00  bedroom  press: single zigbee2mqtt/button",
        "2026-11-22 21:30:00  bedroom  “Shoulders up to your ears.”",
        "2026-11-22 21:31:00  study    runway until  [31m23:00",
    ]


@pytest.mark.parametrize(
    ("asked", "lines"),
    [(("bedroom",), 3), (("study",), 1), (("--last", 2), 2), (("--hours", 1), 3), (("bedroom", "--hours", 30), 3)],
)
def test_one_can_ask_for_less(winddown, noted, asked, lines):
    assert len(winddown("why", *asked, "-c", noted).out.splitlines()) == lines


def test_nothing_noted_is_said(winddown, noted):
    assert (
        winddown("why", "bedroom", "--hours", 0, "-c", noted).out
        == "nothing was noted of bedroom in the last 0 hours\n"
    )


def test_a_room_that_is_not_there_is_named(winddown, noted):
    ended = winddown("why", "kitchen", "-c", noted)

    assert (ended.code, "there are: bedroom, study" in ended.err) == (2, True)


def test_without_a_journal_it_says_who_begins_one(winddown, house):
    ended = winddown("why", "-c", house())

    assert ended.code == 2
    assert ended.err.endswith("winddown.db; `winddown run` begins one\n")


def test_a_journal_that_is_none_is_an_error(winddown, house):
    path = house()
    path.with_name("winddown.db").write_text("not a database, whatever it is called" * 100)

    ended = winddown("why", "-c", path)

    assert ended.code == 1
    assert "cannot be read as a journal (file is not a database)" in ended.err


@pytest.mark.parametrize("verb", ["check", "plan"])
def test_who_only_reads_the_configuration_begins_no_journal(winddown, house, verb):
    path = house()

    assert winddown(verb, path).code == 0
    assert [one.name for one in path.parent.iterdir()] == ["winddown.yaml"]
