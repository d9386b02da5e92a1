"""The only `now()` of the house. Everything else is told the time.

Two clocks, because each is right about something else: the wall knows when bedtime is, and jumps when NTP corrects it;
the boot-time clock never jumps and counts suspend too, so beats keep to it.
"""

from __future__ import annotations

import time

from winddown.value import value

SLACK_S = 1e-5
"""A hundredth of a millisecond: what sums of floats may miss an instant by."""


@value()
class Instant:
    """One moment on both clocks."""

    wall: float
    """POSIX seconds (UTC)."""
    boot: float
    """Seconds since the machine booted, suspend included; only differences mean anything."""

    def rounded_up(self) -> Instant:
        """A moment later: what is due within that is due, for sums of floats do not always meet."""
        return Instant(self.wall + SLACK_S, self.boot + SLACK_S)

    def boot_at(self, wall: float) -> float:
        """The boot-time reading at which the wall will show `wall`, if nobody steps the wall clock."""
        return self.boot + (wall - self.wall)

    def wall_at(self, boot: float) -> float:
        """The wall reading that belongs to `boot`, if nobody steps the wall clock."""
        return self.wall + (boot - self.boot)


_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def now() -> Instant:
    """Read both clocks."""
    return Instant(wall=time.time(), boot=time.clock_gettime(_BOOT))
