"""The trends: tension, quality, presses in the night, each as a plot with a sentence under it. It concludes nothing.

What the numbers carry is decided in `winddown.diary`; this draws it for a phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from winddown.diary.measures import Chart, Measure, Value, chart
from winddown.diary.night import Line
from winddown.diary.words import WORDS
from winddown.svg import Point, element, line, number, text
from winddown.web.words import Words

NIGHTS = 28
_WIDTH, _HEIGHT = 360.0, 172.0
_LEFT, _RIGHT, _TOP, _BASE = 26.0, 350.0, 12.0, 132.0
_DOT = 4.0


@dataclass(frozen=True, slots=True)
class Plot:
    """One measure."""

    name: str
    says: str
    picture: str
    legend: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The same as numbers: the night, then a cell for each value."""
    headings: tuple[str, ...]


def span(until: date) -> tuple[date, date]:
    """The nights that are shown."""
    return until - timedelta(days=NIGHTS - 1), until


def plots(lines: Sequence[Line], until: date, room: str, words: Words) -> tuple[Plot, ...]:
    """What there is to be seen of them; nothing of what nobody has said."""
    first, last = span(until)
    made = chart(lines, first, last, room, WORDS[words.language])
    return tuple(_plot(made, measure, words) for measure in made.measures)


def _plot(made: Chart, measure: Measure, words: Words) -> Plot:
    columns = [measure.values, *([measure.beside] if measure.beside else [])]
    rows = tuple(
        (words.day(day), *(_cell(value, words) for value in values))
        for day, *values in zip(made.days, *columns, strict=True)
        if any(value is not None for value in values)
    )
    headings = (words("trends.night"), *(measure.legend or (measure.name,)))
    return Plot(measure.name, measure.says, _drawn(made, measure), measure.legend, rows, headings)


def _cell(value: Value, words: Words) -> str:
    return words("trends.none") if value is None else number(value)


def _drawn(made: Chart, measure: Measure) -> str:
    label = f"{measure.name}. {measure.says}".strip()
    parts = [*_grid(measure), *_dates(made), *(_bars(measure) if measure.bars else _dots(measure))]
    size = f"0 0 {_WIDTH:g} {_HEIGHT:g}"
    return element("svg", "".join(parts), viewBox=size, role="img", aria_label=label)


def _grid(measure: Measure) -> Iterator[str]:
    for level in range(measure.low, measure.high + 1, measure.step):
        y = _y(measure, level)
        yield element("path", class_="rule", d=line([(_LEFT, y), (_RIGHT, y)]))
        yield text(str(level), class_="clock", x=_LEFT - 8, y=y + 5, text_anchor="end")


def _dates(made: Chart) -> Iterator[str]:
    """One a week, under its night."""
    for n in range(0, len(made.days), 7):
        day = made.days[n]
        x, anchor = (_LEFT, "start") if n == 0 else (_x(n, len(made.days)), "middle")
        marked = "clock odd" if n % 14 else "clock"  # large letters, in the dark, have room for half of them
        yield text(f"{day.day}-{day.month}", class_=marked, x=x, y=_BASE + 28, text_anchor=anchor)


def _dots(measure: Measure) -> Iterator[str]:
    for name, values in (("beside", measure.beside), ("values", measure.values)):
        points = [(n, value) for n, value in enumerate(values) if value is not None]
        for run in _runs(measure, values):
            yield element("path", class_=f"thread {name}", d=line(run))
        for n, value in points:
            where = {"cx": _x(n, len(values)), "cy": _y(measure, value), "r": _DOT}
            yield element("circle", class_=f"dot {name}", **where)


def _runs(measure: Measure, values: Sequence[Value]) -> Iterator[list[Point]]:
    """Nights that follow each other; a blank one is a gap, for nobody knows what it was."""
    run: list[Point] = []
    for n, value in enumerate((*values, None)):
        if value is not None:
            run.append((_x(n, len(values)), _y(measure, value)))
            continue
        if len(run) > 1:
            yield run
        run = []


def _bars(measure: Measure) -> Iterator[str]:
    wide = (_RIGHT - _LEFT) / len(measure.values) * 0.62
    for n, value in enumerate(measure.values):
        if value is None:
            continue
        x, y = _x(n, len(measure.values)), _y(measure, value) if value else _BASE - 1.5
        where = {"x": x - wide / 2, "y": y, "width": wide, "height": _BASE - y, "rx": 1.5}
        yield element("rect", class_="bar" if value else "bar none", **where)


def _x(n: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (n + 0.5) / count


def _y(measure: Measure, value: float) -> float:
    return _BASE - (_BASE - _TOP) * (value - measure.low) / (measure.high - measure.low)
