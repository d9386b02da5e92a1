"""The verbs that only read the configuration: `check`, `plan`, `schema`. They talk to no lamp.

Only `plan -v` asks the broker, when it is there, for what bridges say of the lamps.
"""

from __future__ import annotations

import logging
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winddown import clock
from winddown.cli.options import ConfigArgument, known_room, loaded
from winddown.errors import UsageError, WinddownError

if TYPE_CHECKING:
    from winddown.cli.lamp_view import Told
    from winddown.config import Config
    from winddown.plan.paper import Start

_CONNECT_S = 2.0
"""A plan needs no broker, so it does not wait long for one."""


def register(app: typer.Typer) -> None:
    """Add these verbs."""
    app.command(epilog="Example: winddown check house/winddown.yaml")(check)
    app.command(epilog="Example: winddown plan --date 2026-12-31 --room bedroom --svg evening.svg")(plan)
    app.command(epilog="Example: winddown schema > winddown.schema.json")(schema)


def check(config: ConfigArgument = None) -> None:
    """Read the configuration and tell every mistake in it."""
    from winddown.cli.checking import check as tell

    tell(config)


def plan(
    config: ConfigArgument = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", metavar="DATE", formats=["%Y-%m-%d"], help="Which evening; by default the next one."),
    ] = None,
    room: Annotated[str | None, typer.Option(metavar="ROOM", help="Only this room; by default all of them.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the evening into this file.")] = None,
    percent: Annotated[
        float, typer.Option("--from", metavar="PERCENT", min=1, max=100, help="How bright the lamps are before.")
    ] = 60.0,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also every command that is sent, and what is known of each lamp.")
    ] = False,
) -> None:
    """See the next seven evenings in a line each, and one evening as a table or a picture."""
    from winddown.cli.plan_view import show_room
    from winddown.plan.paper import Start

    house = loaded(config).config
    names = list(house.rooms) if room is None else [known_room(house, room)]
    wanted, start = None if day is None else _plannable(day.date()), Start(percent=percent)
    if svg is not None and len(names) > 1:
        raise UsageError(f"a picture shows one room: say which with --room, {' or '.join(names)}")
    told = _told_by_bridges(house, names) if verbose else None
    for name in names:
        show_room(house, name, wanted, start, told=told)
    if svg is not None:
        _draw(house, names[0], wanted, start, svg)


def schema() -> None:
    """Print the JSON Schema of the configuration, for editors that complete and check while one types."""
    import json

    from winddown.config import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _told_by_bridges(house: Config, names: list[str]) -> Told:
    """What bridges say of the lamps of these rooms, or why nobody was asked."""
    from winddown.cli.lamp_view import Told
    from winddown.shell.bridges import ask_bridges, topics_of
    from winddown.shell.log import log_to_stderr
    from winddown.shell.remote import Remote

    lamps = [lamp.driver for name in names for lamp in house.rooms[name].lights.values()]
    if not (topics := topics_of(lamps)):
        return Told({})
    log_to_stderr(logging.CRITICAL)
    try:
        with Remote(house.mqtt, topics) as remote:
            remote.connect(_CONNECT_S)
            return Told(ask_bridges(remote, lamps))
    except WinddownError as error:
        return Told({}, f"broker not asked: {error}")


def _plannable(day: date) -> date:
    from datetime import UTC

    from winddown import RELEASED_AT

    first = datetime.fromtimestamp(RELEASED_AT, UTC).date()
    if day < first:
        raise UsageError(f"{day} is before this winddown was made; plan an evening from {first} on")
    return day


def _draw(house: Config, name: str, day: date | None, start: Start, file: Path) -> None:
    from winddown.plan.picture import picture
    from winddown.plan.rehearsal import rehearse
    from winddown.plan.week import next_evening

    wanted = day or next_evening(house.rooms[name], house.zone(), clock.now().wall)
    evening = None if wanted is None else rehearse(house, name, wanted, start)
    if evening is None:
        raise UsageError(f"there is no evening to draw: the bedtime in {name} is off on {wanted or 'every date'}")
    try:
        file.write_text(picture(evening), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({(error.strerror or str(error)).lower()})") from None
    typer.echo(f"{file}: the evening of {wanted} in {evening.room.name}")
