"""Which topic means what: the routes of all topics that winddown hears. It only names; the engine acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winddown.buttons import ButtonDialect
from winddown.config import Config

SETTABLE = ("enabled", "bedtime", "wake", "runway", "breathing", "pace", "language", "quiet", "press")
DIARY = ("diary", "tension", "quality", "note")


@dataclass(frozen=True, slots=True)
class ToLamp:
    """A lamp, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class FromButton:
    """A button of a room."""

    room: str
    button: ButtonDialect


@dataclass(frozen=True, slots=True)
class ToRoom:
    """A command or a setting; `room` is None for all rooms, `name` for a command."""

    room: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class ToDiary:
    """Somebody says how a night was."""

    room: str
    name: str


@dataclass(frozen=True, slots=True)
class QuietSays:
    """A quiet target tells how it is."""


@dataclass(frozen=True, slots=True)
class WasQuiet:
    """What we have said of a room's quiet; stored, it is from before we began."""

    room: str


@dataclass(frozen=True, slots=True)
class SomebodyIn:
    """A room's `only_if`."""

    room: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has the rooms."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who is online, and what stands announced."""


Asks = FromButton | ToRoom
"""What people ask; it is asked of the present."""
Route = ToLamp | FromButton | ToRoom | ToDiary | QuietSays | WasQuiet | SomebodyIn | Owner | Neighbourhood


def routes(config: Config, neighbourhood: tuple[str, ...] = ()) -> dict[str, tuple[Route, ...]]:
    """Every exact topic to subscribe to, and what it means; the owner first."""
    found: dict[str, list[Route]] = {}
    for topic, route in _all(config, neighbourhood):
        meant = found.setdefault(topic, [])
        if route not in meant:
            meant.append(route)
    return {topic: tuple(meant) for topic, meant in found.items()}


def _all(config: Config, neighbourhood: tuple[str, ...]) -> Iterator[tuple[str, Route]]:
    prefix = config.mqtt.prefix
    yield f"{prefix}/owner", Owner()
    yield from ((topic, Neighbourhood()) for topic in neighbourhood)
    yield f"{prefix}/all/command", ToRoom(None, None)
    for name, room in config.rooms.items():
        yield f"{prefix}/{name}/command", ToRoom(name, None)
        yield f"{prefix}/{name}/quiet", WasQuiet(name)
        for setting in SETTABLE:
            yield f"{prefix}/{name}/{setting}/set", ToRoom(name, setting)
        for button in room.buttons:
            for topic in button.topics():
                yield topic, FromButton(name, button)
        for lamp in room.lights.values():
            for topic in lamp.driver.topics():
                yield topic, ToLamp(lamp.driver.key)
        for target in room.quiet:
            if target.state is not None:
                yield target.state, QuietSays()
        if room.only_if is not None:
            yield room.only_if.topic, SomebodyIn(name)
        for entry in DIARY:
            yield f"{prefix}/{name}/{entry}/set", ToDiary(name, entry)
