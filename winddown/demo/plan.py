"""The evening that is shown: an ordinary configuration, and a plan that is compressed. No clock is made faster.

A bedtime is written to the minute, and the demonstration begins now; so the plan says when, and the configuration only
which night it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from winddown import clock
from winddown.clock import Instant
from winddown.config import Config
from winddown.core.calendar import night_at
from winddown.core.evening import Evening, compress
from winddown.demo import devices
from winddown.demo.timing import Timing

ROOM = "bedroom"
_NIGHT = timedelta(hours=8)
_FAR_S = 3600.0
_EARLY_S = 0.25
"""The plan turns to the next evening so long before the room looks: not in the middle of a look."""


def config_for(now: Instant, zone_name: str, language: str, port: int, timing: Timing) -> Config:
    """A bedroom as anybody might write it down, whose bedtime is this minute."""
    here = datetime.fromtimestamp(now.wall, ZoneInfo(zone_name))
    room = {
        "bedtime": f"{here:%H:%M}",
        "wake": f"{here + _NIGHT:%H:%M}",
        "lights": {"bedside": {"zigbee2mqtt": "bedside"}, "shelf": {"generic": devices.SHELF}},
        "button": "zigbee2mqtt/bedside_button",
        "presses": {"double": {"runway": "later 1"}},
        "quiet": [devices.PHONE],
        "breathing": {"start_pace": f"{timing.start_pace:g}", "peak": "35%", "night_peak": "6%"},
        "release": {
            "rounds": "1",
            "announce": f"{timing.announce_s:g} s",
            "tense": f"{timing.tense_s:g} s",
            "release": f"{timing.release_s:g} s",
        },
    }
    return Config.model_validate(
        {
            "timezone": zone_name,
            "language": language,
            "mqtt": {"host": "127.0.0.1", "port": str(port)},
            "home_assistant": {"discovery": "false"},
            "rooms": {ROOM: room},
        }
    )


class Plan:
    """Makes tonight's evening of the configured one; every other evening stays as it is written."""

    def __init__(self, config: Config, now: Instant, timing: Timing, read: Callable[[], Instant] = clock.now) -> None:
        self.runway_at = now.wall + timing.lead_s
        self.bedtime_at = self.runway_at + timing.runway_s
        self.wake_at = self.bedtime_at + _FAR_S
        """Far away until the night has begun: people may press what they like before it."""
        self._timing = timing
        self._read = read
        self._date = _date_of(config, now)

    def __call__(self, evening: Evening) -> Evening:
        """The shape of tonight."""
        if evening.date != self._date:
            return evening
        short = compress(
            replace(evening, runway_at=self.runway_at),
            runway_s=self._timing.runway_s,
            breathing_s=self._timing.breathing_s,
            night_s=self.wake_at - self.bedtime_at,
        )
        return short if self._read().wall < self.wake_at - _EARLY_S else _a_day_later(short)

    def wake_in(self, seconds: float, now: Instant) -> None:
        """Morning comes so soon."""
        self.wake_at = now.wall + seconds

    def wake_later(self, now: Instant) -> None:
        """There is no hurry with the morning, if it has not come yet."""
        if now.wall < self.wake_at:
            self.wake_at = now.wall + _FAR_S


def _a_day_later(evening: Evening) -> Evening:
    """By the calendar the night goes on for hours; in the plan it is over, and the next evening is to come."""
    day_s = 86_400.0
    return replace(
        evening,
        date=evening.date + timedelta(days=1),
        runway_at=evening.runway_at + day_s,
        bedtime_at=evening.bedtime_at + day_s,
        wake_at=evening.wake_at + day_s,
    )


def _date_of(config: Config, now: Instant) -> date:
    room = config.rooms[ROOM]
    night = night_at(now.wall, room.bedtime, room.wake, config.zone())
    assert night is not None, "a bedtime without `off` is always followed by a night"  # noqa: S101  ours to know
    return night.evening
