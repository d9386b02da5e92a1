"""What to tell of a session: that it began, how it ended, that a hand took a lamp. It only looks at a room.

A session is from the first dimming, or the first step, until it is night or all is over. What happened while nobody
could hear is not told afterwards.
"""

from __future__ import annotations

from winddown.core.room import Room
from winddown.model import Phase

STARTED, FINISHED, CANCELLED, TOUCHED = EVENTS = ("started", "finished", "cancelled", "touched")


class Session:
    """Compares a room with what it was when it was last asked."""

    __slots__ = ("_runs", "_touched")

    def __init__(self) -> None:
        self._runs: bool | None = None
        """None: not looked at yet."""
        self._touched: tuple[str, ...] = ()

    def news(self, room: Room) -> list[dict[str, str]]:
        """What has happened since, oldest first."""
        touched = tuple(name for name, lamp in room.bedside.lamps.items() if lamp.seen.touched)
        runs = room.phase not in (Phase.DAY, Phase.NIGHT)
        before, taken = self._runs, sorted(set(touched).difference(self._touched))
        self._runs, self._touched = runs, touched
        if before is None:
            return []
        news = [{"event_type": TOUCHED, "lamp": name} for name in taken]
        if runs is not before:
            news.append({"event_type": STARTED if runs else _end(room), "phase": room.phase})
        if runs:
            room.news.finished = False
        return news


def _end(room: Room) -> str:
    """By itself, or by going to sleep; else somebody did not want it."""
    tonight = room.hours.tonight
    unwanted = tonight is not None and (tonight.stopped or tonight.skipped)
    asleep = room.phase is Phase.NIGHT and not unwanted
    return FINISHED if room.news.finished or asleep else CANCELLED
