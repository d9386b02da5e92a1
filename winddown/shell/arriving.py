"""What is to arrive (QoS 1): a few messages under way at a time, the others behind them. It knows no client.

paho would take all of them at once, and there each weighs 1.5 KB beside its text: when a house of a thousand rooms
came online that was 14 MB, which a process keeps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from winddown.model import Message

AT_ONCE = 20
"""As many as paho has under way."""


class Sent(Protocol):
    """A message under way."""

    def is_published(self) -> bool:
        """The broker has acknowledged it."""


Send = Callable[[Message], Sent | None]


class Arriving:
    """The messages of one connection; for one thread. `send` says None of what is not under way, and never will be."""

    def __init__(self) -> None:
        self._under_way: list[Sent] = []
        self.waiting: deque[Message] = deque()
        """Those for which there was no room."""

    def take(self, message: Message, send: Send) -> None:
        """Send it as soon as there is room."""
        self.waiting.append(message)
        self.go_on(send)

    def go_on(self, send: Send) -> None:
        """Send what there is room for: something may have been acknowledged."""
        self._under_way = [sent for sent in self._under_way if not sent.is_published()]
        while self.waiting and len(self._under_way) < AT_ONCE:
            if (sent := send(self.waiting.popleft())) is not None:
                self._under_way.append(sent)

    @property
    def all_here(self) -> bool:
        """Nothing waits, and all that was sent is acknowledged."""
        return not self.waiting and all(sent.is_published() for sent in self._under_way)
