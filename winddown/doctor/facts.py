"""What is looked at: which topics, which questions, and what came of them. Asks nothing that would move a lamp."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from winddown.buttons import ButtonDialect
from winddown.config import Config
from winddown.core.hearing import Routes
from winddown.lights import LightDialect
from winddown.model import Ask, Message, Received

NOBODY_LISTENS = 16
NOT_ALLOWED = 135


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that was found out."""

    house: Config
    wall: float
    """When, in POSIX seconds."""
    warnings: tuple[str, ...] = ()
    """What `check` warns of."""
    synchronised: bool | None = None
    """Whether the machine's clock was set by a time server; None: it does not tell."""
    journal: str | None = None
    """What SQLite says of it, `ok` where it is well; None: there is none."""
    unreached: str | None = None
    """Why no broker took us; None: one did."""
    version: int = 5
    heard: tuple[Received, ...] = ()
    answers: Mapping[str, int | None] = field(default_factory=dict)
    """The broker's reason code for what was said on each topic; None: it gave none."""
    returned: frozenset[str] = frozenset()
    """Topics of our own on which we heard ourselves."""
    refused: tuple[str, ...] = ()
    """Topics that we may not hear."""

    @property
    def silent_broker(self) -> bool:
        """It cannot tell who listens."""
        return self.version < 5

    def latest(self, topic: str) -> bytes | None:
        """What was last heard on a topic; None: nothing."""
        return next((one.payload for one in reversed(self.heard) if one.topic == topic), None) or None

    def stored(self, topic: str) -> bool:
        """The broker keeps a message there for whoever comes."""
        return any(one.topic == topic and one.retain and one.payload for one in self.heard)


def lamps(house: Config) -> dict[str, LightDialect]:
    """Every lamp, by `ROOM.NAME`; one that is in two rooms once."""
    found: dict[str, tuple[str, LightDialect]] = {}
    for room, config in house.rooms.items():
        for name, lamp in config.lights.items():
            found.setdefault(lamp.driver.key, (f"{room}.{name}", lamp.driver))
    return dict(found.values())


def buttons(house: Config) -> dict[str, ButtonDialect]:
    """Every button, by what it is."""
    return {button.key: button for room in house.rooms.values() for button in room.buttons}


def bases(house: Config) -> tuple[str, ...]:
    """Where the topics of each Zigbee2MQTT begin."""
    drivers = (*lamps(house).values(), *buttons(house).values())
    return tuple(dict.fromkeys(base for one in drivers if isinstance(base := getattr(one, "base", None), str)))


def topics(house: Config) -> tuple[str, ...]:
    """Exact topics alone: no more rights than winddown itself has."""
    return tuple(dict.fromkeys(_topics(house)))


def _topics(house: Config) -> Iterator[str]:
    prefix = house.mqtt.prefix
    yield f"{prefix}/status"
    yield own_topics(house)[0]
    yield from Routes(house)
    for name, room in house.rooms.items():
        yield f"{prefix}/{name}/state"
        yield from (target.topic for target in room.quiet)
    for base in bases(house):
        yield from (f"{base}/bridge/{name}" for name in ("state", "info", "devices", "groups"))
    yield f"{house.home_assistant.prefix}/status"


def own_topics(house: Config) -> tuple[str, ...]:
    """Where we may speak to ourselves: an empty command is no command."""
    prefix = house.mqtt.prefix
    return (f"{prefix}/bridge/doctor", *(f"{prefix}/{name}/command" for name in house.rooms))


def questions(house: Config) -> tuple[Message, ...]:
    """What devices and Home Assistant may be told without anything coming of it.

    Lamps are asked what they show. Home Assistant is told to forget a device that never was.
    """
    asks = [message for lamp in lamps(house).values() for message in lamp.encode(Ask(), lamp.profile())]
    return (*asks, *((Message(announced(house), ""),) if house.home_assistant.discovery else ()))


def announced(house: Config) -> str:
    """Where Home Assistant would hear of a device of ours."""
    return f"{house.home_assistant.prefix}/device/{house.mqtt.prefix}/doctor/config"
