"""What a room publishes about itself: the one JSON object of `ROOM/state`. Reading only; it changes nothing."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from winddown.clock import Instant
from winddown.core.bedside import kelvin
from winddown.core.lamp import Lamp
from winddown.core.room import Room
from winddown.model import Origin, Phase, Sentence
from winddown.payload import compact

Json = dict[str, object]


def facts(room: Room, now: Instant, cue: str | None, problem: tuple[Sentence, ...]) -> tuple[object, ...]:
    """All that `state` follows from: where they are equal, so is the text, and need not be written again."""
    hours, sequence = room.hours, room.sequence
    evening = hours.evening
    return (
        *(room.phase, room.since_at, sequence, None if sequence is None else sequence.step(now.boot)),
        *(hours.config, hours.memory, evening, hours.night, hours.following, hours.quiet(now)),
        *(evening is not None and now.wall < evening.runway_at, round(now.wall - now.boot, 1), cue, problem),
        *((one.seen.published, one.reach.online, one.seen.memory.touched) for one in room.bedside.lamps.values()),
        *(one.seen.profile.scale for one in room.bedside.lamps.values()),
    )


def state(room: Room, now: Instant, cue: str | None, problem: str | None) -> str:
    """The room's state at this moment, as published; equal text means that nothing has changed."""
    hours, phase = room.hours, room.phase
    evening, tonight, night = hours.evening, hours.tonight, hours.night
    said = {
        "phase": phase,
        "origin": _origin(room),
        "since": _iso(room, room.since_at or None),
        "until": _iso(room, until(room, now)),
        "step": _step(room, now),
        "cue": cue,
        "bedtime": _clock(room, None if night is None else night.bedtime_at),
        "wake": _clock(room, None if night is None else night.wake_at),
        "runway": round(hours.config.runway_s / 60),
        "breathing": _minutes(hours.config.breathing.for_s),
        "pace": hours.config.breathing.pace,
        "tonight": None
        if evening is None or tonight is None
        else {
            "bedtime": _iso(room, evening.bedtime_at),
            "wake": _iso(room, evening.wake_at),
            "later_min": round(tonight.later_s / 60),
            "skipped": tonight.skipped,
        },
        "next_start": _iso(room, hours.next_start(now)),
        "enabled": hours.config.enabled,
        "quiet": hours.quiet(now),
        "quiet_until": _iso(room, hours.quiet_until(now)),
        "language": hours.config.language,
        "touched": [name for name, lamp in room.bedside.lamps.items() if lamp.seen.touched],
        "lights": {name: _lamp(lamp) for name, lamp in room.bedside.lamps.items()},
        "breath": _breath(room, now),
        "problem": problem,
    }
    return compact(said)


def until(room: Room, now: Instant) -> float | None:
    """When the present phase ends by itself (POSIX seconds)."""
    hours, sequence = room.hours, room.sequence
    rest, evening = hours.memory.rest, hours.evening
    if sequence is not None:
        length_s = sequence.breathing_at_s if room.phase is Phase.RELEASE else sequence.length_s
        return round(now.wall_at(sequence.begin_boot + length_s), 1)
    if rest is not None:
        return rest.end_at
    if evening is None:
        return None
    match room.phase:
        case Phase.RUNWAY:
            return evening.bedtime_at
        case Phase.NIGHT:
            return evening.wake_at
        case _:
            return hours.next_start(now)


def _minutes(length_s: float) -> float:
    """Whole where they are."""
    minutes = round(length_s / 60, 1)
    return int(minutes) if minutes == int(minutes) else minutes


def _origin(room: Room) -> Origin:
    return room.origin if room.sequence is not None or room.phase is not Phase.NIGHT else Origin.EVENING


def _step(room: Room, now: Instant) -> Json | None:
    step = None if room.sequence is None else room.sequence.step(now.boot)
    return None if step is None else {"round": step.round, "area": step.area, "part": step.part}


def _breath(room: Room, now: Instant) -> Json | None:
    """What a client needs to breathe along: the pace is a function of the time since `since`."""
    sequence = room.sequence
    if sequence is None or not sequence.breaths or room.phase is not Phase.BREATHING:
        return None
    breathing = room.hours.config.breathing
    return {
        "since": _iso(room, round(now.wall_at(sequence.begin_boot + sequence.breathing_at_s), 1)),
        "inhale_s": breathing.inhale_s,
        "exhale_s": breathing.exhale_s,
        "start_pace": breathing.start_pace,
        "breaths": len(sequence.breaths),
    }


def _lamp(lamp: Lamp) -> Json:
    shown = lamp.seen.published
    level = None if shown.level is None else round(100 * shown.level / lamp.seen.profile.scale)
    return {"on": shown.on, "level": level, "kelvin": kelvin(shown), "online": lamp.reach.online is not False}


def _iso(room: Room, at: float | None) -> str | None:
    return None if at is None else _written(at, room.hours.zone)


@lru_cache(maxsize=64)
def _written(at: float, zone: ZoneInfo) -> str:
    """An instant with its offset, to the second, or to the tenth where that matters; the same few again and again."""
    local = datetime.fromtimestamp(at, zone)
    return local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")


def _clock(room: Room, at: float | None) -> str | None:
    return None if at is None else _written(at, room.hours.zone)[11:16]
