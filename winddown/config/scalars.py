"""What a text in the YAML means: times, durations, percents, numbers, topics, files. None knows the key that it is for.

Each class stands in `Annotated[...]`, reads the text on the way in, and writes it again where a default is shown.
A value that is no text (from Python) goes through unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from winddown.config.mistakes import shown, wrong

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_NEARLY_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{1,2}))?(?::\d\d)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_AMOUNT = r"(\d+(?:\.\d+)?)"
_DURATION = re.compile(rf"(?:{_AMOUNT}\s*h)?\s*(?:{_AMOUNT}\s*min)?\s*(?:{_AMOUNT}\s*s)?")
_NEARLY_DURATION = re.compile(rf"{_AMOUNT}\s*(h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|)\.?", re.IGNORECASE)
_PERCENT = re.compile(rf"{_AMOUNT}\s*%")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_LONGEST_TOPIC_BYTES = 65_535


class Scalar:
    """How a text becomes a value: `read` on the way in, `write` for people."""

    def read(self, value: object) -> object:
        """The value that a text means. Raises the mistake."""
        raise NotImplementedError

    def write(self, value: Any) -> object:
        """The value as a person writes it in YAML."""
        return value

    def editor_schema(self) -> JsonSchemaValue:
        """What an editor may accept."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.editor_schema()


@dataclass(frozen=True, slots=True)
class Clock(Scalar):
    """A time of day, `22:45`; with `words` also one of those instead."""

    words: tuple[str, ...] = ()

    def read(self, value: object) -> object:
        if not isinstance(value, str):
            return value if isinstance(value, time) or value is None else _no_time(value)
        if value in self.words:
            return value
        return time_of_day(value)

    def write(self, value: Any) -> object:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def editor_schema(self) -> JsonSchemaValue:
        clock: JsonSchemaValue = {"type": "string", "pattern": rf"^{_TIME.pattern}$"}
        return {"anyOf": [{"enum": list(self.words)}, clock]} if self.words else clock


def time_of_day(value: object) -> time:
    """`22:45` as a time. Raises the mistake, with the spelling that was probably meant."""
    if isinstance(value, str) and (match := _TIME.fullmatch(value)):
        return time(int(match[1]), int(match[2]))
    return _no_time(value)


def _no_time(value: object) -> time:
    guess = meant_time(value) if isinstance(value, str) else None
    mend = f"write it as {guess}" if guess else "write 00:00 to 23:59, for example 22:45"
    raise wrong(f"{shown(value)} is no time of day, {mend}")


def meant_time(text: str) -> str | None:
    """The spelling that was probably meant; None: nobody knows."""
    match = _NEARLY_TIME.fullmatch(text.strip())
    if match is None or (match[2] is None and match[3] is None):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower().startswith("p") else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


@dataclass(frozen=True, slots=True)
class Duration(Scalar):
    """Seconds, written `90 s`, `20 min`, `1 h 30 min`."""

    low_s: float
    high_s: float
    unit: str = "min"
    """The unit that is meant where none is written; it is only proposed, never assumed."""
    never: bool = False
    """`never` is allowed and becomes None."""

    def read(self, value: object) -> object:
        if isinstance(value, int | float) or (value is None and self.never):
            return value
        if value == "never" and self.never:
            return None
        seconds = duration_s(value, self.unit)
        if not self.low_s <= seconds <= self.high_s:
            limits = f"{duration_text(self.low_s)} to {duration_text(self.high_s)}"
            raise wrong(f"{shown(value)} is outside its range, write {limits}{' or never' if self.never else ''}")
        return seconds

    def write(self, value: Any) -> object:
        return "never" if value is None else duration_text(value)

    def editor_schema(self) -> JsonSchemaValue:
        amount = _AMOUNT.replace("(?:", "(").replace("\\d", "[0-9]")
        pattern = rf"^({amount} *h)?( *{amount} *min)?( *{amount} *s)?$"
        schema: JsonSchemaValue = {"type": "string", "minLength": 2, "pattern": pattern}
        return {"anyOf": [schema, {"const": "never"}]} if self.never else schema


def duration_s(value: object, unit: str) -> float:
    """`1 h 30 min` in seconds. Raises the mistake; `unit` is proposed where none is written."""
    text = value.strip() if isinstance(value, str) else ""
    match = _DURATION.fullmatch(text)
    if text and match:
        hours, minutes, seconds = (float(amount or 0) for amount in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    nearly = _NEARLY_DURATION.fullmatch(text)
    if nearly is None:
        raise wrong(f"{shown(value)} is no duration, write for example 90 s, 20 min or 1 h 30 min")
    if not nearly[2]:
        raise wrong(f"{shown(value)} has no unit, write {nearly[1]} {unit}")
    meant = {"h": "h", "m": "min", "s": "s"}[nearly[2][0].lower()]
    raise wrong(f"{shown(value)} is no duration, write {nearly[1]} {meant}")


def duration_text(seconds: float) -> str:
    """Seconds as people write them: `1 h 30 min`."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{amount:g} {unit}" for amount, unit in ((hours, "h"), (minutes, "min"), (left, "s")) if amount]
    return " ".join(parts) or "0 s"


@dataclass(frozen=True, slots=True)
class Percent(Scalar):
    """A part of a lamp's own scale, `15%`."""

    low: float
    high: float

    def read(self, value: object) -> object:
        if isinstance(value, int | float):
            return value
        match = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            bare = isinstance(value, str) and _NUMBER.fullmatch(value.strip())
            mend = f"write {value}%" if bare else "write for example 15%"
            raise wrong(f"{shown(value)} {'has no %' if bare else 'is no percent'}, {mend}")
        percent = float(match[1])
        if not self.low <= percent <= self.high:
            raise wrong(f"{shown(value)} is outside its range, write {self.low:g}% to {self.high:g}%")
        return percent

    def write(self, value: Any) -> object:
        return f"{value:g}%"

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? *%$"}


@dataclass(frozen=True, slots=True)
class Number(Scalar):
    """A number within limits."""

    low: float
    high: float
    whole: bool = False

    def read(self, value: object) -> object:
        if isinstance(value, int | float):
            return value
        match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
        number = float(match[0]) if match else None
        if number is None or not self.low <= number <= self.high or (self.whole and number % 1):
            kind = "whole number" if self.whole else "number"
            raise wrong(f"{shown(value)} does not fit, write a {kind} from {self.low:g} to {self.high:g}")
        return int(number) if self.whole else number

    def editor_schema(self) -> JsonSchemaValue:
        pattern = "^[0-9]+$" if self.whole else r"^[0-9]+(\.[0-9]+)?$"
        kinds = ["integer" if self.whole else "number", "string"]
        return {"type": kinds, "minimum": self.low, "maximum": self.high, "pattern": pattern}


@dataclass(frozen=True, slots=True)
class Flag(Scalar):
    """`true` or `false`."""

    def read(self, value: object) -> object:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in {"true", "false"}:
            return value.lower() == "true"
        means = {"on": "true", "yes": "true", "off": "false", "no": "false"}
        meant = means.get(value.lower()) if isinstance(value, str) else None
        raise wrong(f"{shown(value)} is neither true nor false, write {meant or 'true or false'}")

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Text(Scalar):
    """Any text, as written: `0`, `true` and `1.50` too."""

    blank: bool = False
    """It may be empty."""

    def read(self, value: object) -> object:
        if not isinstance(value, str):
            hint = ', for the word itself write "null"' if value is None else ""
            raise wrong(f"is {shown(value)}, write a text{hint}")
        if not value.strip() and not self.blank:
            raise wrong("is empty, write a text")
        return value

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Topic(Scalar):
    """One exact MQTT topic; with `base` one that others are built on."""

    base: bool = False

    def read(self, value: object) -> object:
        if not isinstance(value, str):
            raise wrong(f"is {shown(value)}, write an MQTT topic, for example home/speaker/volume")
        if not value or len(value.encode(errors="replace")) > _LONGEST_TOPIC_BYTES:
            raise wrong("is empty or too long for a topic, write for example home/speaker/volume")
        if any(char in value for char in "+#") or not value.isprintable():
            raise wrong(f"{shown(value)} is no exact topic, write it without +, # and control characters")
        if self.base and (value.startswith(("/", "$")) or value.endswith("/") or value != value.strip()):
            raise wrong(f"{shown(value)} cannot begin topics, write it without / or $ in front, without / at the end")
        return value

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "pattern": "^[^+#]+$"}


@dataclass(frozen=True, slots=True)
class FileName(Scalar):
    """A file, beside the configuration unless its name begins at the root or at home."""

    def read_beside(self, value: object, info: core_schema.ValidationInfo) -> object:
        """The path that a name means."""
        if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
            raise wrong(f"is {shown(value)}, write the name of a file")
        folder = getattr(info.context, "folder", Path())
        path = Path(value)
        try:
            return Path(folder / path.expanduser())
        except RuntimeError:
            raise wrong(f"{shown(value)} names nobody's home, write the whole path") from None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self.read_beside, handler(source))

    def write(self, value: Any) -> object:
        return str(value)

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1}
