"""What the shell needs of the core, whichever it is. It holds nothing."""

from __future__ import annotations

from typing import Protocol

from winddown.clock import Instant
from winddown.model import Effect, Event


class Engine(Protocol):
    """What the loop needs of the core."""

    def subscriptions(self) -> tuple[str, ...]:
        """The exact topics to hear."""

    def begin(self, now: Instant) -> list[Effect]:
        """Called once, before anything else."""

    def tick(self, now: Instant) -> list[Effect]:
        """What is due."""

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        """What follows of an event; of `Stop`, the last words."""

    def deadline(self, now: Instant) -> float:
        """The boot-time second at which `tick` wants to be called."""
