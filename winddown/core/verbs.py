"""What each verb does to a room, in the words of the press table. It looks at no topic and sends nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from winddown.clock import Instant
from winddown.core.bedtime import why_not
from winddown.core.news import Cue
from winddown.core.presses import Order
from winddown.core.room import LET_GO_S, Room
from winddown.model import Origin, Phase, Rest, Verb, say, word

FAR_S = 6 * 3600.0
"""Further than this before bedtime it is a day rest, and the evening stays as it is."""
LATER_MIN, LATER_MOST_S = 15, 3 * 3600.0
GLOW_MIN = 10
OFF_SAID_S = 60.0
"""By day the lamps have so long to say that they are off."""
SECOND_SINGLE_S = 2.0
"""A second single this soon after a sequence began is the same finger."""


def carry_out(room: Room, order: Order, now: Instant, *, turn_s: float = 0.0) -> None:
    """Do what a person asked of a room that is up to the present; a refusal is a `why`.

    `turn_s`: a release or a breathing begins so much later, for others are asked the same.
    """
    match order.verb:
        case Verb.GO_TO_BED | Verb.RELEASE:
            _release(room, now, to_bed=order.verb is Verb.GO_TO_BED, turn_s=turn_s)
        case Verb.BREATHE:
            _breathe(room, now, turn_s)
        case Verb.NEXT:
            _next(room, now)
        case Verb.START:
            _start(room, now)
        case Verb.LATER:
            _later(room, now, (order.minutes or LATER_MIN) * 60.0)
        case Verb.SKIP:
            _unskip(room, now) if order.off else _skip(room, now)
        case Verb.DARK:
            _dark(room, now)
        case Verb.STOP:
            _stop(room, now)
        case Verb.RESUME:
            _resume(room, now)
        case Verb.GLOW:
            _glow(room, now, (order.minutes or GLOW_MIN) * 60.0)
        case _:
            assert_never(order.verb)


def _near(room: Room, now: Instant) -> bool:
    """The evening's bedtime is near enough, or past, for what is asked to mean the evening."""
    return room.hours.evening is not None and room.hours.evening.bedtime_at - now.wall <= FAR_S


def _origin(room: Room, now: Instant, *, to_bed: bool) -> Origin:
    """Out of what a sequence that begins now would be entered."""
    if room.sequence is not None:
        return room.sequence.origin
    if room.hours.memory.rest is not None:
        return Origin.DAY
    match room.press_phase(now):
        case Phase.NIGHT:
            return Origin.NIGHT
        case Phase.RUNWAY:
            return Origin.EVENING
        case _:
            return Origin.EVENING if to_bed and _near(room, now) else Origin.DAY


def _release(room: Room, now: Instant, *, to_bed: bool, turn_s: float = 0.0) -> None:
    origin = _origin(room, now, to_bed=to_bed)
    _leave_night(room, now)
    _hand_back(room)
    _bedtime_is_now(room, origin, now)
    room.end_rest()
    room.begin(Phase.RELEASE, origin, now, at=now.wall + turn_s)
    if room.sequence is None or not room.sequence.plan.moves:
        room.news.whys.append(say("release.nothing"))


def _breathe(room: Room, now: Instant, turn_s: float) -> None:
    origin = _origin(room, now, to_bed=False)
    _leave_night(room, now)
    _bedtime_is_now(room, origin, now)
    room.end_rest()
    room.begin(Phase.BREATHING, origin, now, at=now.wall + turn_s)
    if room.bedside.pacing.seen.profile.group:
        room.news.whys.append(say("breathe.group", why=why_not(room.bedside.pacing_name)))
    if room.bedside.pacing.seen.touched:
        room.news.whys.append(say("breathe.yours", lamp=room.bedside.pacing_name))


def _bedtime_is_now(room: Room, origin: Origin, now: Instant) -> None:
    """An evening's sequence that begins before bedtime moves bedtime here."""
    evening = room.hours.evening
    if origin is not Origin.EVENING or evening is None:
        return
    if now.wall < evening.bedtime_at:
        room.hours.remember(now, bedtime_at=now.wall, runway_at=min(evening.runway_at, now.wall), hold_until=None)
    room.hours.remember(now, begun=True, asked=True, skipped=False, stopped=False, spent_at=None)
    if room.hours.evening is not None and room.sequence is None:
        room.bedside.claim(room.hours.evening.runway_at, now=now)
        room.bedside.to_bed_early(now, room.hours.evening)


def _next(room: Room, now: Instant) -> None:
    phase = room.where(now)
    if room.sequence is not None and phase is Phase.RELEASE:
        onward, running = room.sequence.skipped_to_next(now.boot), room.hours.memory.running
        room.run(onward, now)
        if running is not None:  # after a restart no step is repeated
            room.hours.keep(running=replace(running, begin_at=now.wall_at(onward.begin_boot)))
    elif room.sequence is not None:
        origin = room.sequence.origin
        room.run(None, now)
        room.follow_up(origin, now)
    elif phase is Phase.RUNWAY:
        _release(room, now, to_bed=True)
    else:
        room.news.whys.append(say("next.nothing", phase=word("phase", phase)))


def _start(room: Room, now: Instant) -> None:
    phase, evening = room.where(now), room.hours.evening
    if phase in (Phase.RUNWAY, Phase.RELEASE, Phase.BREATHING):
        _take_back(room, now)
        room.news.whys.append(say("start.begun", phase=word("phase", phase)))
        return
    _leave_night(room, now)
    _hand_back(room)
    if evening is None or not _near(room, now):
        room.bedside.look(begins=True)
        room.bedside.claim(now.wall, now=now)
        room.hours.keep(rest=Rest(now.wall, now.wall + room.hours.config.runway_s))
        room.news.cues.append(Cue("rest.begin", 15))
        room.news.whys.append(say("rest.until", at=room.hours.clock(now.wall + room.hours.config.runway_s)))
        return
    end = now.wall + (evening.bedtime_at - evening.runway_at)
    bedtime_at = min(evening.bedtime_at, end) if evening.bedtime_at > now.wall else end
    room.hours.remember(
        now,
        runway_at=now.wall,
        bedtime_at=bedtime_at,
        asked=True,
        begun=False,  # the look at its begin finds what was so before it
        skipped=False,
        stopped=False,
        spent_at=None,
        dark_at=None,
        hold_until=None,
    )


def _later(room: Room, now: Instant, by_s: float) -> None:
    phase, evening, tonight = room.where(now), room.hours.evening, room.hours.tonight
    if room.hours.memory.rest is not None:
        rest = room.hours.memory.rest
        room.hours.keep(rest=replace(rest, end_at=rest.end_at + by_s))
        room.bedside.replan()
        return
    if evening is None or tonight is None or phase is Phase.NIGHT or room.press_phase(now) is Phase.NIGHT:
        room.news.whys.append(say("later.night"))
        return
    by_s = min(by_s, LATER_MOST_S - tonight.later_s)
    bedtime_at = max(evening.bedtime_at, now.wall) + by_s
    if by_s <= 0 or bedtime_at >= evening.wake_at:
        stays = room.hours.clock(evening.bedtime_at)
        room.news.whys.append(say("later.most", at=stays) if by_s <= 0 else say("later.wake", at=stays))
        return
    begun = phase is not Phase.DAY or evening.runway_at <= now.wall
    room.hours.remember(
        now,
        bedtime_at=bedtime_at,
        runway_at=evening.runway_at if begun else None,
        later_s=tonight.later_s + by_s,
        hold_until=now.wall + by_s if begun else None,
    )
    if room.sequence is not None and room.sequence.origin is Origin.EVENING:
        room.run(None, now)
    room.bedside.replan()
    room.news.cues.append(Cue("runway.later", 10))
    room.news.whys.append(say("later.moved", at=room.hours.clock(bedtime_at)))


def _skip(room: Room, now: Instant) -> None:
    if room.hours.evening is None:
        room.news.whys.append(say("skip.nothing"))
        return
    if room.sequence is not None and room.sequence.origin is not Origin.DAY:
        room.run(None, now)
    room.hours.remember(now, skipped=True, dark_at=None)
    room.news.whys.append(say("skip.skipped", evening=f"{room.hours.evening.date}"))


def _unskip(room: Room, now: Instant) -> None:
    tonight = room.hours.tonight
    if tonight is None or not tonight.skipped:
        room.news.whys.append(say("skip.was_not"))
        return
    room.hours.remember(now, skipped=False)


def _dark(room: Room, now: Instant) -> None:
    """I sleep."""
    room.run(None, now)
    room.end_rest()
    if _near(room, now):
        room.hours.remember(now, dark_at=now.wall, spent_at=now.wall, stopped=False, skipped=False, hold_until=None)
        if room.hours.memory.quiet_set is False:
            room.hours.keep(quiet_set=None, quiet_set_until=None)
    else:
        room.bedside.forget_before()
    room.bedside.dark(now)
    room.let_go_after(now, OFF_SAID_S)


def _stop(room: Room, now: Instant) -> None:
    """Leave me alone."""
    origin, before = room.origin, room.phase
    by_day = origin is Origin.DAY or not room.hours.dark(now)
    room.run(None, now)
    room.hours.keep(rest=None, quiet_set=None, quiet_set_until=None)
    if _near(room, now):
        room.hours.remember(now, spent_at=now.wall, stopped=True, dark_at=None, hold_until=None)
    if by_day and before is not Phase.DAY and before is not Phase.NIGHT:
        room.bedside.as_before(now)
        room.let_go_after(now, LET_GO_S)
    else:
        room.bedside.give_up()
    room.news.stopped = True
    room.news.whys.append(say("stop.done"))


def _resume(room: Room, now: Instant) -> None:
    taken = _take_back(room, now)
    room.news.whys.append(say("resume.back", lamps=", ".join(taken)) if taken else say("resume.nothing"))


def _take_back(room: Room, now: Instant) -> list[str]:
    """Touched lamps do what the others do; which they were."""
    taken = room.bedside.resume()
    if room.sequence is not None and taken:
        room.bedside.pace(replace(room.sequence, lights=False), now)
    elif room.where(now) is Phase.NIGHT:
        room.bedside.off_again(taken, now)
    return taken


def _glow(room: Room, now: Instant, for_s: float) -> None:
    lamp = room.bedside.pacing
    if lamp.seen.shown.on and lamp.seen.touched:
        room.news.whys.append(say("glow.yours", lamp=room.bedside.pacing_name))
        return
    lamp.take_back()
    room.bedside.glow(now, for_s)
    room.let_go_after(now, for_s + OFF_SAID_S)
    room.news.cues.append(Cue("glow.begin", 5))


def _leave_night(room: Room, now: Instant) -> None:
    """Who begins something in the dark, and then wants to be left alone, wants no lamp that was on before that."""
    if room.press_phase(now) is Phase.NIGHT:
        room.bedside.begin_anew()


def _hand_back(room: Room) -> None:
    """Touched lamps are ours again; what they were on their way to by day is left where it is, and a glow that a hand
    has ended is over."""
    if room.phase is Phase.DAY:
        room.bedside.let_go()
    for lamp in room.bedside.lamps.values():
        course = lamp.courses.get(room.name)
        if lamp.seen.touched and course is not None and course.lights:
            lamp.follow(room.name, None)
        lamp.take_back()
