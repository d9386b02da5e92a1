"""The command line: each verb reads what it needs, calls one function and prints. It decides nothing of an evening.

What a verb needs is imported in the verb: `run` is a daemon on small machines, and loads only what it uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from winddown import __version__

VERBS = {
    "daemon": ("run", "demo"),
    "reading": ("check", "plan", "schema"),
    "remote": ("press", "send", "watch"),
    "discover": ("discover",),
    "starting": ("init",),
    "preview": ("preview",),
    "probe": ("probe",),
    "doctor": ("doctor",),
    "why": ("why",),
    "diary": ("diary",),
    "practise": ("practise",),
}
"""The verbs by the module that has them, in the order of the help."""

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


def command_line(words: Sequence[str]) -> typer.Typer:
    """What understands these words: with the module of their verb, or with all where they begin with none."""
    asked = [module for module, verbs in VERBS.items() if words and words[0] in verbs]
    for module in asked or VERBS:
        import_module(f"winddown.cli.{module}").register(app)
    return app
