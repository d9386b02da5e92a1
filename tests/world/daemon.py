"""The daemon's shell in the fake world: asks the engine when it wants to be asked, and carries out its effects.

Like the real loop: tick, wait until the deadline or an event, handle. Like a real machine it wakes a little late. What
the engine remembers is in `journal`, and outlives a kill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Protocol, assert_never

from winddown.clock import Instant
from winddown.model import (
    Alarm,
    Effect,
    Enter,
    Event,
    Exit,
    Log,
    Memory,
    NightSaid,
    Note,
    Publish,
    Remember,
    Stop,
    Told,
    Wake,
)

if TYPE_CHECKING:
    from world.world import World

LOOK_S = 30.0
START_S = 0.05
ROUND = 1e-3
SPINS = 50


class EngineLike(Protocol):
    """What the world needs of an engine."""

    def subscriptions(self) -> tuple[str, ...]:
        """The exact topics to hear."""

    def begin(self, now: Instant) -> list[Effect]:
        """Called once, before anything else."""

    def tick(self, now: Instant) -> list[Effect]:
        """What is due."""

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        """What follows of an event."""

    def deadline(self, now: Instant) -> float:
        """The boot-time second at which `tick` wants to be called."""


MakeEngine = Callable[[Mapping[str, Memory]], EngineLike]


class Daemon:
    """One process after another, with one journal."""

    def __init__(self, world: World, make: MakeEngine, late_s: float) -> None:
        self.journal: dict[str, Memory] = {}
        self.notes: list[tuple[float, Note | Enter]] = []
        self.logs: list[tuple[float, Log]] = []
        self.lost: list[tuple[float, Publish]] = []
        """What it published while there was no connection."""
        self.exit: Exit | None = None
        self.wake_boot = inf
        self.started_boot: float | None = None
        """When the process that runs began; None: none does."""
        self._world = world
        self._make = make
        self._late_s = late_s
        self._engine: EngineLike | None = None
        self._asleep = False
        self._inbox: list[Event] = []
        self._boot_base = 0.0
        self._alarms = 0
        self._spins = 0
        self._lives: int | None = None

    # ------------------------------------------------------------ life and death

    @property
    def runs(self) -> bool:
        """There is a process."""
        return self._engine is not None

    def start(self) -> None:
        """A new process, from the journal; its connection comes a moment later."""
        assert self._engine is None, "the daemon runs already"
        self.exit = None
        self.started_boot = self._world.boot
        self._engine = self._make(dict(self.journal))
        self._carry_out(self._engine.begin(self.now()))
        self._tick()
        self._world.after(START_S, self._world.broker.connect)

    def die(self) -> None:
        """kill -9: no last word but the will."""
        self._forget_process()
        self._world.broker.drop(will=True, tell=False)

    def stop(self) -> None:
        """SIGTERM: last words, then goodbye to the broker."""
        self.deliver(Stop())
        self._forget_process()
        self._world.broker.drop(will=False, tell=False)

    def rebooted(self) -> None:
        """The machine's boot-time clock begins anew."""
        assert self._engine is None, "kill it first"
        self._boot_base = self._world.boot - 5.0

    def die_after(self, effects: int) -> None:
        """kill -9 between two effects: this many more are carried out."""
        self._lives = effects

    def sleep(self) -> None:
        """The machine is suspended, or too busy: nothing is asked, events wait."""
        self._asleep = True

    def wake(self) -> None:
        """Go on, with all that has waited."""
        self._asleep = False
        self._tick()
        waiting, self._inbox = self._inbox, []
        for event in waiting:
            self.deliver(event)

    def _forget_process(self) -> None:
        self._engine = None
        self.started_boot = None
        self.wake_boot = inf
        self._alarms += 1
        self._inbox.clear()
        self._asleep = False

    # ------------------------------------------------------------ the loop

    def subscriptions(self) -> tuple[str, ...]:
        """The exact topics that it hears."""
        topics = tuple(self._engine.subscriptions()) if self._engine else ()
        assert not any("+" in topic or "#" in topic for topic in topics), f"a wildcard in {topics}"
        return topics

    def now(self) -> Instant:
        """The two clocks of its machine."""
        return Instant(self._world.wall, self._world.boot - self._boot_base)

    def due(self) -> None:
        """The wait is over."""
        if self._asleep:
            self.wake_boot = inf
            return
        self._tick()

    def deliver(self, event: Event) -> None:
        """An event arrives."""
        if self._engine is None:
            return
        if self._asleep:
            self._inbox.append(event)
            return
        effects = self._engine.handle(event, self.now())
        self._world.promises.handled(event, effects)
        self._carry_out(effects)
        if not isinstance(event, Stop):
            self._tick()

    def _tick(self) -> None:
        if self._engine is None:
            return
        now = self.now()
        self._carry_out(self._engine.tick(now))
        if self._engine is None:
            return
        deadline = self._engine.deadline(now)
        assert deadline <= now.boot + LOOK_S + ROUND, f"a deadline {deadline - now.boot:.1f} s ahead; at most 30"
        self._spins = self._spins + 1 if deadline <= now.boot else 0
        assert self._spins < SPINS, "the engine asks for this very instant again and again"
        self.wake_boot = max(deadline + self._boot_base, self._world.boot) + self._world.random.uniform(0, self._late_s)

    # ------------------------------------------------------------ effects

    def _carry_out(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if self._engine is None or self._killed():
                return
            self._carry_out_one(effect)

    def _killed(self) -> bool:
        if self._lives is None:
            return False
        self._lives -= 1
        if self._lives >= 0:
            return False
        self._lives = None
        self.die()
        return True

    def _carry_out_one(self, effect: Effect) -> None:
        match effect:
            case Publish(message):
                if self._world.broker.publish(message.topic, message.payload, retain=message.retain, ours=True) is None:
                    self.lost.append((self._world.boot, effect))
            case Remember(key, value):
                self.journal[key] = value
            case Note():
                self.notes.append((self._world.boot, effect))
            case Enter(room, evening, seen, said):
                self.notes.append((self._world.boot, effect))
                if seen is not None:
                    self.journal[f"night/{room}"] = seen
                if said is not None:
                    self.journal[f"said/{room}/{evening}"] = self._said(room, evening, said)
            case Log():
                self.logs.append((self._world.boot, effect))
            case Wake(at):
                self._set_alarms(at)
            case Exit():
                self.exit = effect
                self._forget_process()
                self._world.broker.drop(will=False, tell=False)
            case _:
                assert_never(effect)

    def _said(self, room: str, evening: str, new: Mapping[str, Told | None]) -> NightSaid:
        before = self.journal.get(f"said/{room}/{evening}")
        fields = before.fields if isinstance(before, NightSaid) else {}
        return NightSaid(evening, {**fields, **new})

    def _set_alarms(self, at: tuple[tuple[str, float], ...]) -> None:
        """As an alarm clock that does not notice when the wall clock is stepped."""
        self._alarms += 1
        for name, wall in at:
            wait_s = max(0.0, wall - self._world.wall)
            self._world.after(wait_s, partial(self._alarm, self._alarms, name))

    def _alarm(self, asked: int, name: str) -> None:
        if asked == self._alarms:
            self.deliver(Alarm(name))
