"""What a person may say of a night and of the day before it. It keeps nothing.

It is the core of the Consensus Sleep Diary (Carney 2012), tension, and three marks of the day.
Every field is read by itself: one that cannot be is refused in a sentence, and nothing of the others is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import time

from pydantic_core import PydanticCustomError

from winddown.config.mistakes import shown
from winddown.config.scalars import duration_s, meant_time, time_of_day
from winddown.model import Sentence, Told, say, word
from winddown.sentences import told

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
    hardly_functioned: str | None = None
    """A mark of the day before this night, and so are the next two: `YES`, or not said."""
    much_pain: str | None = None
    fear_or_gloom: str | None = None
    note: str | None = None

    @property
    def blank(self) -> bool:
        """Nothing was said of this night."""
        return all(getattr(self, one.name) is None for one in fields(self))


FIELDS: tuple[str, ...] = tuple(one.name for one in fields(Said))
"""In the order in which they are asked."""
TIMES = ("to_bed", "lights_out", "woke", "up")
"""In the order in which they come."""
MARKS = ("hardly_functioned", "much_pain", "fear_or_gloom")
YES = "yes"
_YES, _NO = frozenset({YES, "ja", "true", "on"}), frozenset({"no", "nee", "false", "off"})


class _RefusedError(ValueError):
    """A value that cannot be."""

    def __init__(self, says: Sentence) -> None:
        super().__init__(says.key)
        self.says = says
        """The sentence at the field."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a field is not taken."""

    field: str
    says: Sentence
    beside: tuple[str, ...] = ()
    """The other fields that it does not go together with."""

    @property
    def why(self) -> str:
        """In English, as at the command line."""
        return told(self.says, "en")

    @property
    def called(self) -> Sentence | str:
        """The field, by its name for people; what is no field, as it was written."""
        return word("field", self.field) if self.field in FIELDS else self.field

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"


def read(given: Mapping[str, object]) -> tuple[dict[str, Told | None], list[Refusal]]:
    """The fields as they are kept, and those that are refused. Null, or nothing, takes a field away."""
    kept: dict[str, Told | None] = {}
    refused: list[Refusal] = []
    for name, value in given.items():
        if name not in _READERS:
            refused.append(Refusal(_short(name), say("entry.unknown", fields=", ".join(FIELDS))))
            continue
        try:
            taken = None if value is None or _blank(value) else _READERS[name](value)
        except _RefusedError as error:
            refused.append(Refusal(name, error.says))
        else:
            kept[name] = taken
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
    except PydanticCustomError:
        meant = meant_time(text) if isinstance(text, str) else None
        if meant is None:
            raise _RefusedError(say("entry.time", value=_shown(text))) from None
        raise _RefusedError(say("entry.time_meant", value=_shown(text), meant=meant)) from None


def _minutes(value: object) -> Told:
    minutes = _whole(value)
    if minutes is None:
        try:
            minutes = round(min(duration_s(value, "min") / 60, MOST_MINUTES + 1))
        except PydanticCustomError:
            raise _RefusedError(say("entry.duration", value=_shown(value))) from None
    if not 0 <= minutes <= MOST_MINUTES:
        raise _RefusedError(say("entry.minutes", value=_written(value)))
    return minutes


def _count(low: int, high: int, says: Callable[[str | Sentence], Sentence]) -> Callable[[object], Told]:
    def one(value: object) -> Told:
        number = _whole(value)
        if number is None or not low <= number <= high:
            raise _RefusedError(says(_written(value)))
        return number

    return one


def _text(longest: int) -> Callable[[object], Told]:
    def one(value: object) -> Told:
        if not isinstance(value, str):
            raise _RefusedError(say("entry.no_text", value=_written(value)))
        words = " ".join("".join(char if char.isprintable() else " " for char in value).split())
        if len(words) > longest:
            raise _RefusedError(say("entry.long", length=len(words), longest=longest))
        if _MARKUP.search(words):
            raise _RefusedError(say("entry.markup", value=_written(words)))
        return words

    return one


def _mark(value: object) -> Told | None:
    """It is there or it is not: a no takes it away."""
    word = str(value).strip().casefold() if isinstance(value, str | bool) else ""
    if word not in _YES | _NO:
        raise _RefusedError(say("entry.mark"))
    return YES if word in _YES else None


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    return value if isinstance(value, int) else None


def _shown(value: object) -> str | Sentence:
    """Where a text was wanted: with quotes, so that one can see where it ends."""
    return shown(value) if isinstance(value, str) else _written(value)


def _written(value: object) -> str | Sentence:
    return say("word.list") if isinstance(value, dict | list) else _short(value)


def _short(value: object) -> str:
    text = str(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= 40 else f"{text[:37]}..."


_QUALITY = _count(1, 5, lambda value: say("entry.quality", value=value))
_TENSION = _count(0, 10, lambda value: say("entry.tension", value=value))
_READERS: Mapping[str, Callable[[object], Told | None]] = {
    "to_bed": _time,
    "lights_out": _time,
    "asleep_min": _minutes,
    "awakenings": _count(0, MOST_AWAKENINGS, lambda value: say("entry.awakenings", value=value)),
    "awake_min": _minutes,
    "woke": _time,
    "up": _time,
    "quality": _QUALITY,
    "tension_before": _TENSION,
    "tension_after": _TENSION,
    "where": _text(LONGEST_PLACE),
    **dict.fromkeys(MARKS, _mark),
    "note": _text(LONGEST_NOTE),
}
