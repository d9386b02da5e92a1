"""The fake world: clock, broker, lamps, things and people at once. Waiting is what makes time pass; nothing else does.

    world = World(YAML, at="2026-11-22 21:00")
    world.run_until("22:45")
    world.press("single")
    assert world.state("bedroom")["phase"] == "release"

It jumps from one event to the next, so a night takes milliseconds. The promises are watched at every instant.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from winddown.clock import Instant
from winddown.model import Memory
from world.agenda import Action, Agenda
from world.body import Lamp
from world.bridge import Bridge
from world.broker import KEEPALIVE_ENDS_S, RECONNECT_S, Broker
from world.daemon import Daemon, EngineLike
from world.house import House, config_of, house_of
from world.promises import Promises
from world.sent import Sent
from world.things import Thing
from world.views import Views
from world.zigbee import ZigbeeLamp

LATE_S = 0.002
"""How late a machine wakes at most."""
SETTLE_S = 0.01
"""What a person does is carried out this soon, so that a test can look at once."""
BOOTED = 1000.0

EngineOf = Callable[[Any, Mapping[str, Memory]], EngineLike]


class World(Views):
    """One house through one or more nights. The daemon starts when time first passes."""

    def __init__(
        self,
        config: Any = None,
        at: str = "2026-11-22 21:00",
        *,
        zone: str = "Europe/Amsterdam",
        seed: int = 0,
        engine: EngineOf | None = None,
        house: House | None = None,
        lamps: Iterable[Lamp] = (),
        things: Iterable[Thing] = (),
        catalogue: bool = True,
        promises: bool = True,
        late_s: float = LATE_S,
    ) -> None:
        self.config = config_of(config, zone) if isinstance(config, str) else config
        self.zone = ZoneInfo(zone)
        self.random = random.Random(seed)
        self.agenda = Agenda()
        self.boot = BOOTED
        self._wall_ahead = self._instant(at) - self.boot
        self.late_s = late_s
        self.stepped_boot = float("-inf")
        """When the clock was last set."""
        """Somebody has set the wall clock."""
        self._tickets = 0
        self._runs = False
        self.trace: list[Sent] = []
        """Every message that reached the broker."""
        self.broker = Broker(self)
        self.house = house or (House() if self.config is None else house_of(self.config))
        self.daemon = Daemon(self, partial(engine or _real_engine, self.config), late_s)
        self.bridges: dict[str, Bridge] = {}
        self.lamps: dict[str, Lamp] = {}
        self.lamp_topics: frozenset[str] = frozenset()
        """Every topic on which a lamp is told what to show."""
        self.things: dict[str, Thing] = {}
        self.promises = Promises(self, watched=promises)
        self._furnish(lamps, things, catalogue)

    def _furnish(self, lamps: Iterable[Lamp], things: Iterable[Thing], catalogue: bool) -> None:
        own_lamps = {lamp.name: lamp for lamp in lamps}
        own_things = {thing.set_topic: thing for thing in things}
        for lamp in {**{lamp.name: lamp for lamp in self.house.lamps}, **own_lamps}.values():
            self.add(lamp)
        for thing in {**{thing.set_topic: thing for thing in self.house.things}, **own_things}.values():
            self.add(thing)
        for bridge in self.bridges.values():
            bridge.stands(catalogue=catalogue)

    def add(self, what: Lamp | Thing) -> None:
        """One more lamp or thing in the house."""
        if isinstance(what, Thing):
            self.things[what.set_topic] = what
        else:
            self.lamps[what.name] = what
            self.lamp_topics |= what.command_topics
        if isinstance(what, ZigbeeLamp):
            self.bridges.setdefault(what.base, Bridge(self, what.base)).lamps.append(what)
        what.enter(self)

    # ------------------------------------------------------------ time

    @property
    def wall(self) -> float:
        """The wall clock of the daemon's machine, POSIX seconds."""
        return self.boot + self._wall_ahead

    @property
    def now(self) -> Instant:
        """Both clocks."""
        return Instant(self.wall, self.boot)

    @property
    def local(self) -> datetime:
        """The wall clock as people read it."""
        return self.local_at(self.wall)

    @property
    def clock(self) -> str:
        """`22:45:00`."""
        return f"{self.local:%H:%M:%S}"

    def local_at(self, wall: float) -> datetime:
        """A POSIX second as people read it."""
        return datetime.fromtimestamp(wall, self.zone)

    def run_for(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let so much time pass."""
        end = self.boot + hours * 3600 + minutes * 60 + seconds
        self._run(lambda: end)

    def run_until(self, when: str | datetime) -> None:
        """Let time pass until the wall clock reads `22:45`, or `2026-11-23 07:00`; today, else tomorrow."""
        wall = when.timestamp() if isinstance(when, datetime) else self._instant(when)
        self._run(lambda: wall - self._wall_ahead)

    def after(self, seconds: float, action: Action) -> None:
        """Let something happen in a while, by the boot-time clock."""
        self.agenda.enter(self.boot + seconds, action)

    def at(self, when: str, action: Action) -> None:
        """Let something happen at a time of the wall clock, as it runs now."""
        self.agenda.enter(self._instant(when) - self._wall_ahead, action)

    def step_wall(self, seconds: float) -> None:
        """NTP, or a person, sets the clock."""
        self._wall_ahead += seconds
        self.stepped_boot = self.boot

    @property
    def stepped(self) -> bool:
        """The clock was set at some time."""
        return self.stepped_boot > float("-inf")

    def suspend(self, seconds: float) -> None:
        """The daemon's machine sleeps; the house does not."""
        self._begin()
        self.daemon.sleep()
        connection_ends = seconds > KEEPALIVE_ENDS_S
        self.broker.live_boot = None
        if connection_ends:
            self.after(KEEPALIVE_ENDS_S, partial(self.broker.drop, will=True))
        self.run_for(seconds=seconds)
        self.daemon.wake()
        if connection_ends:
            self.after(RECONNECT_S, self.broker.connect)
        elif self.broker.connected:
            self.broker.live_boot = self.boot

    def ticket(self) -> int:
        """A number that nobody else has."""
        self._tickets += 1
        return self._tickets

    def _instant(self, when: str) -> float:
        if len(when) > len("22:45:00"):
            return datetime.fromisoformat(when).replace(tzinfo=self.zone).timestamp()
        day = self.local
        moment = day.replace(**_clock(when), microsecond=0, fold=0)
        if moment.timestamp() <= self.wall:
            moment = (day + timedelta(days=1)).replace(**_clock(when), microsecond=0, fold=0)
        return moment.timestamp()

    def _begin(self) -> None:
        if not self._runs:
            self._runs = True
            self.daemon.start()

    def _run(self, end: Callable[[], float]) -> None:
        self._begin()
        while (due := min(self.agenda.next_boot, self.daemon.wake_boot)) <= end():
            self.boot = max(self.boot, due)
            if self.agenda.next_boot <= due:
                self.agenda.pop()()
            else:
                self.daemon.due()
        self.boot = max(self.boot, end())
        self.promises.hold()

    # ------------------------------------------------------------ people

    def press(self, kind: str = "single", room: str | None = None) -> None:
        """A finger on the room's button."""
        where = self.room_named(room)
        topic, payload = where.buttons[0] if where.buttons else (f"{self.house.prefix}/{where.name}/press/set", str)
        self.say(topic, payload(kind))

    def command(self, room: str, text: str) -> None:
        """`winddown/ROOM/command`; the room may be `all`."""
        self.say(f"{self.house.prefix}/{room}/command", text)

    def set(self, room: str, name: str, value: str) -> None:
        """`winddown/ROOM/NAME/set`."""
        self.say(f"{self.house.prefix}/{room}/{name}/set", value)

    def say(self, topic: str, payload: object = "", *, retain: bool = False) -> None:
        """Anybody publishes anything; an object goes as JSON."""
        text = payload if isinstance(payload, str) else json.dumps(payload)
        self.broker.publish(topic, text, retain=retain)
        self.settle()

    def settle(self) -> None:
        """Let what was just done arrive."""
        if self._runs:
            end = self.boot + SETTLE_S
            self._run(lambda: end)

    # ------------------------------------------------------------ the daemon and its broker

    def kill(self) -> None:
        """kill -9."""
        self._begin()
        self.daemon.die()

    def start(self, *, forget: bool = False) -> None:
        """The daemon again, from its journal; `forget` empties that first."""
        if forget:
            self.daemon.journal.clear()
            self.promises.forgotten()
        self._runs = True
        self.daemon.start()

    def stop(self) -> None:
        """SIGTERM."""
        self._begin()
        self.daemon.stop()

    def broker_down(self, *, forgets: bool = False) -> None:
        """No broker any more."""
        self._begin()
        self.broker.goes_down(forgets=forgets)

    def broker_up(self) -> None:
        """A broker again."""
        self.broker.comes_up()

    def broker_hangs(self) -> None:
        """The broker is there and does nothing."""
        self._begin()
        self.broker.hangs()

    def broker_resumes(self) -> None:
        """It does everything that it has not done."""
        self.broker.resumes()


def _clock(text: str) -> dict[str, Any]:
    parts = [int(part) for part in text.split(":")]
    return dict(zip(("hour", "minute", "second"), [*parts, 0, 0], strict=False))


def _real_engine(config: Any, memory: Mapping[str, Memory]) -> EngineLike:
    from winddown.core.engine import Engine

    engine: EngineLike = Engine(config, memory)
    return engine
