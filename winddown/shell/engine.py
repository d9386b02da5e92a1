"""What the shell needs of the core, whichever it is. It holds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from winddown.clock import Instant
from winddown.model import Effect, Event


class Engine(Protocol):
    """What the loop needs of the core."""

    def subscriptions(self) -> Iterable[str]:
        """The exact topics to hear, as often as they are asked for."""

    def begin(self, now: Instant) -> list[Effect]:
        """Called once, before anything else."""

    def tick(self, now: Instant) -> list[Effect]:
        """What is due; it may be told the instant a moment before that has come."""

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        """What follows of an event; of `Stop`, the last words."""

    def deadline(self, now: Instant) -> float:
        """The boot-time second at which `tick` wants to be called; asked when what the last one called for is out."""
