"""Who has the rooms: the newest winddown. An older one that sees a newer one says nothing more and ends.

A stored owner that we find at our first connection is whoever came before us. One that is newer than us, live or found
after an outage, has come after us.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from winddown.model import Message
from winddown.payload import compact


class Owner:
    """Our claim on our rooms."""

    def __init__(self, prefix: str, instance: str, rooms: tuple[str, ...]) -> None:
        self.topic = f"{prefix}/owner"
        self.instance = instance
        self.rooms = rooms
        self.since_at: float | None = None
        """When we took them (POSIX seconds); None: not yet."""
        self.connections = 0

    def message(self) -> Message:
        """The claim, as published."""
        since = datetime.fromtimestamp(self.since_at or 0, UTC).isoformat(timespec="microseconds")
        claim = {"instance": self.instance, "since": since, "rooms": list(self.rooms)}
        return Message(self.topic, compact(claim), qos=1, retain=True)

    def outranked(self, payload: bytes, *, stored: bool) -> str | None:
        """Another's claim is newer: its instance. A predecessor from a clock that ran ahead only makes ours newer."""
        claim = _parsed(payload)
        if claim is None or self.since_at is None:
            return None
        instance, since_at, rooms = claim
        if instance == self.instance or not rooms & set(self.rooms) or since_at <= self.since_at:
            return None
        if stored and self.connections == 1:
            self.since_at = since_at + 0.001
            return None
        return instance


def _parsed(payload: bytes) -> tuple[str, float, set[str]] | None:
    try:
        claim = json.loads(payload)
        since = datetime.fromisoformat(claim["since"])
        if since.tzinfo is None:
            return None
        return str(claim["instance"]), since.timestamp(), {str(room) for room in claim["rooms"]}
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None
