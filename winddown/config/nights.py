"""Whether 2 to 16 hours lie between each bedtime and the wake after it, by the clock on the wall. It knows no zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from winddown.config.mistakes import Place
from winddown.config.scalars import duration_text
from winddown.config.schedule import WEEKDAYS, Bedtimes, Wakes

SHORTEST = timedelta(hours=2)
LONGEST = timedelta(hours=16)

_NOON = time(12, 0)
_DAY = timedelta(days=1)
_ANY_MONDAY = date(2001, 1, 1)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Night:
    """One evening's bedtime and the first wake after it, both without a zone."""

    evening: date
    bed_key: str
    bed: datetime
    wake_key: str
    wake: datetime

    @property
    def length(self) -> timedelta:
        """From bedtime to wake."""
        return self.wake - self.bed


def night_of(evening: date, bedtimes: Bedtimes, wakes: Wakes) -> Night | None:
    """The night of an evening; None where it is off."""
    bed_key, bedtime = bedtimes.entry(evening)
    if bedtime is None:
        return None
    bed = datetime.combine(evening + _DAY if bedtime < _NOON else evening, bedtime)
    for morning in (bed.date(), bed.date() + _DAY, bed.date() + 2 * _DAY):
        wake_key, wake_time = wakes.entry(morning)
        wake = datetime.combine(morning, wake_time)
        if wake > bed:
            break
    return Night(evening, bed_key, bed, wake_key, wake)


def night_findings(
    at: Place, bedtimes: Bedtimes, wakes: Wakes, is_written: Callable[[Place], bool]
) -> Iterator[tuple[Place, str]]:
    """Nights that are too short or too long: one mistake for each pair of entries that makes them."""
    told: set[tuple[str, str]] = set()
    for night in _nights(bedtimes, wakes):
        pair = (night.bed_key, night.wake_key)
        if SHORTEST <= night.length <= LONGEST or pair in told:
            continue
        told.add(pair)
        yield _place(at, night, is_written), _text(night)


def _nights(bedtimes: Bedtimes, wakes: Wakes) -> Iterator[Night]:
    """An ordinary week, then every evening that a date may touch."""
    week_bedtimes = bedtimes.model_copy(update={"dates": {}})
    week_wakes = wakes.model_copy(update={"dates": {}})
    for day in range(7):
        if night := night_of(_ANY_MONDAY + day * _DAY, week_bedtimes, week_wakes):
            yield night
    for evening in sorted(set(_touched(bedtimes, wakes))):
        if night := night_of(evening, bedtimes, wakes):
            yield night


def _touched(bedtimes: Bedtimes, wakes: Wakes) -> Iterator[date]:
    for day in (*bedtimes.dates, *wakes.dates):
        if date.min + 2 * _DAY < day < date.max - 3 * _DAY:
            yield from (day - 2 * _DAY, day - _DAY, day)


def _place(at: Place, night: Night, is_written: Callable[[Place], bool]) -> Place:
    """The narrowest entry that is written: a date before a weekday before a default, wake before bedtime."""
    entries = [("wake", night.wake_key), ("bedtime", night.bed_key)]
    entries.sort(key=lambda entry: 2 if entry[1] == "default" else 1 if entry[1] in WEEKDAYS else 0)
    written = [place for name, key in entries if is_written(place := (*at, name, key))]
    scalars = [place for name, _ in entries if is_written(place := (*at, name))]
    return (written or scalars or [(*at, "bedtime")])[0]


def _text(night: Night) -> str:
    dated = night.bed_key not in (*WEEKDAYS, "default") or night.wake_key not in (*WEEKDAYS, "default")
    wake = f"wake on {_day(night.wake.date(), dated)} {night.wake:%H:%M}"
    bed = f"bedtime {_day(night.evening, dated)} {night.bed:%H:%M}"
    after_midnight = f" (that is {_day(night.bed.date(), dated)} morning)" if night.bed.date() > night.evening else ""
    gap = duration_text(night.length.total_seconds())
    return f"{wake} is {gap} after {bed}{after_midnight}, leave 2 to 16 hours between them"


def _day(day: date, dated: bool) -> str:
    return day.isoformat() if dated else _NAMES[day.weekday()]
