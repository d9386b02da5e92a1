"""Coloured text on the dark: the few colours of the demonstration, and lines made of them. It lays nothing out."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from winddown.demo.picture import DARK, Dot

Line = list[Segment]

EMBER: Dot = (255, 190, 120)
SOFT: Dot = (184, 148, 116)
DIM: Dot = (122, 101, 88)
FAINT: Dot = (78, 67, 64)


def text(what: str, dot: Dot = SOFT) -> Segment:
    """Text in a colour, on the dark."""
    return Segment(what, two(dot, DARK))


def middle(what: str, width: int, dot: Dot) -> Line:
    """A line with the text in its middle."""
    return [text(" " * max(0, (width - len(what)) // 2)), text(what, dot)]


def padded(line: Line, width: int) -> Line:
    """Exactly so many columns, dark to the end."""
    cut = Segment.adjust_line_length(line, width, style=two(DARK, DARK))
    return list(cut)


def between(one: Dot, other: Dot, share: float) -> Dot:
    """A colour on the way from one to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@lru_cache(maxsize=8192)
def two(front: Dot, back: Dot) -> Style:
    """One colour on another."""
    return Style(color=Color.from_rgb(*front), bgcolor=Color.from_rgb(*back))
