"""One frame of the show as lines of text, for a view, a width and a height. It prints nothing and moves nothing."""

from __future__ import annotations

from rich.segment import Segment

from winddown.demo.caption import LARGEST_ROWS, caption
from winddown.demo.ink import DIM, EMBER, FAINT, SOFT, Line, between, padded, text, two
from winddown.demo.picture import LEFT, MIDDLE, RIGHT, Dot, Sight, colour_of, picture
from winddown.demo.scene import View
from winddown.demo.words import Words
from winddown.model import Phase, Press

_WIDEST, _TALLEST = 200, 20
_LEAST_PICTURE_ROWS = 5
_ROOMY_ROWS = 27
_RINGING: Dot = (140, 168, 196)
_SHADES = " ·░▒▓█"
_PARTS = ((Phase.RUNWAY, 15), (Phase.RELEASE, 24), (Phase.BREATHING, 18), (Phase.NIGHT, 9))
"""Their shares of the bar, about as long as each of them is."""
_KEYS = {Press.SINGLE: "1", Press.DOUBLE: "2", Press.HOLD: "3"}


def frame(view: View, words: Words, width: int, height: int, *, colour: bool = True) -> list[Line]:
    """Exactly `height` lines of `width` columns. A small screen loses the picture first."""
    roomy = height >= _ROOMY_ROWS
    below = [*_timeline(view, words, width, roomy=roomy), _keys(view, words, width)]
    above = [_title(view, words, width)]
    rows = min(_TALLEST, height - len(above) - 1 - LARGEST_ROWS - len(below) - 2 * roomy)
    if rows >= _LEAST_PICTURE_ROWS:
        above += _picture(view, width, rows, colour=colour)
    above.append(_labels(view, words, width))
    left = max(0, height - len(above) - len(below))
    lines = [*above, *caption(view, words, width, left), *below]
    return [padded(line, width) for line in lines[:height]]


def _title(view: View, words: Words, width: int) -> Line:
    left = f" winddown · {words.title}"
    right = f"mqtt 127.0.0.1:{view.port}  {view.clock} "
    if len(left) + len(right) >= width:
        right = f"{view.clock} "
    return [text(left, DIM), text(" " * max(1, width - len(left) - len(right))), text(right, FAINT)]


# ---------------------------------------------------------------- the room


def _picture(view: View, width: int, rows: int, *, colour: bool) -> list[Line]:
    across = min(width, _WIDEST)
    sight = Sight(view.lamps, view.muted, _along(view), None if view.breath is None else view.breath.fullness)
    dots = picture(sight, across, 2 * rows)
    pairs = zip(dots[::2], dots[1::2], strict=True)
    lines = [_blocks(up, down) if colour else _shades(up, down) for up, down in pairs]
    return [[text(" " * ((width - across) // 2)), *line] for line in lines]


def _blocks(up: list[Dot], down: list[Dot]) -> Line:
    """Two dots a character; equal neighbours are one piece."""
    line: Line = []
    count, before = 0, (up[0], down[0])
    for pair in zip(up, down, strict=True):
        if pair != before:
            line.append(Segment("▀" * count, two(*before)))
            count, before = 0, pair
        count += 1
    return [*line, Segment("▀" * count, two(*before))]


def _shades(up: list[Dot], down: list[Dot]) -> Line:
    """Where there are no colours: how bright it is."""
    bright = (max(sum(one), sum(other)) / 765 for one, other in zip(up, down, strict=True))
    return [Segment("".join(_SHADES[min(len(_SHADES) - 1, int(each * 7))] for each in bright))]


def _labels(view: View, words: Words, width: int) -> Line:
    across = min(width, _WIDEST)
    line: Line = []
    column = 0
    for where, (what, dot) in zip((LEFT, MIDDLE, RIGHT), _labelled(view, words), strict=True):
        begin = max(column + 1, (width - across) // 2 + round(where * across) - len(what) // 2)
        line += [text(" " * (begin - column)), text(what, dot)]
        column = begin + len(what)
    return line


def _labelled(view: View, words: Words) -> tuple[tuple[str, Dot], ...]:
    phone = (f"{words.phone} {words.muted}", FAINT) if view.muted else (f"{words.phone} {words.rings}", _RINGING)
    return _lamp("bedside", view, words), phone, _lamp("shelf", view, words)


def _lamp(name: str, view: View, words: Words) -> tuple[str, Dot]:
    shown = view.lamps[name]
    if shown.level <= 0:
        return f"{words.lamps[name]} {words.off}", FAINT
    warmth = f" {round(shown.kelvin, -1):.0f} K" if name == "bedside" else ""
    return f"{words.lamps[name]} {max(1, round(100 * shown.level))} %{warmth}", between(
        FAINT, colour_of(shown), 0.25 + 0.75 * shown.level**0.5
    )


# ---------------------------------------------------------------- the evening


def _timeline(view: View, words: Words, width: int, *, roomy: bool) -> list[Line]:
    """A bar with a mark where we are, and the names of its parts."""
    length = width - 4
    parts = _columns(length)
    mark = min(length - 1, round(_along(view) * (length - 1)))
    bar: Line = [text("  ")]
    names: Line = [text("  ")]
    homes: Line = [text("  ")]
    for phase, begin, end in parts:
        now = phase is view.phase
        bar += _stretch(begin, end, mark, now=now)
        names.append(text(_fitted(words.phases[phase], end - begin), EMBER if now else DIM))
        homes.append(text(_fitted(words.at_home[phase], end - begin), FAINT))
    return [bar, names, *([homes, []] if roomy else [])]


def _stretch(begin: int, end: int, mark: int, *, now: bool) -> Line:
    """The bar from one column to another: what was, the mark, what comes."""
    was = max(0, min(mark, end - 1) - begin)
    if not begin <= mark < end:
        was = end - begin if mark >= end else 0
        return [text("━" * max(0, was - 1), DIM), text("─" * (end - begin - max(0, was - 1) - 1), FAINT), text(" ")]
    rest = end - begin - was - 1
    return [text("━" * was, SOFT if now else DIM), text("●", EMBER), text("─" * (rest - 1) + " " * (rest > 0), FAINT)]


def _fitted(name: str, columns: int) -> str:
    return name[: columns - 1].ljust(columns)


def _columns(length: int) -> list[tuple[Phase, int, int]]:
    """Where each part of the bar begins and ends."""
    whole = sum(share for _, share in _PARTS)
    columns, before = [], 0
    for phase, share in _PARTS:
        columns.append((phase, round(before * length / whole), round((before + share) * length / whole)))
        before += share
    return columns


def _along(view: View) -> float:
    """How far the evening is, 0 to 1, on the scale of the bar."""
    if view.phase is Phase.DAY:
        return 1.0 if view.over else 0.0
    whole = sum(share for _, share in _PARTS)
    before = 0
    for phase, share in _PARTS:
        if phase is view.phase:
            return (before + share * view.share) / whole
        before += share
    return 0.0


def _keys(view: View, words: Words, width: int) -> Line:
    """What each key would do now; a narrow screen says less of it."""
    for spoken in (True, False):
        line: Line = [text("  ")]
        for press, key in _KEYS.items():
            verb = view.verbs.get(press)
            does = words.nothing if verb is None else words.verbs.get(verb, verb)
            felt = view.flash is press
            named = f"[{key}] {words.presses[press]} " if spoken else f"[{key}] "
            line += [text(named, EMBER if felt else DIM), text(f"{does}   ", EMBER if felt else SOFT)]
        ending = f"[q] {words.quit}  "
        free = width - sum(segment.cell_length for segment in line) - len(ending)
        if free >= 0:
            return [*line, text(" " * free), text(ending, DIM)]
    return [text("  [1] [2] [3] [q]", DIM)]
