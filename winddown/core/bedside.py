"""What one room does with its lamps: which course each of them follows. It decides no phase and sends nothing."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from winddown.clock import Instant
from winddown.config import Room
from winddown.core import fade
from winddown.core.course import Course
from winddown.core.evening import Evening, clock_off
from winddown.core.lamp import Lamp
from winddown.core.reading import AHEAD_S
from winddown.core.sequence import Sequence
from winddown.model import Report, Sentence, say


class Bedside:
    """The lamps of a room, by their names in it."""

    def __init__(self, room: str, config: Room, lamps: dict[str, Lamp], zone: ZoneInfo) -> None:
        self.room = room
        self.config = config
        self.lamps = lamps
        self.zone = zone
        self.nodding: Course | None = None
        """The nod that the pacing lamp makes by day; whatever begins goes before it."""
        self.pacing_name = config.breathing.light or next(iter(lamps))
        self._looked_at: tuple[str, ...] = ()
        """Forgotten lamps that are asked what they show, before they sink from there."""

    @property
    def pacing(self) -> Lamp:
        """The lamp that breathes."""
        return self.lamps[self.pacing_name]

    def claim(self, evening_from: float, *, now: Instant) -> None:
        """From here on hands count; what was touched before this evening is forgotten."""
        for lamp in self.lamps.values():
            if not lamp.claims:
                _forget_touch(lamp, evening_from)
            lamp.claim(self.room)
            lamp.seen.snapshot(now.boot)

    def from_day(self, evening_from: float) -> None:
        """A sequence by day has ended in the evening, which takes over the lamp that it had."""
        self.pacing.follow(self.room, None)
        if {*self.pacing.claims} <= {self.room}:
            _forget_touch(self.pacing, evening_from)

    def run_down(self, now: Instant, end: float, evening: Evening | None, hold_until: float | None = None) -> None:
        """Every lamp that is on and not on its way yet goes down, from what it shows to its floor at `end`."""
        self.end_nod()
        for name, lamp in self.lamps.items():
            lamp.seen.snapshot(now.boot)
            if self.room in lamp.courses:
                continue
            off_at = None if evening is None else self.off_at(name, evening)
            if not lamp.steerable(now.boot):
                if not lamp.seen.profile.reports:
                    lamp.follow(self.room, fade.waiting(lamp.seen.profile, off_at))
                continue
            begin = max(now.wall, hold_until or 0)
            course = fade.runway(
                lamp.seen.profile,
                lamp.seen.shows(now.boot),
                begin=begin,
                end=max(begin, end if off_at is None else min(end, off_at)),
                goal=self._floor(name),
                off_at=off_at,
            )
            lamp.follow(self.room, fade.held(course, now.wall) if begin > now.wall else course)

    def replan(self) -> None:
        """Forget the ways down: each lamp is asked, and gets a new one from what it shows."""
        self.look(begins=False)
        for lamp in self.lamps.values():
            lamp.follow(self.room, None)

    def to_bed_early(self, now: Instant, evening: Evening) -> None:
        """Somebody goes to bed: over 30 s lamps go off, or to their floor; the pacing lamp has its own part."""
        for name, lamp in self.lamps.items():
            if name == self.pacing_name:
                continue
            off_at = self.off_at(name, evening)
            if not lamp.steerable(now.boot):
                self._wait_for(lamp, None if off_at is None else max(off_at, now.wall + fade.OFF_FADE_S))
                continue
            course = fade.down(
                lamp.seen.profile, lamp.seen.shows(now.boot), goal=self._floor(name), begin=now.wall, off_at=off_at
            )
            lamp.follow(self.room, course)

    def at_bedtime(self, evening: Evening) -> None:
        """A lamp that was still being asked when its runway ended is ours all the same, if it says that it is on."""
        for name, lamp in self.lamps.items():
            self._wait_for(lamp, self.off_at(name, evening))

    def _wait_for(self, lamp: Lamp, off_at: float | None) -> None:
        ours = lamp.seen.shown.on is not False and not lamp.seen.touched & {"on", "level"}
        if ours and self.room not in lamp.courses:
            lamp.follow(self.room, fade.waiting(lamp.seen.profile, off_at))

    def sleep(self, now: Instant) -> None:
        """Breathing is over: what we have had in hand goes off, as far as it is to."""
        for name, lamp in self.lamps.items():
            off_at = self.config.lights[name].off_at
            paced = name == self.pacing_name
            if self.room in lamp.courses and (paced or off_at in ("bedtime", "breathing_end")) and off_at != "never":
                self._end(lamp, now)

    def all_off(self, now: Instant) -> None:
        """It was a night's sequence: what is on and not a hand's goes off."""
        for lamp in self.lamps.values():
            self._end(lamp, now)

    def _end(self, lamp: Lamp, now: Instant) -> None:
        """Off; for the lamp that breathed whatever it is believed to show, where it cannot be asked."""
        lamp.follow(self.room, fade.off(now.wall, resends=lamp is self.pacing and not lamp.seen.profile.can_ask))

    def dark(self, now: Instant) -> None:
        """A person wants it dark: every lamp off, whatever it is believed to show."""
        for lamp in self.lamps.values():
            lamp.take_back()
            lamp.claim(self.room)
            lamp.follow(self.room, fade.off(now.wall, resends=True))

    def pace(self, sequence: Sequence, now: Instant) -> None:
        """The pacing lamp follows the sequence from now on."""
        lamp = self.pacing
        lamp.claim(self.room)
        lamp.seen.snapshot(now.boot)
        shown = lamp.seen.shows(now.boot) if lamp.seen.lit else Report(on=False)  # told OFF, it is in the dark
        lamp.follow(self.room, sequence.pacing(lamp.seen.profile, shown, now.boot))

    def glow(self, now: Instant, for_s: float) -> None:
        """The pacing lamp gives the least light there is."""
        lamp = self.pacing
        lamp.claim(self.room)
        lamp.follow(self.room, fade.glow(lamp.seen.profile, now.boot, for_s))

    def as_before(self, now: Instant) -> None:
        """Every lamp that we had in hand goes back to what it was, or stays as it is, where that is not known; a hand's
        stays, too."""
        for lamp in self.lamps.values():
            before = lamp.seen.memory.before
            if self.room in lamp.courses:
                back = None if before is None else fade.back(lamp.seen.profile, before, now.wall)
                lamp.follow(self.room, back)
            lamp.seen.keep(before=None)

    def nods(self) -> bool:
        """A nod is under way."""
        return self.nodding is not None and self.pacing.courses.get(self.room) is self.nodding

    def end_nod(self) -> None:
        """Leave the lamp where it is."""
        if self.nods():
            self.pacing.follow(self.room, None)
        self.nodding = None

    def forget_before(self) -> None:
        """What the lamps showed before something else is no matter any more."""
        for lamp in self.lamps.values():
            lamp.seen.forget_before()

    def begin_anew(self) -> None:
        """Out of a night: whatever begins now gives the lamps back as it finds them, and only the morning asks for what
        they were before the evening."""
        for lamp in self.lamps.values():
            lamp.seen.forget_before(restores=self.config.morning_level == "restore")

    def let_go(self) -> None:
        """No lamp is of any concern; nothing is sent."""
        before = self.pacing.seen.memory.before if self.nods() else None
        for lamp in self.lamps.values():
            lamp.quit(self.room)
        if before is not None:  # what begins now is to find the lamp as it was, not as it nods
            self.pacing.seen.keep(before=before)

    def give_up(self) -> None:
        """As `let_go`, and no OFF is repeated."""
        for lamp in self.lamps.values():
            lamp.give_up(self.room)

    def morning(self) -> None:
        """The evening is over."""
        for lamp in self.lamps.values():
            lamp.morning(self.room, restores=self.config.morning_level == "restore")

    def look(self, *, begins: bool) -> None:
        """Before a way down: what does every lamp show? `begins`: whatever it is, it was so before the evening."""
        for lamp in self.lamps.values():
            lamp.look(begins=begins)

    def resume(self) -> list[str]:
        """Touched lamps are ours again; which they were."""
        taken = [name for name, lamp in self.lamps.items() if lamp.seen.touched]
        for name in taken:
            self.lamps[name].take_back()
            self.lamps[name].follow(self.room, None)
        return taken

    def off_again(self, names: list[str], now: Instant) -> None:
        """These go off, as far as they are to be off in the night."""
        for name in names:
            if self.config.lights[name].off_at != "never":
                self.lamps[name].follow(self.room, fade.off(now.wall))

    def forgotten_at(self, bedtime_at: float) -> dict[str, float]:
        """When each lamp that a hand has left on will have been left alone long enough (POSIX seconds)."""
        after_s = self.config.forgotten_s
        if after_s is None:
            return {}
        return {
            name: max(lamp.seen.memory.touched_at or 0.0, bedtime_at) + after_s
            for name, lamp in self.lamps.items()
            if lamp.seen.touched and lamp.seen.shown.on and self.config.lights[name].off_at != "never"
        }

    def sink_forgotten(self, now: Instant, bedtime_at: float) -> list[str]:
        """Those whose time has come go down and off, slowly; which they are."""
        forgotten_at = self.forgotten_at(bedtime_at)
        near = {name: self.lamps[name] for name, at in forgotten_at.items() if at - AHEAD_S <= now.wall}
        for name in near.keys() - self._looked_at:
            near[name].look(begins=True)
        self._looked_at = tuple(near)
        sinking = [name for name in near if forgotten_at[name] <= now.wall and not near[name].seen.question.open]
        for name in sinking:
            lamp = near[name]
            lamp.take_back()
            lamp.follow(self.room, fade.sinking(lamp.seen.profile, lamp.seen.shows(now.boot), now.wall))
        return sinking

    def silent(self) -> list[str]:
        """Lamps that have never said what they show, though they could."""
        return [name for name, lamp in self.lamps.items() if lamp.seen.shown.on is None and lamp.seen.profile.reports]

    def silence(self, now: Instant) -> list[Sentence]:
        """A sentence for each silent lamp that has had the time to speak: a mistyped name, or no power."""
        return [self._silence(name) for name in self.silent() if self.lamps[name].settled(now.boot)]

    def _silence(self, name: str) -> Sentence:
        lamp = self.lamps[name]
        if not lamp.known.names:
            return say("lamp.alone", lamp=name, address=lamp.key)
        return say("lamp.alone_known", lamp=name, address=lamp.key, names=", ".join(lamp.known.names))

    def _floor(self, name: str) -> int:
        return self.lamps[name].seen.profile.steps(self.config.lights[name].floor)

    def off_at(self, name: str, evening: Evening) -> float | None:
        """When the clock alone turns a lamp off; None: a sequence does, or nothing."""
        off_at = self.config.lights[name].off_at
        if off_at == "bedtime":
            return None if name == self.pacing_name else evening.bedtime_at
        return clock_off(off_at, evening, self.zone) if isinstance(off_at, time) else None


def _forget_touch(lamp: Lamp, evening_from: float) -> None:
    """What a hand did to it before this evening is no matter any more."""
    if lamp.seen.touched and (lamp.seen.memory.touched_at or 0) < evening_from:
        lamp.take_back()


def kelvin(shown: Report) -> int | None:
    """The warmth a lamp shows, in kelvin; None: unknown."""
    return None if not shown.mired else round(1_000_000 / shown.mired)
