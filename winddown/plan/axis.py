"""Where an instant lies across a picture. Each phase has a scale of its own: a night is long, a breath is short."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from winddown.model import Phase
from winddown.plan.rehearsal import Rehearsal

_BEFORE_S, _AFTER_S = 300.0, 1500.0
_SHARES = {Phase.RUNWAY: 0.41, Phase.BREATHING: 0.36, Phase.NIGHT: 0.23}
_EDGE = 14.0
"""What lies before the runway and after wake, in the picture's units."""
_NEAR = 44.0
"""Two times written closer than this would touch."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Instants and the places that they have, both rising."""

    instants: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.places[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.places[-1]

    def x(self, at: float) -> float:
        """The place of an instant."""
        n = min(max(bisect_right(self.instants, at), 1), len(self.instants) - 1)
        share = (at - self.instants[n - 1]) / (self.instants[n] - self.instants[n - 1])
        return self.places[n - 1] + min(max(share, 0.0), 1.0) * (self.places[n] - self.places[n - 1])


@dataclass(frozen=True, slots=True)
class Tick:
    """One time below the picture."""

    at: float
    x: float
    text: str
    names: str = ""
    """What people call it, if it is bedtime or wake."""
    begins: bool = False
    """A phase begins with it."""


def bands(evening: Rehearsal) -> list[tuple[Phase, float, float]]:
    """The phases that come, and from when to when."""
    found = [(phase, evening.span(phase)) for phase in _SHARES]
    return [(phase, *span) for phase, span in found if span is not None]


def axis(evening: Rehearsal, left: float, right: float) -> Axis:
    """An axis between two places for the phases that come."""
    parts = bands(evening)
    width = right - left - 2 * _EDGE
    whole = sum(_SHARES[phase] for phase, _, _ in parts)
    instants, places = [parts[0][1] - _BEFORE_S, parts[0][1]], [left, left + _EDGE]
    for phase, _, end in parts:
        instants.append(end)
        places.append(places[-1] + width * _SHARES[phase] / whole)
    return Axis((*instants, instants[-1] + _AFTER_S), (*places, right))


def ticks(evening: Rehearsal, across: Axis, bedtime: str, wake: str) -> list[Tick]:
    """The ends of all phases, and round times wherever there is room for them."""
    parts = bands(evening)
    edges = {round(at) for _, begin, end in parts for at in (begin, end)}
    named = {round(evening.evening.bedtime_at): bedtime, round(evening.evening.wake_at): wake}
    begins = {round(begin) for _, begin, _ in parts}
    kept = [_tick(float(at), across, evening.zone, named.get(at, ""), at in begins) for at in sorted(edges)]
    for phase, begin, end in parts:
        step_min = {Phase.RUNWAY: 15, Phase.BREATHING: 5}.get(phase, 180)
        for at in _round_times(begin, end, step_min, evening.zone):
            tick = _tick(at, across, evening.zone)
            if all(abs(tick.x - other.x) >= _NEAR for other in kept):
                kept.append(tick)
    return sorted(kept, key=lambda tick: tick.at)


def _tick(at: float, across: Axis, zone: ZoneInfo, names: str = "", begins: bool = False) -> Tick:
    return Tick(at, across.x(at), datetime.fromtimestamp(at, zone).strftime("%H:%M"), names, begins)


def _round_times(begin: float, end: float, step_min: int, zone: ZoneInfo) -> list[float]:
    """Times that end on whole quarters, fives or even hours on the wall."""
    day = datetime.fromtimestamp(begin, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    times = (day + timedelta(minutes=n * step_min) for n in range(2 * 24 * 60 // step_min))
    instants = (time.replace(tzinfo=zone).timestamp() for time in times)
    return [at for at in instants if begin < at < end]
