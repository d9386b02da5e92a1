"""The verb `why`: what was decided, from the journal, whether the daemon runs or not. It changes nothing there."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from winddown import clock
from winddown.cli.options import ConfigOption, known_room, loaded

if TYPE_CHECKING:
    from winddown.shell.database import Noted

_LAST = 20
_MOST = 100_000


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog="Example: winddown why bedroom --hours 12   ·   winddown why --last 50")(why)


def why(
    room: Annotated[str | None, typer.Argument(metavar="ROOM", help="Only this room.", show_default=False)] = None,
    hours: Annotated[
        float | None, typer.Option(metavar="N", min=0, help="All of the last N hours.", show_default=False)
    ] = None,
    last: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=_MOST, help="The last N lines; by default 20.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """See what winddown did and why: presses, cues, decisions, the newest at the end."""
    from winddown.shell.database import newest_notes

    house = loaded(config).config
    if room is not None:
        known_room(house, room)
    since = 0.0 if hours is None else clock.now().wall - hours * 3600
    notes = newest_notes(house.journal, room, since, last or (_LAST if hours is None else _MOST))
    if not notes:
        asked = "" if hours is None else f" in the last {hours:g} hours"
        typer.echo(f"nothing was noted{'' if room is None else f' of {room}'}{asked}")
    width = max((len(note.room) for note in notes), default=0)
    for note in notes:
        typer.echo(_line(note, house.zone(), width))


def _line(note: Noted, zone: tzinfo, width: int) -> str:
    at = datetime.fromtimestamp(note.at, zone)
    text = _without_time("".join(char if char.isprintable() else " " for char in note.text))
    said = {"press": f"press: {text}", "cue": f"“{text}”"}.get(note.kind, text)
    return f"{at:%Y-%m-%d %H:%M:%S}  {note.room:{width}}  {said}"


def _without_time(text: str) -> str:
    """A note begins with its time of day, and so does every line here."""
    return text[6:] if text[2:3] == ":" and text[5:6] == " " else text
