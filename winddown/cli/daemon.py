"""The verbs that keep a house: `run` and `demo`. They hand over to shell and demo, and keep nothing."""

from __future__ import annotations

import logging
import os
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.cli.options import ConfigArgument, loaded, own_cues
from winddown.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from winddown.config import Config
    from winddown.core.engine import Engine
    from winddown.core.evening import Shape
    from winddown.model import Memory

_log = logging.getLogger(__name__)

_log = logging.getLogger(__name__)


class LogLevel(StrEnum):
    """How much is said on standard error."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogForm(StrEnum):
    """How it is said."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """What the demonstration speaks."""

    EN = "en"
    NL = "nl"


def register(app: typer.Typer) -> None:
    """Add these verbs."""
    app.command(epilog="Example: winddown run house/winddown.yaml   ·   winddown run --log json")(run)
    app.command(epilog="Example: winddown demo --language nl")(demo)


def run(
    config: ConfigArgument = None,
    log_level: Annotated[LogLevel, typer.Option(help="How much to say on standard error.")] = LogLevel.INFO,
    log: Annotated[LogForm, typer.Option(help="Lines for people, or a JSON object a line.")] = LogForm.TEXT,
) -> None:
    """Keep the house, in the foreground, until it is told to end (SIGTERM, Ctrl-C)."""
    from winddown.shell.log import log_to_stderr

    log_to_stderr(logging.getLevelNamesMapping()[log_level.upper()], log.value)
    found = loaded(config)
    for warning in found.warnings:
        _log.warning("%s", warning)
    house = found.config

    raise typer.Exit(keep_house(house))


def keep_house(house: Config, shape: Shape | None = None) -> int:
    """Run the daemon with its journal; the exit code. `shape` makes other evenings than those written down."""
    from winddown.shell import run as shell
    from winddown.shell.address import address_of, embedded_broker
    from winddown.shell.journal import Journal

    # Two daemons on two machines, or on one, are two: the newer takes the rooms.
    instance = f"{os.uname().nodename}-{os.getpid()}"
    with Journal(house.journal, _in_use(house)) as journal, embedded_broker(house.mqtt):
        engine = _engine(house, journal.memory, instance, shape)
        address = address_of(house.mqtt, f"{house.mqtt.prefix}-{instance}")
        return shell.run(engine, address, prefix=house.mqtt.prefix, journal=journal)


def _engine(house: Config, memory: Mapping[str, Memory], instance: str, shape: Shape | None) -> Engine:
    """With its memory; where that makes it stumble, with what was muted alone: an evening must begin."""
    from winddown.core.engine import Engine
    from winddown.core.evening import as_planned
    from winddown.model import QuietMemory

    cues, shape = own_cues(house), shape or as_planned
    try:
        return Engine(house, memory, instance=instance, shape=shape, own_cues=cues)
    except Exception:  # noqa: BLE001  whatever it is, without an evening nobody is put to bed
        _log.exception("journal: what is remembered cannot be used, except what is muted")
        muted = {key: one for key, one in memory.items() if isinstance(one, QuietMemory)}
        return Engine(house, muted, instance=instance, shape=shape, own_cues=cues)


def demo(
    language: Annotated[Language, typer.Option(help="What it speaks.")] = Language.EN,
) -> None:
    """See a whole evening in about a minute: its own broker, two lamps, a phone and a button."""
    if find_spec("amqtt") is None:
        raise UsageError(
            "the demo brings its own broker and needs amqtt: in this repository's folder, pip install '.[demo]'"
        )
    from winddown.demo import run_demo

    raise typer.Exit(run_demo(language=language))


def _in_use(house: Config) -> Iterator[str]:
    """What is remembered of these is never let go of, however long it was not touched."""
    for name, room in house.rooms.items():
        yield f"room/{name}"
        yield from (f"lamp/{light.driver.key}" for light in room.lights.values())
        yield from (f"quiet/{target.topic}" for target in room.quiet)
