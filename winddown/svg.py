"""The few shapes that a picture needs, as text that is the same every time. It knows nothing of evenings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]
Attributes = dict[str, str | float]

INK = "#747d88"
"""What is written and ruled: as far from white as from black."""
_SMALL = 13.0


def number(value: float) -> str:
    """One decimal, none where it says nothing."""
    written = f"{round(value, 1) + 0.0:.1f}"
    return written.removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """One element; `_` in an attribute's name stands for `-`, and at its end for nothing: `class_`."""
    names = {key: key.removesuffix("_").replace("_", "-") for key in attributes}
    written = "".join(f" {names[key]}={_value(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, /, **attributes: str | float) -> str:
    """A line of text."""
    return element("text", escape(words), **attributes)


def spoken(name: str, words: str) -> str:
    """A `title` or a `desc`, for whoever cannot see it."""
    return element(name, escape(words), id=name)


def small(words: str, x: float, y: float, /, **attributes: str | float) -> str:
    """A line of small text."""
    return text(words, x=x, y=y, font_size=_SMALL, fill=INK, **attributes)


def line(points: Iterable[Point]) -> str:
    """The data of a path through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def area(points: Sequence[Point], base: float) -> str:
    """The data of a path around what lies between points and a base line."""
    return f"{line([(points[0][0], base), *points, (points[-1][0], base)])}Z"


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The points without those that lie on a straight line between others (Ramer 1972, Douglas and Peucker 1973)."""
    kept = [False] * len(points)
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        kept[first] = kept[last] = True
        furthest, distance = first, tolerance
        for n in range(first + 1, last):
            if (away := _distance(points[n], points[first], points[last])) > distance:
                furthest, distance = n, away
        if furthest != first:
            spans += [(first, furthest), (furthest, last)]
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def _distance(point: Point, begin: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, begin, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def _value(value: str | float) -> str:
    return quoteattr(value if isinstance(value, str) else number(value))
