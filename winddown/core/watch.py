"""What a room's night was like, as far as winddown sees: runway, presses, sequences, hands. It only looks."""

from __future__ import annotations

from dataclasses import replace

from winddown.clock import Instant
from winddown.core.room import Room
from winddown.core.sequence import Sequence
from winddown.model import NightSeen, Origin, Phase, Pressed, Running
from winddown.value import shared

MOST_PRESSES = 60
"""More in one night are a button that is stuck."""
PUNCTUAL_S = 60.0
"""A runway that ended this close to its bedtime was kept."""


class Watch:
    """Compares a room with what it was when it was last looked at."""

    __slots__ = ("_bedtime_at", "_running", "_sequence", "seen")

    def __init__(self, seen: NightSeen | None) -> None:
        self.seen = seen or shared(NightSeen(evening=""))
        self._bedtime_at: float | None = None
        """Until when the runway was to last, when it was last seen; None: it was not seen."""
        self._running: Running | None = None
        self._sequence: Sequence | None = None

    def look(self, room: Room, now: Instant) -> bool:
        """Take in what has happened; True: there is something new."""
        evening = room.hours.evening
        if evening is None:
            return False
        before, key = self.seen, evening.date.isoformat()
        if self.seen.evening != key:
            self.seen, self._bedtime_at = shared(NightSeen(evening=key)), None
        self._runway(room, now)
        self._bed(room, now)
        self._presses(room, now)
        self._ended(room, now)
        if room.phase is not Phase.DAY:
            touched = {name for name, lamp in room.bedside.lamps.items() if lamp.seen.touched}
            self._note(touched=tuple(sorted(touched.union(self.seen.touched))))
        return self.seen != before and self.seen != NightSeen(evening=key)

    def moment(self, offered: int, answered: int) -> bool:
        """Rest moments that were offered or answered; True: there is a night to put them to."""
        self._note(moments=self.seen.moments + offered, answered=self.seen.answered + answered)
        return bool(self.seen.evening)

    def _note(self, **changes: object) -> None:
        if all(getattr(self.seen, name) == value for name, value in changes.items()):
            return
        self.seen = replace(self.seen, **changes)  # type: ignore[arg-type]  # fields by name

    def _runway(self, room: Room, now: Instant) -> None:
        evening, tonight = room.hours.evening, room.hours.tonight
        if evening is None:
            return
        if room.phase is Phase.RUNWAY and room.hours.memory.rest is None:
            self._note(runway_at=self.seen.runway_at or now.wall, runway_end_at=None, runway_kept=None)
            self._bedtime_at = evening.bedtime_at
        elif self._bedtime_at is not None:
            unwanted = tonight is not None and (tonight.stopped or tonight.skipped)
            kept = now.wall >= self._bedtime_at - PUNCTUAL_S and not unwanted
            self._note(runway_end_at=now.wall, runway_kept=kept)
            self._bedtime_at = None

    def _bed(self, room: Room, now: Instant) -> None:
        evening, tonight, sequence = room.hours.evening, room.hours.tonight, room.sequence
        if evening is None or tonight is None or tonight.stopped:
            return
        in_bed = room.phase is Phase.NIGHT if sequence is None else sequence.origin is not Origin.DAY
        if in_bed and self.seen.to_bed_at is None:
            self._note(to_bed_at=min(evening.bedtime_at, now.wall))
        dark_at = tonight.dark_at or tonight.spent_at
        if self.seen.to_bed_at is not None and self.seen.lights_out_at is None and dark_at and sequence is None:
            self._note(lights_out_at=dark_at)

    def _presses(self, room: Room, now: Instant) -> None:
        night = room.phase is Phase.NIGHT if room.sequence is None else room.sequence.origin is Origin.NIGHT
        new = tuple(Pressed(now.wall, press, night) for press, _ in room.news.presses)
        if new:
            self._note(presses=(*self.seen.presses, *new)[:MOST_PRESSES])

    def _ended(self, room: Room, now: Instant) -> None:
        """Which parts of a sequence that is over, or has given way to another, came to their end."""
        running, sequence = room.hours.memory.running, self._sequence
        if sequence is not None and running != self._running:
            release = 0 < sequence.breathing_at_s <= sequence.at(now.boot)
            breathing = bool(sequence.breaths) and sequence.over(now.boot)
            done = [name for name, whole in (("release", release), ("breathing", breathing)) if whole]
            self._note(finished=(*self.seen.finished, *done)[:MOST_PRESSES])
        self._running, self._sequence = running, room.sequence
