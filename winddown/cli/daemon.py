"""The verbs that keep a house: `run` and `demo`. They hand over to shell and demo, and keep nothing."""

from __future__ import annotations

import logging
from enum import StrEnum
from importlib.util import find_spec
from typing import Annotated

import typer

from winddown.cli.options import ConfigArgument
from winddown.errors import UsageError


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
    from winddown.cli.house import run as keep

    raise typer.Exit(keep(config, logging.getLevelNamesMapping()[log_level.upper()], log.value))


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
