"""One evening of one room, as a value: when its runway, its bedtime and its wake are. It needs only the configuration,
`Tonight` and the time, so a restart, a missed bedtime and a stepped clock all come in by the same door.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from winddown.config import Room
from winddown.core.calendar import Night, instant
from winddown.model import Tonight
from winddown.value import shared, value


@value()
class Evening:
    """Instants in POSIX seconds."""

    date: date
    runway_at: float
    bedtime_at: float
    wake_at: float
    breathing_s: float
    """How long the breathing at bedtime lasts, its last breath not counted."""

    @property
    def breathing_until(self) -> float:
        """When the breathing at bedtime is over, its last breath not counted."""
        return self.bedtime_at + self.breathing_s


Shape = Callable[[Evening], Evening]
"""What makes another evening of one: the compression of a demonstration. It is asked again each time, for its morning
may come when the night has been seen."""


def as_planned(evening: Evening) -> Evening:
    """The shape of every ordinary evening."""
    return evening


def evening_of(room: Room, night: Night, shape: Shape = as_planned) -> Evening:
    """The evening as the configuration has it, before anybody changed tonight."""
    return shape(
        Evening(
            date=night.evening,
            runway_at=night.bedtime_at - room.runway_s,
            bedtime_at=night.bedtime_at,
            wake_at=night.wake_at,
            breathing_s=room.breathing.for_s,
        )
    )


def moved(planned: Evening, tonight: Tonight) -> Evening:
    """The evening as people have moved it."""
    bedtime_at = planned.bedtime_at if tonight.bedtime_at is None else tonight.bedtime_at
    length_s = planned.bedtime_at - planned.runway_at
    runway_at = bedtime_at - length_s if tonight.runway_at is None else tonight.runway_at
    return shared(replace(planned, bedtime_at=bedtime_at, runway_at=min(runway_at, bedtime_at)))


def clock_off(at: time, evening: Evening, zone: ZoneInfo) -> float:
    """The instant of `off_at: "22:30"` in an evening: the first such time after its runway has begun."""
    day = datetime.fromtimestamp(evening.runway_at, zone).date()
    today = instant(day, at, zone)
    return today if today >= evening.runway_at else instant(day + timedelta(days=1), at, zone)


def compress(evening: Evening, *, runway_s: float, breathing_s: float, night_s: float) -> Evening:
    """The same evening in less time, beginning when it begins: the plan is shorter, the clock is not faster."""
    bedtime_at = evening.runway_at + runway_s
    return replace(evening, bedtime_at=bedtime_at, wake_at=bedtime_at + night_s, breathing_s=breathing_s)
