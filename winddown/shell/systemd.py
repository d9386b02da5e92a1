"""Tells systemd how it goes: online, alive, ending; without systemd nothing. It waits for nobody, and never raises."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from winddown.clock import now
from winddown.model import Connected, Disconnected, Exit, Stop

Item = TypeVar("Item", covariant=True)


_LAST = Stop | Exit
"""After these nothing comes."""


class _Waiting(Protocol[Item]):
    """An inbox, as the loop waits at it."""

    def get(self, timeout: float) -> Item:
        """The next item; `queue.Empty` after `timeout` seconds without any."""

    def rest(self, for_s: float) -> None:
        """Wait so long, whatever comes."""


class Notice:
    """A line to the supervisor, by the datagrams of sd_notify(3)."""

    def __init__(self, env: Mapping[str, str] = os.environ) -> None:
        path = env.get("NOTIFY_SOCKET", "")
        self._path = f"\0{path[1:]}" if path.startswith("@") else path
        self.watchdog_s = _watchdog_s(env) if path else None
        """It wants a sign of life at least this often; None: it does not."""

    def say(self, *words: str) -> None:
        """For example `READY=1`."""
        if self._path:
            with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.setblocking(False)
                line.sendto("\n".join(words).encode(), self._path)


class Watched(Generic[Item]):
    """An inbox whose waiting is a sign of life: who comes here again and again has not got stuck."""

    def __init__(self, inbox: _Waiting[Item], notice: Notice) -> None:
        self._inbox = inbox
        self._notice = notice
        self._every_s = None if notice.watchdog_s is None else notice.watchdog_s / 3
        self._next_boot = float("-inf")
        self._came: object = None

    def get(self, timeout: float) -> Item:
        """The next item, and word of what followed of the last."""
        self._tell()
        item = self._inbox.get(timeout if self._every_s is None else min(timeout, self._every_s))
        self._came = item
        if isinstance(item, _LAST):
            self._notice.say("STOPPING=1")
        return item

    def rest(self, for_s: float) -> None:
        """Wait so long, whatever comes."""
        self._inbox.rest(for_s)

    def _tell(self) -> None:
        came, self._came = self._came, None
        if isinstance(came, Connected):
            self._notice.say("READY=1", "STATUS=online")
        elif isinstance(came, Disconnected):
            self._notice.say("STATUS=the broker is away; calling until it is back")
        if self._every_s is not None and (boot := now().boot) >= self._next_boot:
            self._next_boot = boot + self._every_s
            self._notice.say("WATCHDOG=1")


def _watchdog_s(env: Mapping[str, str]) -> float | None:
    """What the unit says in WatchdogSec, if it is meant for us."""
    micros, pid = env.get("WATCHDOG_USEC", ""), env.get("WATCHDOG_PID", "")
    if not micros.isdecimal() or int(micros) == 0 or pid not in ("", str(os.getpid())):
        return None
    return int(micros) / 1_000_000
