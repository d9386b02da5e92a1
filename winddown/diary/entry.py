"""What a person may say of a night: the core of the Consensus Sleep Diary (Carney 2012), and tension. It keeps nothing.

Every field is read by itself: one that cannot be is refused in a sentence, and nothing of the others is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import time

from pydantic_core import PydanticCustomError

from winddown.config.scalars import duration_s, time_of_day
from winddown.model import Told

LONGEST_NOTE, LONGEST_PLACE = 1000, 100
MOST_MINUTES = 720
MOST_AWAKENINGS = 50
_MARKUP = re.compile(r"<\s*[/!?a-z]", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One night as a person tells it; None: not said."""

    to_bed: time | None = None
    """Got into bed."""
    lights_out: time | None = None
    """Tried to sleep."""
    asleep_min: int | None = None
    """How long it took to fall asleep, by feeling."""
    awakenings: int | None = None
    """How many times awake, the last one not counted."""
    awake_min: int | None = None
    """All of these together."""
    woke: time | None = None
    """The final awakening."""
    up: time | None = None
    """Out of bed for the day."""
    quality: int | None = None
    """1 very poor to 5 very good."""
    tension_before: int | None = None
    """0 loose to 10 as tense as can be."""
    tension_after: int | None = None
    where: str | None = None
    """Where the tension sits."""
    note: str | None = None

    @property
    def blank(self) -> bool:
        """Nothing was said of this night."""
        return all(getattr(self, one.name) is None for one in fields(self))


FIELDS: tuple[str, ...] = tuple(one.name for one in fields(Said))
"""In the order in which they are asked."""
TIMES = ("to_bed", "lights_out", "woke", "up")
"""In the order in which they come."""


class _RefusedError(ValueError):
    """Its text is the sentence at the field."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a field is not taken."""

    field: str
    why: str
    beside: tuple[str, ...] = ()
    """The other fields that it does not go together with."""

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"


def read(given: Mapping[str, object]) -> tuple[dict[str, Told | None], list[Refusal]]:
    """The fields as they are kept, and those that are refused. Null, or nothing, takes a field away."""
    kept: dict[str, Told | None] = {}
    refused: list[Refusal] = []
    for name, value in given.items():
        if name not in _READERS:
            refused.append(Refusal(_short(name), f"is no field; there are: {', '.join(FIELDS)}"))
            continue
        try:
            told = None if value is None or _blank(value) else _READERS[name](value)
        except _RefusedError as error:
            refused.append(Refusal(name, str(error)))
        else:
            kept[name] = told
    return kept, refused


def said(kept: Mapping[str, object]) -> Said:
    """The night that is kept; what cannot be read of it is as not said."""
    known, _ = read(kept)
    return Said(**{name: _from_kept(name, value) for name, value in known.items()})  # type: ignore[arg-type]  # by name


def as_kept(one: Said) -> dict[str, Told]:
    """The fields that were said."""
    return dict(_kept_fields(one))


def _kept_fields(one: Said) -> Iterator[tuple[str, Told]]:
    for name in FIELDS:
        value = getattr(one, name)
        if value is not None:
            yield name, f"{value:%H:%M}" if isinstance(value, time) else value


def _from_kept(name: str, value: Told | None) -> object:
    return time_of_day(value) if name in TIMES and value is not None else value


def _blank(value: object) -> bool:
    return isinstance(value, str) and not any(char.isprintable() and not char.isspace() for char in value)


def _time(value: object) -> Told:
    text = value[:5] if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d:\d\d", value) else value
    try:
        return f"{time_of_day(text):%H:%M}"
    except PydanticCustomError as error:
        raise _RefusedError(error.message()) from None


def _minutes(value: object) -> Told:
    minutes = _whole(value)
    if minutes is None:
        try:
            minutes = round(min(duration_s(value, "min") / 60, MOST_MINUTES + 1))
        except PydanticCustomError as error:
            raise _RefusedError(error.message()) from None
    if not 0 <= minutes <= MOST_MINUTES:
        raise _RefusedError(f"{_short(value)} is not between 0 min and {MOST_MINUTES // 60} h; an estimate is enough")
    return minutes


def _count(low: int, high: int, means: str) -> Callable[[object], Told]:
    def one(value: object) -> Told:
        number = _whole(value)
        if number is None or not low <= number <= high:
            raise _RefusedError(f"{_short(value)} is not {low} to {high}: {means}")
        return number

    return one


def _text(longest: int) -> Callable[[object], Told]:
    def one(value: object) -> Told:
        if not isinstance(value, str):
            raise _RefusedError(f"{_short(value)} is no text")
        words = " ".join("".join(char if char.isprintable() else " " for char in value).split())
        if len(words) > longest:
            raise _RefusedError(f"it has {len(words)} characters; at most {longest} are kept")
        if _MARKUP.search(words):
            raise _RefusedError(f"{_short(words)} has markup in it; write it in plain words")
        return words

    return one


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    return value if isinstance(value, int) else None


def _short(value: object) -> str:
    text = str(value) if not isinstance(value, dict | list) else "a list or a mapping"
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= 40 else f"{text[:37]}..."


_QUALITY = _count(1, 5, "1 very poor, 2 poor, 3 fair, 4 good, 5 very good")
_TENSION = _count(0, 10, "0 is loose, 10 as tense as can be")
_READERS: Mapping[str, Callable[[object], Told]] = {
    "to_bed": _time,
    "lights_out": _time,
    "asleep_min": _minutes,
    "awakenings": _count(0, MOST_AWAKENINGS, "how many times awake; an estimate is enough"),
    "awake_min": _minutes,
    "woke": _time,
    "up": _time,
    "quality": _QUALITY,
    "tension_before": _TENSION,
    "tension_after": _TENSION,
    "where": _text(LONGEST_PLACE),
    "note": _text(LONGEST_NOTE),
}
