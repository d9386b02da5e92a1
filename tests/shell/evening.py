"""`winddown run` in a compressed evening: `evening.py CONFIG BEGIN RUNWAY_S BREATHING_S NIGHT_S [COMMIT_S]`.

BEGIN (POSIX seconds) is when the runway begins; every commit to the journal takes COMMIT_S longer.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from winddown.cli.house import keep_house
from winddown.config import Config, load
from winddown.core.calendar import night_at
from winddown.core.evening import Evening, compress
from winddown.shell import journal
from winddown.shell.log import log_to_stderr


class Tonight:
    """The shape of the evening in which `begin` lies, and no other."""

    def __init__(self, house: Config, begin: float, runway_s: float, breathing_s: float, night_s: float) -> None:
        room = next(iter(house.rooms.values()))
        night = night_at(begin, room.bedtime, room.wake, house.zone())
        self._date = night.evening if night else None
        self._begin = begin
        self._lengths = {"runway_s": runway_s, "breathing_s": breathing_s, "night_s": night_s}

    def __call__(self, evening: Evening) -> Evening:
        if evening.date != self._date:
            return evening
        return compress(replace(evening, runway_at=self._begin), **self._lengths)


class Slow(sqlite3.Connection):
    """A disk on which every commit takes its time."""

    takes_s = 0.0

    def commit(self) -> None:
        time.sleep(self.takes_s)
        super().commit()


if __name__ == "__main__":
    log_to_stderr()
    found = load(Path(sys.argv[1]))
    begin, runway_s, breathing_s, night_s, Slow.takes_s = (float(text) for text in (*sys.argv[2:], "0")[:5])
    slow = partial(sqlite3.connect, factory=Slow)
    journal.Journal = partial(journal.Journal, connect=slow)  # type: ignore[misc]  # the test layer
    sys.exit(keep_house(found, Tonight(found.config, begin, runway_s, breathing_s, night_s)))
