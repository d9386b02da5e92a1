"""What every watch is told, and what a room has said of itself so far. A watch judges; it never meddles.

The watches believe the daemon's published `state` about the phase only where a promise speaks of phases, and hold that
itself against what people did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from winddown.model import Stop
from world.promises.said import another_night, wall, within_reach
from world.sent import as_object
from world.zigbee import ZigbeeLamp

if TYPE_CHECKING:
    from winddown.model import Effect, Event
    from world.body import Lamp, Shown
    from world.house import Room
    from world.sent import Sent
    from world.things import Thing
    from world.world import World

TABLE = {
    "day": {"single": "release", "double": "start", "hold": "stop"},
    "runway": {"single": "go_to_bed", "double": "later", "hold": "dark"},
    "release": {"single": "next", "double": "breathe", "hold": "dark"},
    "breathing": {"single": "release", "double": "breathe", "hold": "dark"},
    "night": {"single": "release", "double": "glow", "hold": "dark"},
}
ASKS_FOR_LIGHT = frozenset({"go_to_bed", "release", "breathe", "next", "glow", "?"})
"""Who wants a lamp to be held back, or to be left alone, wants no light."""
BEGINS_QUIET = frozenset(
    {"go_to_bed", "release", "breathe", "start", "dark", "skip", "quiet/set", "enabled/set", "bedtime/set", "?"}
)
"""`skip` may be `skip off`."""
SETTINGS = ("bedtime", "wake", "runway", "enabled")
SEQUENCES = ("release", "breathing")
ON_ITS_WAY_S = 0.1
NOD_S = 6.0
KINDS = ("single", "double", "hold")


class Watch:
    """One promise, watched. Everything here does nothing; a promise overrides what it needs."""

    def __init__(self, world: World, seen: Seen) -> None:
        self.world = world
        self.seen = seen
        self.broken: list[str] = []

    def breaks(self, sentence: str) -> None:
        """A promise was broken just now."""
        self.broken.append(f"{self.world.local:%a %H:%M:%S.%f}"[:-3] + f" {sentence}")

    def sent(self, sent: Sent) -> None:
        """A message reached the broker."""

    def handled(self, event: Event, effects: list[Effect]) -> None:
        """The engine answered to an event."""

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """A lamp carried out a command, the daemon's or somebody's."""

    def hand(self, lamp: Lamp, before: Shown, reported: frozenset[str] | None) -> None:
        """A person changed a lamp: of `on`, `level`, `warmth` what it reports; None: it tells nobody."""

    def changed(self, thing: Thing) -> None:
        """A person is about to change something that can be quiet."""

    def entered(self, room: RoomSeen, before: str) -> None:
        """A room's phase or quiet changed; `before` was its phase."""

    def turned(self, room: RoomSeen) -> None:
        """A room speaks of another evening than before, and of no day between them: somebody has set the clock."""

    def asked(self, room: RoomSeen, verb: str) -> None:
        """A person asked something of a room: a verb, `NAME/set`, or `?` for a press whose meaning is not known."""

    def forgotten(self) -> None:
        """The daemon's journal is gone."""


@dataclass(eq=False)
class RoomSeen:
    """A room from outside."""

    room: Room
    phase: str = "day"
    phase_before: str = "day"
    origin: str = ""
    origin_before: str = ""
    """The same, before the phase last changed."""
    changed_boot: float = 0.0
    quiet: bool = False
    bedtime: float | None = None
    """Tonight's, POSIX seconds, as last published."""
    bedtime_before: float | None = None
    """The same, before the phase last changed."""
    wake: float | None = None
    rest_until: float | None = None
    """When the way down of a rest by day ends, and breathing begins; None: there is no such rest."""
    person_boot: float = float("-inf")
    """When somebody last asked anything of it."""
    verb: str = ""
    """What was last asked."""
    light_boot: float = float("-inf")
    """When somebody last asked for a light, in the sequence that runs; long ago: nobody did."""
    quiet_boot: float = float("-inf")
    """When somebody last asked for something with which quiet begins."""
    verb_before: str = ""
    """The same, before that: it may still be on its way to a lamp."""
    quiet_asked: bool = False
    """A person switched quiet on."""
    said_boot: float = float("-inf")
    """When it last said anything."""
    within_reach: frozenset[str] = frozenset()
    """The world's names of lamps that it can dim, by what it says; none where it says that something is wrong."""
    levels: dict[str, Shown] = field(default_factory=dict)
    """What its lamps truly showed when it last left the day, or began something out of a night."""
    levels_before: dict[str, Shown] = field(default_factory=dict)
    """The same, the time before."""
    levels_by_day: dict[str, Shown] = field(default_factory=dict)
    """The same when it last left the day."""
    levels_asked: dict[str, Shown] = field(default_factory=dict)
    """The same when somebody last asked anything of it: the lamp is told first, and the state a moment later."""


class Seen(Watch):
    """The rooms' phases and the people's wishes, for the other watches. Promises nothing itself but that wake stays."""

    def __init__(self, world: World) -> None:
        super().__init__(world, self)
        prefix = world.house.prefix
        self.rooms = {name: RoomSeen(room) for name, room in world.house.rooms.items()}
        self._states = {f"{prefix}/{name}/state": seen for name, seen in self.rooms.items()}
        self._buttons: dict[str, list[RoomSeen]] = {}
        for seen in self.rooms.values():
            for topic, _ in seen.room.buttons:
                self._buttons.setdefault(topic, []).append(seen)
        self.press_topics = frozenset(self._buttons) | {f"{prefix}/{name}/press/set" for name in self.rooms}
        self._set_boot = float("-inf")

    def of(self, lamp: Lamp) -> list[RoomSeen]:
        """The rooms that name a lamp."""
        return [seen for seen in self.rooms.values() if lamp.name in seen.room.lights.values()]

    def commands(self, topic: str) -> bool:
        """A person speaks to the daemon on this topic."""
        prefix = f"{self.world.house.prefix}/"
        ours = topic.startswith(prefix) and topic.endswith(("/command", "/set"))
        return topic in self.press_topics or ours

    def handled(self, event: Event, effects: list[Effect]) -> None:
        """Who ends cleanly is quiet no more."""
        if isinstance(event, Stop):
            for seen in self.rooms.values():
                seen.quiet = False

    # ------------------------------------------------------------ what people ask

    def sent(self, sent: Sent) -> None:
        """Read the rooms' states, and what people say."""
        if sent.ours:
            seen = self._states.get(sent.topic)
            if seen is not None:
                self._read(seen, as_object(sent.payload) or {})
        elif not sent.retain and self.commands(sent.topic) and self.world.broker.connected:
            self._heed(sent)  # else nobody hears it, and nobody keeps it

    def _heed(self, sent: Sent) -> None:
        for seen, verb in self._wishes(sent):
            just = self.world.boot - seen.person_boot < ON_ITS_WAY_S
            seen.verb_before = seen.verb if just else ""
            seen.person_boot, seen.verb = self.world.boot, verb
            if verb in BEGINS_QUIET:
                seen.quiet_boot = self.world.boot
            if verb in ASKS_FOR_LIGHT:
                seen.light_boot = self.world.boot
            seen.levels_asked = {name: self._known(name, shown) for name, shown in self._shown(seen).items()}
            if verb.endswith("/set"):
                self._set_boot = self.world.boot
            if verb == "quiet/set":
                seen.quiet_asked = sent.payload == "ON"
            self.world.promises.asked(seen, verb)

    def _wishes(self, sent: Sent) -> list[tuple[RoomSeen, str]]:
        if sent.topic in self._buttons:
            action = str((as_object(sent.payload) or {"action": sent.payload}).get("action", ""))
            return [(seen, self.verb_of(seen, action)) for seen in self._buttons[sent.topic] if action]
        parts = sent.topic.removeprefix(f"{self.world.house.prefix}/").split("/")
        rooms = (
            list(self.rooms.values()) if parts[0] == "all" else [self.rooms[parts[0]]] if parts[0] in self.rooms else []
        )
        if parts[-1] == "command":
            return [(seen, (sent.payload.split() or ["?"])[0]) for seen in rooms]
        if parts[1:] == ["press", "set"]:
            return [(seen, self.verb_of(seen, sent.payload)) for seen in rooms]
        return [(seen, f"{parts[1]}/set") for seen in rooms]

    def verb_of(self, seen: RoomSeen, kind: str) -> str:
        """What a press means now; `?` where only the configuration knows."""
        if seen.room.own_presses or kind not in KINDS or self.world.stepped_boot >= seen.said_boot:
            return "?"
        if kind == "hold" and seen.origin == "day" and seen.phase in {"release", "breathing"}:
            return "stop"
        return TABLE[self._column(seen)][kind]

    def _column(self, seen: RoomSeen) -> str:
        """In the dark hours nobody is woken by what a press means by day."""
        if seen.phase == "day" and seen.bedtime is not None and seen.wake is not None:
            return "night" if seen.bedtime <= self.world.wall < seen.wake else "day"
        return seen.phase

    # ------------------------------------------------------------ what rooms say

    def _read(self, seen: RoomSeen, state: dict[str, Any]) -> None:
        tonight = state.get("tonight") or {}
        phase, quiet = str(state.get("phase", "day")), bool(state.get("quiet"))
        seen.within_reach = within_reach(seen.room, state)
        changed = seen.said_boot < 0 or phase != seen.phase or quiet != seen.quiet
        bedtime, wake = wall(tonight.get("bedtime")), wall(tonight.get("wake"))
        self._wake_stays(seen, phase, wake)
        turns = another_night(seen.wake, wake) and "day" not in {phase, seen.phase}
        if phase != seen.phase:
            seen.bedtime_before, seen.origin_before = seen.bedtime, seen.origin
        seen.bedtime, seen.wake, seen.origin = bedtime, wake, str(state.get("origin") or "")
        resting = phase == "runway" and seen.origin == "day"
        seen.rest_until = wall(state.get("until")) if resting else None
        if changed:
            self._change(seen, phase, quiet)
        if turns:
            self.world.promises.turned(seen)
        seen.said_boot = self.world.boot

    def _change(self, seen: RoomSeen, phase: str, quiet: bool) -> None:
        before = seen.phase
        if phase != before:
            seen.phase_before, seen.changed_boot = before, self.world.boot
            if before in SEQUENCES and phase not in SEQUENCES and self.world.boot - seen.light_boot > ON_ITS_WAY_S:
                seen.light_boot = float("-inf")
        if phase != "day" and (before in {"day", "night"} or not seen.levels):
            just = self.world.boot - seen.person_boot < ON_ITS_WAY_S or self.died(seen)
            seen.levels_before = seen.levels
            seen.levels = seen.levels_asked if just else self._shown(seen)
            seen.levels_by_day = seen.levels_by_day if before == "night" and seen.levels_by_day else seen.levels
        if phase == "day" and before != "day":
            seen.quiet_asked = seen.quiet_asked and quiet
        seen.phase, seen.quiet = phase, quiet
        self.world.promises.entered(seen, before)

    def died(self, seen: RoomSeen) -> bool:
        """The daemon has done what it was asked, but not lived to say so."""
        started_boot = self.world.daemon.started_boot
        return seen.said_boot < seen.person_boot and (started_boot is None or started_boot > seen.person_boot)

    def _shown(self, seen: RoomSeen) -> dict[str, Shown]:
        lamps = [self.world.lamps[name] for name in seen.room.lights.values()]
        shown = {lamp.name: lamp.known for lamp in lamps}  # without power: as it last said
        if seen.room.nods and seen.room.pacing is not None:  # it is to be as it was before the nod
            lamp, since = self.world.lamps[seen.room.pacing], self.world.boot - NOD_S
            lately = [one for boot, one in lamp.history if boot >= since and one.on]
            shown[lamp.name] = max([shown[lamp.name], *lately], key=lambda one: one.level if one.on else 0.0)
        return shown

    def _known(self, name: str, shown: Shown) -> Shown:
        """Who presses wants an answer at once: there is no time to ask a lamp that a hand changed in secret."""
        lamp = self.world.lamps[name]
        said = lamp.says["brightness"] if lamp.secret and isinstance(lamp, ZigbeeLamp) else 0.0
        return shown._replace(level=max(shown.level, said))

    def _wake_stays(self, seen: RoomSeen, phase: str, wake: float | None) -> None:
        if "day" in {phase, seen.phase} or wake is None or seen.wake is None or seen.wake <= self.world.wall:
            return
        if wake != seen.wake and self.world.boot - self._set_boot > 1 and not self._clock_changed():
            self.breaks(f"3. the wake of {seen.room.name} moved, and nobody set it")

    def _clock_changed(self) -> bool:
        return self.world.stepped

    def live(self, for_s: float = 0.0) -> bool:
        """The daemon has been up, connected and heard for so long."""
        since = self.world.broker.live_boot
        return self.world.daemon.runs and since is not None and self.world.boot - since >= for_s

    def when_live(self, for_s: float, action: partial[None]) -> None:
        """Do it once the daemon has had so long to do its part."""

        def look() -> None:
            if self.live(for_s):
                action()
            else:
                self.world.after(max(for_s, 1.0), look)

        self.world.after(for_s, look)
