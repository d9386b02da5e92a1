"""A release and the breathing after it, or a breathing alone, as one value on the boot-time clock. It plays nothing.

`next` and a late start are the same value with another beginning: no beat depends on when the last one was sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from winddown.config import Room
from winddown.core.breathing import Breath, breath_at, breaths, length_s
from winddown.core.course import Course, Move
from winddown.core.fade import split
from winddown.core.release import Programme, Said, Step, next_step_s, programme, step_at
from winddown.model import Origin, Phase, Profile, Report, Running

NIGHT_BREATHING_S = 300.0
"""The breathing after a press in the night."""
SETTLE_S = 2.0
"""The longest time in which the lamp comes to rest when a sequence begins."""

# A press asks for the same ones again and again, and a lamp waits for the answer.
_programme = lru_cache(maxsize=32)(programme)
_breaths = lru_cache(maxsize=32)(breaths)


@dataclass(frozen=True, slots=True)
class Sequence:
    """What runs, from `begin_boot`."""

    origin: Origin
    begin_boot: float
    programme: Programme
    breaths: tuple[Breath, ...]
    """Levels in the pacing lamp's steps; their begin counts from the end of the programme."""
    cues: tuple[Said, ...]
    lights: bool = True
    """It may light the pacing lamp: somebody pressed."""
    missed: int = 0
    """Breaths that were over before it was entered; those in `breaths` are what is left."""

    @property
    def breathing_at_s(self) -> float:
        """When, after the beginning, breathing begins."""
        return self.programme.length_s

    @property
    def length_s(self) -> float:
        """How long all of it lasts."""
        return self.programme.length_s + length_s(self.breaths)

    def at(self, boot: float) -> float:
        """Seconds since the beginning."""
        return boot - self.begin_boot

    def over(self, boot: float) -> bool:
        """The last part has ended."""
        return self.at(boot) >= self.length_s

    def phase(self, boot: float) -> Phase:
        """RELEASE or BREATHING."""
        return Phase.RELEASE if self.at(boot) < self.breathing_at_s else Phase.BREATHING

    def step(self, boot: float) -> Step | None:
        """The step of the release under way; None in breathing."""
        return step_at(self.programme, self.at(boot))

    def next_boot(self, boot: float) -> float:
        """The next instant at which a step, a cue or the phase changes, or all is over."""
        t = self.at(boot)
        times = [self.breathing_at_s, self.length_s, *(said.at_s for said in self.cues)]
        if t < self.breathing_at_s:
            times.append(next_step_s(self.programme, t))
        return self.begin_boot + min((at for at in times if at > t), default=self.length_s)

    def due(self, since_boot: float, boot: float) -> Said | None:
        """The last cue that is due after `since_boot`, at `boot` at the latest; None: none is."""
        said = [one for one in self.cues if since_boot < self.begin_boot + one.at_s <= boot]
        return said[-1] if said else None

    def skipped_to_next(self, boot: float) -> Sequence:
        """The same, with its next step beginning now."""
        return replace(self, begin_boot=boot - next_step_s(self.programme, self.at(boot)))

    def pacing(self, profile: Profile, shown: Report, boot: float, floor: int, peak: int) -> Course:
        """The pacing lamp's course from now on."""
        level = shown.level if shown.on and shown.level is not None else 0
        moves = [move for move in self._moves(floor, peak) if move.end > boot or move.begin >= boot]
        pieces: list[Move] = []
        at = level
        for n, move in enumerate(moves):
            if n == 0:  # warmth once is enough, and every other one costs airtime
                move = replace(move, mired=profile.warmest_mired)
            pieces += split(profile, at, move)
            at = move.level
        return Course(tuple(pieces), on_wall=False, level=level, mired=shown.mired)

    def _moves(self, floor: int, peak: int) -> list[Move]:
        rest = (floor + peak) // 2
        moves = [self._part(step, floor, rest, peak) for step in self.programme.steps]
        begin_boot = self.begin_boot + self.breathing_at_s
        for breath in self.breaths:
            top = begin_boot + breath.begin_s + breath.inhale_s
            end = top + breath.exhale_s
            moves.append(self._move(begin_boot + breath.begin_s, top, breath.peak))
            moves.append(self._move(top, end, breath.floor))
        return moves

    def _move(self, begin: float, end: float, level: int) -> Move:
        return Move(begin, end, level, rises=True, lights=self.lights)

    def _part(self, step: Step, floor: int, rest: int, peak: int) -> Move:
        begin = self.begin_boot + step.begin_s
        match step.part:
            case "announce":
                return self._move(begin, begin + min(SETTLE_S, step.for_s), rest)
            case "tense":
                return self._move(begin, begin + step.for_s, peak)
            case "release":
                return self._move(begin, begin + step.for_s, floor)


def sequence(room: Room, profile: Profile, running: Running, boot: float, *, lights: bool) -> Sequence:
    """What runs from `boot` on after `release` (kind RELEASE) or `breathe` (kind BREATHING), out of a phase.

    By day a release is not followed by breathing. In the night there is one round, and breathing is short and dim.
    """
    kind, origin = running.kind, running.origin
    night = origin is Origin.NIGHT
    wanted = room.release
    release = _programme(
        areas=wanted.areas if kind is Phase.RELEASE else (),
        skip=wanted.skip,
        rounds=wanted.rounds,
        announce_s=wanted.announce_s,
        tense_s=wanted.tense_s,
        release_s=wanted.release_s,
        release_only=wanted.release_only,
        night=night,
    )
    breathes = kind is Phase.BREATHING or origin is not Origin.DAY
    floor, peak = pacing_levels(room, profile, origin)
    pulse = (
        _breaths(
            inhale_s=room.breathing.inhale_s,
            exhale_s=room.breathing.exhale_s,
            for_s=NIGHT_BREATHING_S if night else running.for_s,
            start_pace=room.breathing.start_pace,
            peak=peak,
            floor=floor,
        )
        if breathes
        else ()
    )
    said = list(release.cues)
    if pulse:
        said.append(Said(release.length_s, "night.breathing" if night else "breathing.begin", 10.0))
    return Sequence(origin, boot, release, pulse, tuple(said), lights)


def pacing_levels(room: Room, profile: Profile, origin: Origin) -> tuple[int, int]:
    """The pacing lamp's floor and peak, in its steps."""
    peak = room.breathing.night_peak if origin is Origin.NIGHT else room.breathing.peak
    floor = profile.steps(room.breathing.floor)
    return floor, max(profile.steps(peak), floor)


def late(sequence_: Sequence, boot: float) -> Sequence:
    """A sequence that is entered in the middle begins with the next whole breath."""
    t = sequence_.at(boot) - sequence_.breathing_at_s
    if t <= 0 or not sequence_.breaths:
        return sequence_
    following = breath_at(sequence_.breaths, t) + 1
    return replace(sequence_, breaths=sequence_.breaths[following:], missed=following)
