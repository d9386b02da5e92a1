"""The journal's file: what it holds, how it grows up, how big it gets, and how it is read from outside."""

from __future__ import annotations

import sqlite3
import stat

import pytest

from winddown.errors import UsageError, WinddownError
from winddown.model import (
    LampMemory,
    NightSaid,
    NightSeen,
    Origin,
    Phase,
    Press,
    Pressed,
    QuietMemory,
    Report,
    Rest,
    RoomMemory,
    Running,
    Setting,
    Tonight,
)
from winddown.shell import database
from winddown.shell.codec import Row, decoded, encoded
from winddown.shell.database import KEPT_S, MIGRATIONS, MOST_NOTES, Database, NewerError, Noted, newest_notes

NOW = 1_800_000_000.0
DAY_S = 86_400.0

WHOLE = {
    "room/bedroom": RoomMemory(
        tonight=Tonight(
            evening="2026-11-22", runway_at=1.5, bedtime_at=2.5, later_s=900.0, skipped=True, spent_at=3.5,
            stopped=True, dark_at=4.5, begun=True, asked=True, hold_until=5.5,
        ),
        rest=Rest(6.5, 7.5),
        running=Running(Origin.EVENING, Phase.RELEASE, 8.5, 600.0),
        settings={"bedtime.sat": Setting("23:15", "22:45")},
        quiet_set=False,
        quiet_set_until=9.5,
    ),
    "lamp/zigbee2mqtt/bedside": LampMemory(
        told=Report(True, 30, 400), told_at=1.5, off_unsaid=True, before=Report(False), touched=("level", "on"),
        touched_at=2.5,
    ),
    "night/bedroom": NightSeen(
        evening="2026-11-22", runway_at=1.5, runway_end_at=2.5, runway_kept=True, to_bed_at=3.5, lights_out_at=4.5,
        presses=(Pressed(5.5, Press.SINGLE, True),), finished=("release",), touched=("ceiling",), moments=6, answered=2,
    ),
    "said/bedroom/2026-11-22": NightSaid("2026-11-22", {"quality": 4, "note": "warm feet"}),
    "quiet/home/speaker/set": QuietMemory(muted=True, before="35", confirmed=True, changed=True),
}  # fmt: skip


@pytest.fixture
def open_file(tmp_path):
    """`open_file()`: the file, open, again and again."""
    opened = []

    def open_it(path=tmp_path / "winddown.db"):
        opened.append(Database(path))
        opened[-1].open()
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


# ---------------------------------------------------------------- memory as text


@pytest.mark.parametrize("key", WHOLE)
def test_every_field_of_a_memory_comes_back(key):
    assert decoded(encoded(key, WHOLE[key])) == WHOLE[key]


@pytest.mark.parametrize("kind", [RoomMemory, LampMemory])
def test_an_empty_memory_comes_back(kind):
    key = "room/a" if kind is RoomMemory else "lamp/a"

    assert decoded(encoded(key, kind())) == kind()


def test_a_field_that_a_newer_winddown_added_is_passed_over():
    row = Row("quiet/a", "quiet", '{"muted": true, "before": "35", "loudness": 3}')

    assert decoded(row) == QuietMemory(muted=True, before="35")


@pytest.mark.parametrize(
    "row",
    [
        Row("room/a", "room", "not JSON"),
        Row("room/a", "room", ""),
        Row("room/a", "room", "null"),
        Row("room/a", "room", "[]"),
        Row("room/a", "room", '{"tonight": {"skipped": true}}'),
        Row("room/a", "room", '{"quiet_set_until": NaN}'),
        Row("room/a", "room", '{"quiet_set_until": Infinity}'),
        Row("room/a", "room", '{"running": {"origin": "moon", "kind": "release", "begin_at": 1, "for_s": 2}}'),
        Row("lamp/a", "lamp", '{"told_at": "1"}'),
        Row("lamp/a", "lamp", '{"told": {"level": 1.5}}'),
        Row("quiet/a", "quiet", '{"muted": 1, "before": null}'),
        Row("quiet/a", "room", "{}"),
        Row("diary/a", "diary", "{}"),
    ],
    ids=str,
)
def test_a_row_that_is_no_memory_is_none(row):
    assert decoded(row) is None


# ---------------------------------------------------------------- the file


def test_what_was_written_is_there_when_it_is_opened_again(open_file):
    first = open_file()
    first.write([encoded(key, memory) for key, memory in WHOLE.items()], [], NOW)
    first.close()

    assert {row.key: decoded(row) for row in open_file().rows()} == WHOLE


def test_only_its_owner_may_read_it(open_file, tmp_path):
    file = open_file()
    file.write([], [Noted(NOW, "bedroom", "why", "so")], NOW)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}

    assert modes == dict.fromkeys(("winddown.db", "winddown.db-wal", "winddown.db-shm"), 0o600)


def test_a_file_that_everybody_may_read_is_shut(open_file, tmp_path):
    (tmp_path / "winddown.db").touch(0o644)

    open_file()

    assert stat.S_IMODE((tmp_path / "winddown.db").stat().st_mode) == 0o600


def test_a_file_of_version_0_takes_every_step(open_file, tmp_path):
    sqlite3.connect(tmp_path / "winddown.db").close()

    file = open_file()

    assert _version(tmp_path) == len(MIGRATIONS)
    assert file.rows() == []


@pytest.mark.parametrize("taken", range(len(MIGRATIONS)))
def test_a_step_to_come_is_taken_and_nothing_is_lost(open_file, tmp_path, monkeypatch, taken):
    with monkeypatch.context() as past:
        past.setattr(database, "MIGRATIONS", MIGRATIONS[:taken])
        open_file().close()
    file = open_file()
    file.write([encoded("room/bedroom", WHOLE["room/bedroom"])], [], NOW)
    file.close()

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "ALTER TABLE notes ADD COLUMN mood TEXT"))
    file = open_file()

    assert _version(tmp_path) == len(MIGRATIONS) + 1
    assert [decoded(row) for row in file.rows()] == [WHOLE["room/bedroom"]]


def test_a_step_that_fails_leaves_the_file_as_it_was(open_file, tmp_path, monkeypatch):
    open_file().close()
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "DROP TABLE memories"))

    with pytest.raises(sqlite3.OperationalError):
        open_file()

    assert _version(tmp_path) == len(MIGRATIONS)


def test_a_file_of_a_newer_winddown_is_not_touched(open_file, tmp_path):
    with sqlite3.connect(tmp_path / "winddown.db") as line:
        line.execute("PRAGMA user_version = 99")
    line.close()

    with pytest.raises(NewerError, match="99"):
        open_file()


def test_a_batch_is_written_whole_or_not_at_all(open_file):
    file = open_file()
    bad = Noted(NOW, "bedroom", None, "a note without a kind")

    with pytest.raises(sqlite3.IntegrityError):
        file.write([encoded("room/bedroom", RoomMemory())], [bad], NOW)

    assert file.rows() == []


# ---------------------------------------------------------------- bounded


def test_a_year_of_nights_stays_under_twenty_megabytes(open_file, tmp_path):
    file = open_file()
    for day in range(366):
        at = NOW + day * DAY_S
        file.write([encoded(key, one) for key, one in WHOLE.items()], _a_chatty_night(at), at)
        file.prune(WHOLE, at)
    file.close()

    assert (tmp_path / "winddown.db").stat().st_size < 20e6


def _a_chatty_night(at):
    return [Noted(at + n, "bedroom", "why", f"22:31 {'a long sentence of what was decided ' * 6}") for n in range(400)]


def test_old_notes_go_and_young_ones_stay(open_file, tmp_path):
    file = open_file()
    file.write([], [Noted(NOW - KEPT_S - 1, "a", "why", "old"), Noted(NOW - KEPT_S + 1, "a", "why", "young")], NOW)

    file.prune([], NOW)

    assert [note.text for note in newest_notes(tmp_path / "winddown.db", None, 0, 10)] == ["young"]


def test_of_too_many_notes_the_newest_stay(open_file, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "MOST_NOTES", 3)
    file = open_file()
    file.write([], [Noted(NOW, "a", "why", str(n)) for n in range(10)], NOW)

    file.prune([], NOW)

    assert MOST_NOTES > 3
    assert [note.text for note in newest_notes(tmp_path / "winddown.db", None, 0, 10)] == ["7", "8", "9"]


def test_memory_of_what_left_the_house_goes_after_a_year_and_what_is_there_stays(open_file):
    file = open_file()
    file.write([encoded(key, RoomMemory()) for key in ("room/gone", "room/here")], [], NOW)

    file.prune(["room/here"], NOW + KEPT_S / 2)
    both = {row.key for row in file.rows()}
    file.prune(["room/here"], NOW + KEPT_S + 1)

    assert (both, {row.key for row in file.rows()}) == ({"room/gone", "room/here"}, {"room/here"})


# ---------------------------------------------------------------- from outside


@pytest.fixture
def noted(open_file, tmp_path):
    file = open_file()
    notes = [Noted(NOW + n, room, "why", f"{room} {n}") for n, room in enumerate(["bedroom", "study"] * 3)]
    file.write([], notes, NOW)
    return file, tmp_path / "winddown.db"


def test_notes_are_read_while_somebody_writes(noted):
    _, path = noted

    assert [note.text for note in newest_notes(path, "study", 0, 2)] == ["study 3", "study 5"]
    assert [note.text for note in newest_notes(path, None, NOW + 4, 10)] == ["bedroom 4", "study 5"]


def test_notes_are_read_when_nobody_writes_and_no_file_is_left_behind(noted):
    file, path = noted
    file.close()

    assert len(newest_notes(path, None, 0, 10)) == 6
    assert [one.name for one in path.parent.iterdir()] == ["winddown.db"]


def test_a_journal_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"no journal at .*winddown\.db; `winddown run` begins one"):
        newest_notes(tmp_path / "winddown.db", None, 0, 10)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_file_that_is_no_journal_is_named(tmp_path, content):
    (tmp_path / "winddown.db").write_bytes(content)

    with pytest.raises(WinddownError, match="cannot be read as a journal"):
        newest_notes(tmp_path / "winddown.db", None, 0, 10)


def test_a_folder_is_no_journal(tmp_path):
    with pytest.raises(WinddownError, match="is a directory"):
        newest_notes(tmp_path, None, 0, 10)


def _version(folder):
    line = sqlite3.connect(folder / "winddown.db")
    try:
        return line.execute("PRAGMA user_version").fetchone()[0]
    finally:
        line.close()
