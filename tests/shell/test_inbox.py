"""Where the loop waits: posts from other threads and from signals, and a socket that is read meanwhile."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty

import pytest

from winddown.model import Alarm, Received
from winddown.shell.inbox import Inbox


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    made = Inbox()
    yield made
    made.close()


class Line:
    """A source that posts each byte it reads."""

    def __init__(self, inbox: Inbox):
        self.inbox = inbox
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)
        self.tended = 0

    def fileno(self) -> int:
        return self.near.fileno()

    def has_read(self) -> bool:
        return False

    def wants_to_write(self) -> bool:
        return False

    def tend(self) -> None:
        self.tended += 1

    def read(self) -> None:
        with suppress(BlockingIOError):
            self.inbox.put(Received("line", self.near.recv(1)))

    def close(self) -> None:
        self.near.close()
        self.far.close()


@pytest.fixture
def line(inbox: Inbox) -> Iterator[Line]:
    made = Line(inbox)
    yield made
    made.close()


def test_what_was_posted_comes_in_order_and_then_nothing_does(inbox):
    inbox.put(Alarm("first"))
    inbox.put(Alarm("second"))

    assert [inbox.get(0), inbox.get(0)] == [Alarm("first"), Alarm("second")]
    with pytest.raises(Empty):
        inbox.get(0)


def test_a_post_from_another_thread_ends_the_waiting(inbox):
    threading.Timer(0.02, inbox.put, (Alarm("bell"),)).start()

    assert inbox.get(10) == Alarm("bell")


def test_a_signal_ends_the_waiting(inbox):
    before = signal.signal(signal.SIGUSR1, lambda *_: inbox.put(Alarm("signal")))
    try:
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR1)).start()

        assert inbox.get(10) == Alarm("signal")
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_bytes_on_the_line_are_read_by_whoever_waits(inbox, line):
    inbox.read_from(line)
    line.far.send(b"ab")

    assert [inbox.get(10), inbox.get(10)] == [Received("line", b"a"), Received("line", b"b")]


def test_bytes_on_the_line_are_read_also_by_one_who_has_no_time_to_wait(inbox, line):
    inbox.read_from(line)
    line.far.send(b"a")

    assert inbox.get(0) == Received("line", b"a")


def test_what_was_posted_comes_before_more_is_read(inbox, line):
    inbox.read_from(line)
    line.far.send(b"a")
    inbox.put(Alarm("bell"))

    assert inbox.get(10) == Alarm("bell")
    assert inbox.get(10) == Received("line", b"a")


def test_a_line_that_is_adopted_while_somebody_waits_is_read_at_once(inbox, line):
    line.far.send(b"a")
    threading.Timer(0.02, inbox.read_from, (line,)).start()

    assert inbox.get(10) == Received("line", b"a")


def test_a_line_that_is_closed_under_its_hands_is_let_be(inbox, line):
    inbox.read_from(line)
    line.close()
    line.read = lambda: inbox.put(Alarm("over"))

    assert inbox.get(10) == Alarm("over")


def test_a_line_is_tended_while_nothing_comes(inbox, line):
    inbox.read_from(line)

    with pytest.raises(Empty):
        inbox.get(0.01)

    assert line.tended >= 1
