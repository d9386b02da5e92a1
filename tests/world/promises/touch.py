"""Promise 4: what a person changed is left alone, until it is handed back or the next evening."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from world.promises.watch import RoomSeen, Watch

if TYPE_CHECKING:
    from world.body import Lamp, Shown
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.world import World

HANDS_BACK = {"go_to_bed", "release", "dark", "start", "resume", "?"}
ASKS_FOR_LIGHT = {"breathe", "glow", "next"}
CLEARLY = 0.15
"""Of the lamp's scale: within this of anything that it showed or was told lately, nobody can know whose it is."""
CLEARLY_MIRED = 70
LATELY_S = 90.0
HEARD_AFTER_S = 0.7
"""An answer to a question is waited for; so long a report may take to count."""
OFF_LATELY_S = 6.0
FINDS_S = 2.0


@dataclass(eq=False)
class Touched:
    """A person's lamp."""

    attributes: frozenset[str]
    boot: float
    wall: float
    on: bool
    handed_back: list[str] = field(default_factory=list)


class Touch(Watch):
    """From the moment that the daemon can know, no command names what a person changed."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._touched: dict[str, Touched] = {}
        self._begun_boot: dict[str, float] = {}
        self._off_boot: dict[str, float] = {}
        """When we last told a lamp to go off."""
        self._goals: dict[str, deque[tuple[float, Shown]]] = {}
        """Where our commands sent each lamp."""

    def hand(self, lamp: Lamp, before: Shown, reported: frozenset[str] | None) -> None:
        """A hand that reports; one that does not is nobody's to know."""
        self._changed(lamp, before, reported, self.world.boot)

    def _changed(self, lamp: Lamp, before: Shown, reported: frozenset[str] | None, hand_boot: float) -> None:
        if reported is not None and not lamp.secret:
            attributes = self._clear(lamp, before) & (reported | {"on"} | ({"level"} if not before.on else set()))
            late_s = float(getattr(lamp, "late_s", 0.0))
            if attributes:
                self.world.after(late_s + HEARD_AFTER_S, partial(self._arm, lamp, attributes, hand_boot))

    def _clear(self, lamp: Lamp, before: Shown) -> frozenset[str]:
        """What changed beyond doubt."""
        goal = lamp.goal
        if goal.on != before.on:
            late = self.world.boot - self._off_boot.get(lamp.name, float("-inf")) < OFF_LATELY_S
            return frozenset() if late else frozenset({"on", "level"}) if goal.on else frozenset({"on"})
        if not goal.on:
            return frozenset()
        found = set()
        since, now = self.world.boot - LATELY_S, lamp.shows()
        lately = [shown for boot, shown in lamp.history if boot >= since and shown != now] + [before]
        lately += [goal for boot, goal in self._goals.get(lamp.name, ()) if boot >= since]
        levels = [shown.level for shown in lately]
        if not min(levels) - CLEARLY * lamp.scale <= goal.level <= max(levels) + CLEARLY * lamp.scale:
            found.add("level")
        mireds = [shown.mired for shown in lately if shown.mired is not None]
        if goal.mired is not None and mireds:
            clear = not min(mireds) - CLEARLY_MIRED <= goal.mired <= max(mireds) + CLEARLY_MIRED
            found |= {"warmth"} if clear else set()
        return frozenset(found)

    def _arm(self, lamp: Lamp, attributes: frozenset[str], hand_boot: float) -> None:
        rooms = self.seen.of(lamp)
        heard = self.seen.live(self.world.boot - hand_boot) and not self._asked_first(hand_boot)
        handed_back = any(room.person_boot >= hand_boot for room in rooms) or self._begun(lamp) >= hand_boot
        if not heard or handed_back or all(room.phase == "day" for room in rooms):
            return
        old = self._touched.get(lamp.name)
        both = attributes | (old.attributes if old else frozenset())
        self._touched[lamp.name] = Touched(both, self.world.boot, self.world.wall, lamp.on)

    def _asked_first(self, hand_boot: float) -> bool:
        """A daemon that has just begun asks the lamps: what they say then is how it found them."""
        started_boot = self.world.daemon.started_boot
        return started_boot is not None and 0 <= hand_boot - started_boot < FINDS_S

    def _begun(self, lamp: Lamp) -> float:
        """When an evening last took the lamp, whatever a hand had done to it by day."""
        return self._begun_boot.get(lamp.name, float("-inf"))

    # ------------------------------------------------------------ until when

    def asked(self, room: RoomSeen, verb: str) -> None:
        """Hand back, where the verb does."""
        to_bed = verb == "next" and room.phase == "runway"
        for name in room.room.lights.values():
            if verb in HANDS_BACK or to_bed:
                self._touched.pop(name, None)
            elif verb in ASKS_FOR_LIGHT and name == room.room.pacing and name in self._touched:
                self._touched[name].handed_back.append(verb)

    def entered(self, room: RoomSeen, before: str) -> None:
        """The next evening begins; under a sequence that began by day, it is quiet that tells."""
        begins = before == "day" or (room.phase == "runway" and room.origin_before == "day")
        begins |= room.origin == "day" and room.quiet and not room.quiet_asked
        begins |= before == "runway" and room.origin_before == "day" and room.origin != "day"  # by a clock set on
        if begins and room.phase != "day":
            self._begins(room)

    def turned(self, room: RoomSeen) -> None:
        """It is the next evening, whatever the days between."""
        self._begins(room)

    def _begins(self, room: RoomSeen) -> None:
        for name in room.room.lights.values():
            if all(other.phase == "day" or other is room for other in self.seen.of(self.world.lamps[name])):
                self._touched.pop(name, None)
                self._begun_boot[name] = self.world.boot

    def forgotten(self) -> None:
        """A daemon without its journal cannot know."""
        self._touched.clear()

    # ------------------------------------------------------------ commands

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """A command of ours to a touched lamp; or somebody else's, which is a touch too."""
        named = lamp.attributes(cause)
        if not cause.ours:
            self._changed(lamp, before, named, cause.boot)
            return
        self._goals.setdefault(lamp.name, deque(maxlen=60)).append((self.world.boot, lamp.goal))
        if "on" in named and not lamp.goal.on:
            self._off_boot[lamp.name] = self.world.boot
        touched = self._touched.get(lamp.name)
        if touched is None or cause.boot < touched.boot or touched.handed_back:
            return
        wrong = self._wrong(touched, named, lamp, before)
        if wrong and not self._forgotten(lamp, touched):
            what = " and ".join(sorted(wrong))
            self.breaks(f"4. {lamp.name} was told {cause.payload}, though somebody had changed its {what}")

    def _wrong(self, touched: Touched, named: frozenset[str], lamp: Lamp, before: Shown) -> frozenset[str]:
        turns_off = "on" in named and not lamp.goal.on
        if turns_off:
            return touched.attributes - {"warmth"} if touched.on else frozenset()
        lit = {"on"} if lamp.goal.on and not before.on else set()
        return (named | lit) & touched.attributes

    def _forgotten(self, lamp: Lamp, touched: Touched) -> bool:
        """So long after bedtime, and untouched for so long by either clock, it sinks after all."""
        untouched_s = max(self.world.boot - touched.boot, self.world.wall - touched.wall)
        for room in self.seen.of(lamp):
            after_s = room.room.forgotten_s
            bedtime = room.bedtime
            if after_s is None or bedtime is None:
                continue
            if min(untouched_s, self.world.wall - bedtime) > after_s - 5:
                return True
        return False
