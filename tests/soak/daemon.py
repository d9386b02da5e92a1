"""`winddown run`, in compressed evenings, mortal: `daemon.py CONFIG [BEGIN RUNWAY_S BREATHING_S NIGHT_S]`.

BEGIN (POSIX seconds) is when the runway begins. With `WINDDOWN_SOAK_DIE=Publish:7` it kills itself, as `kill -9` would,
when it is about to carry out its seventh `Publish`; nobody but this file reads that.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from winddown.cli.daemon import keep_house
from winddown.config import Loaded, load
from winddown.core.calendar import night_at
from winddown.core.evening import Evening, as_planned, compress
from winddown.shell.log import log_to_stderr
from winddown.shell.outbox import Outbox


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


class Tonight:
    """The shape of the evening in which `begin` lies, and no other."""

    def __init__(self, found: Loaded, begin: float, runway_s: float, breathing_s: float, night_s: float) -> None:
        room = next(iter(found.config.rooms.values()))
        night = night_at(begin, room.bedtime, room.wake, found.config.zone())
        self._date = night.evening if night else None
        self._begin = begin
        self._lengths = {"runway_s": runway_s, "breathing_s": breathing_s, "night_s": night_s}

    def __call__(self, evening: Evening) -> Evening:
        if evening.date != self._date:
            return evening
        return compress(replace(evening, runway_at=self._begin), **self._lengths)


def main() -> int:
    """Run until killed, told to end, or dead."""
    log_to_stderr()
    if wish := os.environ.get("WINDDOWN_SOAK_DIE"):
        mortal = Mortal(wish)
        Outbox._carry_out = lambda self, effect, waits_for: mortal(self, effect, waits_for)  # type: ignore[method-assign]
    found = load(Path(sys.argv[1]))
    times = [float(text) for text in sys.argv[2:]]
    return keep_house(found, Tonight(found, *times) if times else as_planned)


if __name__ == "__main__":
    sys.exit(main())
