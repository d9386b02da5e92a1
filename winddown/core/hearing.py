"""Which topic means what: the routes of all topics that winddown hears. It only names; the engine acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from winddown.buttons import ButtonDialect
from winddown.config import Config
from winddown.value import value

SETTABLE = ("enabled", "bedtime", "wake", "runway", "breathing", "pace", "language", "quiet", "press")
DIARY = ("diary", "tension", "quality", "note")


@value()
class ToLamp:
    """A lamp, by its key."""

    key: str


@value()
class FromButton:
    """A button of a room."""

    room: str
    button: ButtonDialect


@value()
class ToRoom:
    """A command or a setting; `room` is None for all rooms, `name` for a command."""

    room: str | None
    name: str | None


@value()
class ToDiary:
    """Somebody says how a night was."""

    room: str
    name: str


@value()
class QuietSays:
    """A quiet target tells how it is."""


@value()
class WasQuiet:
    """What we have said of a room's quiet; stored, it is from before we began."""

    room: str


@value()
class SomebodyIn:
    """A room's `only_if`."""

    room: str


@value()
class Owner:
    """Who has the rooms."""


@value()
class Neighbourhood:
    """Who is online, and what stands announced."""


Asks = FromButton | ToRoom
"""What people ask; it is asked of the present."""
Route = ToLamp | FromButton | ToRoom | ToDiary | QuietSays | WasQuiet | SomebodyIn | Owner | Neighbourhood


class Routes:
    """Every exact topic to subscribe to, and what it means; the owner first.

    A room has many topics of its own: what they mean their words say, so nothing is kept of them.
    """

    def __init__(self, config: Config, neighbourhood: tuple[str, ...] = ()) -> None:
        self._prefix = f"{config.mqtt.prefix}/"
        self._rooms = config.rooms
        found: dict[str, list[Route]] = {}
        for topic, route in _others(config, neighbourhood):
            meant = found.setdefault(topic, [])
            if route not in meant:
                meant.append(route)
        alike: dict[tuple[Route, ...], tuple[Route, ...]] = {}
        self._others = {topic: alike.setdefault(same := tuple(meant), same) for topic, meant in found.items()}

    def __iter__(self) -> Iterator[str]:
        yield from self._others
        for room in self._rooms:
            for words in _OWN:
                if (topic := f"{self._prefix}{room}/{words}") not in self._others:
                    yield topic

    def of(self, topic: str) -> tuple[Route, ...]:
        """What a topic means."""
        others = self._others.get(topic, ())
        if not topic.startswith(self._prefix):
            return others
        room, _, words = topic[len(self._prefix) :].partition("/")
        make = _OWN.get(words) if room in self._rooms else None
        return others if make is None else (make(room), *others)


def _to(setting: str) -> Callable[[str], Route]:
    return lambda room: ToRoom(room, setting)


def _to_diary(entry: str) -> Callable[[str], Route]:
    return lambda room: ToDiary(room, entry)


_OWN: dict[str, Callable[[str], Route]] = {
    "command": lambda room: ToRoom(room, None),
    "quiet": WasQuiet,
    **{f"{setting}/set": _to(setting) for setting in SETTABLE},
    **{f"{entry}/set": _to_diary(entry) for entry in DIARY},
}
"""What a room hears on topics of its own, by what follows its name."""


def _others(config: Config, neighbourhood: tuple[str, ...]) -> Iterator[tuple[str, Route]]:
    prefix = config.mqtt.prefix
    yield f"{prefix}/owner", Owner()
    yield from ((topic, Neighbourhood()) for topic in neighbourhood)
    yield f"{prefix}/all/command", ToRoom(None, None)
    for name, room in config.rooms.items():
        for button in room.buttons:
            for topic in button.topics():
                yield topic, FromButton(name, button)
        for lamp in room.lights.values():
            route = ToLamp(lamp.driver.key)
            for topic in lamp.driver.topics():
                yield topic, route
        for target in room.quiet:
            if target.state is not None:
                yield target.state, QuietSays()
        if room.only_if is not None:
            yield room.only_if.topic, SomebodyIn(name)
