"""Whether a breathing begins by itself at bedtime, and if not, why not in one sentence. It begins none."""

from __future__ import annotations

from winddown.clock import Instant
from winddown.config import Breathing
from winddown.core.bedside import Bedside
from winddown.core.evening import Evening
from winddown.model import Sentence, say

TURN_S = 0.25
"""As long as a Zigbee network needs for a command."""
GOLDEN = (5**0.5 - 1) / 2
"""Its multiples fill a span evenly, however many there are."""


def turn_s(number: int, rooms: int, breath_s: float) -> float:
    """How long after their bedtime one of so many rooms begins to breathe by itself: `breath_s` at most.

    All at one instant they would be more than a Zigbee network carries, and the last of a thousand would be late. Those
    with numbers next to each other share a network, so their turns are far from each other.
    """
    return number * GOLDEN % 1 * min(TURN_S * rooms, breath_s)


def undecided(bedside: Bedside, now: Instant) -> bool:
    """The pacing lamp has not had the time to say what it shows."""
    return not bedside.pacing.settled(now.boot) or bedside.pacing.seen.question.open


def can_pace(bedside: Bedside, now: Instant) -> bool:
    """The pacing lamp is on, has said so, and nobody has touched it."""
    group = bedside.pacing.seen.profile.group
    return bedside.pacing.steerable(now.boot) and not bedside.pacing.seen.touched and not group


def pulses_by_itself(breathing: Breathing, bedside: Bedside, evening: Evening, now: Instant) -> bool:
    """As `breathing.starts` says, as long as the breathing at bedtime would last."""
    if now.wall >= evening.breathing_until:
        return False
    match breathing.starts:
        case "press":
            return False
        case "always":
            lit = any(lamp.seen.shown.on for lamp in bedside.lamps.values())
            return lit and not bedside.pacing.seen.touched and not bedside.pacing.seen.profile.group
        case "if_lamp_on":
            return can_pace(bedside, now)


def why_no_pulse(breathing: Breathing, bedside: Bedside, evening: Evening, now: Instant) -> Sentence:
    """The sentence for the sleeper who wonders."""
    name, seen = bedside.pacing_name, bedside.pacing.seen
    if now.wall >= evening.breathing_until:
        return say("bedtime.past")
    if breathing.starts == "press":
        return say("bedtime.press")
    if seen.profile.group:
        return say("bedtime.group", why=why_not(name))
    if seen.touched:
        return say("bedtime.yours", lamp=name)
    return say("bedtime.unknown", lamp=name) if seen.shown.on is None else say("bedtime.is_off", lamp=name)


def why_not(name: str) -> Sentence:
    """The sentence for somebody who wants a group to breathe."""
    return say("lamp.group", lamp=name)
