"""Where the loop waits: for what others post, and for the broker's bytes, in one place. It judges nothing.

The loop's own thread reads the socket. Between the press of a button and the lamp lies then no other thread, and what
comes faster than it can be taken in waits with the broker, not in our memory.
"""

from __future__ import annotations

import select
import socket
from collections import deque
from contextlib import suppress
from queue import Empty
from time import sleep
from typing import Protocol

from winddown.clock import now
from winddown.model import Effect, Event
from winddown.shell.journal import Kept
from winddown.shell.rereading import ReadAgain, Successor

Item = Event | Effect | Kept | ReadAgain | Successor
"""What happened, for the engine; what another thread wants done; what the journal has kept; the file, read again."""

_LONGEST_S = 5.0
"""At least this often a source looks after itself: MQTT's keepalive."""

_NEAR_S = 0.02
"""Linux lets a wait for a socket end late by a thousandth of its length: a beat is waited for in two steps."""


class Source(Protocol):
    """Something with bytes to read; it posts what it makes of them."""

    def fileno(self) -> int:
        """Of the socket; -1: it is over."""

    def has_read(self) -> bool:
        """Bytes are here already, taken off the socket and not looked at: encryption does that."""

    def wants_to_write(self) -> bool:
        """The socket would not take all that was to be sent."""

    def tend(self) -> None:
        """Look after the connection; write what the socket would not take before."""

    def read(self) -> None:
        """Read what is there."""


class Inbox:
    """Takes in from everywhere, gives out to one."""

    def __init__(self) -> None:
        self._items: deque[Item] = deque()
        self._source: Source | None = None
        self._waiting = False
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)

    def put(self, item: Item) -> None:
        """From any thread, and from a signal."""
        self._items.append(item)
        if self._waiting:
            self._nudge()

    def read_from(self, source: Source | None) -> None:
        """From now on this one is read too, by whoever waits; None: nothing is."""
        self._source = source
        self._nudge()

    def get(self, timeout: float | None = None) -> Item:
        """The next item, in the order of their arrival; `queue.Empty` after `timeout` seconds without any.

        Who has no time looks at the source all the same: where something is always due a press would never be heard.
        """
        until_boot = None if timeout is None else now().boot + timeout
        while not self._items:
            left_s = _LONGEST_S if until_boot is None else max(until_boot - now().boot, 0.0)
            self._wait(min(left_s - _NEAR_S if left_s > 2 * _NEAR_S else left_s, _LONGEST_S))
            if until_boot is not None and not self._items and now().boot >= until_boot:
                raise Empty
        return self._items.popleft()

    def rest(self, for_s: float) -> None:
        """Wait so long, whatever comes."""
        sleep(for_s)

    def _wait(self, for_s: float) -> None:
        """Wait for whatever comes first. Whoever posts after the flag is up nudges; whoever posted before is seen."""
        source = self._source
        reads, writes = [self._woken.fileno()], []
        if source is not None:
            source.tend()
            if (number := source.fileno()) >= 0:
                reads.append(number)
                writes = [number] if source.wants_to_write() else []
        self._waiting = True
        try:
            if self._items or (source is not None and source.has_read()):
                for_s = 0.0
            ready, _, _ = select.select(reads, writes, (), for_s)
        except (OSError, ValueError):  # the socket was closed under our hands: its owner says so
            ready = []
        finally:
            self._waiting = False
        if self._woken.fileno() in ready:
            self._woken.recv(4096)
        if source is not None and source is self._source:
            source.read()

    def _nudge(self) -> None:
        with suppress(OSError):  # full of nudges; or closed
            self._wake.send(b"\0")

    def close(self) -> None:
        """Nobody waits here any more."""
        self._wake.close()
        self._woken.close()
