"""The promises of the contract, watched at every instant of a world. Planted bugs in the engine must be caught here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from world.promises.beats import Beats
from world.promises.dark import Dark
from world.promises.darker import Darker
from world.promises.late import Late
from world.promises.off import Off
from world.promises.quiet import Quiet
from world.promises.sunk import Sunk
from world.promises.touch import Touch
from world.promises.watch import RoomSeen, Seen, Watch

if TYPE_CHECKING:
    from winddown.model import Effect, Event
    from world.body import Lamp, Shown
    from world.sent import Sent
    from world.things import Thing
    from world.world import World

__all__ = ["Beats", "Dark", "Darker", "Late", "Off", "Promises", "Quiet", "RoomSeen", "Seen", "Sunk", "Touch", "Watch"]

SHOWN = 12


class Promises:
    """One watch for each promise, and first the one that sees for all of them."""

    def __init__(self, world: World, *, watched: bool) -> None:
        self.watches: list[Watch] = []
        if watched:
            seen = Seen(world)
            self.watches = [seen, *(kind(world, seen) for kind in (Darker, Dark, Sunk, Off, Quiet, Touch, Late, Beats))]

    @property
    def broken(self) -> list[str]:
        """Every broken promise so far, a sentence each."""
        return [sentence for watch in self.watches for sentence in watch.broken]

    def hold(self) -> None:
        """Fail if one was broken."""
        broken = self.broken
        more = f"\nand {len(broken) - SHOWN} more" if len(broken) > SHOWN else ""
        assert not broken, "broken promises:\n" + "\n".join(broken[:SHOWN]) + more

    def sent(self, sent: Sent) -> None:
        """A message reached the broker."""
        for watch in self.watches:
            watch.sent(sent)

    def handled(self, event: Event, effects: list[Effect]) -> None:
        """The engine answered to an event."""
        for watch in self.watches:
            watch.handled(event, effects)

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """A lamp carried out a command."""
        for watch in self.watches:
            watch.acted(lamp, cause, before)

    def hand(self, lamp: Lamp, before: Shown, reported: frozenset[str] | None) -> None:
        """A person changed a lamp."""
        for watch in self.watches:
            watch.hand(lamp, before, reported)

    def changed(self, thing: Thing) -> None:
        """A person changes something that can be quiet."""
        for watch in self.watches:
            watch.changed(thing)

    def entered(self, room: RoomSeen, before: str) -> None:
        """A room's phase or quiet changed."""
        for watch in self.watches:
            watch.entered(room, before)

    def turned(self, room: RoomSeen) -> None:
        """A room speaks of another evening."""
        for watch in self.watches:
            watch.turned(room)

    def asked(self, room: RoomSeen, verb: str) -> None:
        """A person asked something of a room."""
        for watch in self.watches:
            watch.asked(room, verb)

    def forgotten(self) -> None:
        """The daemon's journal is gone."""
        for watch in self.watches:
            watch.forgotten()
