"""Every zone of the database, every day of two years: an evening a date, on time, and none in between. No broker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from soak.report import Report
from winddown.config import Bedtimes, Wakes
from winddown.core.calendar import instant, night_at

BEDTIMES = (time(22, 45), time(0, 30), time(2, 30))
FIRST, DAYS = date(2026, 11, 22), 731
WAKE = time(7, 0)


def zones(names: Sequence[str] = ()) -> Report:
    """These, or all of them."""
    report, nights = Report("zones"), 0
    names = names or sorted(available_timezones())
    for name in names:
        for bedtime in BEDTIMES:
            nights += _two_years(name, bedtime, report)
    report.count = f"{len(names)} zones, {nights} nights"
    return report


def _two_years(name: str, bedtime: time, report: Report) -> int:
    zone, bedtimes, wakes = ZoneInfo(name), Bedtimes(default=bedtime), Wakes(default=WAKE)
    at, seen, last_wake = datetime.combine(FIRST, time(12), UTC).timestamp(), [], None
    until = at + DAYS * 86_400.0
    while at < until and (night := night_at(at, bedtimes, wakes, zone)) is not None:
        seen.append(night.evening)
        day = night.evening + timedelta(days=1) if bedtime < time(12) else night.evening
        if night.bedtime_at != instant(day, bedtime, zone):
            report.violations.append(f"{name} {night.evening}: bedtime at another time than {bedtime}")
        if not night.bedtime_at < night.wake_at <= night.bedtime_at + 16 * 3600:
            report.violations.append(f"{name} {night.evening}: a night of {night.wake_at - night.bedtime_at:.0f} s")
        if last_wake is not None and night.bedtime_at < last_wake:
            report.violations.append(f"{name} {night.evening}: begins before the wake of the one before")
        last_wake = at = night.wake_at
    steps = {later - earlier for earlier, later in pairwise(seen)}
    if steps != {timedelta(days=1)}:
        report.violations.append(f"{name} {bedtime}: an evening is missing, or there twice")
    return len(seen)
