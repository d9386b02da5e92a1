"""Reads what winddown publishes, as any client could, and makes of it what is worth seeing. It asks nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from winddown import payload as read
from winddown.demo.guest import Guest
from winddown.demo.plan import ROOM
from winddown.model import Origin, Phase, Press


@dataclass(frozen=True, slots=True)
class Beat:
    """What a client needs to breathe along."""

    since_at: float
    inhale_s: float
    exhale_s: float
    start_pace: float
    breaths: int


@dataclass(frozen=True, slots=True)
class StateIs:
    """Where the room is in its evening."""

    phase: Phase
    origin: Origin
    since_at: float
    until_at: float | None
    beat: Beat | None


@dataclass(frozen=True, slots=True)
class CueSaid:
    """One short sentence for the sleeper."""

    text: str
    for_s: float


@dataclass(frozen=True, slots=True)
class Accepted:
    """A press that counted."""

    press: Press


@dataclass(frozen=True, slots=True)
class Came:
    """winddown is there, or has gone."""

    online: bool


Published = StateIs | CueSaid | Accepted | Came


class Onlooker:
    """Listens to winddown alone."""

    def __init__(self, port: int, seen: Callable[[Published], None]) -> None:
        self._seen = seen
        names = ("state", "cue", "press")
        self._guest = Guest(port, ("winddown/status", *(f"winddown/{ROOM}/{name}" for name in names)), self._heard)

    def start(self) -> None:
        """Begin to listen."""
        self._guest.start()

    def stop(self) -> None:
        """Listen no more."""
        self._guest.stop()

    def _heard(self, topic: str, payload: bytes) -> None:
        published = understood(topic, payload)
        if published is not None:
            self._seen(published)


def understood(topic: str, payload: bytes) -> Published | None:
    """What a message says; None for nothing of use."""
    name = topic.rsplit("/", 1)[-1]
    if name == "status":
        return Came(payload == b"online")
    said = read.as_object(payload) or {}
    if name == "cue" and isinstance(said.get("text"), str):
        return CueSaid(str(said["text"]), read.number(said.get("for_s"), 0, 3600) or 0.0)
    if name == "press" and said.get("event_type") in tuple(Press):
        return Accepted(Press(str(said["event_type"])))
    if name == "state" and said.get("phase") in tuple(Phase) and said.get("origin") in tuple(Origin):
        phase, origin = Phase(str(said["phase"])), Origin(str(said["origin"]))
        return StateIs(phase, origin, _at(said.get("since")) or 0.0, _at(said.get("until")), _beat(said.get("breath")))
    return None


def _beat(value: object) -> Beat | None:
    said = read.object_in(value)
    if said is None:
        return None
    inhale_s, exhale_s, pace = (read.number(said.get(key), 0.1, 60) for key in ("inhale_s", "exhale_s", "start_pace"))
    since_at, breaths = _at(said.get("since")), read.whole(said.get("breaths"), 1, 10_000)
    if since_at is None or inhale_s is None or exhale_s is None or pace is None or breaths is None:
        return None
    return Beat(since_at, inhale_s, exhale_s, pace, breaths)


def _at(iso: object) -> float | None:
    try:
        return datetime.fromisoformat(iso).timestamp() if isinstance(iso, str) else None
    except ValueError:
        return None
