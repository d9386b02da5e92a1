"""The whole house without its I/O: told the time and what happened, it answers with effects. It waits for nothing.

Rules of this file:
1. `handle` does what a person waits for and no more; a moment later `tick` brings everything else up to the present.
   `tick` itself sends beats, and what is only told of them it tells when it is called again at once.
2. What must be remembered stands before what is published in every list of effects, but for the beats of a lamp that
   is on: little is lost with one, and a slow disk would be felt in each. Who lit a lamp is never to be lost.
3. Nothing is sent while the broker may not be alive; when it is again, the present is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import assert_never

from winddown.clock import SLACK_S, Instant
from winddown.config import Config
from winddown.core import hearing
from winddown.core.announcing import Announcing
from winddown.core.asking import Asking
from winddown.core.care import Care
from winddown.core.evening import Shape, as_planned
from winddown.core.figures import Figures
from winddown.core.furnish import lamps_of, quiet_of, rooms_of, voices_of
from winddown.core.incoming import Incoming
from winddown.core.keeping import Keeping
from winddown.core.lamp import HEARD_OUT_S
from winddown.core.link import Link
from winddown.core.muting import Muting
from winddown.core.owner import Owner
from winddown.core.rounds import Rounds
from winddown.core.sending import Sending
from winddown.core.sequence import Sequence
from winddown.core.turns import Turns
from winddown.errors import OwnedError
from winddown.model import (
    Alarm,
    Connected,
    DiaryRead,
    Disconnected,
    Effect,
    Event,
    Exit,
    Log,
    Memory,
    Message,
    Publish,
    Received,
    Stop,
    Trouble,
)

LOOK_S = 30.0
"""At least this often the wall clock is looked at: it may have been stepped."""
MOMENT_S = 0.001
"""After an event, before what follows of it is only told: first a lamp's command goes its way undisturbed."""
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
        safe: bool = False,
    ) -> None:
        memory = memory or {}
        self.config = config
        self.lamps = lamps_of(config, memory)
        self.rooms = rooms_of(config, self.lamps, memory, shape)
        self.quiet = quiet_of(config, memory)
        self.trouble: Trouble | None = None
        """What is wrong with winddown itself."""
        prefix = config.mqtt.prefix
        self.voices = voices_of(prefix, self.rooms, own_cues or {}, memory)
        self.care = {name: Care(room, memory, self.voices[name].own) for name, room in self.rooms.items()}
        self.asking = Asking(self.rooms, self.voices)
        self.owner = Owner(prefix, instance, tuple(config.rooms))
        self.announcing = Announcing(config, self.voices, Random(instance))  # noqa: S311  the same every time is meant
        self.link = Link()
        self._routes = hearing.Routes(config, self.announcing.topics())
        self._keeping = Keeping(memory, self.rooms, self.lamps)
        self._muting = Muting(self.quiet)
        self._effects: list[Effect] = []
        self.figures = Figures(f"{prefix}/hub/figures")
        self._turns = turns = Turns(self.rooms, self.lamps)
        self.sending = Sending(self.lamps, turns, self.link, self._effects, self.figures)
        self._incoming = Incoming(self.rooms, self.lamps, self.quiet, self.asking, self.announcing, self.sending, turns)
        self._rounds = Rounds(self.rooms, self.voices, self.care, turns, self._muting, self._keeping)
        self._arrive_boot: float | None = None
        self._silent_boot: float | None = None
        self._due_boot = float("-inf")
        self._wall_ahead_s = 0.0
        self._live = False
        self._ended = False
        self.going_on: dict[str, Sequence] = {}
        """What ran in a room before the file was read again, and goes on as it was planned."""
        for room in self.rooms.values():
            room.hours.safe = safe

    # ------------------------------------------------------------ for the shell

    def subscriptions(self) -> Iterable[str]:
        """The exact topics to hear, each once, as often as they are asked for; the owner's first."""
        return self._routes

    def begin(self, now: Instant) -> list[Effect]:
        """Once, before anything else."""
        for name, room in self.rooms.items():
            room.restore(now.rounded_up(), self.going_on.get(name))
        return self.tick(now)

    @property
    def memory(self) -> dict[str, Memory]:
        """All that is remembered."""
        nights = {f"night/{name}": care.watch.seen for name, care in self.care.items()}
        said = {key: one for voice in self.voices.values() for key, one in voice.retelling.memory.items()}
        return {**self._keeping.kept, **self.quiet.memory, **nights, **said}

    def deadline(self, now: Instant) -> float:
        """Boot-time seconds at which `tick` is to be called, in half a minute at most; what it called for is out."""
        self.figures.went_out(now.boot)
        self.link.due_boot = max(now.boot, min(now.boot + LOOK_S, self._due_boot))
        return self.link.due_boot

    def _next_boot(self, now: Instant) -> float:
        """When something is due, if nothing happens until then and nobody steps the wall clock."""
        due = [self._turns.next_boot(now.boot, lamps=self._live)]
        if self.sending.usable:
            due += (self.announcing.deadline(), self.figures.due_boot)
        due += [boot for boot in (self._arrive_boot, self._silent_boot) if boot is not None]
        if self._live:
            due += (self.quiet.deadline(now.boot), self.sending.deadline())
        elif self.link.connected:
            due.append(now.boot + 1)
        return min(due)

    def tick(self, now: Instant) -> list[Effect]:
        """Everything that is due now."""
        self.link.woken(now.boot)
        if self._ended or (now.boot < self._due_boot - SLACK_S and not self._stepped(now)):
            return []  # a look at the clocks that finds nothing due and no clock stepped
        now = now.rounded_up()
        if self._stepped(now):
            self._wall_ahead_s = now.wall - now.boot
            self._turns.stir_all()
        if self._arrive_boot is not None and now.boot >= self._arrive_boot:
            self._arrive(now)
        if (live := self.sending.may(now)) is not self._live:
            self._live = live
            self._turns.stir_rooms()
        lamps = self._turns.lamps(now.boot)
        for lamp in lamps:
            if lamp.seen.question.over(now.boot):
                lamp.seen.judge_answer(now)
                self._turns.look(lamp, now.boot)
        names = self._turns.rooms(now.boot)
        self._rounds.bring_up(names, now)
        if lamps:
            self._incoming.power.look(lamps, now)
        if self._silent_boot is not None and now.boot >= self._silent_boot:
            self._silent_boot = None
            self._turns.stir_rooms()
            for room in self.rooms.values():
                room.news.whys += room.bedside.silence(now)
        if live and (due := self.quiet.due(now.boot)):
            self._effects += self.quiet.reconcile(self._muting.wanted, now.boot, due)
        self.sending.play(now)
        if usable := self.sending.usable:
            self._effects += [*self.announcing.due(now.boot), *self.figures.due(now.boot)]
        self._effects += self._rounds.tell(names, now, live=live, usable=usable, trouble=self.trouble)
        self._due_boot = self._next_boot(now)
        return self._flush()

    def _stepped(self, now: Instant) -> bool:
        return abs(now.wall - now.boot - self._wall_ahead_s) > STEP_S

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        """Take in one event. Where somebody has set the clock, nearly everything comes to the present before it."""
        self.link.woken(now.boot)
        if self._ended:
            return []
        if self._stepped(now):
            return [*self._incoming.ahead(event), *self.tick(now), *self.handle(event, now)]
        now = now.rounded_up()
        match event:
            case Received():
                if not self._receive(event, now):
                    return []
            case Connected():
                self._connect(now)
            case Disconnected():
                self.link.disconnect()
                self.sending.disconnect()
                self.quiet.disconnected(now.boot)
                self._arrive_boot = None
            case Alarm(name):
                self._turns.stir_rooms([name] if name in self.rooms else self.rooms)
            case Trouble():
                self._tell(event)
            case DiaryRead(said):
                self._rounds.read(said)
            case Stop():
                self._end(now)
                return self._flush()
            case _:
                assert_never(event)
        self._due_boot = min(self._due_boot, now.boot + MOMENT_S)
        return self.sending.at_once() or self._flush()

    # ------------------------------------------------------------ the broker

    def _connect(self, now: Instant) -> None:
        self.link.connect()
        self.asking.connected()
        self.owner.connections += 1
        for lamp in self.lamps.values():
            lamp.seen.connected(now.boot)
        if self.owner.since_at is None:
            self.owner.since_at = now.wall
            self._arrive(now)
        else:
            self._arrive_boot = now.boot + RETURN_S
            self.sending.usable = False

    def _arrive(self, now: Instant) -> None:
        """The connection is ours to use."""
        self._arrive_boot = None
        self.sending.usable = True
        self._say(Message(f"{self.config.mqtt.prefix}/status", "online", qos=1, retain=True))
        self._say(self.owner.message())
        self.announcing.connected(now.boot)
        self._turns.stir_all()
        for voice in self.voices.values():
            voice.connected()
        for lamp in self.lamps.values():
            self.sending.ask(lamp, lamp.connected(now.boot), now)
        self._silent_boot = now.boot + HEARD_OUT_S

    def _tell(self, trouble: Trouble) -> None:
        self.trouble = trouble if trouble.lasts else self.trouble
        self._turns.stir_rooms()
        for room in self.rooms.values():
            room.news.whys.append(trouble.says)

    def _end(self, now: Instant) -> None:
        """End cleanly: lamps stay as they are, what is muted is put back."""
        self._ended = True
        if not self.sending.usable:
            for topic in sorted(self.quiet.muted):
                self._effects.append(Log(f"{topic} stays muted: the broker is away", "warning"))
            return
        self._effects += self.quiet.end(now.boot)
        for voice in self.voices.values():
            self._effects += voice.farewell(now)
        self._say(Message(f"{self.config.mqtt.prefix}/status", "offline", qos=1, retain=True))

    # ------------------------------------------------------------ what comes in

    def _receive(self, got: Received, now: Instant) -> bool:
        """False: it was nothing but our own command, out of a broker that lives."""
        late = not self.link.fresh(now.boot)
        if got.topic in self.sending.topics and self.link.came_back(got.topic, got.payload, now.boot):
            return late
        for route in self._routes.of(got.topic):
            if isinstance(route, hearing.Asks):
                self._rounds.before_asking(route.room, now)
            if isinstance(route, hearing.Owner):
                self._meet(got)
            self._effects += self._incoming.take(route, got, now, late=late)
        return True

    def _meet(self, got: Received) -> None:
        before = self.owner.since_at
        newer = self.owner.outranked(got.payload, stored=got.retain)
        if newer is not None:
            self._ended = True
            self._effects[:] = [Exit(OwnedError.exit_code, f"a newer winddown ({newer}) has our rooms; this one ends")]
        elif self.owner.since_at != before:
            self._say(self.owner.message())

    def _say(self, message: Message) -> None:
        self._effects.append(Publish(message))

    def _flush(self) -> list[Effect]:
        effects = self._effects[:]
        self._effects.clear()
        return effects if self._ended else [*self.sending.at_once(), *self._keeping.fresh(), *effects]
