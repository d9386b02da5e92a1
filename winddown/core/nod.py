"""One soft nod of the lamp at a rest moment, where a person has asked for it: down a little, and back to what it was.

It is for the day alone. A lamp that is off, touched, or of concern to any room's evening does not nod, and neither does
one that cannot say whether it is on. Whatever begins meanwhile, or a hand on the lamp, ends it.
"""

from __future__ import annotations

from winddown.clock import Instant
from winddown.core import fade
from winddown.core.room import Room
from winddown.model import Phase

ASK_S = 2.0
"""Before it nods the lamp is asked, and has so long to answer."""
AGAIN_S, ENDS_S = 1.0, 60.0
"""A way back that could not be told is waited for, and given up after a minute: by then it is nobody's nod any more."""


class Nod:
    """One room's."""

    __slots__ = ("_due_boot", "_given_up_boot", "_room")

    def __init__(self, room: Room) -> None:
        self._room = room
        self._due_boot = float("inf")
        self._given_up_boot: float | None = None
        """When it would be; None: there is none to be ended."""

    def ask(self, now: Instant) -> None:
        """It is time for one: let the lamp say first what it shows."""
        if self._welcome():
            self._room.bedside.pacing.look(begins=False)
            self._due_boot = now.boot + ASK_S

    def look(self, now: Instant) -> None:
        """Begin it, or let go of the lamp when it is over."""
        if self._given_up_boot is not None:
            self._end(now, self._given_up_boot)
        elif now.boot >= self._due_boot:
            self._begin(now)

    def deadline(self) -> float:
        """Boot-time seconds at which there is something to do."""
        return self._due_boot

    def _welcome(self) -> bool:
        lamp = self._room.bedside.pacing
        free = self._room.phase is Phase.DAY and not lamp.claims and not lamp.courses
        return free and lamp.seen.profile.reports and not lamp.seen.touched

    def _begin(self, now: Instant) -> None:
        self._due_boot = float("inf")
        bedside, lamp = self._room.bedside, self._room.bedside.pacing
        if not (self._welcome() and lamp.steerable(now.boot)):
            return
        course = fade.nod(lamp.seen.profile, lamp.seen.shows(now.boot), now.wall)
        if course is not None:
            lamp.claim(self._room.name)
            lamp.seen.snapshot(now.boot)
            lamp.follow(self._room.name, course)
            bedside.nodding = course
            self._due_boot, self._given_up_boot = now.boot + fade.NOD_S, now.boot + ENDS_S

    def _end(self, now: Instant, given_up_boot: float) -> None:
        bedside, lamp = self._room.bedside, self._room.bedside.pacing
        before = lamp.seen.memory.before
        if not bedside.nods() and self._left_half_way() and before is not None:
            bedside.nodding = fade.back(lamp.seen.profile, before, now.wall)
            lamp.follow(self._room.name, bedside.nodding)
            self._due_boot = now.boot + fade.BACK_S
        if bedside.nods() and not lamp.seen.touched and now.boot < self._due_boot:
            return
        if bedside.nods() and not lamp.seen.touched and now.boot < given_up_boot and self._untold():
            self._due_boot = now.boot + AGAIN_S
            return
        self._given_up_boot, self._due_boot = None, float("inf")
        bedside.end_nod()
        if self._room.phase is Phase.DAY and not lamp.courses:
            lamp.take_back()
            lamp.quit(self._room.name)

    def _left_half_way(self) -> bool:
        """Somebody said `stop`: nothing else wants the lamp, and it is not as it was."""
        lamp = self._room.bedside.pacing
        return self._room.phase is Phase.DAY and not lamp.courses and not lamp.seen.touched and lamp.seen.lit

    def _untold(self) -> bool:
        """The way back could not be told yet: the broker or the lamp is away."""
        bedside, course = self._room.bedside, self._room.bedside.nodding
        return course is not None and bedside.pacing.played != (course, len(course.moves) - 1)
