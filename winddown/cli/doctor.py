"""The verb `doctor`: what is well with the house and what is wrong, a line each with its mend. It mends nothing."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.cli.options import ConfigArgument, loaded

if TYPE_CHECKING:
    from winddown.doctor import Verdict

_SIGNS = {"right": ("✓", "ok"), "watch": ("!", "!"), "wrong": ("✗", "x")}
"""For a terminal that can show them, and for one that cannot."""
_COLOURS = {"right": typer.colors.GREEN, "watch": typer.colors.YELLOW, "wrong": typer.colors.RED}


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog="Example: winddown doctor   ·   winddown doctor --quick")(doctor)


def doctor(
    config: ConfigArgument = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only whether winddown is online, as containers ask.")] = False,
) -> None:
    """Look at everything that an evening needs: ✓ is well, ! may bite, ✗ is wrong. Exits with 1 where a ✗ is."""
    from winddown.doctor import Mark, is_online, judged
    from winddown.shell.examine import examine, examine_quickly
    from winddown.shell.log import log_to_stderr

    found = loaded(config)
    log_to_stderr(logging.CRITICAL)
    house = found.config
    verdicts = is_online(examine_quickly(house)) if quick else judged(examine(house, found.warnings))
    _show(verdicts)
    raise typer.Exit(1 if any(verdict.mark is Mark.WRONG for verdict in verdicts) else 0)


def _show(verdicts: Iterable[Verdict]) -> None:
    verdicts = tuple(verdicts)
    width = max(len(verdict.about) for verdict in verdicts)
    for verdict in verdicts:
        sign = typer.style(_sign(verdict.mark), fg=_COLOURS[verdict.mark])
        mend = f" → {verdict.mend}" if verdict.mend else ""
        typer.echo(
            f"{sign} {verdict.about:{width}}  {verdict.text}{mend if _can_show('→') else mend.replace('→', '->')}"
        )


def _sign(mark: str) -> str:
    nice, plain = _SIGNS[mark]
    return nice if _can_show(nice) else plain


def _can_show(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
