"""Keeps the evening moving: presses if nobody does, lets morning follow soon on the dark, drops the curtain.

It touches no lamp and nothing that winddown decides.
"""

from __future__ import annotations

from winddown.clock import Instant
from winddown.demo.onlooker import Accepted, Came, StateIs
from winddown.demo.stage import Seen, Stage
from winddown.demo.timing import Timing
from winddown.model import Phase, Press


class Director:
    """Told what happens and what time it is."""

    def __init__(self, stage: Stage, timing: Timing, now: Instant) -> None:
        self._stage = stage
        self._timing = timing
        self._ends_boot = now.boot + timing.limit_s
        self._phase = Phase.DAY
        self._been_dark = False
        self._pressed = False
        self._idle_since_boot = now.boot
        self.over = False
        """The curtain falls."""
        self.failed = False
        """It fell because winddown ended by itself."""

    def by_hand(self, press: Press, now: Instant) -> None:
        """A person presses: from now on the evening is theirs."""
        self._pressed = True
        self._idle_since_boot = now.boot
        self._stage.bedroom.press(press)

    def take(self, seen: Seen, now: Instant) -> None:
        """Something has happened."""
        match seen:
            case StateIs(phase=phase) if phase is not self._phase:
                self._enter(phase, now)
            case Accepted():
                self._pressed = True
            case Came(online=False):
                self.over = self.failed = True
            case _:
                pass

    def tick(self, now: Instant) -> None:
        """What is due."""
        due_at = self._stage.plan.bedtime_at - self._timing.press_early_s
        if self._phase is Phase.RUNWAY and not self._pressed and now.wall >= due_at:
            self._pressed = True
            self._stage.bedroom.press(Press.SINGLE)
        if not self._stage.daemon.alive:
            self.over = self.failed = True
        rested = now.boot - self._idle_since_boot >= self._timing.closing_s
        if now.boot >= self._ends_boot or (self._phase is Phase.DAY and self._been_dark and rested):
            self.over = True

    def _enter(self, phase: Phase, now: Instant) -> None:
        self._phase = phase
        self._idle_since_boot = now.boot
        plan = self._stage.plan
        match phase:
            case Phase.NIGHT:
                self._been_dark = True
                plan.wake_in(self._timing.night_s, now)
                self._stage.daemon.look()
            case Phase.DAY:
                pass
            case _:
                plan.wake_later(now)
                self._stage.daemon.look()
