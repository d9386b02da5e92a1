"""`winddown run`, in compressed evenings, mortal: `daemon.py CONFIG [BEGIN RUNWAY_S BREATHING_S NIGHT_S]`.

BEGIN (POSIX seconds) is when the runway begins. With `WINDDOWN_SOAK_DIE=Publish:7` it kills itself, as `kill -9` would,
when it is about to carry out its seventh `Publish`; nobody but this file reads that. Where a file `ahead` lies beside
the configuration its wall clock is so many seconds ahead, and each date has its compressed evening; SIGUSR1: the file
says something else now.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from winddown import clock
from winddown.cli.house import keep_house
from winddown.config import Loaded, load
from winddown.core.calendar import night_at
from winddown.core.evening import Evening, as_planned, compress
from winddown.shell.alarms import Alarms
from winddown.shell.log import log_to_stderr
from winddown.shell.outbox import Outbox

DAY_S = 86_400.0


class Mortal:
    """Counts the effects of each kind, and dies at one."""

    def __init__(self, wish: str) -> None:
        self._kind, _, number = wish.partition(":")
        self._number = int(number)
        self._seen: Counter[str] = Counter()
        self._carry_out = Outbox._carry_out

    def __call__(self, outbox: Outbox, effect: Any, waits_for: int | None) -> None:
        kind = type(effect).__name__
        self._seen[kind] += 1
        if kind == self._kind and self._seen[kind] == self._number:
            os.kill(os.getpid(), signal.SIGKILL)
        self._carry_out(outbox, effect, waits_for)


class Ahead:
    """A wall clock that is some time ahead, and the alarm clock that hangs beside it. Beats do not notice."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._by_s = 0.0
        self._set = Alarms.set
        self._read()
        signal.signal(signal.SIGUSR1, self._read)
        clock.time = SimpleNamespace(time=self._time, clock_gettime=time.clock_gettime)  # type: ignore[attr-defined]
        Alarms.set = lambda alarms, at: self._set(  # type: ignore[method-assign]
            alarms, tuple((name, wall - self._by_s) for name, wall in at)
        )

    def _read(self, *_: object) -> None:
        self._by_s = float(self._file.read_text())

    def _time(self) -> float:
        return time.time() + self._by_s


class Tonight:
    """The shape of the evening in which `begin` lies, and no other; or of every evening, at that time of its date."""

    def __init__(
        self, found: Loaded, begin: float, runway_s: float, breathing_s: float, night_s: float, *, always: bool
    ) -> None:
        room = next(iter(found.config.rooms.values()))
        night = night_at(begin, room.bedtime, room.wake, found.config.zone())
        self._date = night.evening if night else None
        self._begin = begin
        self._always = always
        self._lengths = {"runway_s": runway_s, "breathing_s": breathing_s, "night_s": night_s}

    def __call__(self, evening: Evening) -> Evening:
        if self._date is None or (evening.date != self._date and not self._always):
            return evening
        begin = self._begin + (evening.date - self._date).days * DAY_S
        return compress(replace(evening, runway_at=begin), **self._lengths)


def main() -> int:
    """Run until killed, told to end, or dead."""
    log_to_stderr()
    if wish := os.environ.get("WINDDOWN_SOAK_DIE"):
        mortal = Mortal(wish)
        Outbox._carry_out = lambda self, effect, waits_for: mortal(self, effect, waits_for)  # type: ignore[method-assign]
    found = load(Path(sys.argv[1]))
    times = [float(text) for text in sys.argv[2:]]
    if always := (ahead := Path(sys.argv[1]).with_name("ahead")).exists():
        Ahead(ahead)
    return keep_house(found, Tonight(found, *times, always=always) if times else as_planned)


if __name__ == "__main__":
    sys.exit(main())
