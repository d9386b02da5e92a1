"""Promises 1 and 8: only ever darker, and no lamp lights itself. Judged at the lamp: by what it truly showed."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from world.promises.watch import NOD_S, RoomSeen, Watch

if TYPE_CHECKING:
    from world.body import Lamp, Shown
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.world import World

SLACK = 0.6
"""Steps of the lamp: what rounding an answer can make, and less than a step."""
RACE_S = 3.0
"""A hand that tells nobody between the question and the step cannot be known."""
HEARD_S = 0.2
"""The word of a hand is on its way so long, and a command of ours that crosses it."""
PERSON_S = 3 * 3600.0
LEAVING_S = 1.2
"""Of a sequence: it was on its way up, and is asked where it is before it is told to stay there."""
RESTORE_S = 6.0
RISES_S = 2.0
FIRST_S = 0.1
BEGIN = frozenset({"go_to_bed", "release", "breathe", "next", "?"})
VISIBLE_STEPS = 7


class Darker(Watch):
    """No command of ours raises a lamp above what it showed, or lights one, but where the contract says so."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._told: dict[str, float] = {}
        """What a lamp that cannot be asked was last told, by anybody, or last said."""
        self._secret_boot: dict[str, float] = {}
        self._hand_off_boot: dict[str, float] = {}
        """When a hand last switched it off."""

    def hand(self, lamp: Lamp, before: Shown, reported: frozenset[str] | None) -> None:
        """A hand that reports is as good as told."""
        if before.on and not lamp.goal.on:
            self._hand_off_boot[lamp.name] = self.world.boot
        if reported is not None:
            self._told[lamp.name] = lamp.goal.level
        else:
            self._told.setdefault(lamp.name, before.level)
            self._secret_boot[lamp.name] = self.world.boot

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """Compare where it goes with where it was."""
        goal = lamp.goal
        told = self._told.get(lamp.name, before.level)
        self._told[lamp.name] = goal.level
        if not cause.ours or not goal.on:
            return
        unknowable = self._excused(lamp, lights=not before.on)
        lights = not before.on and not unknowable
        rises = goal.level > self._known(lamp, before, told, unknowable=unknowable) + SLACK
        if not (lights or rises):
            return
        rooms = self.seen.of(lamp)
        if any(self._may(room, lamp, goal, lights=lights) for room in rooms):
            return
        self._report(lamp, before, goal, lights=lights, asked=any(self._pressed(room) for room in rooms))

    def _known(self, lamp: Lamp, before: Shown, told: float, *, unknowable: bool) -> float:
        """What it showed; what it was last told, where nobody could know better."""
        level = before.level if before.on else 0.0
        return max(level, told) if unknowable or not lamp.askable else level

    def _excused(self, lamp: Lamp, *, lights: bool) -> bool:
        """A hand told nobody, and there was no way, or no time, to ask, nor a form of command that cannot light."""
        if lights and lamp.dims_unlit:
            return False
        now, never = self.world.boot, float("-inf")
        on_its_way_s = HEARD_S + float(getattr(lamp, "late_s", 0.0))
        said_just_now = lights and now - self._hand_off_boot.get(lamp.name, never) < on_its_way_s
        just = now - self._secret_boot.get(lamp.name, never) < RACE_S
        return said_just_now or just or (lamp.secret and not lamp.askable)

    def _may(self, room: RoomSeen, lamp: Lamp, goal: Shown, *, lights: bool) -> bool:
        asked = self._asked(room, lamp)
        pacing = lamp.name == room.room.pacing
        paces = pacing and self._in_sequence(room) and goal.level <= self._peak(room, lamp) + SLACK
        if paces and (not lights or asked or room.room.starts == "always"):
            return True
        glows = not {room.verb, room.verb_before}.isdisjoint({"glow", "?"})
        if pacing and asked and glows and goal.level <= self._steps(lamp, room.room.floor) + SLACK:
            return True
        given = self._given_back(room, lamp, goal) or self._just_ended(room, lamp, goal)
        given |= not lights and pacing and self._nods(room, lamp, goal)
        return given or (not lights and self._by_day(room, lamp, goal))

    def _by_day(self, room: RoomSeen, lamp: Lamp, goal: Shown) -> bool:
        """The night left it dim, and it came on: as it was before the evening."""
        was = room.levels_by_day.get(lamp.name)
        came_on = any(not shown.on for boot, shown in lamp.history if self.world.boot - boot < RISES_S)
        restores = room.phase == "day" and room.room.restores and came_on
        return restores and was is not None and goal.level <= was.level + SLACK

    def _nods(self, room: RoomSeen, lamp: Lamp, goal: Shown) -> bool:
        """A nod by day, that somebody asked for in the file: back to what it showed just now, and no further."""
        just_now = [shown.level for boot, shown in lamp.history if self.world.boot - boot < NOD_S and shown.on]
        return room.room.nods and room.phase == "day" and goal.level <= max(just_now, default=0.0) + SLACK

    def _asked(self, room: RoomSeen, lamp: Lamp) -> bool:
        """Somebody wants a light, and no hand has switched it off since."""
        since = max(self._hand_off_boot.get(lamp.name, float("-inf")), self.world.boot - PERSON_S)
        return room.light_boot > since

    def _pressed(self, room: RoomSeen) -> bool:
        return self.world.boot - room.person_boot < PERSON_S

    def _in_sequence(self, room: RoomSeen) -> bool:
        just_left = self.world.boot - room.changed_boot < LEAVING_S and room.phase_before in {"release", "breathing"}
        return (
            room.phase in {"release", "breathing"} or just_left or self._just_begun(room) or self._died_beginning(room)
        )

    def _just_begun(self, room: RoomSeen) -> bool:
        """The lamp comes first, and the state a moment after it."""
        begins = not BEGIN.isdisjoint({room.verb, room.verb_before})
        within_s = LEAVING_S if self.seen.died(room) else FIRST_S
        return begins and self.world.boot - room.person_boot < within_s

    def _died_beginning(self, room: RoomSeen) -> bool:
        """The lamp comes first: killed right after it, the daemon could not say any more what it had begun."""
        due = any(at is not None and self.world.wall >= at for at in (room.bedtime, room.rest_until))
        started = self.world.daemon.started_boot
        return due and (started is None or self.world.boot - started < LEAVING_S)

    def _given_back(self, room: RoomSeen, lamp: Lamp, goal: Shown) -> bool:
        """After `stop` before bedtime, or the end of something by day: to what it was, and no further."""
        was = room.levels.get(lamp.name)
        asked = room.origin_before == "day" or not {room.verb, room.verb_before}.isdisjoint({"stop", "?"})
        ended = asked and (room.phase == "day" or (room.phase == "runway" and room.origin_before == "day"))
        if not ended or self.world.boot - room.changed_boot > RESTORE_S or was is None or not was.on:
            return False
        bedtime = room.bedtime_before
        early = bedtime is None or self.world.wall < bedtime or room.origin_before == "day"
        return early and goal.level <= was.level + SLACK

    def _just_ended(self, room: RoomSeen, lamp: Lamp, goal: Shown) -> bool:
        """The lamp comes first, and the state a moment after it: by day it goes to what it was, exactly. After a `stop`
        that something else follows at once it is still on its way there."""
        stopped = room.verb_before == "stop" and self.world.boot - room.person_boot < LEAVING_S
        was = (room.levels_before if stopped else room.levels).get(lamp.name)
        by_day = room.phase in {"release", "breathing"} and room.origin == "day"
        if was is None or not was.on:
            return False
        stopped |= room.verb == "stop" and self.world.boot - room.person_boot < FIRST_S
        return (stopped and goal.level <= was.level + SLACK) or (by_day and abs(goal.level - was.level) <= SLACK)

    def _peak(self, room: RoomSeen, lamp: Lamp) -> float:
        percent = room.room.night_peak if room.origin == "night" else room.room.peak
        return max(self._steps(lamp, percent), self._steps(lamp, room.room.floor) + VISIBLE_STEPS)

    def _steps(self, lamp: Lamp, percent: float) -> int:
        return max(getattr(lamp, "off_at", 0) + 1, ceil(lamp.scale * percent / 100))

    def _report(self, lamp: Lamp, before: Shown, goal: Shown, *, lights: bool, asked: bool) -> None:
        if not lights:
            self.breaks(f"1. {lamp.name} was raised from {before.level:.1f} to {goal.level:.0f} by us")
        elif asked:
            self.breaks(f"1. {lamp.name} was off and was lit by us, to {goal.level:.0f}")
        else:
            self.breaks(f"8. {lamp.name} lit itself, to {goal.level:.0f}, and nobody had pressed")
