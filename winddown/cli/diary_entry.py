"""Filling in a night at the command line: from flags, or asked field by field. What is refused is told, and no more."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import typer

from winddown.diary.entry import FIELDS, as_kept, read
from winddown.diary.night import Line, estimated, taken
from winddown.errors import UsageError
from winddown.model import Enter, Told

if TYPE_CHECKING:
    from winddown.cli.diary import Place

_ASKS = {
    "to_bed": "Got into bed (HH:MM)",
    "lights_out": "Tried to sleep (HH:MM)",
    "asleep_min": "Minutes until asleep, by feeling",
    "awakenings": "How often awake",
    "awake_min": "Minutes awake in all",
    "woke": "Awake for the last time (HH:MM)",
    "up": "Out of bed (HH:MM)",
    "quality": "How was it, 1 very poor to 5 very good",
    "tension_before": "How tense before, 0 loose to 10",
    "tension_after": "How tense after, 0 loose to 10",
    "where": "Where did the tension sit",
    "hardly_functioned": "The day before this night: did you hardly get through it (yes)",
    "much_pain": "That day, much pain (yes)",
    "fear_or_gloom": "That day, fear or gloom that took over (yes)",
    "note": "Anything else",
}


def fill_in(place: Place, evening: date, fields: Mapping[str, str | bool]) -> int:
    """Write what can be taken, tell what is refused; the exit code."""
    line = _line(place, evening)
    if not fields and not sys.stdin.isatty():
        raise UsageError("nothing to fill in; give a field, for example --quality 4, or run it in a terminal")
    wanted, refused = read(fields) if fields else (_asked(place, line), [])
    kept, contradicting = taken(evening, line.said, wanted, place.zone)
    for one in (*refused, *contradicting):
        typer.echo(f"--{one.field.replace('_', '-')}: {one.why}", err=True)
    if kept:
        _write(place, evening, kept)
    return 2 if refused or contradicting else 0


def _write(place: Place, evening: date, kept: Mapping[str, Told | None]) -> None:
    from winddown.shell.diary import enter

    enter(place.journal, Enter(place.name, evening.isoformat(), said=kept))
    gone = [name for name, value in kept.items() if value is None]
    there = [name for name in kept if name not in gone]
    done = "; ".join(filter(None, (", ".join(there), f"taken away: {', '.join(gone)}" if gone else "")))
    typer.echo(f"{place.name}, night of {evening}: {done}")
    place.tell_sign()


def _line(place: Place, evening: date) -> Line:
    from winddown.shell.diary import lines

    found = lines(place.journal, place.name, evening, evening) if place.journal.exists() else []
    return found[0] if found else Line(place.name, evening)


def _asked(place: Place, line: Line) -> dict[str, Told | None]:
    """Field by field; Enter leaves one as it is, and an end of the input all that follow."""
    typer.echo(f"{place.name}, night of {line.evening}. Enter leaves a field as it is; an estimate is enough.")
    said, seen = as_kept(line.said), as_kept(estimated(line, place.zone))
    found: dict[str, Told | None] = {}
    with suppress(EOFError):
        for name in FIELDS:
            found |= _ask(name, said.get(name), seen.get(name))
    return found


def _ask(name: str, said: Told | None, seen: Told | None) -> dict[str, Told | None]:
    now = f" [{said}]" if said is not None else f" [winddown saw {seen}; = confirms it]" if seen is not None else ""
    while True:
        answer = input(f"{_ASKS[name]}{now}: ").strip()
        if not answer:
            return {}
        if answer == "=" and seen is not None:
            return {name: seen}
        kept, refused = read({name: answer})
        if not refused:
            return kept
        typer.echo(f"  {refused[0].why}")
