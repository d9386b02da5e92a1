"""The diary in the journal's file: written by the daemon and from the command line alike. It judges no field.

A person may write while the daemon does: then through a connection of its own, for a moment, beside the daemon's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

from winddown.diary.entry import said
from winddown.diary.night import Line
from winddown.diary.signs import WEEKS_DAYS, due, sign
from winddown.errors import UsageError, WinddownError
from winddown.model import Enter, NightSaid, NightSeen
from winddown.shell.codec import Row, decoded, encoded
from winddown.shell.database import BUSY_S, ENTER, Database, Entered, InUseError, NewerError, reader

_TABLE_MISSING = "no such table"


def entered(one: Enter) -> Entered:
    """As the file has it."""
    seen = None if one.seen is None else encoded(f"night/{one.room}", one.seen).value
    fields = None if one.said is None else json.dumps(dict(one.said), ensure_ascii=False)
    return Entered(one.room, one.evening, seen, fields)


def said_of(rows: Iterable[Row]) -> dict[str, tuple[NightSaid, ...]]:
    """What was said of each room's nights; what cannot be read is as not said."""
    found: dict[str, list[NightSaid]] = {}
    for row in rows:
        if isinstance(one := decoded(row), NightSaid):
            found.setdefault(row.key.split("/")[1], []).append(one)
    return {room: tuple(nights) for room, nights in found.items()}


def enter(path: Path, one: Enter) -> None:
    """Write it at once, whether a daemon writes there or not. Raises WinddownError."""
    try:
        _write(path, entered(one))
    except NewerError as error:
        raise WinddownError(f"{path} is of a newer winddown ({error}); use that one") from None
    except OSError as error:
        raise WinddownError(f"{path} cannot be written ({(error.strerror or str(error)).lower()})") from None
    except sqlite3.Error as error:
        older = _TABLE_MISSING in str(error)
        mend = "the winddown that runs is an older one: start it again" if older else "try again, or see winddown run"
        raise WinddownError(f"{path} cannot be written ({error}); {mend}") from None


def _write(path: Path, one: Entered) -> None:
    file = Database(path)
    try:
        file.open()
    except InUseError:
        with closing(_beside(path)) as line, line:
            line.execute(ENTER, one.row)
        return
    with closing(file):
        file.write((), (), 0.0, (one,))


def _beside(path: Path) -> sqlite3.Connection:
    """Another connection to a file that a daemon has open."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_S)


def lines(path: Path, room: str, since: date, until: date) -> list[Line]:
    """The nights of a room in their order, both ends included. Raises UsageError, WinddownError."""
    asked = "SELECT evening, seen, said FROM nights WHERE room = ? AND evening BETWEEN ? AND ? ORDER BY evening"
    try:
        path.open("rb").close()
        with reader(path) as line:
            found = line.execute(asked, (room, since.isoformat(), until.isoformat())).fetchall()
    except FileNotFoundError:
        raise UsageError(f"there is no journal at {path}; `winddown run` or `winddown diary add` begins one") from None
    except OSError as error:
        raise WinddownError(f"{path} cannot be read ({(error.strerror or str(error)).lower()})") from None
    except sqlite3.Error as error:
        if _TABLE_MISSING in str(error):
            return []
        raise WinddownError(f"{path} cannot be read as a journal ({error})") from None
    return [_line(room, *one) for one in found]


def _line(room: str, evening: str, seen: str | None, told: str | None) -> Line:
    night = None if seen is None else decoded(Row(f"night/{room}", "night", seen))
    fields: object = None
    with suppress(ValueError):
        fields = json.loads(told or "{}")
    known = said(fields) if isinstance(fields, dict) else said({})
    return Line(room, date.fromisoformat(evening), night if isinstance(night, NightSeen) else None, known)


# ---------------------------------------------------------------- signs


def sign_to_tell(path: Path, room: str, today: date, now: float) -> str | None:
    """The sign to seek help that is to be told now (POSIX seconds), and then counts as told; None: none is."""
    found = lines(path, room, today - timedelta(days=WEEKS_DAYS), today)
    key = sign(found, today)
    if key is not None and due(last_told(path, room), now):
        keep_told(path, room, found[-1].evening, now)
        return key
    return None


def last_told(path: Path, room: str) -> float | None:
    """When a sign to seek help was last told (POSIX seconds); None: never."""
    with suppress(OSError, sqlite3.Error), reader(path) as line:
        at: float | None = line.execute("SELECT max(told_at) FROM nights WHERE room = ?", (room,)).fetchone()[0]
        return at
    return None


def keep_told(path: Path, room: str, evening: date, at: float) -> None:
    """Remember that a sign was told, beside a night that is there."""
    with suppress(OSError, sqlite3.Error), closing(_beside(path)) as line, line:
        line.execute("UPDATE nights SET told_at = ? WHERE room = ? AND evening = ?", (at, room, evening.isoformat()))
