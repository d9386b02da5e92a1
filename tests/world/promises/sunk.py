"""What an evening is for, and promise 6: whatever befell winddown, lamps sink all the runway, and are low then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from world.promises.dark import WORD_S, WhoseLamp, excused

if TYPE_CHECKING:
    from world.body import Lamp, Shown
    from world.promises.watch import RoomSeen, Seen
    from world.sent import Sent
    from world.world import World

LATE_S = 300.0
"""The longest step is a minute, and after a restart a lamp may first be asked a few times."""
ALONE_S = 900.0
"""Who asks for something so shortly before bedtime has an evening of their own."""
IN_BED = frozenset({"release", "breathing", "night"})
"""A runway after these has been asked for, by `later` or another bedtime. That hands no lamp back."""
LOW = 0.12
"""Of its scale: the largest floor, and what a lamp lies by. From there on a step may be too small to send."""


class Sunk(WhoseLamp):
    """A lamp that is on and winddown's is told something every few minutes of a runway, and is low at its end."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._told_boot: dict[str, float] = {}

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """It is told something."""
        super().acted(lamp, cause, before)
        if cause.ours:
            self._told_boot[lamp.name] = self.world.boot

    def entered(self, room: RoomSeen, before: str) -> None:
        """A runway begins, or ends in a bedtime."""
        if room.phase == "runway" and before in IN_BED:
            return
        if room.phase == "runway" and room.origin != "day":
            self._begun_boot.setdefault(room, self.world.boot)
            self.world.after(LATE_S, partial(self._on_the_way, room, room.changed_boot))
            return
        begun_boot = self._begun_boot.pop(room, None)
        if begun_boot is None or before != "runway" or room.phase not in {"breathing", "night"}:
            return
        if self.world.boot - max(room.person_boot, begun_boot) < ALONE_S:
            return
        for lamp in self._ours(room, begun_boot):
            self.breaks(f"6. {lamp.name} still shows {lamp.shows().level:.0f} at bedtime in {room.room.name}")

    def _on_the_way(self, room: RoomSeen, since_boot: float) -> None:
        if room.phase != "runway" or room.changed_boot != since_boot:
            return
        if room.person_boot > self._begun_boot[room] or room.verb == "later":  # in which all waits
            return
        for lamp in self._ours(room, self._begun_boot[room]):
            if self.world.boot - self._told_boot.get(lamp.name, float("-inf")) > LATE_S:
                self.breaks(f"6. {lamp.name} stands at {lamp.shows().level:.0f} in the runway of {room.room.name}")
                return
        self.world.after(LATE_S, partial(self._on_the_way, room, since_boot))

    def _ours(self, room: RoomSeen, begun_boot: float) -> list[Lamp]:
        """What is lit, not low, and nobody's else since the runway began; none where winddown could not do its part."""
        if self.world.stepped or not self.seen.live(LATE_S):
            return []
        lamps = [self.world.lamps[name] for name in room.within_reach]
        return [
            lamp
            for lamp in lamps
            if lamp.lit
            and lamp.goal.level > LOW * lamp.scale
            and self.changed_boot(lamp) < begun_boot - WORD_S
            and not excused(lamp, level=True)
        ]
