"""An engine on strings, for the world's own tests: does what a test says, right or wrong. It decides nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from winddown.clock import Instant
from winddown.model import Effect, Event, Memory, Message, Publish, Received
from world.house import House, Room, Target
from world.lamps import Lamp
from world.things import Thing
from world.world import World


class Puppet:
    """Subscribes to what it is told, publishes what it is told."""

    def __init__(self, topics: tuple[str, ...] = ()) -> None:
        self.topics = topics
        self.heard: list[tuple[float, Event]] = []
        self.memories: list[Mapping[str, Memory]] = []
        """What each start was given."""
        self.ticks: list[float] = []
        self.due: list[tuple[float, list[Effect]]] = []
        """What it will do: (boot, effects)."""
        self.next_effects: list[Effect] = []
        """What it does when it hears something next."""

    def subscriptions(self) -> tuple[str, ...]:
        return self.topics

    def begin(self, now: Instant) -> list[Effect]:
        return []

    def tick(self, now: Instant) -> list[Effect]:
        self.ticks.append(now.boot)
        ready = [effect for boot, effects in self.due if boot <= now.boot for effect in effects]
        self.due = [(boot, effects) for boot, effects in self.due if boot > now.boot]
        return ready

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        self.heard.append((now.boot, event))
        effects, self.next_effects = self.next_effects, []
        return effects

    def deadline(self, now: Instant) -> float:
        return min([boot for boot, _ in self.due], default=now.boot + 30)

    def messages(self, topic: str) -> list[Received]:
        """What it heard on a topic."""
        return [event for _, event in self.heard if isinstance(event, Received) and event.topic == topic]


class Stage:
    """A world with one room, whose engine is a puppet."""

    def __init__(
        self,
        *lamps: Lamp,
        things: tuple[Thing, ...] = (),
        topics: tuple[str, ...] = (),
        late_s: float = 0.0,
        at: str = "2026-11-22 21:00",
        **room: Any,
    ) -> None:
        self.puppet = Puppet(topics)
        names = {lamp.name: lamp.name for lamp in lamps}
        quiet = [Target(thing.set_topic, "0", thing.state_topic) for thing in things]
        pacing = lamps[0].name if lamps else None
        where = Room("bedroom", names, pacing, [("zigbee2mqtt/button", _action)], quiet, **room)
        house = House("winddown", {"bedroom": where}, list(lamps), list(things))
        self.world = World(house=house, engine=self._engine, at=at, late_s=late_s)

    def _engine(self, config: Any, memory: Mapping[str, Memory]) -> Puppet:
        self.puppet.memories.append(memory)
        return self.puppet

    def tell(self, topic: str, said: object, *, retain: bool = False, settles: bool = True) -> None:
        """Let the puppet publish now."""
        text = said if isinstance(said, str) else json.dumps(said)
        if not self.world.daemon.runs or not self.world.broker.connected:
            self.world.run_for(seconds=0.1)
        self.puppet.due.append((self.world.boot, [Publish(Message(topic, text, retain=retain))]))
        self.world.daemon.due()
        if settles:
            self.world.run_for(seconds=0.2)

    def later(self, seconds: float, topic: str, said: str) -> None:
        """Let the puppet publish in a while."""
        self.puppet.due.append((self.world.boot + seconds, [Publish(Message(topic, said))]))
        self.world.daemon.due()

    def state(self, phase: str, *, quiet: bool | None = None, settles: bool = True, **more: Any) -> None:
        """Let the puppet say in which phase it is."""
        quiet = phase != "day" if quiet is None else quiet
        said = {"phase": phase, "origin": "evening", "quiet": quiet, **more}
        self.tell("winddown/bedroom/state", said, retain=True, settles=settles)


def _action(kind: str) -> str:
    return json.dumps({"action": kind, "linkquality": 132})
