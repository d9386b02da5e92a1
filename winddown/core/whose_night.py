"""Of which night somebody speaks who says how it was, or is. It reads no clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from winddown.config import Room
from winddown.core.calendar import night_at

_DAY_S = 86_400.0
_JUST_UP_S = 4 * 3600.0
"""So long after wake a tension is still the one after the night."""


def evening_meant(room: Room, zone: ZoneInfo, now: float) -> date:
    """From the runway on this evening, until then the night before."""
    coming = night_at(now, room.bedtime, room.wake, zone)
    if coming is not None and now >= coming.bedtime_at - room.runway_s:
        return coming.evening
    last = night_at(now - _DAY_S, room.bedtime, room.wake, zone)
    if last is not None and last.wake_at <= now:
        return last.evening
    return datetime.fromtimestamp(now, zone).date() - timedelta(days=1)


def next_turn_at(room: Room, zone: ZoneInfo, now: float) -> float:
    """Until when the evening that is meant stays the same (POSIX seconds), or a little before that.

    It turns as a runway begins; without nights for days, a day after the last, and then with the date.
    """
    tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
    turns = [datetime.combine(tomorrow, time(), zone).timestamp()]
    if (coming := night_at(now, room.bedtime, room.wake, zone)) is not None:
        turns += [coming.bedtime_at - room.runway_s, coming.wake_at]
    if (last := night_at(now - _DAY_S, room.bedtime, room.wake, zone)) is not None:
        turns.append(last.wake_at + _DAY_S)
    return min(turn for turn in turns if turn > now)


def tension_meant(room: Room, zone: ZoneInfo, now: float) -> tuple[date, str]:
    """The evening and the field of a bare number: in bed and just up `tension_after`, else `tension_before`."""
    coming = night_at(now, room.bedtime, room.wake, zone)
    if coming is not None and now >= coming.bedtime_at:
        return coming.evening, "tension_after"
    last = night_at(now - _DAY_S, room.bedtime, room.wake, zone)
    if last is not None and last.wake_at <= now < last.wake_at + _JUST_UP_S:
        return last.evening, "tension_after"
    today = datetime.fromtimestamp(now, zone).date()
    return (today if coming is None else coming.evening), "tension_before"
