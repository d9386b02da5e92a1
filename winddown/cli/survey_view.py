"""How lamps and buttons look in a terminal. It draws what it is given, and looks nothing up."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from winddown.survey import Finding

_PLAIN = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_WITH_MODEL = 100
"""In a narrower window the model goes below what the thing can."""
_WIDE = 240


def show(found: Sequence[Finding]) -> None:
    """Everything found: what can be used first, then the rest with the reasons."""
    console = _console()
    usable = [one for one in found if one.driver is not None]
    others = [one for one in found if one.driver is None]
    if usable:
        console.print(_table(console, usable))
    if others:
        console.print(Text("\n  not for winddown", style="dim"))
        console.print(_table(console, others))
    console.print()


def choose_from(found: Sequence[Finding]) -> None:
    """The same with numbers, to choose by."""
    console = _console()
    console.print(_table(console, found, numbered=True))


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDE)


def _table(console: Console, found: Sequence[Finding], *, numbered: bool = False) -> Table:
    wide = console.width >= _WITH_MODEL
    table = Table(box=_PLAIN, show_edge=False, pad_edge=True, padding=(0, 1), header_style="dim")
    table.add_column("" if not numbered else "#", no_wrap=True, justify="right" if numbered else "left")
    table.add_column("as it is written", overflow="fold", ratio=None)
    table.add_column("what it can" if found[0].driver is not None else "why not")
    if wide:
        table.add_column("model", overflow="fold")
    for number, one in enumerate(found, 1):
        first = str(number) if numbered else one.kind
        model = Text(one.model, style="dim")
        can = Text(one.can or one.why_not)
        row = [can, model] if wide else [can if not one.model else Text.assemble(can, "\n", model)]
        table.add_row(Text(first, style="dim"), Text(one.written), *row)
    return table
