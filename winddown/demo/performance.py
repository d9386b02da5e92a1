"""One performance from curtain to curtain: sets the stage, follows the queue, and always leaves the house as it was."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from queue import Empty

from winddown import RELEASED_AT, clock
from winddown.config.zone import machine_zone
from winddown.demo.director import Director
from winddown.demo.lines import Lines
from winddown.demo.stage import Stage, stage
from winddown.demo.timing import AS_SHOWN_S, Timing, timing
from winddown.demo.words import Words, words
from winddown.errors import UsageError
from winddown.shell.signals import ended_by_signals

PORT_VARIABLE = "WINDDOWN_DEMO_PORT"
_LOOK_S = 0.05


def perform(language: str, port: int | None, seconds: float | None) -> int:
    """The whole of it; the exit code."""
    spoken, timed = words(language), timing(AS_SHOWN_S if seconds is None else seconds)
    wanted = _port(os.environ.get(PORT_VARIABLE, "")) if port is None else port
    if clock.now().wall < RELEASED_AT:
        raise UsageError("the clock of this machine is not set, and no evening begins on a wrong one; set it")
    with _troubles() as troubles:
        try:
            with ended_by_signals(), stage(language, machine_zone(os.environ), wanted, timed) as house:
                failed = _show(house, timed, spoken)
        except BrokenPipeError:
            _give_up_stdout()
            return 0
    for line in troubles.lines:
        print(line, file=sys.stderr)
    return 1 if failed else 0


def _show(house: Stage, timed: Timing, spoken: Words) -> bool:
    """True where it went wrong."""
    director = Director(house, timed, clock.now())
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        from winddown.demo.screen import on_screen

        on_screen(house, director, spoken)
    else:
        _in_lines(house, director, spoken)
    if director.failed:
        print(spoken.ended, file=sys.stderr)
    else:
        print(spoken.closing if director.over else spoken.farewell, flush=True)
    return director.failed


def _in_lines(house: Stage, director: Director, spoken: Words) -> None:
    zone = house.config.zone()

    def say(text: str) -> None:
        print(f"{datetime.fromtimestamp(clock.now().wall, zone):%H:%M:%S}  {text}", flush=True)

    lines = Lines(spoken, say)
    say(spoken.broker.format(port=house.port))
    lines.room(house.bedroom.lamps(), muted=house.bedroom.muted)
    while not director.over:
        try:
            seen = house.seen.get(timeout=_LOOK_S)
        except Empty:
            pass
        else:
            lines.take(seen)
            director.take(seen, clock.now())
        director.tick(clock.now())


def _port(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > 65535:
        raise UsageError(f"{PORT_VARIABLE} is {text!r}; write a port, or leave it out for a free one")
    return int(text)


class _Troubles(logging.Handler):
    """Keeps what would have been logged until the picture is gone."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("winddown"):
            self.lines.append(self.format(record))


@contextmanager
def _troubles() -> Iterator[_Troubles]:
    root, kept = logging.getLogger(), _Troubles()
    before, root.handlers[:] = list(root.handlers), [kept]
    try:
        yield kept
    finally:
        root.handlers[:] = before


def _give_up_stdout() -> None:
    """Whoever read has gone; the interpreter is not to stumble over it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
