"""The verb `probe`: finds with a person what one lamp can do, and keeps it beside the journal. It decides nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.cli.options import ConfigOption, loaded
from winddown.errors import UsageError, WinddownError

if TYPE_CHECKING:
    from pathlib import Path

    from winddown.config import Config, Lamp, Limits
    from winddown.model import Report
    from winddown.trial import Sight

_LASTS_S = 600.0
"""People take their time."""
_FOUND = ("smallest", "coolest", "warmest", "longest_fade_s")
"""What a probe finds anew, whatever an earlier one found."""


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog="Example: winddown probe bedside   ·   winddown probe bedside --forget")(probe)


def probe(
    lamp: Annotated[
        str, typer.Argument(metavar="LAMP", help="Its name in the configuration, ROOM/NAME, or DIALECT/ADDRESS.")
    ],
    config: ConfigOption = None,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what was found; the lamp is left alone.")] = False,
) -> None:
    """Find with your eyes what a lamp can do: its least light, its whites, its fades.

    It asks what you see, from the least light upwards, best in the dark; it never goes brighter than a third.

    The lamp ends as it began, also on Ctrl-C; then nothing is kept.

    What is found is kept beside the journal; a winddown that starts reads it. What the configuration says wins.

    A winddown that runs may run on: by day it takes no notice. In its evening, or just before, nothing is tried.
    """
    from winddown.config import findings_file

    house = loaded(config).config
    name, found, rooms = lamp_of(house, lamp)
    path = findings_file(house)
    if forget:
        _forget(path, found.driver.key)
        return
    sight = _sight(name, house, found)
    limits = _probe(house, sight, rooms)
    _keep(path, sight, limits, found)


def lamp_of(house: Config, text: str) -> tuple[str, Lamp, tuple[str, ...]]:
    """What people call the lamp, the lamp, and the rooms that have it. UsageError."""
    from winddown.config import lamp_named
    from winddown.lights import LIGHTS

    room, _, name = text.rpartition("/")
    named = {
        f"{key}/{called}": lamp
        for key, one in house.rooms.items()
        for called, lamp in one.lights.items()
        if called == name and room in ("", key)
    }
    if not named and text.partition("/")[0] in LIGHTS:
        written = lamp_named(text, house.mqtt.zigbee2mqtt)
        named = {text: _configured(house, written.driver.key) or written}
    keys = {lamp.driver.key for lamp in named.values()}
    if len(keys) > 1:
        raise UsageError(f"two lamps are called {text!r}: say which, {' or '.join(named)}")
    if not keys:
        known = sorted({called for one in house.rooms.values() for called in one.lights})
        raise UsageError(
            f"no lamp is called {text!r}; there {'are' if len(known) > 1 else 'is'}: {', '.join(known)}; "
            "or write DIALECT/ADDRESS"
        )
    (key,) = keys
    rooms = tuple(
        each for each, one in house.rooms.items() if any(lamp.driver.key == key for lamp in one.lights.values())
    )
    return text, next(iter(named.values())), rooms


def _configured(house: Config, key: str) -> Lamp | None:
    lamps = (lamp for room in house.rooms.values() for lamp in room.lights.values())
    return next((lamp for lamp in lamps if lamp.driver.key == key), None)


def _sight(name: str, house: Config, found: Lamp) -> Sight:
    """The lamp without what an earlier probe found: that is tried again."""
    from winddown.config import own_layers
    from winddown.trial import Sight

    key = found.driver.key
    same = [lamp for room in house.rooms.values() for lamp in room.lights.values() if lamp.driver.key == key]
    return Sight(name, found.driver, [layer for layer in own_layers(same) if layer.source != "probe"])


def _probe(house: Config, sight: Sight, rooms: tuple[str, ...]) -> Limits:
    from winddown.cli.trying import answers, on_lamps
    from winddown.shell.log import log_to_stderr
    from winddown.trial import probe as talk
    from winddown.trial import showing

    answers()
    log_to_stderr(logging.CRITICAL)
    with on_lamps(house, [sight], rooms, _LASTS_S) as lamps:
        before = _fit(sight)
        typer.echo(
            f"{sight.name} ({sight.driver.key}) shows: {showing(sight.profile, before)}. So it will again, at the end "
            "or on Ctrl-C.\nNow it goes very dark. Lie down where you sleep, and let your eyes get used to it.\n"
        )
        limits = lamps.hold(talk(sight.profile, before), sight)
    if limits is None:
        raise WinddownError(
            f"you saw no light of {sight.name} up to a quarter of its scale: is it this lamp? Nothing was kept"
        )
    return limits


def _fit(sight: Sight) -> Report:
    """What the lamp shows. WinddownError where it cannot be tried."""
    if not sight.profile.dims:
        raise UsageError(f"{sight.name} ({sight.driver.key}) goes on and off only: there is nothing to find out")
    if not sight.online:
        raise WinddownError(f"{sight.name} ({sight.driver.key}) is out of reach: has it power?")
    if sight.before is None or not sight.profile.reports:
        raise WinddownError(sight.why_silent())
    return sight.before


def _keep(path: Path, sight: Sight, limits: Limits, found: Lamp) -> None:
    from winddown.shell.findings import store_finding

    store_finding(path, sight.driver.key, limits, anew=_FOUND)
    typer.echo(f"\nKept in {path}. A running winddown reads it when it is started again.")
    told = limits.model_dump(exclude_none=True)
    for field in _FOUND:
        if field in told and getattr(found, field) is not None:
            typer.echo(f"The configuration says `{field.removesuffix('_s')}` for {sight.name} too, and wins.")
    typer.echo(f"To forget it: winddown probe {sight.name!r} --forget".replace("'", '"' if " " in sight.name else ""))


def _forget(path: Path, key: str) -> None:
    from winddown.shell.findings import forget_finding

    known = forget_finding(path, key)
    typer.echo(f"{key}: what was found is forgotten" if known else f"{key}: nothing was kept of it")
