"""What one lamp is meant to show over time: a plan that is a value. It is asked, it never acts.

A course lies on one clock: the wall for what belongs to the evening, boot time for what belongs to a beat. Whoever asks
late gets the newest move only; a move that was missed is never made up for.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from winddown.clock import Instant
from winddown.value import value

_begin = attrgetter("begin")


@value()
class Move:
    """One command to come: be at `level` when `end` comes, beginning at `begin`; in seconds from its course's `at`."""

    begin: float
    end: float
    """Equal to `begin`: at once."""
    level: int
    """In the lamp's steps; 0 is off."""
    mired: int | None = None
    """None: leave the warmth alone."""


@value()
class Course:
    """Moves in the order of their begin."""

    moves: tuple[Move, ...]
    at: float
    """The instant that they count from."""
    on_wall: bool
    """True: `at` is in POSIX seconds. False: in boot-time seconds."""
    level: int
    """What the lamp showed before the first move."""
    rises: bool = False
    """It may raise the lamp: breathing, tension release, a wish to have it back. All else only sinks."""
    lights: bool = False
    """It may light a lamp that is off: somebody pressed."""
    beats: bool = False
    """It follows a release or a breathing: what it shows changes all the time, and is soon past."""
    resends: bool = False
    """A person asked for it: it is sent even if the lamp is believed to be there already."""

    def now(self, now: Instant) -> float:
        """Seconds since `at`."""
        return (now.wall if self.on_wall else now.boot) - self.at

    def index(self, now: Instant) -> int:
        """Which move is under way or was the last; -1 before the first."""
        return bisect_right(self.moves, (now.wall if self.on_wall else now.boot) - self.at, key=_begin) - 1

    def following(self, now: Instant) -> tuple[float, Move] | None:
        """The boot-time instant at which the next move begins, and that move; None after the last."""
        index = self.index(now) + 1
        if index == len(self.moves):
            return None
        move = self.moves[index]
        begin = self.at + move.begin
        return now.boot_at(begin) if self.on_wall else begin, move

    def wish(self, now: Instant) -> float:
        """The level that the lamp should show now, between steps where a fade is under way; 0 is off."""
        index = self.index(now)
        if index < 0:
            return float(self.level)
        move = self.moves[index]
        before = self.moves[index - 1].level if index else self.level
        return between(before, move.level, self.now(now), move.begin, move.end)


def between(start: float, goal: float, at: float, begin: float, end: float) -> float:
    """Where a straight fade from `start` at `begin` to `goal` at `end` stands at `at`."""
    if at >= end:
        return float(goal)
    if at <= begin:
        return float(start)
    return start + (goal - start) * (at - begin) / (end - begin)
