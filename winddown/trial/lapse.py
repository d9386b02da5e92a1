"""An evening in time-lapse: an ordinary configuration and a compressed plan, for the real engine. It plays nothing.

The plan is shorter, the clock is not faster: fades and steps are as long as they are in the evening, and fewer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from winddown.clock import Instant
from winddown.config import Bedtimes, Config, Room, Wakes
from winddown.core.calendar import night_at
from winddown.core.course import between
from winddown.core.evening import Evening, clock_off, compress, evening_of
from winddown.core.reading import AHEAD_S

OFF_AIR = "winddown/hub/preview"
"""What the engine says of itself begins with this, and never goes to a broker: the house has its winddown already."""
LEAD_S = AHEAD_S + 0.5
"""The lamps are asked before the runway, as they are in the evening."""
DARK_S = 4.0
"""So long it is dark before everything is as it was."""
_RUNWAY = 0.6
"""The runway's share of what is left; the rest is breathing."""
_NIGHT = timedelta(hours=8)
_FAR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Lapse:
    """One evening, shortened: the shape that an engine is given."""

    evening: date
    runway_at: float
    runway_s: float
    breathing_s: float

    def __call__(self, evening: Evening) -> Evening:
        """Tonight as it is shown; every other evening stays as it is."""
        if evening.date != self.evening:
            return evening
        return compress(
            replace(evening, runway_at=self.runway_at),
            runway_s=self.runway_s,
            breathing_s=self.breathing_s,
            night_s=_FAR_S,
        )


def lapse(config: Config, name: str, lamps: Collection[str], in_s: float, now: Instant) -> tuple[Config, Lapse]:
    """The configuration and the shape for an engine that shows a room's evening from now on, on these of its lamps.

    Nothing is muted and no button counts. An evening lasts about `in_s`; a breath that began is finished. What the
    engine says of itself it says below `OFF_AIR`, and is not to be sent.
    """
    room, zone = config.rooms[name], config.zone()
    runway_s = (in_s - LEAD_S - DARK_S) * _RUNWAY
    here = datetime.fromtimestamp(now.wall, zone)
    tonight: dict[str, object] = {
        "enabled": True,
        "only_if": None,
        "quiet": (),
        "buttons": (),
        "bedtime": Bedtimes(default=time(here.hour, here.minute)),
        "wake": Wakes(default=(here + _NIGHT).time().replace(second=0, microsecond=0)),
    }
    shown = room.model_copy(update=tonight)
    shape = Lapse(
        evening=_evening_of(shown, now, zone),
        runway_at=now.wall + LEAD_S,
        runway_s=runway_s,
        breathing_s=runway_s / _RUNWAY - runway_s,
    )
    shown = shown.model_copy(update=_lamps(room, lamps, _real(room, now, zone), shape, zone))
    own: dict[str, object] = {
        "rooms": {name: shown},
        "mqtt": config.mqtt.model_copy(update={"prefix": OFF_AIR}),
        "home_assistant": config.home_assistant.model_copy(update={"discovery": False}),
    }
    return config.model_copy(update=own), shape


def _evening_of(room: Room, now: Instant, zone: ZoneInfo) -> date:
    night = night_at(now.wall, room.bedtime, room.wake, zone)
    assert night is not None, "a bedtime without `off` is always followed by a night"  # noqa: S101  ours to know
    return night.evening


def _real(room: Room, now: Instant, zone: ZoneInfo) -> Evening | None:
    night = night_at(now.wall, room.bedtime, room.wake, zone)
    return None if night is None else evening_of(room, night)


def _lamps(room: Room, lamps: Collection[str], real: Evening | None, shape: Lapse, zone: ZoneInfo) -> dict[str, object]:
    """These lamps, with their own hours compressed. Without the lamp that breathes nothing does."""
    lights = {
        name: lamp.model_copy(update={"off_at": _off_at(lamp.off_at, real, shape, zone)})
        for name, lamp in room.lights.items()
        if name in lamps
    }
    pacing = room.breathing.light or next(iter(room.lights))
    breathes = {"light": pacing} if pacing in lights else {"light": None, "starts": "press"}
    return {"lights": lights, "breathing": room.breathing.model_copy(update=breathes)}


def _off_at(off_at: str | time, real: Evening | None, shape: Lapse, zone: ZoneInfo) -> str | time:
    """`22:30` where it falls in the short evening; later than the breathing, when it has been dark for a moment."""
    if not isinstance(off_at, time):
        return off_at
    if real is None:
        return "never"
    bedtime_at = shape.runway_at + shape.runway_s
    dark_at = bedtime_at + shape.breathing_s
    at = clock_off(off_at, real, zone)
    if at < real.bedtime_at:
        short = between(shape.runway_at, bedtime_at, at, real.runway_at, real.bedtime_at)
    else:
        short = between(bedtime_at, dark_at, at, real.bedtime_at, real.breathing_until)
    return datetime.fromtimestamp(short, zone).time()
