"""When rest moments by day come, and what is said in them. It neither knows what a room does nor who is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from winddown.config.body import RestMoments
from winddown.core.calendar import instant
from winddown.programmes import below

_WEEK_DAYS = 7


def moments_on(day: date, rest: RestMoments, zone: ZoneInfo) -> list[float]:
    """The instants of one day (POSIX seconds), in their order; none on a day that is not named."""
    if day.weekday() not in rest.days:
        return []
    first, last = (_since_midnight(at) for at in (rest.from_, rest.until))
    count = int((last - first).total_seconds() // rest.every_s) + 1
    midnight = datetime.combine(day, time(), UTC)
    walls = (midnight + first + n * timedelta(seconds=rest.every_s) for n in range(count))
    return [instant(day, wall.time(), zone) for wall in walls]


def next_moment(now: float, rest: RestMoments, zone: ZoneInfo) -> float:
    """The first one after `now`."""
    today = datetime.fromtimestamp(now, zone).date()
    days = (today + timedelta(days=n) for n in range(_WEEK_DAYS + 1))
    return next(at for day in days for at in moments_on(day, rest, zone) if at > now)


def moment_cue(known: Iterable[str], at: float, rest: RestMoments, zone: ZoneInfo) -> str | None:
    """The key of what is said at this one: each has the next sentence, and each day begins with another."""
    sentences = below(known, "moment")
    if not sentences:
        return None
    day = datetime.fromtimestamp(at, zone).date()
    today = moments_on(day, rest, zone)
    number = today.index(at) if at in today else 0
    return sentences[(day.toordinal() + number) % len(sentences)]


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
