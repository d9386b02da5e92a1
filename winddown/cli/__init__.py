"""The command line: each verb reads what it needs, calls one function and prints. It decides nothing of an evening.

What a verb needs is imported in the verb: `run` is a daemon on small machines, and loads only what it uses.
"""

from __future__ import annotations

from typing import Annotated

import typer

from winddown import __version__
from winddown.cli import daemon, diary, discover, practise, reading, remote, starting, why

app = typer.Typer(
    name="winddown",
    help="A house that winds down with you: lamps that sink, a light that breathes, and quiet until you wake.",
    epilog="Start with: winddown demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"winddown {__version__}")
        raise typer.Exit


@app.callback()
def _everywhere(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which winddown this is.")
    ] = False,
) -> None:
    """Options of no verb in particular."""


for _verbs in (daemon, reading, remote, discover, starting, why, diary, practise):
    _verbs.register(app)
