"""What a room's published `state` says, as the watches need it. It judges nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from world.house import Room

APART_S = 12 * 3600.0


def within_reach(room: Room, state: dict[str, Any]) -> frozenset[str]:
    """The world's names of lamps that it can dim; none where it says that something is wrong."""
    said = {} if state.get("problem") else state.get("lights") or {}
    dims = (name for name, one in said.items() if one["online"] and one["level"] is not None)
    return frozenset(room.lights[name] for name in dims if name in room.lights)


def another_night(wake: float | None, now: float | None) -> bool:
    """Wakes so far apart are no wake that somebody has set."""
    return wake is not None and now is not None and abs(now - wake) > APART_S


def wall(text: object) -> float | None:
    """An instant in POSIX seconds; None: there is none."""
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return None
