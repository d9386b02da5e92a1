"""Which lamp is asked before its next step: one that would not tell of a hand that was there first. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterable

from winddown.clock import Instant
from winddown.core.course import Course, Move
from winddown.core.seen import Seen

AHEAD_S = 2.0
"""A lamp that does not report by itself is asked this long before a step."""


class Reading:
    """Of one lamp."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._read_for: Move | None = None
        """The step that it was last read for."""

    def due_boot(self, course: Course, now: Instant) -> float | None:
        """When it is to be asked for the next step of a course; None: not for that one."""
        begin = course.next_boot(now)
        return begin - AHEAD_S if begin is not None and self._reads_before(course, now) else None

    def due(self, courses: Iterable[Course], now: Instant) -> bool:
        """It is to be asked now; after this it counts as asked."""
        for course in courses:
            due_boot = self.due_boot(course, now)
            if due_boot is not None and due_boot <= now.boot:
                self._read_for = course.moves[course.index(now) + 1]
                return True
        return False

    def _reads_before(self, course: Course, now: Instant) -> bool:
        seen = self._seen
        if course.rises or not seen.profile.can_ask or seen.tells or seen.shown.on is not True:
            return False
        return self._read_for is not course.moves[course.index(now) + 1]
