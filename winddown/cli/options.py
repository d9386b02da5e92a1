"""What several verbs take from the command line: a configuration, a room's name. It prints nothing but warnings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.errors import UsageError

if TYPE_CHECKING:
    from winddown.config import Config, Loaded

_FILE = "The configuration; by default ./winddown.yaml, /config/winddown.yaml or ~/.config/winddown/winddown.yaml."

ConfigArgument = Annotated[Path | None, typer.Argument(metavar="CONFIG", help=_FILE, show_default=False)]
ConfigOption = Annotated[Path | None, typer.Option("--config", "-c", metavar="CONFIG", help=_FILE, show_default=False)]


def loaded(path: Path | None, *, warns: bool = False) -> Loaded:
    """The configuration, from where the person says or from its usual places; its warnings go to standard error."""
    from winddown.config import find, load

    found = load(path or find())
    for warning in found.warnings if warns else ():
        print(warning, file=sys.stderr)
    return found


def known_room(config: Config, name: str) -> str:
    """The name of a room that is there. UsageError."""
    if name in config.rooms:
        return name
    raise UsageError(
        f"no room is called {name!r}; there {'are' if len(config.rooms) > 1 else 'is'}: {', '.join(config.rooms)}"
    )
