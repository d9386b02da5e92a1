"""Which evening it is for one room, what people have made of it, and what holds because of it. It moves no lamp.

Everything durable about a room is in `memory`; the evening follows from it, the configuration and the time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from winddown import RELEASED_AT
from winddown import config as file
from winddown.clock import Instant
from winddown.core.calendar import Night, night_at
from winddown.core.evening import Evening, Shape, as_planned, clock_off, evening_of, moved
from winddown.core.kept import Kept
from winddown.core.settings import effective
from winddown.model import Origin, Phase, RoomMemory, Running, Tonight
from winddown.value import shared


class Hours(Kept[RoomMemory]):
    """A room's hours."""

    def __init__(self, in_file: file.Room, zone: ZoneInfo, memory: RoomMemory, shape: Shape) -> None:
        super().__init__(memory)
        self.file = in_file
        self.config = in_file
        self.zone = zone
        self.shape = shape
        self.evening: Evening | None = None
        self.tonight: Tonight | None = None
        """What is remembered of the evening that runs or comes; None where no evening does."""
        self.night: Night | None = None
        """The night that runs or comes, as configured."""
        self.following: Night | None = None
        """The one after it."""
        self.present: bool | None = None
        """What `only_if` says; None: unknown, which does not stop an evening."""
        self._instants_of: tuple[object, object, object] = (None, None, None)
        self._instants: list[float] = []
        self.turn_s = 0.0
        """How long after a common instant this room begins: the rooms of a house take turns."""
        self.safe = False
        """A safe night: until its wake nothing runs but what somebody asks for."""
        self._looked_at = float("inf")
        self._reckoned: tuple[Night | None, Tonight | None] | None = None

    def configure(self) -> list[str]:
        """Take over what was set at run time; the settings that the file has overruled since."""
        before = self.memory.settings
        self.config, held = effective(self.file, before)
        if held != before:
            self.keep(settings=held)
        self.night = self._reckoned = None
        return sorted(set(before) - set(held))

    # ------------------------------------------------------------ the evening

    def look(self, now: Instant) -> None:
        """See which evening it is, as configured and as people have moved it."""
        if now.wall < RELEASED_AT:
            self.evening = self.tonight = self.night = self.following = self._reckoned = None
            return
        if self.night is None or not self._looked_at <= now.wall < self.night.wake_at:
            self._looked_at = now.wall
            self.night = night_at(now.wall, self.config.bedtime, self.config.wake, self.zone)
            after = None if self.night is None else self.night.wake_at
            self.following = (
                None if after is None else night_at(after, self.config.bedtime, self.config.wake, self.zone)
            )
        if (self.night, self.memory.tonight) != self._reckoned or self.shape is not as_planned:
            self._reckon(self.memory.tonight)

    def _reckon(self, kept: Tonight | None) -> None:
        self._reckoned = (self.night, kept)
        self.evening = self.tonight = None
        if self.night is not None:
            key = self.night.evening.isoformat()
            planned = evening_of(self.config, self.night, self.shape)
            self.tonight = kept if kept is not None and kept.evening == key else shared(Tonight(evening=key))
            self.evening = moved(planned, self.tonight)

    def remember(self, now: Instant, **changes: object) -> None:
        """Change what is remembered of tonight."""
        tonight = self.tonight
        if tonight is not None:
            changed = replace(tonight, **changes)  # type: ignore[arg-type]  # fields by name
            self.keep(tonight=changed)
            self.look(now)

    def running(self, kind: Phase, origin: Origin, begin_at: float) -> Running:
        """A sequence that begins then."""
        evening = self.evening
        for_s = self.config.breathing.for_s if evening is None else evening.breathing_s
        date = None if evening is None or origin is Origin.DAY else evening.date.isoformat()
        return Running(origin, kind, begin_at, for_s, date)

    def outlived(self) -> bool:
        """What is remembered belongs to an evening that is over: its wake came while nobody was here."""
        kept, running = self.memory.tonight, self.memory.running
        dates = {None if kept is None else kept.evening, None if running is None else running.evening}
        return bool(dates - {None, None if self.evening is None else self.evening.date.isoformat()})

    def forget_past(self, now: Instant) -> None:
        """What was for an evening that is over, or for a time that has passed."""
        kept = self.memory.tonight
        if kept is not None and (self.evening is None or kept.evening != self.evening.date.isoformat()):
            self.keep(tonight=None)
            self._reckon(None)
        until = self.memory.quiet_set_until
        if until is not None and now.wall >= until:
            self.keep(quiet_set=None, quiet_set_until=None)

    # ------------------------------------------------------------ what holds

    def routine(self) -> bool:
        """The evening runs by itself: wanted, not spent, not skipped."""
        return not self.safe and self._wanted()

    def _wanted(self) -> bool:
        tonight = self.tonight
        if tonight is None or tonight.skipped or tonight.spent_at is not None:
            return False
        return tonight.asked or (self.config.enabled and (tonight.begun or self.present is not False))

    def runway(self, now: Instant) -> bool:
        """Between the beginning of the runway and bedtime, of an evening that runs."""
        evening = self.evening
        return evening is not None and evening.runway_at <= now.wall < evening.bedtime_at and self.routine()

    def running_since(self, now: Instant) -> float | None:
        """When the evening that runs by now has begun (POSIX seconds); None: none does."""
        evening = self.evening
        runs = evening is not None and self.routine() and evening.runway_at <= now.wall < evening.wake_at
        return evening.runway_at if evening is not None and runs else None

    def dark(self, now: Instant) -> bool:
        """Between bedtime and wake, whether the evening runs or not: whoever presses now gets the night form."""
        return self.evening is not None and self.evening.bedtime_at <= now.wall < self.evening.wake_at

    def asleep(self, now: Instant) -> bool:
        """Night, because somebody said so or because it is time and an evening was wanted."""
        tonight, evening = self.tonight, self.evening
        if tonight is None or evening is None:
            return False
        if tonight.dark_at is not None and now.wall < evening.wake_at:
            return True
        if tonight.skipped:
            return False
        if tonight.begun and tonight.spent_at is not None and not tonight.stopped:
            return evening.runway_at <= now.wall < evening.wake_at  # also if the clock has been set back since
        if not self.dark(now):
            return False
        held = tonight.begun or tonight.asked
        blocked = self.present is False and tonight.spent_at is None
        return held or (self.config.enabled and not blocked)

    def left_alone_since(self, phase: Phase) -> float | None:
        """Bedtime, in a night in which a lamp that is left on may be turned off; None: it is not that."""
        if phase is not Phase.NIGHT or self.tonight is None or self.tonight.stopped:
            return None
        return None if self.evening is None else self.evening.bedtime_at

    def quiet(self, now: Instant) -> bool:
        """What chats is muted now."""
        memory, tonight, evening = self.memory, self.tonight, self.evening
        if memory.quiet_set is not None and memory.quiet_set_until is not None and now.wall < memory.quiet_set_until:
            return memory.quiet_set
        if tonight is None or evening is None or tonight.stopped or tonight.skipped:
            return False
        if tonight.dark_at is not None and now.wall < evening.wake_at:
            return True
        if not evening.runway_at <= now.wall < evening.wake_at:
            return False
        return self._wanted() or (tonight.spent_at is not None and (tonight.begun or self.asleep(now)))

    def quiet_until(self, now: Instant) -> float | None:
        """When it ends by itself; None: it is not quiet."""
        if not self.quiet(now):
            return None
        if self.memory.quiet_set:
            return self.memory.quiet_set_until
        return None if self.evening is None else self.evening.wake_at

    def muted(self, now: Instant) -> frozenset[str]:
        """The topics of the quiet targets that are to be muted now."""
        if not self.config.quiet or not self.quiet(now):
            return frozenset()
        evening = self.evening
        return frozenset(
            target.topic
            for target in self.config.quiet
            if target.until is None or evening is None or now.wall < clock_off(target.until, evening, self.zone)
        )

    def next_start(self, now: Instant) -> float | None:
        """When the next runway begins by itself (POSIX seconds); None: none does."""
        evening, tonight = self.evening, self.tonight
        if evening is None or tonight is None or not self.config.enabled:
            return None
        if now.wall < evening.runway_at and not tonight.skipped and tonight.spent_at is None:
            return evening.runway_at
        return None if self.following is None else evening_of(self.config, self.following).runway_at

    def instants(self) -> list[float]:
        """The wall instants that matter to this room."""
        known = (self.memory, self.evening, self.config)
        if any(one is not before for one, before in zip(known, self._instants_of, strict=True)):
            self._instants_of, self._instants = known, self._reckon_instants()
        return self._instants

    def _reckon_instants(self) -> list[float]:
        rest, evening = self.memory.rest, self.evening
        at = [] if rest is None else [rest.end_at]
        if evening is not None:
            at += [evening.runway_at, evening.bedtime_at, evening.wake_at]
            at += [clock_off(one.until, evening, self.zone) for one in self.config.quiet if one.until is not None]
        if self.memory.quiet_set_until is not None:
            at.append(self.memory.quiet_set_until)
        return at

    def clock(self, at: float) -> str:
        """A time of day, as people say it."""
        return datetime.fromtimestamp(at, self.zone).strftime("%H:%M")
