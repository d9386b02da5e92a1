"""The diary's lines in the journal's file: merged from two hands, kept for good, and there after a restart."""

from __future__ import annotations

import sqlite3
from datetime import date
from queue import SimpleQueue

import pytest

from winddown.diary.entry import said
from winddown.errors import WinddownError
from winddown.model import DiaryRead, Enter, NightSaid, NightSeen, Remember, RoomMemory
from winddown.shell.database import KEPT_S, Database
from winddown.shell.diary import enter, lines
from winddown.shell.journal import Journal, Kept

DAY = date(2026, 11, 22)
SEEN = NightSeen(evening="2026-11-22", runway_at=1.5, touched=("ceiling",))
NOW = 1_800_000_000.0


@pytest.fixture
def path(tmp_path):
    return tmp_path / "winddown.db"


def only_line(path):
    (line,) = lines(path, "bedroom", DAY, DAY)
    return line


def by_daemon(path, *entries):
    """A daemon writes these, and ends."""
    with Journal(path) as journal:
        journal.start(lambda _kept: None)
        for one in entries:
            journal.note(one)


def test_what_was_seen_and_what_is_said_are_one_line(path):
    by_daemon(path, Enter("bedroom", "2026-11-22", seen=SEEN))

    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4}))
    by_daemon(path, Enter("bedroom", "2026-11-22", said={"note": "é"}))

    line = only_line(path)
    assert (line.seen, line.said) == (SEEN, said({"quality": 4, "note": "é"}))


def test_a_null_takes_a_field_away_and_a_newer_value_wins(path):
    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4, "note": None}))

    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 2, "woke": "06:40"}))
    enter(path, Enter("bedroom", "2026-11-22", said={"woke": None}))

    assert only_line(path).said == said({"quality": 2})


def test_a_daemon_that_starts_again_knows_what_it_saw_of_the_newest_night(path):
    older = NightSeen(evening="2026-11-21", moments=3)
    by_daemon(path, Enter("bedroom", "2026-11-22", seen=SEEN), Enter("bedroom", "2026-11-21", seen=older))

    with Journal(path) as journal:
        assert journal.memory == {"night/bedroom": SEEN}


def test_a_daemon_that_starts_again_knows_what_was_said_of_the_last_night_and_the_coming_one(path):
    for evening, fields in {"2026-11-20": {"quality": 1}, "2026-11-21": {"quality": 2}, "2026-11-22": {}}.items():
        enter(path, Enter("bedroom", evening, said={"note": 'a "word"', **fields}))
    enter(path, Enter("study", "2026-11-20", said={"tension_after": 3}))

    with Journal(path) as journal:
        assert journal.memory == {
            "said/bedroom/2026-11-21": NightSaid("2026-11-21", {"note": 'a "word"', "quality": 2}),
            "said/bedroom/2026-11-22": NightSaid("2026-11-22", {"note": 'a "word"'}),
            "said/study/2026-11-20": NightSaid("2026-11-20", {"tension_after": 3}),
        }


@pytest.mark.parametrize("kept", ["[]", "not JSON", '{"quality": {}}', "null"])
def test_what_was_said_and_cannot_be_read_stops_no_start(path, kept):
    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4}))
    with sqlite3.connect(path) as line:
        line.execute("UPDATE nights SET said = ?", (kept,))
    line.close()

    with Journal(path) as journal:
        assert journal.memory == {}


def test_the_diary_is_never_pruned(path):
    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4}))
    file = Database(path)
    file.open()

    file.prune((), NOW + 10 * KEPT_S)
    file.close()

    assert only_line(path).said == said({"quality": 4})


def test_ten_years_of_the_diary_are_small(path):
    file = Database(path)
    file.open()
    whole = f'{{"note": "{"x" * 500}", "quality": 4}}'
    with file._transaction() as line:
        line.executemany(
            "INSERT INTO nights VALUES ('bedroom', ?, ?, ?, NULL)",
            [(f"{2020 + n // 365}-{n % 365:03}", "x" * 700, whole) for n in range(3650)],
        )
    file.close()

    assert path.stat().st_size < 8_000_000


@pytest.mark.parametrize("kept", ["[]", "not JSON", '{"quality": 9, "mood": 1}', "null"])
def test_a_line_that_cannot_be_read_is_blank(path, kept):
    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4}))
    with sqlite3.connect(path) as line:
        line.execute("UPDATE nights SET said = ?, seen = '{'", (kept,))
    line.close()

    assert (only_line(path).said.blank, only_line(path).seen) == (True, None)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WinddownError, match="cannot be written"):
        enter(tmp_path / "no" / "winddown.db", Enter("bedroom", "2026-11-22", said={"quality": 4}))


def test_beside_a_daemon_of_an_older_winddown_it_says_what_to_do(path):
    with Journal(path) as journal:
        journal.start(lambda _kept: None)
        with sqlite3.connect(path) as line:
            line.execute("DROP TABLE nights")
        line.close()

        with pytest.raises(WinddownError, match="start it again"):
            enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4}))
        assert lines(path, "bedroom", DAY, DAY) == []


# ---------------------------------------------------------------- another hand


@pytest.fixture
def looking(path, monkeypatch):
    """A daemon's journal, which looks often; and what it tells."""
    monkeypatch.setattr("winddown.shell.journal.LOOK_S", 0.01)
    told = SimpleQueue()
    with Journal(path) as journal:
        journal.start(told.put)
        yield journal, told


def test_what_another_hand_writes_is_told_as_it_stands_there_then(path, looking):
    _, told = looking
    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4, "note": "x"}))
    first = told.get(timeout=5)

    enter(path, Enter("bedroom", "2026-11-22", said={"note": None}))

    assert first == DiaryRead({"bedroom": (NightSaid("2026-11-22", {"quality": 4, "note": "x"}),)})
    assert told.get(timeout=5) == DiaryRead({"bedroom": (NightSaid("2026-11-22", {"quality": 4}),)})


def test_what_the_daemon_was_told_a_moment_before_is_in_it(path, looking):
    journal, told = looking
    journal.note(Enter("bedroom", "2026-11-22", said={"tension_after": 3}))

    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 4}))

    night = told.get(timeout=5).said["bedroom"][0]
    assert night.fields == {"tension_after": 3, "quality": 4}


def test_what_it_writes_itself_is_no_news(path, looking):
    journal, told = looking
    journal.note(Enter("bedroom", "2026-11-22", said={"quality": 4}))
    number = journal.keep([Remember("room/bedroom", RoomMemory())])

    journal.settle(5)
    enter(path, Enter("bedroom", "2026-11-22", said={"quality": 2}))

    assert [told.get(timeout=5), told.get(timeout=5)] == [
        Kept(number),
        DiaryRead({"bedroom": (NightSaid("2026-11-22", {"quality": 2}),)}),
    ]
