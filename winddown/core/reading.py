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

    __slots__ = ("_read_for", "_seen")

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._read_for: Move | None = None
        """The step that it was last read for."""

    def before(self, course: Course, move: Move, boot: float) -> bool:
        """Whether it is to be asked before this step of a course, if it has said nothing more until `boot`."""
        seen = self._seen
        if course.rises or not seen.profile.can_ask or seen.shown.on is not True:
            return False
        return self._read_for is not move and boot >= seen.tells_until_boot

    def due(self, courses: Iterable[Course], now: Instant) -> bool:
        """It is to be asked now; after this it counts as asked."""
        for course in courses:
            step = None if course.rises else course.following(now)
            if step is not None and step[0] - AHEAD_S <= now.boot and self.before(course, step[1], now.boot):
                self._read_for = step[1]
                return True
        return False
