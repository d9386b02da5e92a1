"""Promise 6, as the sleeper sees it: who went to bed has a dark room, whatever befell winddown in the evening."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from world.lamps import GenericLamp, JsonLamp
from world.promises.watch import RoomSeen, Watch
from world.zigbee import ZigbeeLamp

if TYPE_CHECKING:
    from world.body import Lamp, Shown
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.world import World

DARK_AFTER_S = 900.0
"""Of the night: what goes off slowly is off, an OFF that was not said has been repeated, a glow is over."""
LIVE_S = 60.0
WORD_S = 3.0
"""The word of a hand is on its way so long: what it did just before a runway is known in it."""
LEAVES_THEM = frozenset({"stop", "skip", "?"})


class WhoseLamp(Watch):
    """Knows when each lamp was last somebody's, or lost its power."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._begun_boot: dict[RoomSeen, float] = {}
        """When the runway of an evening began that is not over."""
        self._hand_boot: dict[str, float] = {}

    def hand(self, lamp: Lamp, before: Shown, reported: frozenset[str] | None) -> None:
        """From now on it is somebody's."""
        self._hand_boot[lamp.name] = self.world.boot

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """An app is somebody too."""
        if not cause.ours:
            self._hand_boot[lamp.name] = self.world.boot

    def changed_boot(self, lamp: Lamp) -> float:
        """When that was."""
        return max(self._hand_boot.get(lamp.name, float("-inf")), lamp.powered_boot)


class Dark(WhoseLamp):
    """A quarter of an hour into each night no lamp is on that was winddown's all evening."""

    def asked(self, room: RoomSeen, verb: str) -> None:
        """Who wants to be left alone has the lamps as they are."""
        if verb in LEAVES_THEM:
            self._begun_boot.pop(room, None)

    def entered(self, room: RoomSeen, before: str) -> None:
        """A runway begins, a night, a day."""
        if room.phase == "day":
            self._begun_boot.pop(room, None)
        elif room.phase == "runway" and room.origin != "day":
            self._begun_boot.setdefault(room, self.world.boot)
        elif room.phase == "night" and before != "night":
            self.world.after(DARK_AFTER_S, partial(self._look, room, room.changed_boot))

    def turned(self, room: RoomSeen) -> None:
        """Of an evening that is over nothing is due any more; of the next one, if its runway is seen."""
        self._begun_boot.pop(room, None)
        if room.phase == "runway" and room.origin != "day":
            self._begun_boot[room] = self.world.boot

    def _look(self, room: RoomSeen, since_boot: float) -> None:
        """As soon as the daemon has had a minute; not in what a person asked for meanwhile."""
        if room.phase != "night" or room.changed_boot != since_boot or room not in self._begun_boot:
            return
        asked = self.world.boot - room.person_boot < DARK_AFTER_S
        if asked or not self.seen.live(LIVE_S):
            self.world.after(LIVE_S, partial(self._look, room, since_boot))
            return
        for name in room.room.lights.values():
            lamp = self.world.lamps[name]
            if lamp.lit and name not in room.room.stays and not self._excused(lamp, room):
                self.breaks(f"6. {name} is still on, at {lamp.shows().level:.0f}, a while after {room.room.name} slept")

    def _excused(self, lamp: Lamp, room: RoomSeen) -> bool:
        """A hand or a power cut had it since the evening began; or nobody can know that it is on, or change that."""
        if excused(lamp):
            return True
        # a clock set back lets the evening begin again, and what was a hand's in it is still
        return self.changed_boot(lamp) >= (0.0 if self.world.stepped else self._begun_boot[room] - WORD_S)


def excused(lamp: Lamp, *, level: bool = False) -> bool:
    """Nobody can know that it is on, or change that; or how bright it is."""
    if level and isinstance(lamp, GenericLamp) and lamp.state_topic is None:
        return True
    if isinstance(lamp, ZigbeeLamp) and (lamp.says["state"] == "OFF" or lamp.deaf_to_off or lamp.nameless):
        return True
    return not lamp.askable and (lamp.secret or isinstance(lamp, ZigbeeLamp) or _is_unheard(lamp))


def _is_unheard(lamp: Lamp) -> bool:
    """Its last word was lost with the broker's store: a daemon that has begun since then knows nothing of it."""
    topic = lamp.topic if isinstance(lamp, JsonLamp) else lamp.state_topic if isinstance(lamp, GenericLamp) else None
    return topic is not None and topic not in lamp.world.broker.retained
