"""What is wrong with a file, and where, in the shape in which every part reports it. It judges nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Place = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

_LONGEST_SHOWN = 40


class Secret(str):
    """A text that came from `!secret` or `!env`: no message shows it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, for the person who wrote the file."""

    place: Place
    text: str
    """What is wrong, what would be right."""
    line: int | None = None
    """Where; None: where the place is written."""
    hides: bool = False
    """The value is unknown because of it: nothing more is said about its place."""


def wrong(text: str) -> PydanticCustomError:
    """The error that a validator raises, so that our own text arrives."""
    return PydanticCustomError("winddown", "{text}", {"text": text})


def refuse(problems: Iterable[tuple[Place, str]]) -> NoReturn:
    """Raise several mistakes at once from inside a validator, each at its place below the value that it validates."""
    details = [InitErrorDetails(type=wrong(text), loc=place, input=None) for place, text in problems]
    raise ValidationError.from_exception_data("winddown", details)


def shown(value: object) -> str:
    """A value as a message may show it: short, on one line, never a secret, never a whole mapping."""
    match value:
        case None:
            return "nothing"
        case Secret():
            return "the secret's value"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return f"'{printable(str(value))}'"


def printable(text: str) -> str:
    """Cut to a readable length, with everything that could play with a terminal written out."""
    safe = one_line(text[: _LONGEST_SHOWN + 1])
    return safe if len(safe) <= _LONGEST_SHOWN else safe[: _LONGEST_SHOWN - 1] + "…"


def one_line(text: str) -> str:
    """The same text with whatever is no visible character written out."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def offer(word: str, known: Iterable[str]) -> str:
    """The mend for an unknown word: the nearest known one, else all of them."""
    words = list(known)
    near = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"there are: {', '.join(words)}" if words else "there are none"


def written(place: Place) -> str:
    """A place as people read it: `rooms.bedroom.quiet[1].topic`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{printable(part)}"
    return text.removeprefix(".") or "the file"
