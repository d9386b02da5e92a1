"""Counts: commands that went to lamps, steps of the plan that needed none, how late the beats were. It sends nothing.

Told as `PREFIX/hub/figures`, retained, a minute after something was counted; since the daemon began.
"""

from __future__ import annotations

from dataclasses import dataclass

from winddown.core.course import Course
from winddown.model import Effect, Message, Publish
from winddown.payload import compact

EVERY_S = 60.0

Played = tuple[Course, int]
"""A course, and which of its moves was the last."""


@dataclass(slots=True)
class Figures:
    """Of all lamps together."""

    topic: str
    sent: int = 0
    """Commands; questions are none."""
    saved: int = 0
    """Steps without a command: the lamp showed it already, was off or somebody's, or the moment had passed."""
    beat_error_s: float | None = None
    """The latest beat of the last minute that had any."""
    due_boot: float = float("inf")
    _late_s: float = float("-inf")
    _beat_boot: float | None = None
    """When the first beat was due that is not out yet."""

    def stepped(self, before: Played | None, after: Played, now_s: float, boot: float, *, some: bool) -> None:
        """A lamp's turn is over. `now_s`: seconds on the clock of its course; `some`: a command came of it."""
        course, index = after
        followed = before is not None and before[0] is course
        steps = max(1, index - before[1]) if before is not None and followed else 1
        self.saved += steps - some
        if followed and course.beats:
            due_boot = boot - now_s + course.moves[index - steps + 1].begin
            self._beat_boot = due_boot if self._beat_boot is None else min(self._beat_boot, due_boot)
        self._counted(boot)

    def went_out(self, boot: float) -> None:
        """All that was called for until now is out."""
        if self._beat_boot is not None:
            self._late_s, self._beat_boot = max(self._late_s, boot - self._beat_boot), None

    def told(self, boot: float) -> None:
        """One command goes out."""
        self.sent += 1
        self._counted(boot)

    def due(self, boot: float) -> list[Effect]:
        """What is to be told now."""
        if boot < self.due_boot:
            return []
        self.due_boot = float("inf")
        if self._late_s >= 0:
            self.beat_error_s, self._late_s = self._late_s, float("-inf")
        error_ms = None if self.beat_error_s is None else round(self.beat_error_s * 1000, 1)
        said = {"sent": self.sent, "saved": self.saved, "beat_error_ms": error_ms}
        return [Publish(Message(self.topic, compact(said), qos=1, retain=True))]

    def _counted(self, boot: float) -> None:
        self.due_boot = min(self.due_boot, boot + EVERY_S)
