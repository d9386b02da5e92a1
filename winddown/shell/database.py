"""The journal's file: SQLite, one writer, many readers. It decides nothing about what fails; that is `journal.py`.

Durable means: in the write-ahead log and through fsync when `write` returns. That takes `synchronous=FULL`: with NORMAL
the log is only synced when it is folded into the file, and a power cut loses the last minutes.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from winddown.clock import now
from winddown.errors import UsageError, WinddownError
from winddown.shell.codec import Row

Connect = Callable[..., sqlite3.Connection]

MIGRATIONS: tuple[str, ...] = (
    "CREATE TABLE memory (key TEXT PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, at REAL NOT NULL)",
    """CREATE TABLE notes (
        id INTEGER PRIMARY KEY, at REAL NOT NULL, room TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL
    )""",
    """CREATE TABLE nights (
        room TEXT NOT NULL, evening TEXT NOT NULL, seen TEXT, said TEXT, told_at REAL, PRIMARY KEY (room, evening)
    )""",
)
"""Step n makes schema n of schema n - 1; `PRAGMA user_version` says how many have been taken."""

KEPT_S = 400 * 86_400.0
"""Notes, and memory of what is configured no more, older than this go: a year, and a little."""
MOST_NOTES = 75_000
LONGEST_NOTE = 200
"""Together they bound the file to under 20 MB, whatever is said; a year of the diary is about 1 MB a room."""
ENTER = """INSERT INTO nights (room, evening, seen, said) VALUES (?, ?, ?, ?) ON CONFLICT (room, evening) DO UPDATE SET
    seen = coalesce(excluded.seen, seen),
    said = CASE WHEN excluded.said IS NULL THEN said ELSE json_patch(coalesce(said, '{}'), excluded.said) END"""
"""What was seen replaces what was seen before, what is said goes into what was said: a null takes a field away."""
_LAST_SAID = """SELECT room, evening, said FROM (
    SELECT *, row_number() OVER (PARTITION BY room ORDER BY evening DESC) AS age FROM nights WHERE said IS NOT NULL
) WHERE age <= 2"""
BUSY_S = 1.0
"""Somebody else's transaction, a backup's for instance, is waited for."""
_LOOK_S = 0.05
_LOG_BYTES = 1_000_000
"""To what the write-ahead log shrinks again."""
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BESIDE = ("", "-wal", "-shm")


class InUseError(Exception):
    """Another winddown writes into this file."""


class NewerError(Exception):
    """A newer winddown has written this file, in a form that we do not know."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, and when it was made (POSIX seconds)."""

    at: float
    room: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A part of a night's line in the diary, as JSON; None: not this part."""

    room: str
    evening: str
    seen: str | None
    said: str | None

    @property
    def row(self) -> tuple[str | None, ...]:
        """As `ENTER` takes it."""
        return (self.room, self.evening, self.seen, self.said)


def broken(error: Exception) -> bool:
    """The file itself is damaged: to try again would not help."""
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _BROKEN


class Database:
    """One journal file, open for writing."""

    def __init__(self, path: Path, connect: Connect = sqlite3.connect) -> None:
        self.path = path
        self._connect = connect
        self._line: sqlite3.Connection | None = None
        self._lock: int | None = None
        self._version: int | None = None
        """Of the file as it was when `said` last read it; None: it has not since it was opened."""

    def open(self, patience_s: float = 0.0) -> None:
        """Ready to read and write; so long it waits for another winddown to let go of it.

        Raises InUseError, NewerError, OSError, sqlite3.Error.
        """
        until_boot = now().boot + patience_s
        while True:
            try:
                return self._take()
            except InUseError:
                if now().boot > until_boot:
                    raise
                sleep(_LOOK_S)

    def _take(self) -> None:
        try:
            self._lock = _locked(self.path)
            # The thread that writes is not the one that opens; they never use it at the same time.
            self._line = self._connect(self.path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            version, self._version = self._schema(), None
            # What makes a new file is synced with its first write: until then it has nothing to lose.
            self._line.execute("PRAGMA synchronous = NORMAL")
            self._line.execute("PRAGMA journal_mode = WAL")
            self._line.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
            self._migrate(version)
            self._line.execute("PRAGMA synchronous = FULL")
        except BaseException:
            self.close()
            raise

    @property
    def is_open(self) -> bool:
        """It can be written to."""
        return self._line is not None

    def close(self) -> None:
        """Fold the log into the file, and let others have it. The lock goes last: SQLite's own are of this process."""
        line, lock, self._line, self._lock = self._line, self._lock, None, None
        try:
            if line is not None:
                line.close()
        finally:
            if lock is not None:
                os.close(lock)

    def set_aside(self, at: float) -> Path:
        """Give a damaged file another name; its new one. Nothing of it is lost."""
        with suppress(sqlite3.Error):
            self.close()
        aside = _free_name(self.path, datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d"))
        for end in _BESIDE:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{end}").rename(f"{aside}{end}")
        return aside

    def rows(self) -> list[Row]:
        """All that is remembered, what was seen of each room's newest night, and what was said of its newest two."""
        newest = "SELECT room, max(evening), seen FROM nights WHERE seen IS NOT NULL GROUP BY room"
        nights = [Row(f"night/{room}", "night", seen) for room, _, seen in self._open().execute(newest)]
        memory = (Row(*one) for one in self._open().execute("SELECT key, kind, value FROM memory"))
        return [*memory, *nights, *self.said()]

    def said(self) -> list[Row]:
        """What was said of each room's newest two nights."""
        version = self._data_version()
        found = [
            Row(f"said/{room}/{evening}", "said", f'{{"evening": "{evening}", "fields": {told}}}')
            for room, evening, told in self._open().execute(_LAST_SAID)
        ]
        self._version = version
        return found

    def rewritten(self) -> bool:
        """Somebody else has written into it since `said` last read it."""
        return self._data_version() != self._version

    def write(self, rows: Iterable[Row], notes: Iterable[Noted], at: float, entered: Iterable[Entered] = ()) -> None:
        """All of it or nothing; durable when this returns."""
        with self._transaction() as line:
            line.executemany(
                "INSERT OR REPLACE INTO memory (key, kind, value, at) VALUES (?, ?, ?, ?)",
                [(row.key, row.kind, row.value, at) for row in rows],
            )
            line.executemany(
                "INSERT INTO notes (at, room, kind, text) VALUES (?, ?, ?, ?)",
                [(note.at, note.room, note.kind, note.text[:LONGEST_NOTE]) for note in notes],
            )
            line.executemany(ENTER, [one.row for one in entered])

    def prune(self, in_use: Iterable[str], at: float) -> None:
        """Let go of what is old: notes, and memory of what is not in use any more."""
        with self._transaction() as line:
            line.executemany("UPDATE memory SET at = ? WHERE key = ?", [(at, key) for key in in_use])
            line.execute("DELETE FROM memory WHERE at < ?", (at - KEPT_S,))
            line.execute("DELETE FROM notes WHERE at < ?", (at - KEPT_S,))
            line.execute("DELETE FROM notes WHERE id <= (SELECT max(id) FROM notes) - ?", (MOST_NOTES,))

    def _open(self) -> sqlite3.Connection:
        if self._line is None:
            raise sqlite3.ProgrammingError("the journal is not open")
        return self._line

    def _data_version(self) -> int:
        """It changes with what others write, and never with what we do."""
        version: int = self._open().execute("PRAGMA data_version").fetchone()[0]
        return version

    def _schema(self) -> int:
        version: int = self._open().execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise NewerError(f"its schema is {version}, and this winddown knows up to {len(MIGRATIONS)}")
        return version

    def _migrate(self, version: int) -> None:
        for number, step in enumerate(MIGRATIONS[version:], version + 1):
            with self._transaction() as line:
                line.execute(step)
                line.execute(f"PRAGMA user_version = {number}")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        line = self._open()
        line.execute("BEGIN IMMEDIATE")
        try:
            yield line
            line.commit()
        except BaseException:
            with suppress(sqlite3.Error):
                line.rollback()
            raise


def read(path: Path) -> list[Row]:
    """All that is remembered in a file that cannot be written. Raises sqlite3.Error."""
    with reader(path) as line:
        return [Row(*one) for one in line.execute("SELECT key, kind, value FROM memory")]


def newest_notes(path: Path, room: str | None, since: float, most: int) -> list[Noted]:
    """The newest notes, oldest first, whether a daemon writes there or not.

    Raises UsageError where there is no journal, WinddownError where it cannot be read.
    """
    asked = "SELECT at, room, kind, text FROM notes WHERE at >= ? AND (? IS NULL OR room = ?) ORDER BY id DESC LIMIT ?"
    try:
        path.open("rb").close()
        with reader(path) as line:
            found = line.execute(asked, (since, room, room, most)).fetchall()
    except FileNotFoundError:
        raise UsageError(f"there is no journal at {path}; `winddown run` begins one") from None
    except OSError as error:
        raise WinddownError(f"{path} cannot be read ({(error.strerror or str(error)).lower()})") from None
    except sqlite3.Error as error:
        mend = "one that is damaged is set aside when winddown starts"
        raise WinddownError(f"{path} cannot be read as a journal ({error}); {mend}") from None
    return [Noted(*one) for one in reversed(found)]


@contextmanager
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    """Leaves no file behind: without a log there is nobody to agree with, so the file alone is all there is."""
    how = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    line = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_S)
    try:
        yield line
    finally:
        line.close()


def _locked(path: Path) -> int:
    """The file, made for its owner alone where there is none, and taken as long as what is returned stays open.

    flock, which SQLite does not use: a crash frees it, and readers never meet it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise InUseError("another winddown writes into it") from None
    except OSError:
        pass  # some network drives know no locks; then nobody is kept out
    with suppress(OSError):  # it is another's, who let us in
        os.fchmod(descriptor, 0o600)
    return descriptor


def _free_name(path: Path, day: str) -> Path:
    names = (path.with_name(f"{path.name}.broken-{day}{f'-{n}' if n else ''}") for n in range(1000))
    return next(name for name in names if not name.exists())
