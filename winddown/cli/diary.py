"""The verbs of the diary: `add`, `show`, `plot`, `export`. They read and write the journal, and judge nobody."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winddown import clock
from winddown.cli.options import ConfigOption, known_room, loaded
from winddown.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from winddown.config import Room
    from winddown.diary.night import Line

_FIRST = date(2000, 1, 1)
_MOST_DAYS = 3660

RoomArgument = Annotated[
    str | None, typer.Argument(metavar="ROOM", help="Whose diary; needed where there are several.", show_default=False)
]
LastOption = Annotated[int, typer.Option("--last", metavar="N", min=1, max=_MOST_DAYS, help="So many nights.")]


class Form(StrEnum):
    """What an export is written in."""

    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add these verbs."""
    verbs = typer.Typer(help="The diary of your nights, on this machine alone.", no_args_is_help=True)
    verbs.command(epilog="Example: winddown diary add --to-bed 22:50 --quality 4 --note 'warm feet'")(add)
    verbs.command(epilog="Example: winddown diary show bedroom --last 30")(show)
    verbs.command(epilog="Example: winddown diary plot --svg nights.svg")(plot)
    verbs.command(epilog="Example: winddown diary export --format json --out nights.json")(export)
    app.add_typer(verbs, name="diary")


def add(
    room: RoomArgument = None,
    evening: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="The night that began then; by default the last one."),
    ] = None,
    to_bed: Annotated[str | None, typer.Option(metavar="HH:MM", help="Got into bed.")] = None,
    lights_out: Annotated[str | None, typer.Option(metavar="HH:MM", help="Tried to sleep.")] = None,
    asleep_min: Annotated[str | None, typer.Option(metavar="MIN", help="How long until asleep, by feeling.")] = None,
    awakenings: Annotated[str | None, typer.Option(metavar="N", help="How often awake.")] = None,
    awake_min: Annotated[str | None, typer.Option(metavar="MIN", help="How long that was in all.")] = None,
    woke: Annotated[str | None, typer.Option(metavar="HH:MM", help="Awake for the last time.")] = None,
    up: Annotated[str | None, typer.Option(metavar="HH:MM", help="Out of bed.")] = None,
    quality: Annotated[str | None, typer.Option(metavar="1-5", help="1 very poor to 5 very good.")] = None,
    tension_before: Annotated[str | None, typer.Option(metavar="0-10", help="How tense, before.")] = None,
    tension_after: Annotated[str | None, typer.Option(metavar="0-10", help="How tense, after.")] = None,
    where: Annotated[str | None, typer.Option(metavar="TEXT", help="Where the tension sits.")] = None,
    hardly_functioned: Annotated[bool | None, typer.Option(help="The day before, you hardly got through it.")] = None,
    much_pain: Annotated[bool | None, typer.Option(help="The day before, much pain.")] = None,
    fear_or_gloom: Annotated[bool | None, typer.Option(help="The day before, fear or gloom took over.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Anything else.")] = None,
    config: ConfigOption = None,
) -> None:
    """Fill in a night, or a part of it; what is not given stays. An empty text takes a field away."""
    given = {
        "to_bed": to_bed, "lights_out": lights_out, "asleep_min": asleep_min, "awakenings": awakenings,
        "awake_min": awake_min, "woke": woke, "up": up, "quality": quality, "tension_before": tension_before,
        "tension_after": tension_after, "where": where, "hardly_functioned": hardly_functioned, "much_pain": much_pain,
        "fear_or_gloom": fear_or_gloom, "note": note,
    }  # fmt: skip
    from winddown.cli.diary_entry import fill_in

    place = _place(config, room)
    fields = {name: value for name, value in given.items() if value is not None}
    raise typer.Exit(fill_in(place, _evening(place, evening), fields))


def show(room: RoomArgument = None, last: LastOption = 14, config: ConfigOption = None) -> None:
    """See the nights as a table; ~ marks what winddown saw and nobody has confirmed."""
    from winddown.diary.table import blank, remarks, row
    from winddown.diary.words import WORDS

    place = _place(config, room)
    words, lines = WORDS[place.room.language], place.lines(last)
    if blank(lines):
        place.tell_empty()
        return
    rows = [row(line, place.zone, words) for line in lines]
    notes = [line.said for line in lines]
    for text, said in zip(_aligned([words.headings, *rows]), [None, *notes], strict=True):
        typer.echo(text)
        for more in () if said is None else filter(None, (said.where, said.note)):
            typer.echo(f"    “{more}”")
    typer.echo(words.estimated)
    for remark in (one for line in lines for one in remarks(line, place.zone)):
        typer.echo(remark, err=True)
    place.tell_sign()


def plot(
    room: RoomArgument = None,
    last: LastOption = 28,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it into this file instead.")] = None,
    config: ConfigOption = None,
) -> None:
    """See tension, quality and presses in the night as a picture, with what it carries in a sentence."""
    from winddown.diary.measures import chart
    from winddown.diary.picture import picture
    from winddown.diary.terminal import drawn
    from winddown.diary.words import WORDS

    place = _place(config, room)
    first, until = place.span(last)
    made = chart(place.lines(last), first, until, place.room.name, WORDS[place.room.language])
    if not made.measures:
        place.tell_empty()
        return
    if svg is None:
        from rich.console import Console

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        _print_plot(console, drawn(made, console.width))
        return
    try:
        svg.write_text(picture(made), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{svg} cannot be written ({(error.strerror or str(error)).lower()})") from None
    typer.echo(f"{svg}: {made.title}")


def export(
    room: RoomArgument = None,
    last: LastOption = _MOST_DAYS,
    form: Annotated[Form, typer.Option("--format", help="csv: a line a night; json: all that is known.")] = Form.CSV,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it into this file.")] = None,
    config: ConfigOption = None,
) -> None:
    """Take the diary with you, for a doctor or a spreadsheet."""
    from winddown.diary.table import COLUMNS, exported, flat

    place = _place(config, room)
    lines = place.lines(last)
    text = io.StringIO(newline="")
    if form is Form.JSON:
        json.dump([exported(line, place.zone) for line in lines], text, indent=2, ensure_ascii=False)
        text.write("\n")
    else:
        table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(flat(line, place.zone) for line in lines)
    if out is None:
        typer.echo(text.getvalue(), nl=False)
        return
    try:
        out.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({(error.strerror or str(error)).lower()})") from None
    typer.echo(f"{out}: {len(lines)} nights of {place.name}")


# ---------------------------------------------------------------- whose diary


@dataclass(frozen=True, slots=True)
class Place:
    """A room's diary."""

    name: str
    room: Room
    zone: ZoneInfo
    journal: Path

    def today(self) -> date:
        """The date there."""
        return datetime.fromtimestamp(clock.now().wall, self.zone).date()

    def span(self, last: int) -> tuple[date, date]:
        """The first and the last evening of so many, until the night that is meant now."""
        from winddown.core.whose_night import evening_meant

        until = max(evening_meant(self.room, self.zone, clock.now().wall), self.today() - timedelta(days=1))
        return until - timedelta(days=last - 1), until

    def lines(self, last: int) -> list[Line]:
        """Its nights."""
        from winddown.shell.diary import lines

        return lines(self.journal, self.name, *self.span(last))

    def sentences(self) -> Mapping[str, str]:
        """What is said in this room, its own words first."""
        from winddown.programmes import load_own, phrases

        return phrases(self.room.language, None if self.room.cues is None else load_own(self.room.cues))

    def tell_empty(self) -> None:
        """Nobody has said anything yet."""
        typer.echo(f"nothing is in the diary of {self.name}; `winddown diary add` fills in the last night")

    def tell_sign(self) -> None:
        """A line about seeking help, where the nights are such, once a fortnight at most."""
        from winddown.diary.signs import told
        from winddown.shell.diary import sign_to_tell

        found = sign_to_tell(self.journal, self.name, self.today(), clock.now().wall)
        if found is not None:
            typer.echo(f"\n{told(found, self.sentences())}")


def _place(config: Path | None, room: str | None) -> Place:
    house = loaded(config).config
    if room is None and len(house.rooms) > 1:
        raise UsageError(f"whose diary? say a room: {', '.join(house.rooms)}")
    name = next(iter(house.rooms)) if room is None else known_room(house, room)
    return Place(name, house.rooms[name], house.zone(), house.journal)


def _evening(place: Place, wanted: datetime | None) -> date:
    if wanted is None:
        from winddown.core.whose_night import evening_meant

        return evening_meant(place.room, place.zone, clock.now().wall)
    if not _FIRST <= wanted.date() <= place.today():
        raise UsageError(f"--evening {wanted.date()} is not yet, or long gone; write the date on which the night began")
    return wanted.date()


# ---------------------------------------------------------------- printing


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """In columns; one in which nothing stands below its heading is left out."""
    columns = [column for column in zip(*rows, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in zip(*columns, strict=True)
    ]


def _print_plot(console: Console, lines: Iterable[str]) -> None:
    from rich.text import Text

    from winddown.diary.terminal import BAR, BOTH, FULL, HOLLOW

    for line in lines:
        text = Text(line)
        text.highlight_words((FULL, BOTH), "dark_orange")
        text.highlight_words((HOLLOW, BAR), "steel_blue1")
        console.print(text)
