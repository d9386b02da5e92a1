"""The journal as the daemon has it: what is kept when, and what happens when the disk does not do its part."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import threading
from functools import partial
from queue import SimpleQueue

import pytest

from winddown.errors import UsageError
from winddown.model import LampMemory, Note, QuietMemory, Remember, RoomMemory, Setting
from winddown.shell import journal as journal_module
from winddown.shell.database import newest_notes
from winddown.shell.journal import Journal

HEAR_S = 5.0
MUTED = Remember("quiet/home/speaker/set", QuietMemory(muted=True, before="35"))
LAMP = Remember("lamp/zigbee2mqtt/bedside", LampMemory(touched=("on",), touched_at=5.0))
ROOM = Remember("room/bedroom", RoomMemory(settings={"wake.sat": Setting("09:00", "07:00")}))
EVERYTHING = {one.key: one.value for one in (MUTED, LAMP, ROOM)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "winddown.db"


@pytest.fixture
def begin(path):
    """`begin()`: a journal that writes, and what it has posted."""
    begun = []

    def start(where=path, **keys):
        journal, posted = Journal(where, **keys), SimpleQueue()
        journal.__enter__()
        begun.append(journal)
        journal.start(posted.put)
        return journal, posted

    yield start
    for one in begun:
        one.stop()


def keep(journal, posted, *memories):
    """Keep, and return when it is kept."""
    number = journal.keep(memories)
    while posted.get(timeout=HEAR_S).number < number:
        pass


def memory_of(path):
    with Journal(path) as journal:
        return journal.memory


class Faulty(sqlite3.Connection):
    """A connection whose commits do what a test says first."""

    before_commit = staticmethod(lambda line: None)

    def commit(self):
        type(self).before_commit(self)
        super().commit()


@pytest.fixture
def faulty():
    """`faulty(action)`: how to connect so that `action(connection)` comes before each commit."""

    def make(action):
        factory = type("Faulty", (Faulty,), {"before_commit": staticmethod(action)})
        return partial(sqlite3.connect, factory=factory)

    return make


# ---------------------------------------------------------------- what is kept


def test_what_was_kept_is_there_at_the_next_start(begin, path):
    journal, posted = begin()
    keep(journal, posted, MUTED, LAMP)
    keep(journal, posted, ROOM)
    journal.stop()

    assert memory_of(path) == EVERYTHING


def test_what_was_kept_is_there_without_a_goodbye(begin, path, tmp_path):
    journal, posted = begin()
    keep(journal, posted, *[Remember(key, value) for key, value in EVERYTHING.items()])

    crashed = tmp_path / "after a power cut"
    crashed.mkdir()
    for one in path.parent.glob("winddown.db*"):
        shutil.copy(one, crashed)

    assert memory_of(crashed / path.name) == EVERYTHING


def test_the_newest_of_two_memories_counts(begin, path):
    journal, posted = begin()
    keep(journal, posted, MUTED)
    keep(journal, posted, Remember(MUTED.key, QuietMemory(muted=False, before="35")))
    journal.stop()

    assert memory_of(path) == {MUTED.key: QuietMemory(muted=False, before="35")}


def test_it_is_kept_by_a_log_that_is_synced_at_every_commit(begin, path):
    journal, posted = begin()
    keep(journal, posted, MUTED)

    line = journal._database._open()
    assert line.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert line.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_notes_come_with_the_next_memory(begin, path):
    journal, posted = begin()
    journal.note(Note("bedroom", "why", "22:00 runway until 22:45"))
    keep(journal, posted, MUTED)

    assert [(note.room, note.kind, note.text) for note in newest_notes(path, None, 0, 10)] == [
        ("bedroom", "why", "22:00 runway until 22:45")
    ]


def test_notes_are_written_at_the_end(begin, path):
    journal, _ = begin()
    journal.note(Note("bedroom", "cue", "Shoulders."))
    journal.stop()

    assert [note.text for note in newest_notes(path, None, 0, 10)] == ["Shoulders."]


def test_notes_alone_are_written_before_long(begin, path, monkeypatch):
    monkeypatch.setattr(journal_module, "NOTES_S", 0.0)
    written = threading.Event()
    journal, _ = begin(connect=partial(sqlite3.connect, factory=type("Told", (Faulty,), {
        "before_commit": staticmethod(lambda line: line.total_changes and written.set())})))  # fmt: skip

    journal.note(Note("bedroom", "cue", "Shoulders."))

    assert written.wait(HEAR_S)


def test_a_storm_of_notes_takes_no_memory_and_keeps_the_newest(begin, path, faulty):
    going_on = threading.Event()
    journal, posted = begin(connect=faulty(lambda line: line.total_changes and going_on.wait(HEAR_S)))
    journal.keep([MUTED])
    for n in range(5000):
        journal.note(Note("bedroom", "why", str(n)))
    going_on.set()
    keep(journal, posted, LAMP)
    journal.stop()

    notes = [note.text for note in newest_notes(path, None, 0, 9999)]
    assert len(notes) <= 2000
    assert notes[-1] == "4999"


def test_soon_after_a_start_what_is_old_is_let_go_of(begin, path, monkeypatch):
    monkeypatch.setattr("winddown.shell.database.MOST_NOTES", 1)
    journal, posted = begin()
    journal.note(Note("bedroom", "why", "old"))
    journal.note(Note("bedroom", "why", "young"))
    keep(journal, posted, MUTED)
    journal.stop()

    monkeypatch.setattr(journal_module, "PRUNE_AFTER_S", 0.0)
    journal, posted = begin()
    keep(journal, posted, MUTED)
    journal.stop()

    assert [note.text for note in newest_notes(path, None, 0, 9999)] == ["young"]


def test_a_storm_of_notes_is_let_go_of_before_the_day_is_over(begin, path, monkeypatch):
    monkeypatch.setattr("winddown.shell.database.MOST_NOTES", 1)
    monkeypatch.setattr(journal_module, "PRUNE_AFTER_NOTES", 3)
    journal, posted = begin()
    for text in ("old", "not so old", "young"):
        journal.note(Note("bedroom", "why", text))
    keep(journal, posted, MUTED)
    journal.stop()

    assert [note.text for note in newest_notes(path, None, 0, 9999)] == ["young"]


# ---------------------------------------------------------------- what cannot be read


def test_rows_that_are_no_memory_are_left_out_and_named_once(begin, path, caplog):
    journal, posted = begin()
    keep(journal, posted, MUTED, LAMP, ROOM)
    journal.stop()
    with sqlite3.connect(path) as line:
        line.execute("UPDATE memory SET value = '{' WHERE kind = 'room'")
        line.execute("INSERT INTO memory VALUES ('mood/bedroom', 'mood', '{}', 0)")
    line.close()

    left = memory_of(path)

    assert set(left) == {MUTED.key, LAMP.key}
    assert caplog.messages == ["journal: nothing to be made of what it says of mood/bedroom, room/bedroom; left out"]


def not_a_database(path):
    path.write_bytes(b"this was a shopping list" * 500)


def cut_off(path):
    os.truncate(path, 5000)


def cut_to_its_head(path):
    os.truncate(path, 100)


def overwritten(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))


def pages_swapped(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + whole[8192:12288] * (len(whole) // 4096 - 1))


@pytest.mark.parametrize("damage", [not_a_database, cut_off, cut_to_its_head, overwritten, pages_swapped])
def test_a_damaged_file_is_set_aside_and_a_new_one_begins(begin, path, caplog, damage):
    journal, posted = begin()
    keep(journal, posted, MUTED, LAMP, ROOM)
    for n in range(300):
        journal.note(Note("bedroom", "why", f"{n} {'x' * 150}"))
    journal.stop()
    damage(path)
    damaged = path.read_bytes()

    journal, posted = begin()
    keep(journal, posted, MUTED)
    journal.stop()

    (aside,) = path.parent.glob("winddown.db.broken-????-??-??")
    assert aside.read_bytes() == damaged
    assert memory_of(path) == {MUTED.key: MUTED.value}
    assert len(caplog.messages) == 1
    assert caplog.messages[0].endswith(f"it is {aside.name} now, and a new one begins")


def test_an_empty_file_is_a_new_journal(begin, path, caplog):
    path.touch()

    journal, posted = begin()
    keep(journal, posted, MUTED)
    journal.stop()

    assert (memory_of(path), caplog.messages) == ({MUTED.key: MUTED.value}, [])


def test_a_file_that_is_found_damaged_while_writing_loses_nothing_that_is_remembered(begin, path, caplog, faulty):
    damages = [sqlite3.SQLITE_CORRUPT]

    def spoil(_line):
        if len(journals) and damages:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = damages.pop()
            raise error

    journals = []
    journal, posted = begin(connect=faulty(spoil))
    keep(journal, posted, LAMP, ROOM)
    journals.append(journal)

    keep(journal, posted, MUTED)
    journal.stop()

    assert memory_of(path) == EVERYTHING
    assert len([*path.parent.glob("winddown.db.broken-*-??")]) == 1
    assert "was damaged (database disk image is malformed)" in caplog.messages[0]


def test_two_damaged_files_of_a_day_do_not_overwrite_each_other(path):
    for text in (b"one" * 1000, b"two" * 1000):
        path.write_bytes(text)
        memory_of(path)

    assert sorted(one.read_bytes()[:3] for one in path.parent.glob("*.broken-*")) == [b"one", b"two"]


def test_a_file_of_a_newer_winddown_is_left_as_it_is(begin, path, caplog):
    with sqlite3.connect(path) as line:
        line.execute("PRAGMA user_version = 99")
    line.close()
    before = path.read_bytes()

    journal, posted = begin()
    keep(journal, posted, MUTED)
    journal.stop()

    assert path.read_bytes() == before
    assert len(caplog.messages) == 1
    assert "is of a newer winddown" in caplog.messages[0]


# ---------------------------------------------------------------- what cannot be written


def no_folder(path):
    return path.parent / "not there" / path.name


def a_folder(path):
    path.mkdir()
    return path


def a_folder_in_a_file(path):
    path.with_name("file").touch()
    return path.with_name("file") / path.name


@pytest.mark.parametrize("place", [no_folder, a_folder, a_folder_in_a_file])
def test_a_place_where_nothing_can_be_written_is_said_once_and_the_evening_goes_on(begin, path, caplog, place):
    journal, posted = begin(place(path))

    keep(journal, posted, MUTED)
    keep(journal, posted, LAMP)

    assert len(caplog.messages) == 1
    assert "cannot be written" in caplog.messages[0]
    assert "the evening goes on, and a restart would forget it" in caplog.messages[0]


def test_when_it_works_again_that_is_said_once_and_nothing_of_the_evening_is_missing(begin, path, caplog, monkeypatch):
    there = no_folder(path)
    journal, posted = begin(there)
    keep(journal, posted, MUTED)
    there.parent.mkdir()
    monkeypatch.setattr(journal_module, "RETRY_S", 0.0)
    journal._retry_boot = 0.0
    keep(journal, posted, LAMP)
    keep(journal, posted, ROOM)
    journal.stop()

    assert memory_of(there) == EVERYTHING
    assert [message.rpartition("(")[0] or message for message in caplog.messages] == [
        f"journal: {there} cannot be written ",
        f"journal: {there} is written again, nothing of the evening is missing",
    ]


def test_a_full_disk_is_said_once_and_what_was_kept_before_stays(begin, path, caplog):
    journal, posted = begin()
    keep(journal, posted, MUTED)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))  # a disk on which no file can grow
    try:
        for n in range(20):
            keep(journal, posted, Remember(f"lamp/{n}", LampMemory(touched=tuple("x" * 50))))
        while_full = list(caplog.messages)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    journal._retry_boot = 0.0
    keep(journal, posted, LAMP)
    journal.stop()

    assert len(while_full) == 1
    assert "cannot be written" in while_full[0]
    assert len(memory_of(path)) == 22
    assert len(caplog.messages) == 2


def test_a_file_that_may_only_be_read_still_says_what_was(begin, path, caplog, monkeypatch):
    journal, posted = begin()
    keep(journal, posted, MUTED)
    journal.stop()

    def read_only(*_args, **_keys):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("winddown.shell.database._locked", read_only)

    assert memory_of(path) == {MUTED.key: MUTED.value}
    assert "cannot be written (permission denied)" in caplog.messages[0]


def test_a_write_that_is_refused_is_said_once(begin, faulty, caplog):
    def refuse(line):
        if refusals:
            line.execute("ROLLBACK")
            line.execute("PRAGMA query_only = ON")
            line.execute("CREATE TABLE refused (x)")

    refusals = []
    journal, posted = begin(connect=faulty(refuse))
    refusals.append(True)

    keep(journal, posted, MUTED)
    keep(journal, posted, LAMP)

    assert len(caplog.messages) == 1
    assert "attempt to write a readonly database" in caplog.messages[0]


def test_a_second_winddown_on_one_journal_is_told_so(begin, path, monkeypatch):
    monkeypatch.setattr(journal_module, "_LEAVING_S", 0.0)
    begin()

    with pytest.raises(UsageError, match=r"another winddown writes into .*winddown\.db: end that one"):
        memory_of(path)


def test_a_winddown_that_is_just_ending_is_waited_for(begin, path):
    journal, posted = begin()
    keep(journal, posted, MUTED)
    threading.Timer(0.1, journal.stop).start()

    assert memory_of(path) == {MUTED.key: MUTED.value}


def test_somebody_elses_transaction_is_waited_for(begin, path, caplog):
    journal, posted = begin()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.1, lambda: other.execute("COMMIT")).start()

    keep(journal, posted, MUTED)
    other.close()
    journal.stop()

    assert (memory_of(path), caplog.messages) == ({MUTED.key: MUTED.value}, [])
