"""What many nights show together, and no more than they do: a trend is only told where chance would seldom make it.

Mann-Kendall (Mann 1945, Econometrica 13; Kendall 1975), with ties: it asks whether values tend to rise or fall, and
supposes nothing of how they are spread. Nights that were left blank are no values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Literal

from winddown.diary.night import Line

LEAST_NIGHTS = 14
"""Two weeks are a baseline; with fewer nights nothing is said."""
_CERTAIN = 1.96
"""One time in twenty chance would go as far."""
_END_NIGHTS = 7

Way = Literal["few", "unclear", "lower", "higher"]


@dataclass(frozen=True, slots=True)
class Trend:
    """What a row of numbers carries."""

    way: Way
    nights: int
    first: float = 0.0
    """The median of the first seven."""
    last: float = 0.0
    """The median of the last seven."""


def trend(values: Sequence[float]) -> Trend:
    """Of values in the order of their nights."""
    n = len(values)
    if n < LEAST_NIGHTS:
        return Trend("few", n)
    first, last = median(values[:_END_NIGHTS]), median(values[-_END_NIGHTS:])
    score = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    spread = (_pairs(n) - sum(_pairs(tied) for tied in Counter(values).values())) / 18
    certain = spread > 0 and abs(score) - 1 > _CERTAIN * spread**0.5
    return Trend(("higher" if score > 0 else "lower") if certain else "unclear", n, first, last)


def _pairs(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many runways were kept to their end, of those whose end was seen."""

    kept: int
    seen: int


def nights_kept(lines: Iterable[Line]) -> Kept:
    """Nights whose runway was not cut short."""
    ends = [line.seen.runway_kept for line in lines if line.seen is not None and line.seen.runway_kept is not None]
    return Kept(sum(ends), len(ends))


def night_presses(line: Line) -> int | None:
    """How often somebody pressed in the night; None: nobody watched."""
    seen = line.seen
    return None if seen is None or seen.to_bed_at is None else sum(press.night for press in seen.presses)
