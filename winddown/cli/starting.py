"""The verb `init`: asks what a first configuration needs, and has it written. Decides nothing, never overwrites."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.cli.broker import HostOption, PortOption, TlsOption, UsernameOption
from winddown.cli.daemon import Language
from winddown.errors import UsageError

if TYPE_CHECKING:
    from winddown.config import Question

_EXAMPLE = "winddown init --room bedroom --bedtime 22:45 --light zigbee2mqtt/bedside_lamp --button zigbee2mqtt/button"


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog=f"Example: winddown init   ·   {_EXAMPLE}")(init)


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")] = Path("winddown.yaml"),
    host: HostOption = None,
    port: PortOption = None,
    username: UsernameOption = None,
    tls: TlsOption = False,
    room: Annotated[str | None, typer.Option(metavar="ROOM", help="A short word for whose bedside it is.")] = None,
    bedtime: Annotated[str | None, typer.Option(metavar="HH:MM", help="When to be in bed.")] = None,
    light: Annotated[
        list[str] | None, typer.Option(metavar="DIALECT/ADDRESS", help="A lamp; again for another. The first breathes.")
    ] = None,
    button: Annotated[
        list[str] | None, typer.Option(metavar="DIALECT/ADDRESS", help="A button; again for another, or `none`.")
    ] = None,
    timezone: Annotated[str | None, typer.Option(metavar="ZONE", help="As in Europe/Amsterdam.")] = None,
    language: Annotated[Language, typer.Option(help="What the cues are spoken in.")] = Language.EN,
) -> None:
    """Write a first configuration, from what the broker knows and a few answers. What is not given is asked."""
    from winddown.cli.asking import Given, ask_all
    from winddown.shell.first_file import must_be_free, write
    from winddown.survey import starter

    must_be_free(file)
    given = Given(host, port, username, tls, room, bedtime, tuple(light or ()), tuple(button or ()), timezone)
    _check_flags(given.answers())
    said, password_line = ask_all(given, language.value, file.absolute().parent)
    warnings = write(file, starter(said), password_line)
    for warning in warnings:
        typer.echo(warning, err=True)
    _what_next(file, said.room, password_line)


def _check_flags(answers: Iterable[tuple[str, Question, str]]) -> None:
    """UsageError for what cannot be, before anything is asked."""
    from winddown.config import mistake_in

    for flag, question, answer in answers:
        if mistake := mistake_in(question, answer):
            raise UsageError(f"{flag} {mistake}")


def _what_next(file: Path, room: str, password_line: str | None) -> None:
    name = "" if str(file) == "winddown.yaml" else f" {file}"
    there = name and f" --config{name}"
    secret = "  Its password is in secrets.yaml, for your eyes only.\n" if password_line else ""
    typer.echo(
        f"\n{file} is written, and is right.\n{secret}"
        f"  winddown preview {room}{there}    the evening on these lamps, now, in a minute\n"
        f"  winddown plan{name}    what the next evenings will be\n"
        f"  winddown run{name}     the daemon\n"
        f"Change it as you like; winddown check{name} tells every mistake."
    )
