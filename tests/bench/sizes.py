"""The figures of houses of several sizes, side by side, and how they grow. It measures nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.figures import percentile


@dataclass(frozen=True)
class Size:
    """One house."""

    rooms: int
    online_s: float
    beats_ms: Sequence[float]
    """How far from its instant each beat was, apart from airtime."""
    waited_ms: Sequence[float]
    """How long each beat waited for airtime."""
    given_up: float
    """The share of beats that were never sent: airtime came too late for them."""
    presses_ms: Sequence[float]
    press_waited_ms: Sequence[float]
    unanswered: int
    runway_percent: float
    breathing_percent: float
    pressing_percent: float
    uss_mb: float
    first_ms: float
    """How far from its instant each room's first beat was, p99."""

    def summary(self) -> dict[str, float]:
        """Every figure as one number."""
        return {name: figure(self) for name, _, figure in FIGURES} | {"rooms": self.rooms}


def _beyond(size: Size, first: Size) -> float:
    return (size.uss_mb - first.uss_mb) * 1024 / (size.rooms - first.rooms)


FIGURES: tuple[tuple[str, str, Callable[[Size], float]], ...] = (
    ("beat error, p50", "ms", lambda size: percentile(size.beats_ms, 50)),
    ("beat error, p99", "ms", lambda size: percentile(size.beats_ms, 99)),
    ("- each room's first, p99", "ms", lambda size: size.first_ms),
    ("beats waiting for airtime, p99", "ms", lambda size: percentile(size.waited_ms, 99)),
    ("beats given up for airtime", "%", lambda size: 100 * size.given_up),
    ("press to command, p50", "ms", lambda size: percentile(size.presses_ms, 50)),
    ("press to command, p99", "ms", lambda size: percentile(size.presses_ms, 99)),
    ("presses waiting for airtime, p99", "ms", lambda size: percentile(size.press_waited_ms, 99)),
    ("processor, runway", "%", lambda size: size.runway_percent),
    ("processor, all breathing", "%", lambda size: size.breathing_percent),
    ("processor, and ten presses a second", "%", lambda size: size.pressing_percent),
    ("unique memory", "MB", lambda size: size.uss_mb),
    ("start to online", "s", lambda size: size.online_s),
)


def report(sizes: Sequence[Size]) -> str:
    """A Markdown table: a column for each size, and the slope on paper with two logarithmic axes."""
    if not sizes:
        return ""
    head = ["figure", *(f"{size.rooms:,} room{'s' if size.rooms > 1 else ''}" for size in sizes), "slope"]
    lines = [head]
    for name, unit, figure in FIGURES:
        values = [figure(size) for size in sizes]
        lines.append([name, *(f"{value:.{_digits(value)}f} {unit}" for value in values), _written(sizes, values)])
    smallest = sizes[0]
    memory = ["- a room beyond the first", *("" for _ in sizes), ""]
    for n, size in enumerate(sizes[1:], 2):
        memory[n] = f"{_beyond(size, smallest):.1f} KB"
    lines.insert(len(lines) - 1, memory)
    return _table(lines)


def steepness(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the straight line through the logarithms, by least squares; None: there is no line."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return None
    mean_x, mean_y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return None if spread == 0 else sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def _written(sizes: Sequence[Size], values: Sequence[float]) -> str:
    """From a hundred rooms on, for what is the same for any house would hide it."""
    found = steepness([(size.rooms, value) for size, value in zip(sizes, values, strict=True) if size.rooms >= 100])
    return "" if found is None else f"{found:.2f}"


def _digits(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2


def _table(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(lines[0]))]
    text = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (text[0], rule, *text[1:]))
