"""One verdict: a mark, what it is about, what is so, and the mend. It prints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from winddown.survey import plain

_LONGEST = 300


class Mark(StrEnum):
    """How it is."""

    RIGHT = "right"
    WATCH = "watch"
    """It may bite some night."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line for a person. Nothing in it plays with a terminal."""

    mark: Mark
    about: str
    text: str
    mend: str = ""


def right(about: str, text: str) -> Verdict:
    """All is well with it."""
    return Verdict(Mark.RIGHT, plain(about), plain(text, _LONGEST))


def watch(about: str, text: str, mend: str) -> Verdict:
    """It works, or will, but not as well as it could."""
    return Verdict(Mark.WATCH, plain(about), plain(text, _LONGEST), plain(mend, _LONGEST))


def wrong(about: str, text: str, mend: str) -> Verdict:
    """Tonight will not go as it should."""
    return Verdict(Mark.WRONG, plain(about), plain(text, _LONGEST), plain(mend, _LONGEST))
