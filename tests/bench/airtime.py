"""What a base could carry, reckoned from what was heard on it: which part of a delay was waiting for airtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PER_S, BURST = 4.0, 8.0
"""As the dialect of Zigbee2MQTT has it."""


@dataclass(frozen=True)
class Command:
    """A command to a lamp."""

    base: str
    kind: str
    """`beat`, `press` or `other`."""
    due_at: float
    heard_at: float


@dataclass(frozen=True)
class Apart:
    """One that was due, with its delay in two parts."""

    kind: str
    due_at: float
    waited_s: float
    """For airtime."""
    error_s: float
    """All else."""


def without_airtime(commands: Sequence[Command]) -> Iterator[Apart]:
    """In the order in which they were heard; each goes as soon as it is due and its base has room."""
    left: dict[str, tuple[float, float]] = {}
    for one in sorted(commands, key=lambda command: command.heard_at):
        room, at = left.get(one.base, (BURST, one.due_at))
        room = min(BURST, room + (max(one.due_at, at) - at) * PER_S)
        at = max(one.due_at, at)
        if room < 1:
            at, room = at + (1 - room) / PER_S, 1.0
        left[one.base] = (room - 1, at)
        yield Apart(one.kind, one.due_at, at - one.due_at, one.heard_at - at)
