"""Keeps what must outlive a restart, in a thread of its own, and says when it is safe. It never stops an evening.

One thread and one connection write everything, memory first: two would wait for each other's lock. What fails is said
once, and the evening goes on from memory until it works again.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from winddown import clock
from winddown.errors import UsageError
from winddown.model import DiaryRead, Enter, Memory, NightSeen, Note, Remember
from winddown.shell.codec import Row, decoded, encoded
from winddown.shell.database import Connect, Database, Entered, InUseError, NewerError, Noted, broken, read
from winddown.shell.diary import entered, said_of

_log = logging.getLogger(__name__)

NOTES_S = 2.0
"""Notes wait so long for company, or for a memory to go with."""
RETRY_S = 60.0
"""What failed is tried again this often."""
PRUNE_AFTER_S = 60.0
"""After a start, when nobody waits for anything."""
PRUNE_EVERY_S = 86_400.0
PRUNE_AFTER_NOTES = 5_000
LOOK_S = 30.0
"""So often it looks whether another hand has written into the diary: nobody waits for that, and each look wakes a
processor that sleeps."""
_MOST_WAITING = 1_000
_MOST_BREAKS = 3
"""A disk that spoils file after file is left alone."""
_LEAVING_S = 2.0
"""The last winddown may still be ending."""
_NEVER = float("inf")
_LONGEST_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything up to this number is safe, or as safe as it will be."""

    number: int


class Journal:
    """One file. `with` opens and closes it; `start` lets it write."""

    def __init__(self, path: Path, in_use: Iterable[str] = (), connect: Connect = sqlite3.connect) -> None:
        self.memory: dict[str, Memory] = {}
        """What was remembered when it was opened, by key, and all that was kept since."""
        self._path = path
        self._in_use = in_use
        self._database = Database(path, connect)
        self._news = threading.Condition()
        self._unsaved: dict[str, Memory] = {}
        self._notes: deque[Noted | Entered] = deque(maxlen=_MOST_WAITING)
        self._number = self._answered = 0
        self._notes_boot = self._prune_boot = self._look_boot = self._retry_boot = _NEVER
        self._noted = self._breaks = 0
        self._failing = self._closed = self._ending = False
        self._post: Callable[[Kept | DiaryRead], object] = lambda _news: None
        self._thread = threading.Thread(target=self._write_for_ever, name="journal", daemon=True)

    # ------------------------------------------------------------ life

    def __enter__(self) -> Self:
        """Open it. UsageError where another winddown has it; any other trouble is said, and memory is what is left."""
        rows: list[Row] = []
        try:
            rows = self._opened()
        except InUseError:
            mend = "end that one, or give this one a `journal:` of its own"
            raise UsageError(f"journal: another winddown writes into {self._path}: {mend}") from None
        except NewerError as error:
            self._closed = True
            _log.warning(
                "journal: %s is of a newer winddown (%s); it is left as it is, nothing is kept", self._path, error
            )
        except (OSError, sqlite3.Error) as error:
            self._fail(error)
            with suppress(sqlite3.Error):
                rows = read(self._path)
        self.memory = {row.key: memory for row in rows if (memory := decoded(row)) is not None}
        if left_out := sorted(row.key for row in rows if row.key not in self.memory):
            _log.warning("journal: nothing to be made of what it says of %s; left out", ", ".join(left_out))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, post: Callable[[Kept | DiaryRead], object]) -> None:
        """Begin to write; `post` is called from its thread."""
        self._post, now_boot = post, clock.now().boot
        self._prune_boot, self._look_boot = now_boot + PRUNE_AFTER_S, now_boot + LOOK_S
        self._thread.start()

    def stop(self, within_s: float = 2.0) -> None:
        """Write what is left, and close the file."""
        with self._news:
            self._ending = True
            self._news.notify_all()
        if self._thread.ident is not None:
            self._thread.join(within_s)
        if not self._thread.is_alive():
            self._close()

    def use(self, in_use: Iterable[str]) -> None:
        """From now on this is what is never let go of; it is gone through now and then, from another thread."""
        self._in_use = in_use

    # ------------------------------------------------------------ for the loop, which never waits here

    def keep(self, memories: Iterable[Remember]) -> int:
        """Have it kept; the number that `Kept` will name."""
        with self._news:
            for one in memories:
                self.memory[one.key] = self._unsaved[one.key] = one.value
            self._number += 1
            self._news.notify_all()
            return self._number

    def note(self, note: Note | Enter) -> None:
        """Have it written down some time; of too many the oldest are dropped."""
        now = clock.now()
        with self._news:
            if isinstance(note, Enter):
                self._notes.append(entered(note))
            else:
                self._notes.append(Noted(now.wall, note.room, note.kind, note.text))
            if self._notes_boot == _NEVER:
                self._notes_boot = now.boot + NOTES_S
                self._news.notify_all()

    def settle(self, within_s: float) -> None:
        """Wait, at most so long, until everything so far is kept: at the end, when there are no beats any more."""
        with self._news:
            self._news.wait_for(lambda: self._answered >= self._number, within_s)

    # ------------------------------------------------------------ the thread

    def _write_for_ever(self) -> None:
        while True:
            with self._news:
                while (wait_s := self._due_boot() - clock.now().boot) > 0:
                    self._news.wait(min(wait_s, _LONGEST_WAIT_S))
                number, ending = self._number, self._ending
                due = ending or number > self._answered or self._failing or clock.now().boot >= self._notes_boot
            tries = self._may_try(ending)
            if tries and due:
                self._write()
            if number > self._answered:
                self._answer(number)
            if tries:
                self._prune_if_due()
            if ending:
                return
            self._look_if_due()

    def _answer(self, number: int) -> None:
        with self._news:
            self._answered = number
            self._news.notify_all()
        self._post(Kept(number))

    def _due_boot(self) -> float:
        """The boot-time second at which there is something to do."""
        if self._ending or self._number > self._answered:
            return 0.0
        if self._closed:
            return _NEVER
        return self._retry_boot if self._failing else min(self._notes_boot, self._prune_boot, self._look_boot)

    def _may_try(self, ending: bool) -> bool:
        return not self._closed and (ending or not self._failing or clock.now().boot >= self._retry_boot)

    def _write(self) -> None:
        with self._news:
            memory, self._unsaved = self._unsaved, {}
            notes, self._notes_boot = [*self._notes], _NEVER
            self._notes.clear()
        try:
            if not self._database.is_open:
                self._database.open()
                memory = self._everything()
            self._write_down(memory, notes)
        except Exception as error:  # noqa: BLE001  whatever a disk does, the evening goes on
            if not (broken(error) and self._begun_anew(error, notes)):
                self._take_back(memory, notes)
                self._fail(error)
                return
        self._noted += len(notes)
        if self._failing:
            self._failing = False
            _log.warning("journal: %s is written again, nothing of the evening is missing", self._path)

    def _write_down(self, memory: dict[str, Memory], notes: list[Noted | Entered]) -> None:
        if memory or notes:
            rows = [encoded(key, one) for key, one in memory.items()]
            told = [note for note in notes if isinstance(note, Noted)]
            lines = [note for note in notes if isinstance(note, Entered)]
            self._database.write(rows, told, clock.now().wall, lines)

    def _everything(self) -> dict[str, Memory]:
        with self._news:
            return {key: one for key, one in self.memory.items() if not isinstance(one, NightSeen)}

    def _take_back(self, memory: dict[str, Memory], notes: list[Noted | Entered]) -> None:
        with self._news:
            self._unsaved = {**memory, **self._unsaved}
            newer = [*self._notes]
            self._notes.clear()
            self._notes.extend((*notes, *newer))

    def _prune_if_due(self) -> None:
        if self._failing or (clock.now().boot < self._prune_boot and self._noted < PRUNE_AFTER_NOTES):
            return
        self._prune_boot, self._noted = clock.now().boot + PRUNE_EVERY_S, 0
        try:
            self._database.prune(self._in_use, clock.now().wall)
        except Exception as error:  # noqa: BLE001  as above
            if not (broken(error) and self._begun_anew(error, [])):
                self._fail(error)

    def _look_if_due(self) -> None:
        """Tell what another hand has written; what fails here fails again, and is told, where it is written."""
        now_boot = clock.now().boot
        if now_boot < self._look_boot or not self._database.is_open:
            return
        self._look_boot = now_boot + LOOK_S
        with suppress(sqlite3.Error):
            if self._database.rewritten():
                self._write()  # else what we were told ourselves just now would be missing from it
                self._post(DiaryRead(said_of(self._database.said())))

    # ------------------------------------------------------------ what fails

    def _opened(self) -> list[Row]:
        """Its rows; of a damaged one none, and it is new."""
        try:
            self._database.open(_LEAVING_S)
            return self._database.rows()
        except sqlite3.DatabaseError as error:
            if not broken(error):
                raise
            self._set_aside(error)
            self._database.open(_LEAVING_S)
            return []

    def _begun_anew(self, error: Exception, notes: list[Noted | Entered]) -> bool:
        """A new file, with everything that is remembered; False: that does not work either."""
        self._breaks += 1
        if self._breaks > _MOST_BREAKS:
            return False
        try:
            self._set_aside(error)
            self._database.open()
            self._write_down(self._everything(), notes)
        except (OSError, sqlite3.Error, InUseError):
            return False
        return True

    def _set_aside(self, error: Exception) -> None:
        aside = self._database.set_aside(clock.now().wall)
        _log.warning("journal: %s was damaged (%s); it is %s now, and a new one begins", self._path, error, aside.name)

    def _fail(self, error: Exception) -> None:
        self._close()
        self._retry_boot = clock.now().boot + RETRY_S
        if not self._failing:
            self._failing = True
            reason = getattr(error, "strerror", None) or str(error)
            text = "journal: %s cannot be written (%s); the evening goes on, and a restart would forget it"
            _log.warning(text, self._path, reason.lower())

    def _close(self) -> None:
        with suppress(sqlite3.Error, OSError):
            self._database.close()
