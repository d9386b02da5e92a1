"""Turns bedtimes and wakes into instants, across midnight, zones and clock changes. Reads no clock, remembers nothing.

Bedtime is keyed by the evening's date, wake by the morning's. Instants are POSIX seconds, so what lies between two of
them is elapsed time, whatever the clocks on the wall did meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from winddown.value import shared, value

_NOON = time(12)
_DAY = timedelta(days=1)
_LOOK_AHEAD_DAYS = 400
_LOOK_BACK_DAYS = 3
"""A night is over at the latest two mornings after its evening; one day more for a date that a zone left out."""
_KEPT = 512
"""The rooms of a house ask for the same few days, and mostly for the same times on them."""


class Times(Protocol):
    """A time of day for each date; the configuration's bedtimes and wakes."""

    def entry(self, day: date, /) -> tuple[object, time | None]:
        """Which entry speaks for the day, and its time; None is off."""


@value()
class Night:
    """From one bedtime to the first wake after it."""

    evening: date
    bedtime_at: float
    wake_at: float


@lru_cache(_KEPT)
def instant(day: date, at: time, zone: ZoneInfo) -> float:
    """When the wall shows `at` on `day`. One that the zone skips moves forward by the gap; of two the first counts."""
    return datetime.combine(day, at.replace(fold=0), zone).timestamp()


def bedtime_of(evening: date, bedtimes: Times, zone: ZoneInfo) -> float | None:
    """The bedtime of an evening, on the next calendar day if before noon; None if it is off.

    None also for a date that the zone left out of its calendar (Apia had no 30 December 2011): nobody lives it.
    """
    _, at = bedtimes.entry(evening)
    if at is None or not _exists(evening, zone):
        return None
    return instant(evening + _DAY if at < _NOON else evening, at, zone)


def wake_after(bedtime: float, wakes: Times, zone: ZoneInfo) -> float:
    """The first wake after a bedtime. ValueError if all wakes around it are off, which no configuration can say."""
    day = _date_at(bedtime, zone)
    mornings = (day + n * _DAY for n in range(-1, 3))
    entries = ((morning, wakes.entry(morning)[1]) for morning in mornings)
    instants = [instant(morning, at, zone) for morning, at in entries if at is not None]
    return min(at for at in instants if at > bedtime)


def night_at(now: float, bedtimes: Times, wakes: Times, zone: ZoneInfo) -> Night | None:
    """The night that runs at `now`, or else the next one: of the earliest evening whose wake is still to come.

    None if every bedtime of the coming 400 days is off.
    """
    first = _date_at(now, zone) - _LOOK_BACK_DAYS * _DAY
    for n in range(_LOOK_BACK_DAYS + _LOOK_AHEAD_DAYS):
        evening = first + n * _DAY
        bedtime_at = bedtime_of(evening, bedtimes, zone)
        if bedtime_at is None:
            continue
        wake_at = wake_after(bedtime_at, wakes, zone)
        if wake_at > now:
            return shared(Night(evening, bedtime_at, wake_at))
    return None


def nights(now: float, n: int, bedtimes: Times, wakes: Times, zone: ZoneInfo) -> Iterator[Night]:
    """The night at `now` and those that follow, at most `n`."""
    for _ in range(n):
        night = night_at(now, bedtimes, wakes, zone)
        if night is None:
            return
        yield night
        now = night.wake_at


def _date_at(at: float, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, zone).date()


@lru_cache(_KEPT)
def _exists(day: date, zone: ZoneInfo) -> bool:
    return _date_at(instant(day, _NOON, zone), zone) == day
