"""Single keys from a terminal, without Enter. Where there is no terminal there are no keys."""

from __future__ import annotations

import os
import select
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager

_ESCAPE = "\x1b"


class Keys:
    """The keyboard, while it is ours."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def within(self, seconds: float) -> str:
        """What was typed, after so many seconds at the latest; arrows and the like count as nothing."""
        if self._descriptor is None:
            time.sleep(seconds)
            return ""
        ready, _, _ = select.select([self._descriptor], [], [], seconds)
        if not ready:
            return ""
        typed = os.read(self._descriptor, 64).decode(errors="ignore")
        if not typed:
            self._descriptor = None  # whoever typed has gone
        return "" if typed.startswith(_ESCAPE) else typed


@contextmanager
def keyboard() -> Iterator[Keys]:
    """Keys arrive one by one and are not shown; afterwards the terminal is as it was."""
    if not sys.stdin.isatty():
        yield Keys(None)
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield Keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
