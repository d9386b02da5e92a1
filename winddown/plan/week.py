"""The evenings ahead as the file has them, one value each. It knows nothing of what people change at run time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from winddown.config import Config, Room
from winddown.core.calendar import night_at
from winddown.core.evening import Evening, evening_of

_DAY = timedelta(days=1)
_NOON_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Ahead:
    """One evening ahead."""

    day: date
    evening: Evening | None
    """None: no routine, its bedtime is off."""
    clock_change_s: float = 0.0
    """By how much the clocks go forward (back: below 0) between its runway and its wake."""


def evening_on(room: Room, day: date, zone: ZoneInfo) -> Evening | None:
    """The evening of a date, as the file has it; None where it is off."""
    noon_at = datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()
    at = noon_at - _NOON_S
    while (night := night_at(at, room.bedtime, room.wake, zone)) is not None and night.evening < day:
        at = night.wake_at
    return None if night is None or night.evening != day else evening_of(room, night)


def week(room: Room, zone: ZoneInfo, now: float, days: int = 7) -> tuple[Ahead, ...]:
    """The evening that runs or comes, and the dates after it."""
    today = datetime.fromtimestamp(now, zone).date()
    night = night_at(now, room.bedtime, room.wake, zone)
    first = min(today, night.evening) if night is not None else today
    return tuple(_ahead(room, first + n * _DAY, zone) for n in range(days))


def _ahead(room: Room, day: date, zone: ZoneInfo) -> Ahead:
    evening = evening_on(room, day, zone)
    if evening is None:
        return Ahead(day, None)
    return Ahead(day, evening, _offset_s(evening.wake_at, zone) - _offset_s(evening.runway_at, zone))


def next_evening(room: Room, zone: ZoneInfo, now: float) -> date | None:
    """The date of the evening that runs or comes; None where every bedtime is off."""
    night = night_at(now, room.bedtime, room.wake, zone)
    return None if night is None else night.evening


def next_runway_at(config: Config, now: float) -> tuple[float, str] | None:
    """When the next runway of the house begins by itself, and in which room; None: none does."""
    begins = [
        (ahead.evening.runway_at, key)
        for key, room in config.rooms.items()
        for ahead in _next_evenings(room, config.zone(), now)
        if ahead.evening is not None and ahead.evening.runway_at > now
    ]
    return min(begins, default=None)


def _next_evenings(room: Room, zone: ZoneInfo, now: float) -> list[Ahead]:
    """The night that runs or comes, and the one after it."""
    if not room.enabled:
        return []
    first = night_at(now, room.bedtime, room.wake, zone)
    second = None if first is None else night_at(first.wake_at, room.bedtime, room.wake, zone)
    return [Ahead(night.evening, evening_of(room, night)) for night in (first, second) if night is not None]


def _offset_s(at: float, zone: ZoneInfo) -> float:
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds()
