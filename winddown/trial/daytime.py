"""Whether a running winddown leaves lamps alone for long enough to try something on them. It asks it for nothing.

By day winddown sends lamps nothing and takes no change for a hand's, so it need not be stopped; in an evening it would.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from winddown import payload as read
from winddown.model import Phase, Received

LEAD_S = 60.0
"""It is to be over so long before an evening begins."""


class Daytime:
    """What the winddown on the broker says of the rooms that have these lamps."""

    def __init__(self, prefix: str, rooms: Iterable[str]) -> None:
        self._status = f"{prefix}/status"
        self._rooms = {f"{prefix}/{room}/state": room for room in rooms}
        self._states: dict[str, dict[str, Any]] = {}
        self.online = False
        """A winddown runs."""

    def topics(self) -> tuple[str, ...]:
        """Where it says so."""
        return (self._status, *self._rooms)

    def hear(self, message: Received) -> None:
        """Take in a message, if it is one of these."""
        if message.topic == self._status:
            self.online = message.payload == b"online"
        elif message.topic in self._rooms:
            self._states[self._rooms[message.topic]] = read.as_object(message.payload) or {}

    def over(self) -> str | None:
        """The room that is not in its day any more, and what it is in; None: it is day, or no winddown runs."""
        if not self.online:
            return None
        for room, state in self._states.items():
            phase = state.get("phase")
            if phase not in (None, Phase.DAY):
                return f"{room} is in its {phase}{_clock(' until ', state.get('until'))}"
        return None

    def too_short(self, for_s: float, now_wall: float) -> str | None:
        """The room whose evening begins before something that lasts so long could be over; None: there is time."""
        if not self.online:
            return None
        for room, state in self._states.items():
            at = _instant(state.get("next_start"))
            if at is not None and at.timestamp() - now_wall < for_s + LEAD_S:
                return f"the evening of {room} begins{_clock(' at ', state.get('next_start'))}"
        return None


def _instant(said: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _clock(before: str, said: object) -> str:
    """The time of day in an instant of the state, which has its offset."""
    at = _instant(said)
    return "" if at is None else f"{before}{at:%H:%M}"
