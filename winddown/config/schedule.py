"""Bedtimes by evening and wakes by morning: which entry applies on a date. It knows no zone and computes no instant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Annotated, Any, Self, TypeVar

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from winddown.config.mistakes import Place, offer, refuse, shown, wrong
from winddown.config.scalars import Clock, time_of_day
from winddown.config.section import Section

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Their keys, Monday first as `date.weekday()` counts."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

T = TypeVar("T")


class Bedtimes(Section):
    """When to be in bed, by evening. A bedtime before noon belongs to the evening before."""

    default: time | None = None
    """On evenings that no other entry names; None: no routine."""
    weekdays: dict[int, time | None] = Field(default_factory=dict)
    """By weekday, 0 is Monday; None: no routine."""
    dates: dict[date, time | None] = Field(default_factory=dict)
    """By date; None: no routine."""

    def entry(self, day: date) -> tuple[str, time | None]:
        """The key of the entry that applies on the evening of `day` (`2026-12-31`, `fri`, `default`), and its value."""
        return _entry(self.dates, self.weekdays, self.default, day)

    def replaced(self, key: str, value: time | None) -> Self:
        """The same with the entry under `key`, as `entry` names it, set to `value`."""
        return self.model_copy(update=_update(key, value, self.weekdays, self.dates))


class Wakes(Section):
    """When the night ends, by morning."""

    default: time = time(7, 0)
    """On mornings that no other entry names."""
    weekdays: dict[int, time] = Field(default_factory=dict)
    """By weekday, 0 is Monday."""
    dates: dict[date, time] = Field(default_factory=dict)
    """By date."""

    def entry(self, day: date) -> tuple[str, time]:
        """The key of the entry that applies on the morning of `day` (`2026-12-31`, `sat`, `default`), and its value."""
        return _entry(self.dates, self.weekdays, self.default, day)

    def replaced(self, key: str, value: time) -> Self:
        """The same with the entry under `key`, as `entry` names it, set to `value`."""
        return self.model_copy(update=_update(key, value, self.weekdays, self.dates))


def _entry(dates: Mapping[date, T], weekdays: Mapping[int, T], default: T, day: date) -> tuple[str, T]:
    if day in dates:
        return day.isoformat(), dates[day]
    if day.weekday() in weekdays:
        return WEEKDAYS[day.weekday()], weekdays[day.weekday()]
    return "default", default


def _update(key: str, value: T, weekdays: Mapping[int, T], dates: Mapping[date, T]) -> dict[str, object]:
    if key == "default":
        return {"default": value}
    if key in WEEKDAYS:
        return {"weekdays": {**weekdays, WEEKDAYS.index(key): value}}
    return {"dates": {**dates, date.fromisoformat(key): value}}


# ---------------------------------------------------------------- as the YAML says it


def _bedtime(value: object) -> time | None:
    return None if value == "off" else time_of_day(value)


def _wake(value: object) -> time:
    if value == "off":
        raise wrong("a wake cannot be off, it ends the night and gives everything back; write a time")
    return time_of_day(value)


def _read(kind: type[Section], one: Callable[[object], T]) -> Callable[[object], Any]:
    """A reader of one time for every day, or of a mapping by weekday, date and `default`."""

    def read(value: object) -> Any:
        if isinstance(value, kind):
            return value
        if isinstance(value, dict):
            return _read_mapping(value, one)
        return {"default": one(value)}

    return read


def _read_mapping(raw: Mapping[str, object], one: Callable[[object], T]) -> dict[str, Any]:
    entries: dict[str, Any] = {"weekdays": {}, "dates": {}}
    problems: list[tuple[Place, str]] = []
    for key, value in raw.items():
        try:
            _place_entry(entries, str(key), one(value))
        except PydanticCustomError as error:
            problems.append(((str(key),), error.message()))
    if not raw:
        problems.append(((), 'names no time, write for example "22:45"'))
    if problems:
        refuse(problems)
    return entries


def _place_entry(entries: dict[str, Any], key: str, value: object) -> None:
    if key == "default":
        entries["default"] = value
    elif key in WEEKDAYS:
        entries["weekdays"][WEEKDAYS.index(key)] = value
    elif _ISO_DATE.fullmatch(key):
        entries["dates"][_date(key)] = value
    else:
        raise wrong(f"{shown(key)} is no day, {_meant_day(key)}")


def _date(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError:
        raise wrong(f"{shown(key)} is not in the calendar, write a date as 2026-12-31") from None


def _meant_day(key: str) -> str:
    """`friday` and `Fri` mean `fri`."""
    near = key.lower()[:3]
    if near in WEEKDAYS:
        return f"did you mean {near}?"
    return offer(key, (*WEEKDAYS, "default")) + (" or a date as 2026-12-31" if key[:1].isdigit() else "")


def _editor(words: tuple[str, ...]) -> WithJsonSchema:
    one = Clock(words).editor_schema()
    names = dict.fromkeys((*WEEKDAYS, "default"), one)
    days = {"type": "object", "properties": names, "additionalProperties": False, "minProperties": 1}
    return WithJsonSchema({"anyOf": [one, {**days, "patternProperties": {f"^{_ISO_DATE.pattern}$": one}}]})


BedtimesKey = Annotated[Bedtimes, BeforeValidator(_read(Bedtimes, _bedtime)), _editor(("off",))]
"""As a key of the file takes it."""
WakesKey = Annotated[Wakes, BeforeValidator(_read(Wakes, _wake)), _editor(())]
"""As a key of the file takes it."""
