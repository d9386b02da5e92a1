"""Large letters out of half blocks, four rows high. It knows the letters of the cues and breaks no sentence."""

from __future__ import annotations

import unicodedata
from functools import cache

ROWS = 4
_HEIGHT = 2 * ROWS
_GAP = 1

_TALL = """
b #.../#.../###./#..#/#..#/###.
d ...#/...#/.###/#..#/#..#/.###
f .##/#../###/#../#../#..
h #.../#.../###./#..#/#..#/#..#
i #/./#/#/#/#
j .#/../.#/.#/.#/.#/.#/#.
k #.../#.../#.#./##../#.#./#..#
l #./#./#./#./#./.#
t .#./.#./###/.#./.#./.##
A .##./#..#/#..#/####/#..#/#..#
B ###./#..#/###./#..#/#..#/###.
C .###/#.../#.../#.../#.../.###
D ###./#..#/#..#/#..#/#..#/###.
E ####/#.../###./#.../#.../####
F ####/#.../###./#.../#.../#...
G .###/#.../#.##/#..#/#..#/.###
H #..#/#..#/####/#..#/#..#/#..#
I ###/.#./.#./.#./.#./###
J ..##/...#/...#/...#/#..#/.##.
K #..#/#.#./##../##../#.#./#..#
L #.../#.../#.../#.../#.../####
M #...#/##.##/#.#.#/#.#.#/#...#/#...#
N #..#/##.#/##.#/#.##/#.##/#..#
O .##./#..#/#..#/#..#/#..#/.##.
P ###./#..#/#..#/###./#.../#...
Q .##./#..#/#..#/#..#/#.#./.#.#
R ###./#..#/#..#/###./#.#./#..#
S .###/#.../.##./...#/...#/###.
T #####/..#../..#../..#../..#../..#..
U #..#/#..#/#..#/#..#/#..#/.##.
V #...#/#...#/#...#/.#.#./.#.#./..#..
W #...#/#...#/#.#.#/#.#.#/##.##/#...#
X #..#/#..#/.##./.##./#..#/#..#
Y #...#/#...#/.#.#./..#../..#../..#..
Z ####/...#/..#./.#../#.../####
É ..#./.#../####/###./#.../####
! #/#/#/#/./#
? ##./..#/.#./.#./.../.#.
' #/#
’ #/#
"""

_SMALL = """
a .###/#..#/#..#/.###
c .###/#.../#.../.###
e .##./####/#.../.###
g .###/#..#/#..#/.###/...#/###.
m ####./#.#.#/#.#.#/#.#.#
n ###./#..#/#..#/#..#
o .##./#..#/#..#/.##.
p ###./#..#/#..#/###./#.../#...
q .###/#..#/#..#/.###/...#/...#
r #.#/##./#../#..
s .###/##../..##/###.
u #..#/#..#/#..#/.###
v #.#/#.#/#.#/.#.
w #.#.#/#.#.#/#.#.#/.#.#.
x #..#/.##./.##./#..#
y #..#/#..#/#..#/.###/...#/###.
z ####/..#./.#../####
. ./././#
, ../../../.#/#.
: #/././#
; ../.#/../.#/#.
- .../###
"""
"""These begin two dots lower."""

_ACCENTS = {"\u0301": ("..#.", ".#.."), "\u0300": (".#..", "..#."), "\u0308": ("#..#", "....")}
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def knows(text: str) -> bool:
    """It has a shape for every character."""
    return all(_glyph(char) is not None for char in text)


def width(text: str) -> int:
    """How many columns the text takes."""
    glyphs = [glyph for char in text if (glyph := _glyph(char)) is not None]
    return max(0, sum(len(glyph[0]) + _GAP for glyph in glyphs) - _GAP)


def lettered(text: str) -> list[str]:
    """The text as rows of blocks; characters that it does not know are left out."""
    glyphs = [glyph for char in text if (glyph := _glyph(char)) is not None]
    lines = [("." * _GAP).join(glyph[y] for glyph in glyphs) for y in range(_HEIGHT)]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return ["".join(_BLOCKS[a == "#", b == "#"] for a, b in zip(up, down, strict=True)) for up, down in pairs]


@cache
def _glyph(char: str) -> tuple[str, ...] | None:
    """Its dots, row by row; None: no shape."""
    if char == " ":
        return (".",) * _HEIGHT
    if char in _SHAPES:
        return _SHAPES[char]
    parts = unicodedata.normalize("NFD", char)
    base, accent = parts[0], parts[1:]
    return (*_ACCENTS[accent], *_SHAPES[base][2:]) if accent in _ACCENTS and base in "aeou" else None


def _parsed(text: str, above: int) -> dict[str, tuple[str, ...]]:
    shapes = {}
    for line in text.strip().splitlines():
        char, _, dots = line.partition(" ")
        rows = dots.split("/")
        blank = "." * len(rows[0])
        shapes[char] = tuple([blank] * above + rows + [blank] * (_HEIGHT - above - len(rows)))
    return shapes


_SHAPES = {**_parsed(_TALL, 0), **_parsed(_SMALL, 2)}
