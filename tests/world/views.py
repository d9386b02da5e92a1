"""What can be seen of a world from outside: the daemon's messages and states, for assertions. It changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from winddown.model import Memory
from world.sent import Sent, as_object

if TYPE_CHECKING:
    from world.body import Lamp
    from world.broker import Broker
    from world.daemon import Daemon
    from world.house import House, Room


class Views:
    """The half of the world that only looks."""

    house: House
    broker: Broker
    daemon: Daemon
    lamps: dict[str, Lamp]
    trace: list[Sent]

    def local_at(self, wall: float) -> datetime:
        """A POSIX second as people read it."""
        raise NotImplementedError

    @property
    def journal(self) -> dict[str, Memory]:
        """What would outlive a kill now."""
        return self.daemon.journal

    def lamp(self, name: str) -> Lamp:
        """A lamp by its name in the world, or in a room."""
        if name in self.lamps:
            return self.lamps[name]
        named = [room.lights[name] for room in self.house.rooms.values() if name in room.lights]
        assert len(set(named)) == 1, f"no one lamp is called {name}; there are: {', '.join(self.lamps)}"
        return self.lamps[named[0]]

    def state(self, room: str | None = None) -> dict[str, Any]:
        """What the room says of itself, as anybody who comes now would read it; empty: nothing yet."""
        topic = f"{self.house.prefix}/{self.room_named(room).name}/state"
        return as_object(self.broker.retained.get(topic, "{}")) or {}

    def problem(self, room: str | None = None) -> Any:
        """What the room says is wrong."""
        return self.state(room).get("problem")

    def sent(self, topic: str) -> list[tuple[datetime, Any]]:
        """What the daemon published on a topic: when by the wall clock, and what."""
        return [(self.local_at(sent.wall), sent.data) for sent in self.ours(topic)]

    def ours(self, topic: str) -> list[Sent]:
        """The daemon's own messages on a topic."""
        return [sent for sent in self.trace if sent.ours and sent.topic == topic]

    def cues(self, room: str | None = None) -> list[str]:
        """The cues so far."""
        return [data["text"] for _, data in self.sent(f"{self.house.prefix}/{self.room_named(room).name}/cue")]

    def whys(self, room: str | None = None) -> list[str]:
        """The decisions so far."""
        return [sent.payload for sent in self.ours(f"{self.house.prefix}/{self.room_named(room).name}/why")]

    def presses(self, room: str | None = None) -> list[str]:
        """The presses that were accepted so far."""
        topic = f"{self.house.prefix}/{self.room_named(room).name}/press"
        return [data["event_type"] for _, data in self.sent(topic)]

    @property
    def exit_code(self) -> int | None:
        """Why the daemon ended by itself; None: it did not."""
        return None if self.daemon.exit is None else self.daemon.exit.code

    def room_named(self, name: str | None) -> Room:
        """A room; the only one needs no name."""
        rooms = self.house.rooms
        if name is None:
            assert len(rooms) == 1, f"which room? there are: {', '.join(rooms)}"
            return next(iter(rooms.values()))
        return rooms[name]
