"""The arithmetic of the bench and its one table. It measures nothing, so tests can hold it to account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent lie, on the line between its two neighbours."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * percent / 100
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """How fast the second grows with the first: the median of all pairs (Theil 1950), so one late beat is no drift."""
    return median((y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in combinations(points, 2) if x1 != x0)


def ratios(values: Sequence[float], beside: Sequence[float]) -> list[float]:
    """Run by run: what disturbed one of the two has disturbed the other."""
    return [value / other for value, other in zip(values, beside, strict=True)]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    unit: str
    runs: Sequence[float]
    """The figure of each run."""
    digits: int = 2
    at_most: float | None = None
    at_least: float | None = None
    before: float | None = None
    """What was aimed at before that."""

    @property
    def value(self) -> float:
        """The median of the runs."""
        return median(self.runs)

    @property
    def verdict(self) -> str:
        """Whether the median is what was aimed at; nothing where nothing was."""
        if self.at_most is None and self.at_least is None:
            return ""
        above = self.at_most is not None and abs(self.value) > self.at_most
        below = self.at_least is not None and self.value < self.at_least
        return "missed" if above or below else "met"

    def cells(self) -> tuple[str, ...]:
        """The line, cell by cell."""
        runs = " ".join(self._number(run) for run in sorted(self.runs))
        return (self.what, f"{self._number(self.value)}{self._unit}", self._aim(), self.verdict, runs)

    @property
    def _unit(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def _aim(self) -> str:
        before = "" if self.before is None else f", once {self.before:g}"
        if self.at_most is not None:
            return f"at most {self.at_most:g}{self._unit}{before}"
        return "" if self.at_least is None else f"at least {self.at_least:g}{self._unit}{before}"

    def _number(self, value: float) -> str:
        return f"{round(value, self.digits) + 0.0:.{self.digits}f}"  # + 0.0: there is no minus nought


def table(rows: Sequence[Row]) -> str:
    """All lines as a Markdown table that reads well as it is."""
    head = ("figure", "median", "aim", "", "each run, sorted")
    lines = [head, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    rule = " | ".join("-" * max(width, 3) for width in widths)
    return "\n".join(f"| {line} |" for line in (text[0], rule, *text[1:]))
