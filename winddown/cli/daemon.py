"""The verbs that keep a house: `run` and `demo`. They hand over to shell and demo, and keep nothing."""

from __future__ import annotations

import logging
import os
from enum import StrEnum
from importlib.util import find_spec
from typing import Annotated

import typer

from winddown.cli.options import ConfigArgument, loaded, own_cues
from winddown.errors import UsageError


class LogLevel(StrEnum):
    """How much is said on standard error."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Language(StrEnum):
    """What the demonstration speaks."""

    EN = "en"
    NL = "nl"


def register(app: typer.Typer) -> None:
    """Add these verbs."""
    app.command(epilog="Example: winddown run house/winddown.yaml")(run)
    app.command(epilog="Example: winddown demo --language nl")(demo)


def run(
    config: ConfigArgument = None,
    log_level: Annotated[LogLevel, typer.Option(help="How much to say on standard error.")] = LogLevel.INFO,
) -> None:
    """Keep the house, in the foreground, until it is told to end (SIGTERM, Ctrl-C)."""
    from winddown.shell.log import log_to_stderr

    log_to_stderr(logging.getLevelNamesMapping()[log_level.upper()])
    house = loaded(config, warns=True).config

    from winddown.core.engine import Engine
    from winddown.shell import run as shell
    from winddown.shell.address import address_of, embedded_broker

    # Two daemons on two machines, or on one, are two: the newer takes the rooms.
    instance = f"{os.uname().nodename}-{os.getpid()}"
    engine = Engine(house, instance=instance, own_cues=own_cues(house))
    with embedded_broker(house.mqtt):
        address = address_of(house.mqtt, f"{house.mqtt.prefix}-{instance}")
        code = shell.run(engine, address, prefix=house.mqtt.prefix)
    raise typer.Exit(code)


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
