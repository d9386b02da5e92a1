"""One lamp: which command the courses of its rooms call for now. What it shows is in `seen`; it sends nothing itself.

Rules of this file:
1. A lamp that is off, or has not said that it is on, gets no command that could light it, unless a move says `lights`.
2. A move that does not say `rises` never asks for more than the lamp was last seen at.
3. What a hand has touched is left alone until `take_back`.
"""

from __future__ import annotations

from winddown.clock import Instant
from winddown.core.course import Course, Move
from winddown.core.due import NOW, Due
from winddown.core.known import Known
from winddown.core.question import ANSWER_S, BRIDGE_UP_S, TRIES
from winddown.core.reach import BACK_S, Reach
from winddown.core.reading import AHEAD_S, Reading
from winddown.core.seen import Seen
from winddown.lights import LightDialect
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    Heard,
    LampCommand,
    LampMemory,
    Layer,
    Light,
    Off,
    Report,
)

RISE_S = SOON_S = 0.5
SETTLE_S = 0.8
"""After a connection: time for the lamps to say what they show, before anything is sent to them."""
HEARD_OUT_S = 5.0
"""A lamp that has said nothing this long after a connection is worth a word."""


class Lamp(Due):
    """One physical lamp, however many rooms have it."""

    def __init__(self, driver: LightDialect, own: tuple[Layer, ...], memory: LampMemory) -> None:
        super().__init__()
        self.driver, self.key, self.air = driver, driver.key, driver.air()
        self.known = Known(driver, own)
        self.seen = Seen(self.known.profile(), memory)
        self.reach = Reach()
        self.courses: dict[str, Course] = {}
        self.claims: tuple[str, ...] = ()
        """Rooms between runway and wake, or in a sequence."""
        self._leader: str | None = None
        self.played: tuple[Course, int] | None = None
        """Its course and the last move of it; None: unknown."""
        self._reading = Reading(self.seen)
        self._ready_boot = float("inf")
        self._connected_boot = float("inf")

    def settled(self, boot: float) -> bool:
        """It has had the time to say what it shows."""
        return boot >= self._ready_boot

    def heard_out(self, boot: float) -> bool:
        """All the time that a lamp can want."""
        return boot >= self._connected_boot + HEARD_OUT_S

    def steerable(self, boot: float) -> bool:
        """On, said so, and ours."""
        known = self.seen.shown.level is not None or not self.seen.profile.dims
        sure = self.settled(boot) and not self.seen.question.open
        return sure and known and self.seen.shown.on is True and not self.seen.touched & {"on", "level"}

    # ------------------------------------------------------------ what is heard

    def connected(self, boot: float) -> list[LampCommand]:
        """A new connection: what was under way is unknown; it is asked, and the present is sent after its answer."""
        self._stir()
        self._connected_boot, self._ready_boot = boot, boot + SETTLE_S
        self.seen.connected(boot)
        return self._ask(boot) if self.seen.profile.can_ask else []

    def hear(self, heard: Heard, now: Instant) -> None:
        """Take in one message about this lamp that is not our own echo."""
        self.due_boot = NOW
        match heard:
            case Report():
                self.reach.speaks()
                self.seen.hear_report(heard, now)
            case Commanded():
                self.seen.hear_command(heard, now)
            case Availability():
                if self.reach.hear(heard, now.boot):
                    self._come_back(now, bridge=heard.bridge)
            case Catalogue():
                if self.known.hear(heard):
                    profile = self.seen.profile = self.known.profile()
                    unsaid = self.seen.shown.mired is None and profile.warmest_mired is not None
                    self.seen.question.doubts |= unsaid and profile.can_ask
                if self.reach.named(lost=self.known.lost):
                    self._come_back(now, bridge=False)

    def _come_back(self, now: Instant, *, bridge: bool) -> None:
        self.seen.returned(now.boot)
        self.look(begins=False)
        leader = self._leading(now)
        waits = bridge and leader is not None and leader.rises  # the next beat will be the present
        self.played = (leader, leader.index(now)) if waits and leader is not None else None
        if bridge and self.seen.profile.can_ask:
            self._ready_boot, self.seen.question.only = now.boot + BRIDGE_UP_S, TRIES

    # ------------------------------------------------------------ whose it is

    def claim(self, room: str) -> None:
        """From here on a hand is of concern to this room."""
        self.claims = tuple(dict.fromkeys((*self.claims, room)))
        self.seen.minded = True

    def take_back(self) -> None:
        """The lamp is ours again."""
        self.seen.take_back()
        self._stir()

    def follow(self, room: str, course: Course | None) -> None:
        """From now on the room wants this of the lamp; None: nothing."""
        self.due_boot = NOW
        if course is None:
            self.courses.pop(room, None)
        else:
            self.courses[room] = course
        if not self.courses:
            self.played = None

    def quit(self, room: str) -> None:
        """The room has no concern with the lamp any more."""
        self.follow(room, None)
        self.claims = tuple(one for one in self.claims if one != room)
        self.seen.minded = bool(self.claims)
        if not self.claims:
            self.seen.forget_before()

    def give_up(self, room: str) -> None:
        """Somebody wants to be left alone: not even an OFF is said again. What hands do until morning still counts."""
        self.follow(room, None)
        if {*self.claims} <= {room}:
            self.seen.forget_off()

    def morning(self, room: str, *, restores: bool) -> None:
        """The room's evening is over; after the last one nothing of it is left, or what the lamp was `restores`."""
        before = self.seen.memory.before
        self.quit(room)
        if not self.claims:
            self.seen.keep(before=before)
            self.seen.forget_evening(restores=restores)

    def lapse(self) -> None:
        """Nothing can be sent at the moment; when it can, the present is sent."""
        self._stir()

    def look(self, *, begins: bool) -> None:
        """It is asked before anything else, in case a hand was there that told nobody."""
        self.due_boot = NOW
        if self.seen.profile.can_ask:
            self.seen.question.doubts, self.seen.question.begins = True, begins

    def _stir(self) -> None:
        self.played, self.due_boot = None, NOW

    # ------------------------------------------------------------ what is due

    def idle(self, boot: float) -> bool:
        """`tick` has nothing to do. Which of two wishes is the darkest changes as they fade: always worth a look."""
        return boot < self.due_boot and len(self.courses) < 2

    def _deadline(self, now: Instant, *, hears: bool) -> float:
        seen = self.seen
        asked_boot = seen.question.asked_boot
        due = [float("inf") if asked_boot is None else asked_boot + ANSWER_S]
        if not hears:
            return min(due)
        if seen.rise.goal is not None:
            due.append(seen.rise.due_boot)
        if now.boot < self._ready_boot:
            return min(*due, self._ready_boot)
        if seen.question.doubts and asked_boot is None:
            due.append(now.boot)
        if seen.off is not None and (again := seen.off.next_boot()) is not None:
            due.append(again)
        if self.courses and seen.shown.on is None and not self.heard_out(now.boot):
            due.append(self._connected_boot + HEARD_OUT_S)
        for course in self.courses.values():
            if (step := course.following(now)) is not None:
                ahead_boot = max(now.boot, step[0] - AHEAD_S)
                reads = asked_boot is None and self._reading.before(course, step[1], ahead_boot)
                due.append(ahead_boot if reads else step[0])
        return min(due)

    def tick(self, now: Instant) -> list[LampCommand]:
        """The commands that are due now; call only while they can be sent."""
        commands: list[LampCommand] = []
        hears = bool(self.reach)
        if hears and self.seen.rise.goal is not None and (morning := self.seen.rise.due(now.boot)) is not None:
            commands = self._rise(morning, now)
        elif hears and now.boot >= self._ready_boot:
            commands = [] if self.seen.question.only else self._play(now) or self._off_again(now.boot)
            if not commands and self._wants_reading(now):
                commands = self._ask(now.boot)
        if commands and self.seen.profile.can_ask and not isinstance(commands[0], Off):
            self.reach.told(now.boot, asks=isinstance(commands[0], Ask))
        self.seen.question.doubts |= self.reach.doubtful(now.boot)
        self.due_boot = self._deadline(now, hears=hears)
        return commands

    def _rise(self, morning: Report, now: Instant) -> list[LampCommand]:
        """As it was before the night dimmed it."""
        self.seen.told(morning, RISE_S, now, rises=True)
        return [Dim(morning.level, morning.mired, RISE_S)]

    def _play(self, now: Instant) -> list[LampCommand]:
        course = self._leading(now)
        if course is None:
            return []
        index = course.index(now)
        if index < 0 or (self.played is not None and self.played[0] is course and self.played[1] == index):
            return []
        move = course.moves[index]
        fade_s = max(0.0, move.end - course.now(now))
        if now.boot - self.seen.returned_boot < BACK_S:
            fade_s = min(fade_s, SOON_S)
        if move.level == 0 and not course.resends and self._unknown(now.boot):
            return []
        if move.level > 0 and self.reach.deaf(now.boot):
            self.seen.question.doubts |= self.reach.deaf(now.boot, again=True)
            self.played = (course, index) if course.rises else None  # the next beat will be the present
            return []
        self.played, self.seen.beating = (course, index), course.beats
        if move.level == 0:
            return self._turn_off(now, asked_for=course.resends)
        return self._move(course, move, fade_s, now)

    def _unknown(self, boot: float) -> bool:
        """Nobody knows whether it is on: its word is waited for, as long as a lamp can want; then it is left alone."""
        unknown = self.seen.shown.on is None and self.seen.profile.reports
        if unknown and self.heard_out(boot):
            self.courses.clear()
        return unknown

    def _leading(self, now: Instant) -> Course | None:
        """The darkest wish of all rooms."""
        if len(self.courses) < 2:
            return next(iter(self.courses.values()), None)
        self._leader = min(self.courses, key=lambda room: (self.courses[room].wish(now), room != self._leader))
        return self.courses[self._leader]

    def _move(self, course: Course, move: Move, fade_s: float, now: Instant) -> list[LampCommand]:
        seen, touched = self.seen, self.seen.memory.touched
        if "on" in touched or (seen.shown.on is not True and not course.lights):
            return []
        level = None if "level" in touched else move.level
        mired = None if "warmth" in touched or seen.profile.warmest_mired is None else move.mired
        lit = [] if seen.lit else self._light(mired, now)
        if level is not None and not course.rises:
            level = seen.ceiling(now.boot, level)
            level = None if level < seen.profile.min_level else level  # darker than we could tell it to be
        mired = None if lit else mired
        if seen.aims.there(level, mired, now.boot):
            return lit
        seen.told(Report(True, level, mired), fade_s, now, rises=course.rises)
        return [*lit, Dim(level, mired, fade_s)]

    def _light(self, mired: int | None, now: Instant) -> list[LampCommand]:
        """From dark always at the smallest level first: many lamps flash what they last showed."""
        if "warmth" not in self.seen.touched:
            mired = mired or self.seen.profile.warmest_mired
        self.seen.lighting(mired, now)
        return [Light(self.seen.profile.min_level, mired)]

    def _turn_off(self, now: Instant, *, asked_for: bool) -> list[LampCommand]:
        seen = self.seen
        stored = seen.shown.on is False and not seen.profile.can_ask
        if asked_for and stored and seen.touched:
            return [Off()]  # that it is off may be the broker's memory of long ago, and it does no harm
        wanted = asked_for or seen.shown.on or not seen.profile.reports
        if not wanted or seen.touched & {"on", "level"} or seen.off is not None:
            return []
        seen.told_off(now, mute=stored or not seen.profile.reports)
        return [Off()]

    def _off_again(self, boot: float) -> list[LampCommand]:
        return [Off()] if self.seen.off_again(boot) else []

    def _wants_reading(self, now: Instant) -> bool:
        question = self.seen.question
        reads = question.asked_boot is None and self._reading.due(self.courses.values(), now)
        return question.asked_boot is None and (question.doubts or (reads and not self.reach.deaf(now.boot)))

    def _ask(self, boot: float) -> list[LampCommand]:
        self.seen.question.asked(boot)
        return [Ask()]
