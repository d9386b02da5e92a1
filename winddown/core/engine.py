"""The whole house without its I/O: told the time and what happened, it answers with effects. It waits for nothing.

Rules of this file:
1. `handle` does what a person waits for and no more; `tick` brings everything else up to the present.
2. What must be remembered stands before what is published in every list of effects.
3. Nothing is sent while the broker may not be alive; when it is again, the present is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import assert_never

from winddown.clock import Instant
from winddown.config import Config
from winddown.core import hearing
from winddown.core.announcing import Announcing
from winddown.core.asking import Asking
from winddown.core.evening import Shape, as_planned
from winddown.core.furnish import lamps_of, quiet_of, rooms_of
from winddown.core.keeping import Keeping
from winddown.core.lamp import HEARD_OUT_S, Lamp
from winddown.core.link import Link
from winddown.core.owner import Owner
from winddown.core.trouble import problem, tell_touches
from winddown.core.voice import Voice
from winddown.errors import OwnedError
from winddown.model import (
    Alarm,
    Connected,
    Disconnected,
    Effect,
    Event,
    Exit,
    LampCommand,
    Log,
    Memory,
    Message,
    Publish,
    Received,
    Stop,
)

LOOK_S = 30.0
"""At least this often the wall clock is looked at: it may have been stepped."""
STEP_S = 0.05
"""The clocks have moved apart by more than this: what is due is reckoned anew."""
RETURN_S = 0.2
"""After an outage: time for the owner's claim to arrive before anything is said."""


class Engine:
    """All rooms, all lamps, one broker."""

    def __init__(
        self,
        config: Config,
        memory: Mapping[str, Memory] | None = None,
        *,
        instance: str = "winddown",
        shape: Shape = as_planned,
        own_cues: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        memory = memory or {}
        self.config = config
        self.lamps = lamps_of(config, memory)
        self.rooms = rooms_of(config, self.lamps, memory, shape)
        self.quiet = quiet_of(config, memory)
        prefix = config.mqtt.prefix
        self.voices = {name: Voice(prefix, room, (own_cues or {}).get(name, {})) for name, room in self.rooms.items()}
        self.asking = Asking(self.rooms, self.voices)
        self.owner = Owner(prefix, instance, tuple(config.rooms))
        self.announcing = Announcing(config, self.voices, Random(instance))  # noqa: S311  the same every time is meant
        self.link = Link()
        self._routes = hearing.routes(config, self.announcing.topics())
        self._command_topics = {topic for lamp in self.lamps.values() for topic in lamp.driver.command_topics()}
        self._keeping = Keeping(memory)
        self._effects: list[Effect] = []
        self._arrive_boot: float | None = None
        self._silent_boot: float | None = None
        self._due_boot = 0.0
        self._wall_ahead_s = 0.0
        self._dirty = True
        self._ended = False

    # ------------------------------------------------------------ for the shell

    def subscriptions(self) -> tuple[str, ...]:
        """The exact topics to hear; the owner's first."""
        return tuple(self._routes)

    def begin(self, now: Instant) -> list[Effect]:
        """Once, before anything else."""
        now = now.rounded_up()
        for room in self.rooms.values():
            room.restore(now)
        return self.tick(now)

    def deadline(self, now: Instant) -> float:
        """Boot-time seconds at which `tick` is to be called; never more than half a minute ahead."""
        if self._dirty:
            return now.boot
        now = now.rounded_up()
        return max(now.boot, min(now.boot + LOOK_S, self._due_boot))

    def _next_boot(self, now: Instant) -> float:
        """When something is due, if nothing happens until then and nobody steps the wall clock."""
        due = [room.deadline(now) for room in self.rooms.values()]
        if self._usable():
            due += [self.announcing.deadline(), *(voice.deadline() for voice in self.voices.values())]
        due += [boot for boot in (self._arrive_boot, self._silent_boot) if boot is not None]
        if self._may_send(now):
            due += [self.quiet.deadline(now.boot), *(lamp.deadline(now) for lamp in self.lamps.values())]
        elif self.link.connected:
            due.append(now.boot + 1)
        return min(due, default=now.boot + LOOK_S)

    def tick(self, now: Instant) -> list[Effect]:
        """Everything that is due now."""
        now = now.rounded_up()
        if self._ended or self._nothing_new(now):
            return []
        self._dirty = False
        if self._arrive_boot is not None and now.boot >= self._arrive_boot:
            self._arrive(now)
        for lamp in self.lamps.values():
            lamp.seen.judge_answer(now)
        for room in self.rooms.values():
            room.tick(now)
        if self._silent_boot is not None and now.boot >= self._silent_boot:
            self._silent_boot = None
            for room in self.rooms.values():
                room.news.whys += room.bedside.silence(now)
        if self._may_send(now):
            self._effects += self.quiet.reconcile(self._to_mute(now), now.boot)
        self._play(now)
        self._effects += self.announcing.due(now.boot) if self._usable() else []
        for name, voice in self.voices.items():
            self._effects += voice.news(now, live=self._may_send(now))
            if self._usable():
                self._effects += voice.present(now, problem(self.rooms[name], now))
        self._effects += self._keeping.alarms(self.rooms, now)
        self._due_boot, self._wall_ahead_s = self._next_boot(now), now.wall - now.boot
        return self._flush()

    def _nothing_new(self, now: Instant) -> bool:
        """A look at the clocks that finds nothing due and no clock stepped."""
        stepped = abs(now.wall - now.boot - self._wall_ahead_s) > STEP_S
        return not (self._dirty or stepped or now.boot >= self._due_boot)

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        """Take in one event."""
        now = now.rounded_up()
        if self._ended:
            return []
        match event:
            case Received():
                if not self._receive(event, now):
                    return []
            case Connected():
                self._connect(now)
            case Disconnected():
                self.link.disconnect()
                self.quiet.disconnected(now.boot)
                self._arrive_boot = None
                for lamp in self.lamps.values():
                    lamp.lapse()
            case Alarm():
                pass
            case Stop():
                self._end(now)
                return self._flush()
            case _:
                assert_never(event)
        self._dirty = True
        return self._flush()

    # ------------------------------------------------------------ the broker

    def _to_mute(self, now: Instant) -> frozenset[str]:
        return frozenset(topic for room in self.rooms.values() for topic in room.hours.muted(now))

    def _usable(self) -> bool:
        return self.link.connected and self._arrive_boot is None

    def _may_send(self, now: Instant) -> bool:
        return self._usable() and self.link.live(now.boot)

    def _connect(self, now: Instant) -> None:
        self.link.connect()
        self.asking.connected()
        self.owner.connections += 1
        if self.owner.since_at is None:
            self.owner.since_at = now.wall
            self._arrive(now)
        else:
            self._arrive_boot = now.boot + RETURN_S

    def _arrive(self, now: Instant) -> None:
        """The connection is ours to use."""
        self._arrive_boot = None
        self._say(Message(f"{self.config.mqtt.prefix}/status", "online", qos=1, retain=True))
        self._say(self.owner.message())
        self.announcing.connected(now.boot)
        for voice in self.voices.values():
            voice.connected()
        for lamp in self.lamps.values():
            self._send(lamp, lamp.connected(now.boot), now)
        self._silent_boot = now.boot + HEARD_OUT_S

    def _end(self, now: Instant) -> None:
        """End cleanly: lamps stay as they are, what is muted is put back."""
        self._ended = True
        if not self._usable():
            for topic in sorted(self.quiet.muted):
                self._effects.append(Log(f"{topic} stays muted: the broker is away", "warning"))
            return
        self._effects += self.quiet.reconcile(frozenset(), now.boot)
        for voice in self.voices.values():
            self._effects += voice.farewell(now)
        self._say(Message(f"{self.config.mqtt.prefix}/status", "offline", qos=1, retain=True))

    # ------------------------------------------------------------ what comes in

    def _receive(self, got: Received, now: Instant) -> bool:
        """False: it was nothing but our own command, out of a broker that lives."""
        late = not self.link.fresh(now.boot)
        if got.topic in self._command_topics and self.link.came_back(got.topic, got.payload, now.boot):
            return late
        for route in self._routes.get(got.topic, ()):
            match route:
                case hearing.ToLamp():
                    self._tell_lamp(self.lamps[route.key], got, now)
                case hearing.FromButton():
                    self._effects += self.asking.button(route, got, now, late=late, first=self._play)
                case hearing.ToRoom():
                    self._effects += self.asking.order(route, got, now, late=late, first=self._play)
                    if route.name == "language":
                        self.announcing.again(route.room, now.boot)
                case hearing.QuietSays():
                    self._effects += self.quiet.hear(got.topic, got.payload)
                case hearing.SomebodyIn():
                    hours = self.rooms[route.room].hours
                    wanted = hours.file.only_if
                    hours.present = wanted is not None and got.payload.decode(errors="replace").strip() == wanted.is_
                case hearing.Neighbourhood():
                    self.announcing.hear(got, now.boot)
                case hearing.Owner():
                    self._meet(got)
                case _:
                    assert_never(route)
        return True

    def _tell_lamp(self, lamp: Lamp, got: Received, now: Instant) -> None:
        if got.topic in self._command_topics and got.retain:
            return
        heard = lamp.driver.decode(got.topic, got.payload, lamp.seen.profile)
        if heard is None:
            self._effects.append(Log(f"{got.topic}: nothing to be made of {got.payload[:60]!r}", "debug"))
            return
        lamp.hear(heard, now)
        tell_touches(self.rooms, lamp, now)

    def _meet(self, got: Received) -> None:
        before = self.owner.since_at
        newer = self.owner.outranked(got.payload, stored=got.retain)
        if newer is not None:
            self._ended = True
            self._effects = [Exit(OwnedError.exit_code, f"a newer winddown ({newer}) has our rooms; this one ends")]
        elif self.owner.since_at != before:
            self._say(self.owner.message())

    # ------------------------------------------------------------ what goes out

    def _play(self, now: Instant, lamps: Iterable[Lamp] | None = None) -> None:
        if not self._may_send(now):
            for lamp in self.lamps.values():
                lamp.lapse()
            return
        for lamp in self.lamps.values() if lamps is None else lamps:
            self._send(lamp, lamp.tick(now), now)
            if lamp.seen.touches:
                tell_touches(self.rooms, lamp, now)

    def _send(self, lamp: Lamp, commands: list[LampCommand], now: Instant) -> None:
        for command in commands:
            for message in lamp.driver.encode(command, lamp.seen.profile):
                if message.topic in self._command_topics:
                    self.link.sent(message, now.boot)
                self._effects.append(Publish(message))

    def _say(self, message: Message) -> None:
        self._effects.append(Publish(message))

    def _flush(self) -> list[Effect]:
        effects, self._effects = self._effects, []
        if self._ended:
            return effects
        return [*self._keeping.fresh(self.rooms, self.lamps), *effects]
