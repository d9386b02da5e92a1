"""A release and the breathing after it, or a breathing alone, as one value on the boot-time clock. It plays nothing.

`next` and a late start are the same value with another beginning: no beat depends on when the last one was sent.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter

from winddown.config import Breathing, Release, Room
from winddown.core.breathing import Breath, breath_at, breaths, length_s
from winddown.core.course import Course, Move
from winddown.core.fade import split
from winddown.core.release import Programme, Said, Step, next_step_s, programme, step_at
from winddown.model import Origin, Phase, Profile, Report, Running
from winddown.value import value

NIGHT_BREATHING_S = 300.0
"""The breathing after a press in the night."""
SETTLE_S = 2.0
"""The longest time in which the lamp comes to rest when a sequence begins."""
_NEAR_S = 1e-6
"""Sums of floats do not always meet."""

_begin, _end = attrgetter("begin"), attrgetter("end")


@value(eq=False)
class Plan:
    """What is the same whenever it is played: a press waits for its first command, so the rest is there already."""

    programme: Programme
    breaths: tuple[Breath, ...]
    """Levels in the pacing lamp's steps; their begin counts from the end of the programme."""
    cues: tuple[Said, ...]
    moves: tuple[Move, ...]
    """One for each part of the release and of a breath."""
    pieces: tuple[Move, ...]
    """The same in as many commands as the lamp needs for them."""
    marks_s: tuple[float, ...]
    """When a step, a cue or the phase changes, and the end."""


@value()
class Sequence:
    """What runs, from `begin_boot`."""

    origin: Origin
    begin_boot: float
    plan: Plan
    lights: bool = True
    """It may light the pacing lamp: somebody pressed."""
    missed: int = 0
    """Breaths that were over before it was entered."""

    @property
    def breaths(self) -> tuple[Breath, ...]:
        """All of them, the missed ones too."""
        return self.plan.breaths

    @property
    def breathing_at_s(self) -> float:
        """When, after the beginning, breathing begins."""
        return self.plan.programme.length_s

    @property
    def length_s(self) -> float:
        """How long all of it lasts."""
        return self.plan.programme.length_s + length_s(self.plan.breaths)

    def at(self, boot: float) -> float:
        """Seconds since the beginning."""
        return boot - self.begin_boot

    def over(self, boot: float) -> bool:
        """The last part has ended."""
        return self.at(boot) >= self.length_s

    def phase(self, boot: float) -> Phase:
        """RELEASE or BREATHING."""
        releases = self.plan.programme.steps and self.at(boot) < self.breathing_at_s
        return Phase.RELEASE if releases else Phase.BREATHING

    def step(self, boot: float) -> Step | None:
        """The step of the release under way; None in breathing."""
        return step_at(self.plan.programme, self.at(boot))

    def next_boot(self, boot: float) -> float:
        """The next instant at which a step, a cue or the phase changes, or all is over."""
        marks = self.plan.marks_s
        following = bisect_right(marks, self.at(boot))
        return self.begin_boot + marks[min(following, len(marks) - 1)]

    def due(self, since_boot: float, boot: float) -> Said | None:
        """The last cue that is due after `since_boot`, at `boot` at the latest; None: none is."""
        begun = bisect_right(self.plan.cues, self.at(boot), key=attrgetter("at_s"))
        said = self.plan.cues[begun - 1] if begun else None
        return said if said is not None and self.at(since_boot) < said.at_s else None

    def skipped_to_next(self, boot: float) -> Sequence:
        """The same, with its next step beginning now."""
        return replace(self, begin_boot=boot - next_step_s(self.plan.programme, self.at(boot)))

    def pacing(self, profile: Profile, shown: Report, boot: float) -> Course:
        """The pacing lamp's course from now on: the present move from what the lamp shows, the others as planned."""
        level = shown.level if shown.on and shown.level is not None else 0
        moves, t = self.plan.moves, self.at(boot)
        if self.missed:
            t = max(t, self.breathing_at_s + self.plan.breaths[self.missed - 1].end_s)
        n = bisect_right(moves, t + _NEAR_S, key=_end)
        pieces = _onward(self.plan, profile, level, n) if n < len(moves) else ()
        begin_boot, lights = self.begin_boot, self.lights
        return Course(pieces, begin_boot, on_wall=False, level=level, rises=True, lights=lights, beats=True)


def sequence(room: Room, profile: Profile, running: Running, boot: float, *, lights: bool) -> Sequence:
    """What runs from `boot` on after `release` (kind RELEASE) or `breathe` (kind BREATHING), out of a phase.

    By day a release is not followed by breathing. In the night there is one round, and breathing is short and dim.
    """
    kind, origin = running.kind, running.origin
    release = room.release if kind is Phase.RELEASE else None
    breathes = (kind is Phase.BREATHING or origin is not Origin.DAY) and not profile.group
    made = plan(release, room.breathing, running.for_s if breathes else 0.0, profile, night=origin is Origin.NIGHT)
    return Sequence(origin, boot, made, lights)


@lru_cache(maxsize=32)
def plan(release: Release | None, breathing: Breathing, for_s: float, profile: Profile, *, night: bool) -> Plan:
    """A release, or none, and breathing for `for_s`, or none for 0; in the night both in their night form."""
    parts = _programme(release, night=night)
    floor, peak = pacing_levels(breathing, profile, night=night)
    pulse = _pulse(breathing, NIGHT_BREATHING_S if night else for_s, floor, peak) if for_s else ()
    said = list(parts.cues)
    if pulse:
        said.append(Said(parts.length_s, "night.breathing" if night else "breathing.begin", 10.0))
    moves = _moves(parts, pulse, floor, peak)
    length = parts.length_s + length_s(pulse)
    marks = {parts.length_s, length, *(one.at_s for one in said), *(step.begin_s for step in parts.steps)}
    return Plan(parts, pulse, tuple(said), moves, _pieces(profile, moves), tuple(sorted(marks)))


@lru_cache(maxsize=64)
def _onward(plan_: Plan, profile: Profile, level: int, n: int) -> tuple[Move, ...]:
    """From a level the rest of a plan, from its move `n` on: the same in every room that begins at the same moment."""
    move = plan_.moves[n]  # warmth once is enough, and every other one costs airtime
    first = Move(move.begin, move.end, move.level, profile.warmest_mired)
    following = bisect_left(plan_.pieces, first.end - _NEAR_S, key=_begin)
    return split(profile, level, first) + plan_.pieces[following:]


def _programme(release: Release | None, *, night: bool) -> Programme:
    if release is None:
        return Programme((), (), 0.0)
    return programme(
        areas=release.areas,
        skip=release.skip,
        rounds=release.rounds,
        announce_s=release.announce_s,
        tense_s=release.tense_s,
        release_s=release.release_s,
        release_only=release.release_only,
        night=night,
    )


def _pulse(breathing: Breathing, for_s: float, floor: int, peak: int) -> tuple[Breath, ...]:
    return breaths(
        inhale_s=breathing.inhale_s,
        exhale_s=breathing.exhale_s,
        for_s=for_s,
        start_pace=breathing.start_pace,
        peak=peak,
        floor=floor,
    )


def _moves(parts: Programme, pulse: tuple[Breath, ...], floor: int, peak: int) -> tuple[Move, ...]:
    moves = [_part(step, floor, (floor + peak) // 2, peak) for step in parts.steps]
    for breath in pulse:
        begin = parts.length_s + breath.begin_s
        top = begin + breath.inhale_s
        moves += (Move(begin, top, breath.peak), Move(top, top + breath.exhale_s, breath.floor))
    return tuple(moves)


def _part(step: Step, floor: int, rest: int, peak: int) -> Move:
    match step.part:
        case "announce":
            return Move(step.begin_s, step.begin_s + min(SETTLE_S, step.for_s), rest)
        case "tense":
            return Move(step.begin_s, step.begin_s + step.for_s, peak)
        case "release":
            return Move(step.begin_s, step.begin_s + step.for_s, floor)


def _pieces(profile: Profile, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    before = (0, *(move.level for move in moves))
    return tuple(piece for level, move in zip(before, moves, strict=False) for piece in split(profile, level, move))


def pacing_levels(breathing: Breathing, profile: Profile, *, night: bool) -> tuple[int, int]:
    """The pacing lamp's floor and peak, in its steps."""
    floor = profile.steps(breathing.floor)
    return floor, max(profile.steps(breathing.night_peak if night else breathing.peak), floor)


def late(sequence_: Sequence, boot: float) -> Sequence:
    """A sequence that is entered in the middle begins with the next whole breath."""
    t = sequence_.at(boot) - sequence_.breathing_at_s
    if t <= 0 or not sequence_.breaths:
        return sequence_
    return replace(sequence_, missed=breath_at(sequence_.breaths, t) + 1)
