"""An evening as rows: when, what happens, what each lamp shows. Values only; it prints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from winddown.core.fade import lightness
from winddown.model import Phase
from winddown.plan.rehearsal import Rehearsal
from winddown.plan.track import MOMENT_S, Track

EVERY_S = 15 * 60.0
"""The runway is looked at this often."""
_A_BREATH_S = 20.0
"""Any breath is over by then."""
_HAPPENS = {
    Phase.RUNWAY: "lamps sink and warm",
    Phase.BREATHING: "bedtime: the lamp breathes",
    Phase.NIGHT: "night",
    Phase.DAY: "wake",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a lamp shows. Percents are of its own scale."""

    percent: float
    """0: off. Of a lamp that breathes: its peak."""
    kelvin: int | None
    breathes_from: float | None = None
    """The floor of the breath; None: it does not breathe."""
    bright: float = 0.0
    """0 to 1, as the eye sees it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One instant of the evening."""

    at: float
    happens: tuple[str, ...]
    cells: dict[str, Cell]
    quiet: bool


def rows(evening: Rehearsal) -> tuple[Row, ...]:
    """The instants that matter, and the runway every quarter of an hour."""
    happens: dict[float, list[str]] = {at: [] for at in _quarters(evening)}
    for at, text in _happenings(evening):
        happens.setdefault(_second(at), []).append(text)
    return tuple(_row(evening, at, happens[at]) for at in sorted(happens))


def every_command(evening: Rehearsal) -> tuple[tuple[float, str], ...]:
    """Everything that is sent, to the instant: what lamps and quiet targets are told, and what the sleeper hears."""
    sent = [(told.at, f"“{told.text}”") for told in evening.told if told.kind == "cue"]
    sent += [(told.at, f"{told.text.replace(' ', ' ← ', 1)}") for told in evening.told if told.kind == "mute"]
    for name, track in evening.tracks.items():
        sent += [(stretch.begin, f"{name} {_told(track, n)}") for n, stretch in enumerate(track.stretches)]
    return tuple(sorted((at, text) for at, text in sent if at >= evening.evening.runway_at - 1))


def _quarters(evening: Rehearsal) -> list[float]:
    runway_at, bedtime_at = evening.evening.runway_at, evening.evening.bedtime_at
    count = ceil((bedtime_at - runway_at) / EVERY_S)
    return [_second(runway_at + n * EVERY_S) for n in range(1, count)]


def _happenings(evening: Rehearsal) -> list[tuple[float, str]]:
    """What there is to say, in the order in which it is said."""
    runway_at, bedtime_at = evening.evening.runway_at, evening.evening.bedtime_at
    found = [
        (at, "bedtime: night" if phase is Phase.NIGHT and abs(at - bedtime_at) < 1 else _HAPPENS[phase])
        for at, phase in evening.phases()
        if phase in _HAPPENS and at >= runway_at - 1
    ]
    for name, track in evening.tracks.items():
        offs = [stretch.begin for stretch in track.stretches if stretch.level == 0]
        found += [(at, f"{name} off") for at in offs[:1] if at >= runway_at - 1]
    return found


def _row(evening: Rehearsal, at: float, happens: list[str]) -> Row:
    quiet = evening.quiet()
    breathing = evening.span(Phase.BREATHING)
    paced = evening.pacing if breathing is not None and breathing[0] <= at + 1 < breathing[1] else None
    cells = {name: _cell(track, at, paced=name == paced) for name, track in evening.tracks.items()}
    return Row(at, tuple(dict.fromkeys(happens)), cells, quiet is not None and quiet[0] <= at + 1 < quiet[1])


def _cell(track: Track, at: float, *, paced: bool) -> Cell:
    goes_off = not track.level_at(at + 1)
    level, mired = 0.0 if goes_off else track.level_at(at - MOMENT_S), track.mired_at(at - MOMENT_S)
    floor = None
    if paced:
        soon = [stretch.level for stretch in track.stretches if at <= stretch.begin < at + _A_BREATH_S]
        level, floor = float(max(soon, default=0)), 100 * min(soon, default=0) / track.profile.scale
    share = level / track.profile.scale
    kelvin = None if not level or not mired else round(1_000_000 / mired / 10) * 10
    return Cell(100 * share, kelvin, floor, lightness(share) / 100)


def _told(track: Track, n: int) -> str:
    stretch = track.stretches[n]
    if stretch.level == 0:
        return "off"
    kelvin = f", {round(1_000_000 / stretch.mired)} K" if stretch.mired else ""
    fade_s = stretch.end - stretch.begin
    within = f" in {fade_s:.1f} s" if fade_s > 0 else ""
    return f"to {100 * stretch.level / track.profile.scale:.1f} %{kelvin}{within}"


def _second(at: float) -> float:
    return float(round(at))
