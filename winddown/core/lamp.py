"""One lamp: which command the courses of its rooms call for now. What it shows is in `seen`; it sends nothing itself.

Rules of this file:
1. A lamp that is off, or has not said that it is on, gets no command that could light it, unless a move says `lights`.
2. A move that does not say `rises` never asks for more than the lamp was last seen at.
3. What a hand has touched is left alone until `take_back`.
"""

from __future__ import annotations

from winddown.clock import Instant
from winddown.core.course import Course, Move
from winddown.core.known import Known
from winddown.core.seen import ANSWER_S, Seen
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

READ_AHEAD_S = 2.0
"""A lamp that does not report by itself is asked this long before a step."""
NOW = float("-inf")
SETTLE_S = 0.8
"""After a connection: time for the lamps to say what they show, before anything is sent to them."""


HEARD_OUT_S = 5.0
"""A lamp that has said nothing this long after a connection is worth a word."""


class Lamp:
    """One physical lamp, however many rooms have it."""

    def __init__(self, driver: LightDialect, own: tuple[Layer, ...], memory: LampMemory) -> None:
        self.driver = driver
        self.known = Known(driver, own)
        self.seen = Seen(self.known.profile(), memory)
        self.online: bool | None = None
        self.bridge_gone = False
        """What stands between it and us has said that it is away."""
        self.courses: dict[str, Course] = {}
        self.claims: set[str] = set()
        """Rooms between runway and wake, or in a sequence."""
        self._leader: str | None = None
        self._played: tuple[Course, int] | None = None
        self._read_for: Move | None = None
        """The step that it was last read for."""
        self.due_boot = float("-inf")
        """Before this, `tick` has nothing to do; whatever changes the lamp brings it back to now."""
        self._ready_boot = float("inf")
        self._connected_boot = float("inf")

    @property
    def played(self) -> tuple[Course, int] | None:
        """Whose move was the last, and which."""
        return self._played

    @property
    def refuses_off(self) -> bool:
        """It was told to go off again and again, and never said that it did."""
        return self.seen.off is not None and self.seen.off.refused

    def settled(self, boot: float) -> bool:
        """It has had the time to say what it shows."""
        return boot >= self._ready_boot

    def heard_out(self, boot: float) -> bool:
        """It has had all the time that a lamp can want."""
        return boot >= self._connected_boot + HEARD_OUT_S

    def steerable(self, boot: float) -> bool:
        """It is on, has said so, and is ours."""
        known = self.seen.shown.level is not None or not self.seen.profile.dims
        ours = not self.seen.touched & {"on", "level"}
        sure = self.settled(boot) and not self.seen.unsure
        return sure and self.seen.shown.on is True and known and ours

    # ------------------------------------------------------------ what is heard

    def connected(self, boot: float) -> list[LampCommand]:
        """A new connection: what was under way is unknown; it is asked, and the present is sent after its answer."""
        self._stir()
        self._connected_boot = boot
        self._ready_boot = boot + SETTLE_S
        return self._ask(boot) if self.seen.profile.can_ask else []

    def hear(self, heard: Heard, now: Instant) -> None:
        """Take in one message about this lamp that is not our own echo."""
        self.due_boot = NOW
        match heard:
            case Report():
                self.seen.hear_report(heard, now)
            case Commanded():
                self.seen.hear_command(heard, now)
            case Availability(bridge=True):
                self.bridge_gone = not heard.online
            case Availability():
                self.online = heard.online
            case Catalogue():
                if self.known.hear(heard):
                    profile = self.seen.profile = self.known.profile()
                    unsaid = self.seen.shown.mired is None and profile.warmest_mired is not None
                    self.seen.doubts |= unsaid and profile.can_ask

    # ------------------------------------------------------------ whose it is

    def claim(self, room: str) -> None:
        """From here on a hand is of concern to this room."""
        self.claims.add(room)
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
            self._played = None

    def quit(self, room: str) -> None:
        """The room has no concern with the lamp any more."""
        self.follow(room, None)
        self.claims.discard(room)
        self.seen.minded = bool(self.claims)
        if not self.claims:
            self.seen.forget_before()

    def give_up(self, room: str) -> None:
        """Somebody wants to be left alone: not even an OFF is said again. What hands do until morning still counts."""
        self.follow(room, None)
        if self.claims <= {room}:
            self.seen.forget_off()

    def morning(self, room: str) -> None:
        """The room's evening is over; after the last one nothing of it is left."""
        self.quit(room)
        if not self.claims:
            self.seen.forget_evening()

    def lapse(self) -> None:
        """Nothing can be sent at the moment; when it can, the present is sent."""
        self._stir()

    def look(self, *, begins: bool) -> None:
        """It is asked before anything else, in case a hand was there that told nobody."""
        self.due_boot = NOW
        self.seen.look(begins=begins)

    def _stir(self) -> None:
        self._played, self.due_boot = None, NOW

    # ------------------------------------------------------------ what is due

    def idle(self, boot: float) -> bool:
        """`tick` has nothing to do. Which of two wishes is the darkest changes as they fade: always worth a look."""
        return boot < self.due_boot and len(self.courses) < 2

    def _deadline(self, now: Instant) -> float:
        seen = self.seen
        due = [float("inf")]
        asking = seen.asked_boot is not None
        if seen.asked_boot is not None:
            due.append(seen.asked_boot + ANSWER_S)
        if not self.settled(now.boot):
            return min(*due, self._ready_boot)
        if seen.doubts and not asking:
            due.append(now.boot)
        if seen.off is not None and (again := seen.off.next_boot()) is not None:
            due.append(again)
        for course in self.courses.values():
            if (begin := course.next_boot(now)) is not None:
                due.append(begin)
                if not asking and self._reads_before(course, now):
                    due.append(begin - READ_AHEAD_S)
        return min(due)

    def tick(self, now: Instant) -> list[LampCommand]:
        """The commands that are due now; call only while they can be sent."""
        commands: list[LampCommand] = []
        if self.settled(now.boot):
            commands = self._play(now) or self._off_again(now.boot)
            if not commands and self._wants_reading(now):
                commands = self._ask(now.boot)
        self.due_boot = self._deadline(now)
        return commands

    def _play(self, now: Instant) -> list[LampCommand]:
        course = self._leading(now)
        if course is None:
            return []
        index = course.index(now)
        if index < 0 or (self._played is not None and self._played[0] is course and self._played[1] == index):
            return []
        self._played, self.seen.beating = (course, index), not course.on_wall
        move = course.moves[index]
        if move.level == 0:
            return self._turn_off(now, asked_for=course.resends)
        return self._move(course, move, max(0.0, move.end - course.now(now)), now)

    def _leading(self, now: Instant) -> Course | None:
        """The darkest wish of all rooms."""
        if len(self.courses) < 2:
            return next(iter(self.courses.values()), None)
        self._leader = min(self.courses, key=lambda room: (self.courses[room].wish(now), room != self._leader))
        return self.courses[self._leader]

    def _move(self, course: Course, move: Move, fade_s: float, now: Instant) -> list[LampCommand]:
        seen = self.seen
        if "on" in seen.touched or (seen.shown.on is not True and not course.lights):
            return []
        level = None if "level" in seen.touched else move.level
        mired = None if "warmth" in seen.touched or seen.profile.warmest_mired is None else move.mired
        lit = [] if seen.lit else self._light(mired, now)
        if level is not None and not course.rises:
            level = seen.ceiling(now.boot, level)
            level = None if level < seen.profile.min_level else level  # darker than we could tell it to be
        mired = None if lit else mired
        if seen.there(level, mired, now.boot):
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
        if seen.touched & {"on", "level"} or seen.off is not None:
            return []
        if not (asked_for or seen.shown.on or not seen.profile.reports):
            return []
        seen.told_off(now)
        return [Off()]

    def _off_again(self, boot: float) -> list[LampCommand]:
        off = self.seen.off
        if off is None or (due := off.next_boot()) is None or boot < due:
            return []
        off.catch_up(boot)
        return [Off()]

    def _reads_before(self, course: Course, now: Instant) -> bool:
        """A step that sinks, of a lamp that would not tell if a hand had been there first."""
        seen = self.seen
        if course.rises or not seen.profile.can_ask or seen.tells or seen.shown.on is not True:
            return False
        following = course.index(now) + 1
        if following >= len(course.moves):
            return False
        return self._read_for is not course.moves[following]

    def _wants_reading(self, now: Instant) -> bool:
        if self.seen.asked_boot is not None:
            return False
        if self.seen.doubts:
            return True
        for course in self.courses.values():
            begin = course.next_boot(now)
            if begin is not None and begin - READ_AHEAD_S <= now.boot and self._reads_before(course, now):
                self._read_for = course.moves[course.index(now) + 1]
                return True
        return False

    def _ask(self, boot: float) -> list[LampCommand]:
        self.seen.asked(boot)
        return [Ask()]
