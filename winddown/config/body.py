"""What hurts, how one sleeps, and rest moments by day: values and limits, no behaviour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from winddown.config.mistakes import offer, refuse, shown, wrong
from winddown.config.scalars import Clock, Duration, Flag
from winddown.config.schedule import WEEKDAYS
from winddown.config.section import Section

Complaint = Literal["neck", "shoulders", "low_back"]


class Body(Section):
    """What the posture check at bedtime is about."""

    complaints: tuple[Complaint, ...] = ()
    """What hurts: neck, shoulders, low_back. Each evening the check is about one of them; with none there is none."""
    sleeps_on: Literal["back", "side", "front"] = "side"
    """How you mostly lie."""


def _days(value: object) -> object:
    """`mon-fri`, `sat`, or a list of such."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, str):
        return tuple(_span(value))
    if not isinstance(value, list) or not value:
        raise wrong(f"{shown(value)} names no day, write for example mon-fri or [mon, wed]")
    return tuple(sorted({day for one in value for day in _span(one)}))


def _span(value: object) -> Iterator[int]:
    first, dash, last = str(value).partition("-")
    for name in (first, last) if dash else (first,):
        if name not in WEEKDAYS:
            raise wrong(f"{shown(value)} is no day, {offer(name, WEEKDAYS)} or a span as mon-fri")
    begin = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last) - begin) % 7 if dash else 0
    return iter(sorted((begin + n) % 7 for n in range(length + 1)))


def _days_written(days: Iterable[int]) -> Any:
    return "mon-fri" if tuple(days) == (0, 1, 2, 3, 4) else [WEEKDAYS[day] for day in days]


_SPAN_SCHEMA = {"type": "string", "pattern": f"^({'|'.join(WEEKDAYS)})(-({'|'.join(WEEKDAYS)}))?$"}
_DAYS_SCHEMA = {"anyOf": [_SPAN_SCHEMA, {"type": "array", "items": _SPAN_SCHEMA, "minItems": 1}]}
Days = Annotated[tuple[int, ...], BeforeValidator(_days), PlainSerializer(_days_written), WithJsonSchema(_DAYS_SCHEMA)]


class RestMoments(Section):
    """A word now and then by day, to let go for a breath."""

    from_: Annotated[time, Clock()] = Field(default=time(9), alias="from")
    """The first one."""
    until: Annotated[time, Clock()] = time(17, 30)
    """None after this."""
    every_s: Annotated[float, Duration(900, 28_800)] = Field(default=5400.0, alias="every")
    """From one to the next; 15 min to 8 h."""
    days: Days = (0, 1, 2, 3, 4)
    """On which days: mon-fri, or a list of days."""
    nod: Annotated[bool, Flag()] = False
    """The lamp that breathes nods once, softly, where it is on: down a little, and back to what it was."""

    @model_validator(mode="after")
    def _has_an_order(self) -> RestMoments:
        if self.until < self.from_:
            refuse([(("until",), f"{self.until:%H:%M} is before {self.from_:%H:%M}, write a later time")])
        return self
