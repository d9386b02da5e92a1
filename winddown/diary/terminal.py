"""A picture of nights as lines of text, two characters a night where there is room. It knows no colour."""

from __future__ import annotations

from collections.abc import Iterator

from winddown.diary.measures import Chart, Measure, Value

FULL, HOLLOW, BOTH, BAR = "●", "○", "◉", "█"
_MARGIN = 4


def drawn(chart: Chart, width: int = 80) -> Iterator[str]:
    """Line by line; where the nights do not fit side by side, they stand close."""
    gap = " " if _MARGIN + 2 * len(chart.days) <= width else ""
    yield chart.title
    for measure in chart.measures:
        yield ""
        legend = f"   {FULL} {measure.legend[0]}  {HOLLOW} {measure.legend[1]}" if measure.legend else ""
        yield measure.name + legend
        yield from _rows(measure, gap)
        yield from _axis(chart, gap)
        if measure.says:
            yield " " * _MARGIN + measure.says


def _rows(measure: Measure, gap: str) -> Iterator[str]:
    for level in range(measure.high, measure.low - 1 + measure.bars, -1):
        label = str(level) if (level - measure.low) % measure.step == 0 else ""
        yield f"{label:>{_MARGIN - 1}} {gap.join(_cells(measure, level))}".rstrip()


def _cells(measure: Measure, level: int) -> Iterator[str]:
    beside = measure.beside or (None,) * len(measure.values)
    for value, other in zip(measure.values, beside, strict=True):
        if measure.bars:
            yield BAR if value is not None and value >= level else " "
        else:
            yield _mark(value, other, level)


def _mark(value: Value, other: Value, level: int) -> str:
    here, there = value is not None and round(value) == level, other is not None and round(other) == level
    return BOTH if here and there else FULL if here else HOLLOW if there else " "


def _axis(chart: Chart, gap: str) -> Iterator[str]:
    """A stroke for each night, and the day of the month below the first of each week of them."""
    yield " " * _MARGIN + "".join(("┬" if n % 7 == 0 else "─") + ("─" if gap else "") for n in range(len(chart.days)))
    yield " " * _MARGIN + "".join(f"{day.day:<{7 + 7 * len(gap)}}" for day in chart.days[::7]).rstrip()
