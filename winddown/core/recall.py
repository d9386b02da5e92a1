"""After a restart: where lamps are going, which of them a night had in hand, and when they go off. It sends nothing.

Whoever died before bedtime has not said the OFFs of the night; no lamp is left on for that.
"""

from __future__ import annotations

from winddown.clock import Instant
from winddown.core import fade
from winddown.core.agenda import NEVER
from winddown.core.bedside import Bedside
from winddown.core.evening import Evening
from winddown.core.hours import Hours
from winddown.core.lamp import Lamp
from winddown.core.off import OffWatch
from winddown.core.sequence import Sequence, sequence
from winddown.core.touch import Aim
from winddown.model import Origin, Phase, Report

FADING_S = fade.LONGEST_STEP_S
"""A lamp that was told something this long ago has got there."""


def recall(bedside: Bedside, hours: Hours, running: Sequence | None, now: Instant) -> None:
    """Lamps that we had in hand in this evening go off when they are to, or as soon as they have said that they are on.
    What a hand has done to them meanwhile they will say, too."""
    evening, tonight = hours.evening, hours.tonight
    for lamp in bedside.lamps.values():
        _go_on_sinking(lamp, now)
    if running is not None and running.origin is Origin.DAY:
        before = bedside.pacing.seen.memory.before  # it is to be so again: not if a hand has switched it off meanwhile
        bedside.pacing.seen.was_on = before is not None and before.on is True
    if evening is None or tonight is None or tonight.stopped or tonight.skipped:
        return
    dark = tonight.dark_at is not None
    if not (hours.asleep(now) or hours.dark(now)) or (running is not None and running.origin is Origin.DAY):
        return
    over = running is None and (tonight.spent_at is not None or not tonight.begun)
    since = evening.runway_at - 1 if tonight.begun else min(evening.bedtime_at, tonight.dark_at or evening.bedtime_at)
    for name, lamp in bedside.lamps.items():
        if _perhaps_never_told_off(lamp):
            lamp.seen.off = OffWatch(now.boot, mute=True)
        never = bedside.config.lights[name].off_at == "never"
        left = _left(lamp, since, begun=tonight.begun)
        unknown = tonight.begun and not lamp.seen.profile.reports and not _told(lamp, since)
        if (left is None and not unknown) or bedside.room in lamp.courses or (never and not dark):
            continue
        if left is not None:
            memory = lamp.seen.memory
            there_boot = now.boot_at(memory.told_at or evening.runway_at) + FADING_S
            perhaps = [memory.told_before, _first_beat(lamp, hours, evening) if name == bedside.pacing_name else None]
            aims = [Aim(one, one, NEVER, NEVER) for one in perhaps if one is not None and one.on]
            lamp.seen.aims.recalled = (*aims, Aim(memory.before or left, left, now.boot, there_boot))
        off_at = now.wall if dark else _off_at(bedside, name, evening, now.wall if over else None)
        lamp.follow(bedside.room, fade.waiting(lamp.seen.profile, off_at))


def _first_beat(lamp: Lamp, hours: Hours, evening: Evening) -> Report | None:
    """A breathing that begins by itself tells the lamp before it is remembered: who died in between told it this."""
    if _told(lamp, evening.bedtime_at) or hours.memory.running is not None:
        return None
    running = hours.running(Phase.BREATHING, Origin.EVENING, evening.bedtime_at)
    begun = sequence(hours.config, lamp.seen.profile, running, NEVER, lights=False)
    beat = next(iter(begun.plan.pieces), None)
    return None if beat is None else Report(True, beat.level, lamp.seen.profile.warmest_mired)


def _go_on_sinking(lamp: Lamp, now: Instant) -> None:
    """What it was told just before we died it may be doing still: it is no brighter than that by the next command."""
    memory = lamp.seen.memory
    level = memory.told.level if memory.told is not None and _told(lamp, now.wall - FADING_S) else None
    start = memory.told_before or memory.before
    if level is not None:
        lamp.seen.sinks_to(level, level if start is None or start.level is None else start.level)


def _left(lamp: Lamp, since: float, *, begun: bool) -> Report | None:
    """How we left it, lit, since then (POSIX seconds), and no hand was there; None: it was not ours. In an evening that
    has not `begun`, ours is only what somebody asked for in its night: a glow."""
    memory = lamp.seen.memory
    left = memory.told if _told(lamp, since) else memory.before if begun else None
    ours = left is not None and left.on and not lamp.seen.touched & {"on", "level"}
    return left if ours else None


def _perhaps_never_told_off(lamp: Lamp) -> bool:
    """A lamp that says nothing is to be told OFF twice: who died before the second may not have said the first."""
    return not lamp.seen.profile.reports and lamp.seen.memory.off_unsaid


def _told(lamp: Lamp, since: float) -> bool:
    """It was told something since then (POSIX seconds)."""
    told_at = lamp.seen.memory.told_at
    return told_at is not None and told_at >= since


def _off_at(bedside: Bedside, name: str, evening: Evening, breathing_end: float | None) -> float | None:
    """As the file says; with the breathing where it says so, and for the lamp that breathes."""
    with_breathing = name == bedside.pacing_name or bedside.config.lights[name].off_at == "breathing_end"
    return breathing_end if with_breathing else bedside.off_at(name, evening)
