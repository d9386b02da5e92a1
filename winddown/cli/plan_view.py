"""How the week and an evening look in a terminal, and as plain text where they are piped. It computes nothing."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from winddown import clock
from winddown.cli.lamp_view import Told, plain_table, show_lamps
from winddown.config import Config, Room
from winddown.plan.paper import Start
from winddown.plan.rehearsal import Rehearsal, rehearse
from winddown.plan.table import Cell, Row, every_command, rows
from winddown.plan.week import Ahead, next_evening, week

_BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉"
_WIDE = 240
"""Where nobody looks, nothing is cut off."""


def show_room(house: Config, name: str, day: date | None, start: Start, *, told: Told | None) -> None:
    """A room's week, then one evening; with what bridges told, also every command, and what is known of each lamp."""
    console = _console()
    room, zone, now = house.rooms[name], house.zone(), clock.now().wall
    console.print(Text(f"\n{room.name}", style="bold"), Text(_resting(room), style="dim"))
    console.print(_week(week(room, zone, now), zone))
    wanted = day or next_evening(room, zone, now)
    known = None if told is None else told.layers
    evening = None if wanted is None else rehearse(house, name, wanted, start, known)
    if evening is None:
        text = "every bedtime is off" if wanted is None else f"the bedtime of {wanted} is off: a day without routine"
        console.print(Text(f"\n  {text}\n", style="dim"))
    else:
        _show_evening(console, evening, start)
        if told is not None:
            console.print(_commands(evening))
    if told is not None:
        show_lamps(console, room, told)


def _show_evening(console: Console, evening: Rehearsal, start: Start) -> None:
    console.print(Text(f"\n  {_long(evening.evening.date)}", style="bold"))
    console.print(_evening(evening, bars=console.width >= _needed(evening)))
    console.print(Text(_assumed(start), style="dim"))


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDE)


def _resting(room: Room) -> str:
    return "" if room.enabled else "the routine is off (enabled: false); this is how it would be"


# ---------------------------------------------------------------- the week


def _week(evenings: tuple[Ahead, ...], zone: ZoneInfo) -> Table:
    table = plain_table()
    for heading in ("", "runway", "bedtime", "wake", ""):
        table.add_column(heading, no_wrap=True)
    for ahead in evenings:
        evening = ahead.evening
        if evening is None:
            table.add_row(_short(ahead.day), "–", "off", "–", "", style="dim")
            continue
        times = [_clock(at, zone) for at in (evening.runway_at, evening.bedtime_at, evening.wake_at)]
        table.add_row(_short(ahead.day), *times, Text(_remark(ahead), style="dim"))
    return table


def _remark(ahead: Ahead) -> str:
    if not ahead.clock_change_s or ahead.evening is None:
        return ""
    way = "forward" if ahead.clock_change_s > 0 else "back"
    return f"the clocks go {way} this night"


# ---------------------------------------------------------------- the evening


def _needed(evening: Rehearsal) -> int:
    """The width of the table with bars and with room for words beside it."""
    return 50 + 27 * len(evening.tracks)


def _evening(evening: Rehearsal, *, bars: bool) -> Table:
    table = plain_table()
    table.add_column("", no_wrap=True)
    for name in evening.tracks:
        table.add_column(name, no_wrap=True)
    table.add_column("quiet", no_wrap=True)
    table.add_column("")
    for row in rows(evening):
        cells = [_cell(row.cells[name], bars=bars) for name in evening.tracks]
        table.add_row(_clock(row.at, evening.zone), *cells, _quiet(row), " · ".join(row.happens))
    return table


def _cell(cell: Cell, *, bars: bool) -> Text:
    """A bar as long as the lamp is bright to the eye, and its own numbers."""
    if not cell.percent:
        return Text("off", style="dim")
    text = Text(_bar(cell.bright) if bars else "", style=_colour(cell.kelvin))
    shows = f"{cell.percent:.0f} %" if cell.breathes_from is None else f"{cell.breathes_from:.0f}–{cell.percent:.0f} %"
    text.append(f"{shows:>7}", style="default")
    return text.append(f"{cell.kelvin:>6} K" if cell.kelvin else "", style="dim")


def _bar(bright: float) -> str:
    whole, part = divmod(round(bright * _BAR * 8), 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(_BAR)


def _colour(kelvin: int | None) -> str:
    return "#d29a45" if kelvin is None or kelvin > 2700 else "#d47c33" if kelvin > 2350 else "#d0662f"


def _quiet(row: Row) -> Text:
    return Text("quiet" if row.quiet else "", style="#7a86c9")


def _assumed(start: Start) -> str:
    return (
        f"\n  What the lamps will show is not known yet: {start.percent:g} % at {start.kelvin} K is assumed\n"
        "  (--from 40 changes it). One that is off stays off.\n"
    )


def _commands(evening: Rehearsal) -> Table:
    table = plain_table()
    table.add_column("every command", no_wrap=True)
    table.add_column("")
    for at, text in every_command(evening):
        moment = datetime.fromtimestamp(at, evening.zone)
        table.add_row(f"{moment:%H:%M:%S}.{moment.microsecond // 100_000}", Text(text))
    return table


# ---------------------------------------------------------------- how things are written


def _clock(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, zone).strftime("%H:%M")


def _short(day: date) -> str:
    return f"{day:%a} {day.day:>2} {day:%b}"


def _long(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
