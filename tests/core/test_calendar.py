"""The calendar against brute force: the wall read minute by minute, around every change of clocks of every zone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winddown.core.calendar import Night, bedtime_of, instant, night_at, nights, wake_after

DAY = timedelta(days=1)
DAY_S = 86_400
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass
class Times:
    """Like the configuration's bedtimes and wakes: date, else weekday (0 is Monday), else default."""

    default: time | None
    weekdays: dict[int, time | None] = field(default_factory=dict)
    dates: dict[date, time | None] = field(default_factory=dict)

    def entry(self, day: date) -> tuple[str, time | None]:
        if day in self.dates:
            return day.isoformat(), self.dates[day]
        if day.weekday() in self.weekdays:
            return str(day.weekday()), self.weekdays[day.weekday()]
        return "default", self.default


def local(zone: ZoneInfo, at: float) -> str:
    return f"{datetime.fromtimestamp(at, zone):%a %Y-%m-%d %H:%M %z}"


def at(zone: ZoneInfo, text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


BED = Times(time(22, 45))
UP = Times(time(7))


# ---------------------------------------------------------------- ordinary evenings


def test_an_evening_runs_from_bedtime_to_the_first_wake() -> None:
    night = night_at(at(AMSTERDAM, "2026-06-10 20:00"), BED, UP, AMSTERDAM)

    assert night == Night(date(2026, 6, 10), at(AMSTERDAM, "2026-06-10 22:45"), at(AMSTERDAM, "2026-06-11 07:00"))


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2026-06-10 06:59:59", "2026-06-09"),
        ("2026-06-10 07:00:00", "2026-06-10"),
        ("2026-06-10 22:45:00", "2026-06-10"),
        ("2026-06-11 03:00:00", "2026-06-10"),
        ("2026-12-31 23:59:59", "2026-12-31"),
        ("2027-01-01 00:00:00", "2026-12-31"),
        ("2028-02-29 12:00:00", "2028-02-29"),
    ],
)
def test_from_wake_to_wake_it_is_one_evening(now: str, evening: str) -> None:
    night = night_at(at(AMSTERDAM, now), BED, UP, AMSTERDAM)

    assert night is not None
    assert night.evening == date.fromisoformat(evening)


def test_a_bedtime_before_noon_belongs_to_the_evening_before() -> None:
    saturday = Times(time(22, 45), {5: time(0, 30)})

    bedtime = bedtime_of(date(2026, 6, 13), saturday, AMSTERDAM)

    assert bedtime is not None
    assert local(AMSTERDAM, bedtime) == "Sun 2026-06-14 00:30 +0200"


def test_a_bedtime_at_noon_is_on_the_day_itself() -> None:
    assert bedtime_of(date(2026, 6, 13), Times(time(12)), AMSTERDAM) == at(AMSTERDAM, "2026-06-13 12:00")


def test_half_past_midnight_on_sunday_is_still_the_evening_of_saturday() -> None:
    late = Times(time(22, 45), {5: time(0, 30)})

    night = night_at(at(AMSTERDAM, "2026-06-14 00:10"), late, Times(time(7), {6: time(9)}), AMSTERDAM)

    assert night == Night(date(2026, 6, 13), at(AMSTERDAM, "2026-06-14 00:30"), at(AMSTERDAM, "2026-06-14 09:00"))


def test_a_date_goes_before_a_weekday_across_the_year() -> None:
    eve = Times(time(22, 45), {3: time(23)}, {date(2026, 12, 31): time(1, 15)})
    up = Times(time(7), {}, {date(2027, 1, 1): time(11)})

    planned = list(nights(at(AMSTERDAM, "2026-12-31 12:00"), 2, eve, up, AMSTERDAM))

    assert [local(AMSTERDAM, night.bedtime_at) for night in planned] == [
        "Fri 2027-01-01 01:15 +0100",
        "Fri 2027-01-01 22:45 +0100",
    ]
    assert local(AMSTERDAM, planned[0].wake_at) == "Fri 2027-01-01 11:00 +0100"


def test_wake_is_keyed_by_the_morning() -> None:
    up = Times(time(7), {5: time(9)})

    assert (
        local(AMSTERDAM, wake_after(at(AMSTERDAM, "2026-06-12 23:30"), up, AMSTERDAM)) == "Sat 2026-06-13 09:00 +0200"
    )


def test_a_wake_in_the_evening_belongs_to_who_sleeps_by_day() -> None:
    night = night_at(at(AMSTERDAM, "2026-06-10 18:00"), Times(time(8)), Times(time(16)), AMSTERDAM)

    assert night == Night(date(2026, 6, 10), at(AMSTERDAM, "2026-06-11 08:00"), at(AMSTERDAM, "2026-06-11 16:00"))


def test_a_wake_at_the_very_bedtime_is_the_next_one() -> None:
    assert wake_after(at(AMSTERDAM, "2026-06-10 22:45"), Times(time(22, 45)), AMSTERDAM) == at(
        AMSTERDAM, "2026-06-11 22:45"
    )


def test_an_evening_that_is_off_is_passed_over() -> None:
    no_wednesday = Times(time(22, 45), {2: None})

    night = night_at(at(AMSTERDAM, "2026-06-10 12:00"), no_wednesday, UP, AMSTERDAM)

    assert night is not None
    assert night.evening == date(2026, 6, 11)


def test_every_evening_off_is_no_night() -> None:
    assert night_at(0.0, Times(None), UP, AMSTERDAM) is None
    assert list(nights(0.0, 7, Times(None), UP, AMSTERDAM)) == []


def test_one_evening_months_ahead_is_found() -> None:
    only = Times(None, {}, {date(2027, 3, 1): time(22)})

    assert [night.evening for night in nights(at(AMSTERDAM, "2026-06-10 12:00"), 7, only, UP, AMSTERDAM)] == [
        date(2027, 3, 1)
    ]


# ---------------------------------------------------------------- clock changes


def test_a_time_that_is_skipped_moves_forward_by_the_gap() -> None:
    assert local(AMSTERDAM, instant(date(2026, 3, 29), time(2, 30), AMSTERDAM)) == "Sun 2026-03-29 03:30 +0200"


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert local(AMSTERDAM, instant(date(2026, 10, 25), time(2, 30), AMSTERDAM)) == "Sun 2026-10-25 02:30 +0200"


def test_of_a_time_that_comes_twice_a_note_of_the_second_changes_nothing() -> None:
    assert instant(date(2026, 10, 25), time(2, 30, fold=1), AMSTERDAM) == at(AMSTERDAM, "2026-10-25 02:30")


@pytest.mark.parametrize(("evening", "hours"), [(date(2026, 3, 28), 7.25), (date(2026, 10, 24), 9.25)])
def test_a_night_is_shorter_in_spring_and_longer_in_autumn(evening: date, hours: float) -> None:
    night = night_at(instant(evening, time(20), AMSTERDAM), BED, UP, AMSTERDAM)

    assert night is not None
    assert (night.wake_at - night.bedtime_at) / 3600 == hours


def test_midnight_that_does_not_exist_is_one_o_clock() -> None:
    zone = ZoneInfo("America/Santiago")

    assert local(zone, instant(date(2026, 9, 6), time(0, 15), zone)) == "Sun 2026-09-06 01:15 -0300"


def test_a_date_that_nobody_lived_has_no_evening() -> None:
    zone = ZoneInfo("Pacific/Apia")

    planned = list(nights(at(zone, "2011-12-28 12:00"), 4, BED, UP, zone))

    assert [local(zone, night.bedtime_at) for night in planned] == [
        "Wed 2011-12-28 22:45 -1000",
        "Thu 2011-12-29 22:45 -1000",
        "Sat 2011-12-31 22:45 +1400",
        "Sun 2012-01-01 22:45 +1400",
    ]


# ---------------------------------------------------------------- every zone, by brute force

YEARS = range(2026, 2028)
ODD = {
    "Pacific/Apia": date(2011, 12, 30),  # left out a day
    "Pacific/Kwajalein": date(1993, 8, 21),  # the same
    "America/Caracas": date(2016, 5, 1),  # half an hour
    "Asia/Pyongyang": date(2018, 5, 4),  # half an hour, before midnight
    "Antarctica/Troll": date(2016, 3, 27),  # two hours
    "America/St_Johns": date(2010, 11, 7),  # a minute past midnight
    "Africa/Juba": date(2021, 2, 1),  # midnight comes twice
}


@dataclass(frozen=True)
class Window:
    """Some days of a zone's wall, read minute by minute."""

    zone: ZoneInfo
    begin: date
    days: int

    def dates(self) -> list[date]:
        """The dates well inside that the wall does show."""
        shown = {wall.date() for wall, _ in self.minutes()}
        return [day for n in range(1, self.days - 1) if (day := self.begin + n * DAY) in shown]

    @cache  # noqa: B019  a window lives as long as the tests
    def minutes(self) -> list[tuple[datetime, int]]:
        """Each minute as the wall shows it, with its POSIX seconds."""
        begin = int(datetime.combine(self.begin, time(), UTC).timestamp())
        return [
            (datetime.fromtimestamp(at_s, self.zone).replace(tzinfo=None, fold=0), at_s)
            for at_s in range(begin, begin + self.days * DAY_S, 60)
        ]

    @cache  # noqa: B019  the same
    def first(self) -> dict[datetime, int]:
        """When the wall first shows each minute; one that it skips is as far behind the jump as it is into the gap."""
        first: dict[datetime, int] = {}
        before: datetime | None = None
        for wall, at_s in self.minutes():
            if before is not None and wall > before + timedelta(minutes=1):
                missing = int((wall - before).total_seconds()) // 60 - 1
                for n in range(missing):
                    first.setdefault(before + timedelta(minutes=n + 1), at_s + n * 60)
            first.setdefault(wall, at_s)
            before = wall
        return first


Change = tuple[datetime, timedelta | None, timedelta | None]


def changes(zone: ZoneInfo) -> tuple[Change, ...]:
    """Each change of the zone's clocks in these years: its minute, and the offset before and after it."""
    begin = datetime(YEARS.start, 1, 1, tzinfo=UTC)
    days = [begin + n * DAY for n in range((YEARS.stop - YEARS.start) * 365)]
    offsets = [(day, day.astimezone(zone).utcoffset()) for day in days]
    return tuple(
        (day + timedelta(minutes=first_minute(zone, day, was)), was, then)
        for (day, was), (_, then) in pairwise(offsets)
        if was != then
    )


def first_minute(zone: ZoneInfo, day: datetime, was: timedelta | None) -> int:
    """The first minute of a day on which the offset is no longer what it was."""
    return bisect_left(
        range(24 * 60 + 1), True, key=lambda n: (day + timedelta(minutes=n)).astimezone(zone).utcoffset() != was
    )


def every_zone() -> Iterator[Window]:
    """Windows on every change of every zone; zones that change alike (most are aliases) are read once."""
    seen: set[object] = set()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        found = changes(zone)
        alike = found or datetime(YEARS.start, 1, 1, tzinfo=zone).utcoffset()
        if alike not in seen:
            seen.add(alike)
            days = [changed.date() for changed, *_ in found] or [date(YEARS.start, 6, 10)]
            yield from (Window(zone, day - 2 * DAY, 6) for day in days)
    for name, day in ODD.items():
        yield Window(ZoneInfo(name), day - 3 * DAY, 6)


@pytest.fixture(scope="module")
def windows() -> list[Window]:
    return list(every_zone())


def test_every_minute_of_the_day_is_when_the_wall_first_shows_it(windows: list[Window]) -> None:
    for window in windows:
        first = window.first()
        dates = {window.begin + n * DAY for n in (1, 2, 3)}
        wrong = [
            wall
            for wall, at_s in first.items()
            if wall.date() in dates and instant(wall.date(), wall.time(), window.zone) != at_s
        ]
        assert not wrong, (window.zone, wrong[0])


BEDTIMES = (time(22, 45), time(23, 30), time(0), time(0, 1), time(0, 30), time(1, 59), time(2), time(2, 30), time(3))
WAKES = (time(7), time(5), time(10, 29))


@pytest.mark.parametrize("wake", WAKES)
def test_each_date_has_one_evening_on_time_and_nights_follow_each_other(windows: list[Window], wake: time) -> None:
    for window in windows:
        first, dates = window.first(), window.dates()
        wakes = sorted({first[datetime.combine(window.begin + n * DAY, wake)] for n in range(1, window.days)})
        for bed in BEDTIMES:
            planned = nights(
                first[datetime.combine(dates[0], time(11))], len(dates), Times(bed), Times(wake), window.zone
            )

            for day, night in zip(dates, planned, strict=True):
                bedtime_at = first[datetime.combine(day + DAY if bed < time(12) else day, bed)]
                wake_at = wakes[bisect_left(wakes, bedtime_at + 1)]
                assert night == Night(day, bedtime_at, wake_at), (window.zone, day, bed)


def test_nights_leave_no_gap_and_never_overlap_in_any_zone(windows: list[Window]) -> None:
    for window in windows:
        now = window.minutes()[24 * 60][1]
        planned = list(nights(now, 4, BED, UP, window.zone))
        edges = [now, *(night.wake_at for night in planned)]

        for begin, night in zip(edges, planned, strict=False):
            assert night_at(begin, BED, UP, window.zone) == night
            assert night_at((begin + night.wake_at) / 2, BED, UP, window.zone) == night
            assert night_at(night.wake_at - 1, BED, UP, window.zone) == night
        assert all(before.wake_at <= after.bedtime_at for before, after in pairwise(planned))


# ---------------------------------------------------------------- any configuration

quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
days = st.dates(date(1971, 1, 1), date(2060, 12, 31))


@st.composite
def times(draw: st.DrawFn, *, may_be_off: bool) -> Times:
    entry = st.none() | quarters if may_be_off else quarters
    return Times(
        draw(entry), draw(st.dictionaries(st.integers(0, 6), entry)), draw(st.dictionaries(days, entry, max_size=3))
    )


@settings(max_examples=150, deadline=None)
@given(
    bed=times(may_be_off=True),
    up=times(may_be_off=False),
    zone=st.sampled_from(sorted(available_timezones())).map(ZoneInfo),
    now=st.floats(0, 2**31),
)
def test_whatever_is_configured_nights_go_forward_and_hold_no_other_wake(
    bed: Times, up: Times, zone: ZoneInfo, now: float
) -> None:
    planned = list(nights(now, 5, bed, up, zone))

    assert all(now < night.wake_at and night.bedtime_at < night.wake_at for night in planned)
    assert all(before.evening < after.evening and before.wake_at < after.wake_at for before, after in pairwise(planned))
    for night in planned:
        assert bedtime_of(night.evening, bed, zone) == night.bedtime_at
        assert night_at(max(now, night.bedtime_at), bed, up, zone) is not None
        assert not [
            morning
            for n in range(-1, 4)
            if (at_s := instant(morning := night.evening + n * DAY, up.entry(morning)[1] or time(), zone))
            and night.bedtime_at < at_s < night.wake_at
        ]
