"""The cue in large letters, and where a sentence is broken for it. What is said, and when, it is told."""

from __future__ import annotations

from collections.abc import Callable

from winddown.demo import lettering
from winddown.demo.ink import EMBER, SOFT, Line, between, middle
from winddown.demo.picture import DARK
from winddown.demo.scene import Breathing, View
from winddown.demo.words import Words
from winddown.model import Phase

LARGEST_ROWS = 2 * lettering.ROWS + 1
"""Two lines of large letters and one of small."""
_MARGIN = 4


def caption(view: View, words: Words, width: int, rows: int) -> list[Line]:
    """What the middle of the screen says, in exactly so many rows."""
    if view.over:
        lines = _said(words.morning, 1.0, width, rows)
    elif view.cue:
        lines = _said(view.cue, view.cue_strength, width, rows)
    elif view.breath is not None:
        lines = _breath(view.breath, words, width, rows)
    elif view.phase is Phase.DAY:
        lines = _said(words.evening, 1.0, width, rows)
    else:
        lines = []
    above = max(0, (rows - len(lines)) // 2)
    return [[]] * above + lines + [[]] * (rows - above - len(lines))


def broken(cue: str, width: int) -> tuple[list[str], str]:
    """The lines to be written large, and what is left to be written small; no large lines where none fit."""
    if not lettering.knows(cue):
        return [], cue
    for end in _ends(cue):
        lines, rest = _filled(cue[:end], width, lettering.width), cue[end:].strip()
        if len(lines) <= 2 and all(lettering.width(line) <= width for line in lines) and len(rest) <= width:
            return _balanced(lines), rest
    return [], cue


def _said(what: str, strength: float, width: int, rows: int) -> list[Line]:
    large, small = between(DARK, EMBER, strength), between(DARK, SOFT, strength)
    big, rest = broken(what, width - _MARGIN)
    if not big or len(big) * lettering.ROWS + bool(rest) > rows:
        return [middle(line, width, large) for line in _filled(what, width - _MARGIN, len)[:rows]]
    lines = [line for each in big for line in _large(each, width, large)]
    return [*lines, middle(rest, width, small)] if rest else lines


def _breath(breath: Breathing, words: Words, width: int, rows: int) -> list[Line]:
    """`in` or `out`, and a bar as long as the breath is full."""
    word = words.inhale if breath.inhales else words.exhale
    dot = between(DARK, EMBER, 0.35 + 0.65 * breath.fullness)
    bar = middle("━" * (2 * round(breath.fullness * min(width - _MARGIN, 60) / 2)), width, dot)
    if rows < lettering.ROWS + 2:
        return [middle(word, width, dot), bar][:rows]
    return [*_large(word, width, dot), [], bar]


def _large(what: str, width: int, dot: tuple[int, int, int]) -> list[Line]:
    return [middle(row, width, dot) for row in lettering.lettered(what)]


def _ends(cue: str) -> list[int]:
    """Where the large part may end, best first: all of it, the first sentence, the first clause."""
    sentence = next((n for n, char in enumerate(cue, 1) if char in ".!?" and cue[n : n + 1] in ("", " ")), len(cue))
    clause = next((n for n, char in enumerate(cue, 1) if char in ",;:"), sentence)
    return list(dict.fromkeys((len(cue), sentence, clause)))


def _balanced(lines: list[str]) -> list[str]:
    """Two lines of about the same width rather than a full one and a lonely word."""
    if len(lines) != 2:
        return lines
    every = " ".join(lines).split()
    halves = ((" ".join(every[:n]), " ".join(every[n:])) for n in range(1, len(every)))
    return list(min(halves, key=lambda both: max(map(lettering.width, both))))


def _filled(cue: str, width: int, measure: Callable[[str], int]) -> list[str]:
    lines: list[str] = []
    for word in cue.split():
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
