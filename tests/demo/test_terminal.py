"""In a terminal: a picture, keys, and a terminal that is afterwards as it was."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

SHOW, LEAVE, CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
_WAIT_S = 20.0


@dataclass
class Terminal:
    """The two ends of one, and what was written on it."""

    ours: int
    theirs: int
    written: bytearray = field(default_factory=bytearray)

    def wait_for(self, what: bytes) -> None:
        """Until this has been written."""
        self._read_until(lambda: what in self.written)

    def wait_for_end(self, ended: Callable[[], bool]) -> None:
        """Until the process has ended, so that it never waits for somebody to read."""
        self._read_until(ended)

    def type(self, keys: bytes) -> None:
        """As a person at the keyboard."""
        os.write(self.ours, keys)

    def _read_until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _WAIT_S
        while not done():
            assert time.monotonic() < deadline, bytes(self.written[-2000:])
            if select.select([self.ours], [], [], 0.02)[0]:
                self.written += os.read(self.ours, 65536)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """80 by 24."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    yield Terminal(ours, theirs)
    os.close(ours)
    os.close(theirs)


@pytest.fixture
def in_terminal(start_demo, terminal):
    """`in_terminal(**env)`: the demo on that terminal, its picture shown."""

    def start(arguments: str = "", **env: str):
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        process = start_demo(arguments, stdin=terminal.theirs, out=terminal.theirs, **usual | env)
        terminal.wait_for(SHOW)
        terminal.wait_for(b"[q]")
        return process

    return start


def test_q_ends_it_and_the_terminal_is_as_it_was(in_terminal, terminal):
    before = termios.tcgetattr(terminal.theirs)
    process = in_terminal()
    during = termios.tcgetattr(terminal.theirs)

    terminal.type(b"q")
    terminal.wait_for_end(lambda: process.poll() is not None)

    assert (process.returncode, process.stderr.read()) == (0, "")
    assert during != before
    assert termios.tcgetattr(terminal.theirs) == before
    assert terminal.written.index(LEAVE) > terminal.written.index(SHOW)
    assert terminal.written.count(CURSOR)
    assert b"Sleep well." in terminal.written.rpartition(LEAVE)[2]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_the_terminal_is_as_it_was(in_terminal, terminal, how):
    before = termios.tcgetattr(terminal.theirs)
    process = in_terminal()

    process.send_signal(how)
    terminal.wait_for_end(lambda: process.poll() is not None)

    assert (process.returncode, process.stderr.read()) == (128 + how, "")
    assert termios.tcgetattr(terminal.theirs) == before
    assert LEAVE in terminal.written


def test_a_key_is_a_press_of_the_button(in_terminal, terminal):
    process = in_terminal("'nl'")
    terminal.wait_for(b"afbouwen")
    terminal.wait_for(b"naar bed")  # what a press would do in the runway

    terminal.type(b"1")
    terminal.wait_for(b"volgende")  # what it does in the release

    terminal.type(b"q")
    terminal.wait_for_end(lambda: process.poll() is not None)
    assert process.returncode == 0


def test_whoever_wants_the_dark_gets_it_and_then_the_morning(in_terminal, terminal):
    process = in_terminal("seconds=20", NO_COLOR="1")
    terminal.wait_for(b"to bed")

    terminal.type(b"3")
    terminal.wait_for(b"bedside off")
    terminal.wait_for_end(lambda: process.poll() is not None)

    assert process.returncode == 0
    assert b"winddown run" in terminal.written.rpartition(LEAVE)[2]


def test_without_colours_there_are_shades(in_terminal, terminal):
    process = in_terminal(NO_COLOR="1")

    terminal.type(b"q")
    terminal.wait_for_end(lambda: process.poll() is not None)

    assert b"38;2;" not in terminal.written
    assert "▓".encode() in terminal.written


def test_a_terminal_that_can_do_nothing_gets_lines(start_demo, terminal):
    process = start_demo(stdin=terminal.theirs, out=terminal.theirs, TERM="dumb")

    terminal.wait_for(b"lamp bedside 90 % 3850 K")
    process.terminate()
    terminal.wait_for_end(lambda: process.poll() is not None)

    assert b"\x1b" not in terminal.written
