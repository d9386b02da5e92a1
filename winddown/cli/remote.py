"""The verbs that go through the broker: `press`, `send`, `watch`. They ask and print; the daemon does, or nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from winddown import clock
from winddown.cli.options import ConfigOption, known_room, loaded
from winddown.errors import UsageError, WinddownError
from winddown.model import Press

if TYPE_CHECKING:
    from winddown.config import Config
    from winddown.model import Received
    from winddown.shell.remote import Remote

_MORE_S = 0.3
"""What belongs to an answer comes right behind it."""

Room = Annotated[str, typer.Argument(metavar="ROOM", help="The room, as the configuration calls it.")]


def register(app: typer.Typer) -> None:
    """Add these verbs."""
    app.command(epilog="Example: winddown press bedroom double")(press)
    app.command(epilog="Example: winddown send bedroom later 20   ·   winddown send all dark")(send)
    app.command(epilog="Example: winddown watch bedroom   ·   winddown watch --once")(watch)


def press(
    room: Room,
    kind: Annotated[Press, typer.Argument(help="What the finger does.", metavar="single|double|hold")] = Press.SINGLE,
    config: ConfigOption = None,
) -> None:
    """Press a room's button from here, and see what comes of it."""
    house = loaded(config).config
    known_room(house, room)
    _ask(house, [room], "press/set", kind.value, accepted="press")


def send(
    room: Annotated[str, typer.Argument(metavar="ROOM", help="The room, or `all`.")],
    verb: Annotated[list[str], typer.Argument(metavar="VERB [N]", help="For example dark, later 20, skip off.")],
    config: ConfigOption = None,
) -> None:
    """Ask something of a room, or of all of them, and see what comes of it."""
    from winddown.core.presses import Order, parse_command
    from winddown.sentences import told

    house = loaded(config).config
    rooms = list(house.rooms) if room == "all" else [known_room(house, room)]
    text = " ".join(verb)
    if not isinstance(order := parse_command(text), Order):
        raise UsageError(told(order, "en"))
    _ask(house, rooms, "command", text, accepted="why", everybody=room == "all")


def watch(
    room: Annotated[str | None, typer.Argument(metavar="ROOM", help="Only this room.", show_default=False)] = None,
    once: Annotated[bool, typer.Option("--once", help="Tell how it is and end: 0 if online, else 1.")] = False,
    config: ConfigOption = None,
) -> None:
    """Follow what winddown says and does, in a line each, until Ctrl-C."""
    from winddown.shell.log import log_to_stderr
    from winddown.shell.remote import Remote

    house = loaded(config).config
    rooms = list(house.rooms) if room is None else [known_room(house, room)]
    log_to_stderr(logging.CRITICAL if once else logging.WARNING)
    names = ("state",) if once else ("state", "cue", "why", "press")
    with Remote(house.mqtt, _topics(house, rooms, names)) as remote:
        if once:
            _look(remote, house, rooms)
        else:
            _follow(remote, house)


# ---------------------------------------------------------------- asking


def _ask(house: Config, rooms: list[str], name: str, text: str, *, accepted: str, everybody: bool = False) -> None:
    """Say it, and print what comes back; WinddownError where nobody answers."""
    from winddown.cli.sayings import Sayings
    from winddown.shell.log import log_to_stderr
    from winddown.shell.remote import Remote

    log_to_stderr(logging.CRITICAL)
    sayings, prefix = Sayings(house), house.mqtt.prefix
    status, accepts = f"{prefix}/status", {f"{prefix}/{room}/{accepted}" for room in rooms}
    with Remote(house.mqtt, _topics(house, rooms, ("press", "why", "cue"))) as remote:
        remote.connect()
        remote.say(f"{prefix}/all/{name}" if everybody else f"{prefix}/{rooms[0]}/{name}", text)
        heard = list(_answers(remote, accepts, until_offline=status))
    if not any(message.topic in accepts for message in heard):
        raise WinddownError(_nobody(house, text, online=any(message.topic == status for message in heard)))
    for message in heard:
        if message.topic != status:
            _print(sayings.line(message))


def _answers(remote: Remote, waiting_for: set[str], *, until_offline: str) -> Iterator[Received]:
    """What comes until each of the topics has spoken, and what comes right behind it."""
    from winddown.shell.remote import ANSWER_S

    until_boot, missing = clock.now().boot + ANSWER_S, set(waiting_for)
    while missing:
        message = remote.hear(max(until_boot - clock.now().boot, 0.0))
        if message is None or (message.topic == until_offline and message.payload != b"online"):
            return
        missing.discard(message.topic)
        yield message
    while (message := remote.hear(_MORE_S)) is not None:
        yield message


def _nobody(house: Config, text: str, *, online: bool) -> str:
    if not online:
        return f"no winddown answers on {house.mqtt.host}:{house.mqtt.port}; is it running?"
    return f"winddown is there, but did not take {text!r}: one that comes right after its like counts as the same"


# ---------------------------------------------------------------- watching


def _look(remote: Remote, house: Config, rooms: list[str]) -> None:
    """How it is now; WinddownError where no winddown is."""
    from winddown.cli.sayings import Sayings

    remote.connect()
    sayings, status = Sayings(house), f"{house.mqtt.prefix}/status"
    wanted = {status, *(f"{house.mqtt.prefix}/{room}/state" for room in rooms)}
    heard: dict[str, Received] = {}
    for message in _answers(remote, wanted, until_offline=status):
        heard.setdefault(message.topic, message)
        if heard.keys() >= wanted:
            break
    if status not in heard:
        raise WinddownError(f"no winddown answers on {house.mqtt.host}:{house.mqtt.port}; is it running?")
    for topic in (status, *sorted(wanted - {status})):
        _print(sayings.line(heard[topic]) if topic in heard else None)


def _follow(remote: Remote, house: Config) -> None:
    from winddown.cli.sayings import Sayings

    sayings = Sayings(house)
    while (message := remote.hear(None)) is not None:
        _print(sayings.news(message))


def _topics(house: Config, rooms: list[str], names: tuple[str, ...]) -> list[str]:
    prefix = house.mqtt.prefix
    return [f"{prefix}/status", *(f"{prefix}/{room}/{name}" for room in rooms for name in names)]


def _print(line: str | None) -> None:
    if line is not None:
        typer.echo(line)
