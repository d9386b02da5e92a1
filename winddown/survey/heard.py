"""What was heard on a broker, by topic, and where to look for it. It judges no payload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from winddown.model import Received


@dataclass(frozen=True, slots=True)
class Places:
    """Where topics begin in this house."""

    prefix: str = "winddown"
    """Our own topics."""
    zigbee2mqtt: str = "zigbee2mqtt"
    """The Zigbee2MQTT whose lamps and buttons need no `base:`."""
    home_assistant: str = "homeassistant"
    """Home Assistant's discovery topics."""


class Heard:
    """Everything that was heard, the newest of each topic, and all of it in order."""

    def __init__(self, messages: Iterable[Received]) -> None:
        self.all = tuple(messages)
        latest = {message.topic: message.payload for message in self.all}
        self.latest = {topic: payload for topic, payload in latest.items() if payload}
        """An empty message is how something is taken away."""

    def ending(self, end: str) -> Iterator[tuple[str, bytes]]:
        """What stands before `/END` on each topic that ends so, and the newest there."""
        for topic, payload in self.latest.items():
            if topic.endswith(f"/{end}") and len(topic) > len(end) + 1:
                yield topic.removesuffix(f"/{end}"), payload


def at_depths(end: str, deepest: int = 3) -> tuple[str, ...]:
    """Filters for `BASE/END`, where a base may have slashes of its own."""
    return tuple("+/" * depth + end for depth in range(1, deepest + 1))
