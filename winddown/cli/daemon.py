"""The verbs that keep a house: `run` and `demo`. They hand over to shell and demo, and keep nothing."""

from __future__ import annotations

import logging
import os
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.cli.options import ConfigArgument, loaded
from winddown.errors import UsageError

if TYPE_CHECKING:
    from winddown.config import Loaded
    from winddown.core.evening import Shape

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

    raise typer.Exit(keep_house(found))


def keep_house(found: Loaded, shape: Shape | None = None) -> int:
    """Run the daemon with its journal; the exit code. `shape` makes other evenings than those written down."""
    from winddown.cli.house import Household, in_use
    from winddown.cli.page import page
    from winddown.clock import now
    from winddown.shell import run as shell
    from winddown.shell.address import address_of, embedded_broker
    from winddown.shell.journal import Journal
    from winddown.shell.mishaps import CRASHES, wants_safety

    house = found.config
    # Two daemons on two machines, or on one, are two: the newer takes the rooms.
    instance = f"{os.uname().nodename}-{os.getpid()}"
    with (
        Journal(house.journal, in_use(house)) as journal,
        embedded_broker(house.mqtt),
        page(house, f"{house.mqtt.prefix}-page-{instance}") as shown,
    ):
        household = Household(instance, shape, found.path, journal, tell=None if shown is None else shown.use)
        safe = wants_safety(journal.memory.get(CRASHES), now().boot)
        engine = household.engine(house, journal.memory, safe=safe)
        address = address_of(house.mqtt, f"{house.mqtt.prefix}-{instance}")
        return shell.run(engine, address, prefix=house.mqtt.prefix, journal=journal, reread=household.read_again)


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
