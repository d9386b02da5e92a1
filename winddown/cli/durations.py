"""How the command line reads a duration: as the configuration does. It knows no option."""

from __future__ import annotations

import typer


def duration(text: str) -> float:
    """`90 s` in seconds; typer tells what is wrong."""
    from pydantic_core import PydanticCustomError

    from winddown.config import duration_s

    try:
        return duration_s(text, "s")
    except PydanticCustomError as error:
        raise typer.BadParameter(error.message()) from None
