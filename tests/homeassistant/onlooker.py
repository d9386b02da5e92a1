"""A Home Assistant in the fake world: hears what the broker takes, presses what it shows. It judges no evening."""

from __future__ import annotations

from typing import Any

from homeassistant.receiver import Entity, Receiver, command
from world import World


class Onlooker:
    """Follows a world from its first message."""

    def __init__(self, world: World, **how: Any) -> None:
        self.world = world
        self.receiver = Receiver(**how)
        self._heard = 0

    def look(self) -> Receiver:
        """Everything that was said until now."""
        for sent in self.world.trace[self._heard :]:
            self.receiver.hear(sent.topic, sent.payload, stores=sent.retain)
        self._heard = len(self.world.trace)
        assert self.receiver.complaints == []
        return self.receiver

    def entity(self, name: str) -> Entity:
        """`sensor.phase` of the bedroom, as it shows now."""
        platform, key = name.split(".")
        return self.look().entity(f"{platform}.winddown_bedroom_{key}")

    def state(self, name: str) -> str | None:
        """What it shows."""
        return self.entity(name).state

    def choose(self, name: str, value: str) -> None:
        """Somebody sets a number, a time, an option, or switches ON and OFF."""
        entity = self.entity(name)
        topic, payload = command(entity, entity.said.get(f"payload_{value.lower()}", value))
        self.world.say(topic, payload)

    def press(self, key: str) -> None:
        """Somebody presses a button."""
        entity = self.entity(f"button.{key}")
        self.world.say(entity.said["command_topic"], entity.said["payload_press"])


def restarted(world: World) -> Receiver:
    """One that comes now, and hears what is stored."""
    receiver = Receiver()
    for topic, payload in sorted(world.broker.retained.items(), key=lambda one: ("/hub/" not in one[0], one)):
        receiver.hear(topic, payload, retained=True, stores=True)
    return receiver
