"""What a setting that was changed in mid-evening makes of the evening. It reads no setting itself."""

from __future__ import annotations

from winddown.clock import Instant
from winddown.core.room import Room
from winddown.model import Phase

MOVED_BACK_S = 2 * 3600
"""A bedtime that is moved to less than this ago is now."""


def reconfigured(room: Room, now: Instant, *, moved: bool = True) -> None:
    """Settings have changed: if they moved the evening, it is planned anew from what the lamps show."""
    hours, old = room.hours, room.hours.evening
    running = room.phase is Phase.RUNWAY and hours.memory.rest is None
    room.configure()
    if old is None or not moved:
        hours.look(now)
        return
    if now.wall >= old.bedtime_at or room.sequence is not None:
        hours.remember(now, bedtime_at=old.bedtime_at, runway_at=old.runway_at)  # it never begins twice
    else:
        hours.remember(now, bedtime_at=None, runway_at=None, later_s=0.0, hold_until=None)
    new = hours.evening
    if running and new is not None and new.date == old.date and 0 <= now.wall - new.bedtime_at < MOVED_BACK_S:
        hours.remember(now, bedtime_at=now.wall)
        room.bedside.to_bed_early(now, hours.evening or new)
    elif running:
        room.bedside.replan()
