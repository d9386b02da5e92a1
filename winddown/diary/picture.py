"""A picture of nights as SVG, readable on light and on dark. It reads no file and decides nothing of the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from winddown.diary.measures import Chart, Measure, Value
from winddown.svg import INK, element, line, number, small, spoken, text

_WIDTH = 960.0
_LEFT, _RIGHT = 56.0, 936.0
_TOP, _HEIGHT, _BETWEEN = 76.0, 120.0, 88.0
_DOT = 4.5
_AMBER, _BLUE = "#d9822b", "#5c7fa8"
_MOST_DATES = 10


def picture(chart: Chart) -> str:
    """All of it."""
    height = _TOP + len(chart.measures) * (_HEIGHT + _BETWEEN) - 24
    tells = " ".join(f"{measure.name}: {measure.says}" for measure in chart.measures if measure.says)
    parts = [
        spoken("title", chart.title),
        spoken("desc", tells),
        text(chart.title, x=_LEFT, y=32, font_size=20, fill=INK),
    ]
    for n, measure in enumerate(chart.measures):
        parts += _panel(chart, measure, _TOP + n * (_HEIGHT + _BETWEEN))
    return element(
        "svg",
        "\n".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(_WIDTH)} {number(height)}",
        role="img",
        aria_labelledby="title desc",
        font_family="system-ui, sans-serif",
    )


def _panel(chart: Chart, measure: Measure, top: float) -> Iterator[str]:
    base = top + _HEIGHT
    yield text(measure.name, x=_LEFT, y=top - 12, font_size=15, fill=INK, font_weight="600")
    yield from _legend(measure, top - 12)
    for level in range(measure.low, measure.high + 1, measure.step):
        y = _y(measure, level, top)
        yield element("path", d=line([(_LEFT, y), (_RIGHT, y)]), stroke=INK, stroke_opacity=0.25, fill="none")
        yield small(str(level), _LEFT - 10, y + 4, text_anchor="end")
    yield from _dates(chart, base + 18)
    yield from _bars(measure, top) if measure.bars else _dots(measure, top)
    if measure.says:
        yield small(measure.says, _LEFT, base + 40)


def _legend(measure: Measure, y: float) -> Iterator[str]:
    for name, x, fill in zip(measure.legend, (_RIGHT - 150, _RIGHT - 62), (_AMBER, "none"), strict=False):
        stroke = _AMBER if fill == _AMBER else _BLUE
        yield element("circle", cx=x, cy=y - 5, r=_DOT, fill=fill, stroke=stroke, stroke_width=1.6)
        yield small(name, x + 10, y)


def _dates(chart: Chart, y: float) -> Iterator[str]:
    every = max(1, -(-len(chart.days) // _MOST_DATES))
    if every > 1:
        every = -(-every // 7) * 7
    for n in range(0, len(chart.days), every):
        yield small(f"{chart.days[n].day}-{chart.days[n].month}", _x(n, len(chart.days)), y, text_anchor="middle")


def _dots(measure: Measure, top: float) -> Iterator[str]:
    count = len(measure.values)
    for run in _runs(measure.values):
        path = [(_x(n, count), _y(measure, value, top)) for n, value in run]
        if len(path) > 1:
            yield element("path", d=line(path), stroke=_AMBER, stroke_opacity=0.35, stroke_width=1.5, fill="none")
    for n, value in enumerate(measure.values):
        if value is not None:
            yield element("circle", cx=_x(n, count), cy=_y(measure, value, top), r=_DOT, fill=_AMBER)
    for n, value in enumerate(measure.beside):
        if value is not None:
            y = _y(measure, value, top)
            yield element("circle", cx=_x(n, count), cy=y, r=_DOT, fill="none", stroke=_BLUE, stroke_width=1.6)


def _bars(measure: Measure, top: float) -> Iterator[str]:
    count = len(measure.values)
    width = min(18.0, (_RIGHT - _LEFT) / count * 0.6)
    for n, value in enumerate(measure.values):
        if value:
            y = _y(measure, value, top)
            x = _x(n, count) - width / 2
            yield element("rect", x=x, y=y, width=width, height=top + _HEIGHT - y, fill=_BLUE, rx=2)


def _runs(values: tuple[Value, ...]) -> Iterator[list[tuple[int, float]]]:
    """Nights that follow each other; a blank one is a gap, for nobody knows what it was."""
    run: list[tuple[int, float]] = []
    for n, value in enumerate((*values, None)):
        if value is not None:
            run.append((n, value))
        elif run:
            yield run
            run = []


def _x(n: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (n + 0.5) / count


def _y(measure: Measure, value: float, top: float) -> float:
    return top + _HEIGHT * (1 - (value - measure.low) / (measure.high - measure.low))
