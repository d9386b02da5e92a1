"""Promise 2, the half of it that every evening shows: an OFF that was said is not told again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from world.promises.watch import Watch
from world.zigbee import ZigbeeLamp

if TYPE_CHECKING:
    from world.body import Lamp, Shown
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.world import World

SAID_S = 10.0
"""By then whatever the lamp had to say has arrived."""


class Off(Watch):
    """Each OFF to a lamp that is off and has said so is judged."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._told_boot: dict[str, float] = {}

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """A lamp was told to go off."""
        if not cause.ours or lamp.goal.on:
            return
        now = self.world.boot
        long_ago = now - self._told_boot.get(lamp.name, now) > SAID_S
        self._told_boot[lamp.name] = now
        asked = any(now - room.person_boot < SAID_S for room in self.seen.of(lamp))
        said = isinstance(lamp, ZigbeeLamp) and lamp.says["state"] == "OFF"
        if said and not before.on and long_ago and not asked and self.seen.live(SAID_S):
            self.breaks(f"2. {lamp.name} was told OFF again, though it had said that it is off")
