"""The verb `preview`: a room's evening on its real lamps in time-lapse, then everything as before. Decides nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

import typer

from winddown import RELEASED_AT, clock
from winddown.cli.durations import duration
from winddown.cli.options import ConfigOption, known_room, loaded
from winddown.errors import UsageError, WinddownError

if TYPE_CHECKING:
    from pathlib import Path

    from winddown.cli.trying import OnLamps
    from winddown.config import Config
    from winddown.trial import Sight

_SHORTEST_S, _LONGEST_S = 30.0, 900.0
_MORE_S = 60.0
"""A breath is finished, and lamps take a moment to go off."""
_CURVE_S = 90.0
"""A lamp's two swatches, and an answer."""


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog="Example: winddown preview bedroom   ·   winddown preview bedroom --in '3 min' --curve")(preview)


def preview(
    room: Annotated[str, typer.Argument(metavar="ROOM", help="The room, as the configuration calls it.")],
    in_s: Annotated[
        float, typer.Option("--in", parser=duration, metavar="TIME", help="How long it lasts, 30 s to 15 min.")
    ] = "60 s",  # type: ignore[assignment]  # typer reads the default as it reads the option
    curve: Annotated[
        bool, typer.Option("--curve", help="First choose by two swatches how each lamp is to sink, and keep it.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """See a room's evening on its real lamps in time-lapse: they sink, breathe, go out, and are as before.

    Light the lamps first as you have them in the evening: one that is off stays off.

    At the end, also on Ctrl-C, every lamp goes back to what it showed, unless a hand changed it meanwhile.

    Nothing is muted, no button is heard, and nothing is said in the room's name.

    A winddown that runs may run on: by day it takes no notice. In its evening, or just before, nothing is shown.

    When it begins one in the middle, or somebody presses, the preview ends and leaves it the lamps.
    """
    from winddown.cli.trying import answers, on_lamps
    from winddown.shell.log import log_to_stderr

    if not _SHORTEST_S <= in_s <= _LONGEST_S:
        raise UsageError(f"--in {in_s:g} s is too {'short' if in_s < _SHORTEST_S else 'long'}: write 30 s to 15 min")
    if clock.now().wall < RELEASED_AT:
        raise UsageError("the clock of this machine is not set, and no evening begins on a wrong one; set it")
    house = loaded(config).config
    known_room(house, room)
    log_to_stderr(logging.CRITICAL)
    sights = _sights(house, room)
    if curve:
        answers()
    lasts_s = in_s + _MORE_S + (_CURVE_S * len(sights) if curve else 0)
    with on_lamps(house, sights, _neighbours(house, room), lasts_s) as lamps:
        usable = _usable(lamps, room)
        if curve:
            for sight in usable:
                _choose_curve(house, room, lamps, sight)
            house = loaded(config).config
        _show(house, room, lamps, usable, in_s)
    typer.echo("That was it; everything is as it was.")


def _sights(house: Config, room: str) -> list[Sight]:
    from winddown.config import own_layers
    from winddown.trial import Sight

    everywhere = [lamp for one in house.rooms.values() for lamp in one.lights.values()]
    return [
        Sight(name, lamp.driver, own_layers([one for one in everywhere if one.driver.key == lamp.driver.key]))
        for name, lamp in house.rooms[room].lights.items()
    ]


def _neighbours(house: Config, room: str) -> list[str]:
    """The rooms that have a lamp of this one, itself among them."""
    keys = {lamp.driver.key for lamp in house.rooms[room].lights.values()}
    return [name for name, one in house.rooms.items() if keys & {lamp.driver.key for lamp in one.lights.values()}]


def _usable(lamps: OnLamps, room: str) -> list[Sight]:
    """The lamps that have said what they show; the others are named, and left out. WinddownError where all are dark."""
    usable = []
    for sight in lamps.sights.values():
        if not sight.online:
            typer.echo(f"left out: {sight.name} ({sight.driver.key}) is out of reach", err=True)
        elif sight.before is None or not sight.profile.reports:
            typer.echo(f"left out: {sight.why_silent()}", err=True)
        else:
            usable.append(sight)
    if not any(sight.before is not None and sight.before.on for sight in usable):
        raise WinddownError(
            f"no lamp of {room} is on, as far as they say, and an evening lights none: "
            "light them as you have them in the evening, then try again"
        )
    return usable


# ---------------------------------------------------------------- the curve


def _choose_curve(house: Config, room: str, lamps: OnLamps, sight: Sight) -> None:
    """Let the person choose, and keep it; a lamp without a way down is passed over."""
    from winddown.trial import DARKEST_START, choose_curve

    before, profile = sight.before, sight.profile
    if before is None or not before.on or not profile.dims or before.level is None:
        return
    if before.level < profile.scale * DARKEST_START / 100:
        typer.echo(f"{sight.name} is darker than {DARKEST_START:g} %: too little to compare two ways down")
        return
    typer.echo(f"\n{sight.name}: two ways down, of ten seconds each.")
    goal = profile.steps(house.rooms[room].lights[sight.name].floor)
    chosen = lamps.hold(choose_curve(profile, before.level, goal), sight)
    if chosen is None:
        typer.echo(f"Then {sight.name} keeps `{profile.curve}`.")
        return
    _keep_curve(house, room, sight, chosen)


def _keep_curve(house: Config, room: str, sight: Sight, chosen: str) -> None:
    from winddown.config import Limits, findings_file
    from winddown.shell.findings import store_finding

    written = house.rooms[room].lights[sight.name].curve
    if written is not None:
        same = "as the configuration says" if written == chosen else "but the configuration wins: change it there"
        typer.echo(f"{sight.name}: curve: {chosen}, {same}")
        return
    path: Path = findings_file(house)
    store_finding(path, sight.driver.key, Limits.model_validate({"curve": chosen}))
    typer.echo(
        f"{sight.name}: curve: {chosen}, kept in {path} (a running winddown reads it when it is started again). "
        f"In the configuration it would be `curve: {chosen}` beside the lamp."
    )


# ---------------------------------------------------------------- the evening


def _show(house: Config, room: str, lamps: OnLamps, usable: list[Sight], in_s: float) -> None:
    from winddown.cli.cues import own_cues
    from winddown.cli.showing import Showing
    from winddown.core.engine import Engine
    from winddown.trial import OFF_AIR, lapse

    now = clock.now()
    short, shape = lapse(house, room, [sight.name for sight in usable], in_s, now)
    engine = Engine(short, shape=shape, instance="preview", own_cues=own_cues(house))
    minutes = house.rooms[room].runway_s / 60
    typer.echo(
        f"The evening of {room}, {minutes:g} min of sinking and then breathing, in {in_s:g} s. Ctrl-C ends it.\n"
    )
    Showing(lamps, engine, OFF_AIR, room, now, now.boot + in_s + _MORE_S).run()
    typer.echo("\nBack to what it was …")
