"""The verb `practise`: one slow round by day, in the terminal, and the signs to seek help. It needs no broker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.cli.daemon import Language
from winddown.cli.options import ConfigOption, known_room, loaded
from winddown.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from winddown.config import Room

_RoomArgument = Annotated[
    str | None, typer.Argument(metavar="ROOM", help="Whose areas and words; by default the first.", show_default=False)
]
_LanguageOption = Annotated[Language | None, typer.Option(help="What it speaks.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog="Example: winddown practise   ·   winddown practise --help-signs")(practise)


def practise(
    room: _RoomArgument = None,
    language: _LanguageOption = None,
    help_signs: Annotated[bool, typer.Option("--help-signs", help="Read when to see a doctor, and no more.")] = False,
    config: ConfigOption = None,
) -> None:
    """Do one slow round of letting go, by day and awake, to know it at night. Ctrl-C ends it at any moment."""
    from winddown.programmes import below, spoken

    found = _room(config, room)
    known = _sentences(found, language)
    if help_signs:
        for key in below(known, "help"):
            typer.echo(known[key])
        return
    from winddown.config import Breathing, Release
    from winddown.core.practice import practice
    from winddown.shell.in_time import in_time

    release, breathing = (Release(), Breathing()) if found is None else (found.release, found.breathing)
    planned = [(one.at_s, known[one.key]) for one in practice(release, breathing) if one.key in known]
    for text in in_time(planned):
        typer.echo(spoken(text, inhale_s=breathing.inhale_s, exhale_s=breathing.exhale_s))


def _room(config: Path | None, room: str | None) -> Room | None:
    """A room of the configuration; None where there is no configuration, and none is asked for."""
    from winddown.config import find

    if config is None and room is None:
        try:
            find()
        except UsageError:
            return None
    house = loaded(config).config
    return house.rooms[next(iter(house.rooms)) if room is None else known_room(house, room)]


def _sentences(room: Room | None, language: Language | None) -> Mapping[str, str]:
    """The room's own words first, unless another language is asked for."""
    from winddown.programmes import load_own, phrases

    if room is None:
        return phrases(language or "en")
    own = None if room.cues is None or language not in (None, room.language) else load_own(room.cues)
    return phrases(language or room.language, own)
