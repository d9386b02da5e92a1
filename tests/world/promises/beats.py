"""Promise 7: no drift. The beats of the pulse lie on one grid from the first steady breath to the last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from world.promises.watch import RoomSeen, Watch

if TYPE_CHECKING:
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.world import World

STEADY_AFTER_S = 260.0
"""The pace has come down by then."""
EXACT_S = 0.01
CATCHING_UP_S = 3.0
"""After an outage, a start or a press the present is sent at once, between the beats."""


@dataclass(eq=False)
class Grid:
    """The beats of one breathing."""

    begin_boot: float
    anchor_boot: float | None = None
    """A steady beat, from which the others are counted."""


class Beats(Watch):
    """Each command to a pacing lamp that fades by itself falls on the beginning of an inhale or of an exhale."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._grids: dict[RoomSeen, Grid] = {}
        self._rooms: dict[str, RoomSeen] = {}
        """The room by the command topic of its pacing lamp; only lamps that fade by themselves."""

    def entered(self, room: RoomSeen, before: str) -> None:
        """A breathing begins or ends."""
        lamp = self.world.lamps.get(room.room.pacing or "")
        if room.phase == "breathing" and before != "breathing" and lamp is not None and lamp.fades:
            self._grids[room] = Grid(self.world.boot)
            for topic in lamp.command_topics:
                self._rooms[topic] = room
        elif room.phase != "breathing":
            self._grids.pop(room, None)

    def asked(self, room: RoomSeen, verb: str) -> None:
        """Who asks to breathe again begins a new grid."""
        if room in self._grids:
            self._grids[room] = Grid(self.world.boot)

    def sent(self, sent: Sent) -> None:
        """One beat."""
        room = self._rooms.get(sent.topic) if sent.ours else None
        grid = self._grid(room) if room is not None else None
        if room is None or grid is None or not self._counts(sent, room, grid):
            return
        if grid.anchor_boot is None:
            grid.anchor_boot = sent.boot
            return
        off_s = self._off(sent.boot - grid.anchor_boot, room)
        if off_s > EXACT_S + self.world.late_s:
            self.breaks(f"7. a beat of {room.room.name} came {off_s * 1000:.0f} ms beside the first steady ones")

    def _grid(self, room: RoomSeen) -> Grid | None:
        """A daemon that begins when the clock has been set back breathes anew: by the clock it had not begun."""
        grid, started_boot = self._grids.get(room), self.world.daemon.started_boot or 0.0
        if grid is not None and grid.begin_boot < started_boot and self.world.stepped:
            grid = self._grids[room] = Grid(started_boot)
        return grid

    def _counts(self, sent: Sent, room: RoomSeen, grid: Grid) -> bool:
        if sent.boot - grid.begin_boot < STEADY_AFTER_S or not self.seen.live(CATCHING_UP_S):
            return False
        lamp = self.world.lamps[room.room.pacing or ""]
        return lamp.attributes(sent) == {"level"} and sent.boot - room.person_boot > CATCHING_UP_S

    def _off(self, since_s: float, room: RoomSeen) -> float:
        """How far a beat is from the nearest one of the grid; the anchor was an inhale or an exhale."""
        period_s, inhale_s = room.room.period_s, room.room.inhale_s
        turns = (0.0, inhale_s, period_s - inhale_s)
        return min(abs((since_s - turn + period_s / 2) % period_s - period_s / 2) for turn in turns)
