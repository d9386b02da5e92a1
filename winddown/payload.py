"""Reads what strangers put on a topic: text, JSON, numbers. What is not clean becomes None; nothing here raises.

And writes JSON for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import from_json, to_json

LARGEST_BYTES = 64 * 1024
"""No lamp or button says more in one message; what is longer is not for us."""


def _refuse(constant: str) -> object:
    raise ValueError(constant)


_STRICT = json.JSONDecoder(parse_constant=_refuse)


def as_text(payload: bytes, largest: int = LARGEST_BYTES) -> str | None:
    """The payload without blanks around it; None when it is empty, too long or not UTF-8."""
    if len(payload) > largest:
        return None
    try:
        return payload.decode().strip() or None
    except UnicodeDecodeError:
        return None


def as_json(payload: bytes, largest: int = LARGEST_BYTES) -> object:
    """The JSON value in the payload; None when there is none (or it says null). NaN and Infinity are no JSON."""
    if len(payload) > largest:
        return None
    try:
        found: object = from_json(payload, allow_inf_nan=False, cache_strings="keys")
    except ValueError:
        return _leniently(payload, largest)
    return found


def compact(value: object) -> str:
    """The value as JSON, without blanks."""
    return to_json(value).decode()


def each_object(payload: bytes, largest: int) -> Iterator[dict[str, object]]:
    """The objects in a long JSON list, one at a time, so that never all of it is in memory; the rest is left out.

    ValueError where it is no list, or not JSON to its end: what came until then may be used by who wants to.
    """
    text = as_text(payload, largest) or ""
    if not text.startswith("["):
        raise ValueError("no list")
    at = _blank(text, 1)
    while at < len(text) and text[at] != "]":
        try:
            value, at = _STRICT.raw_decode(text, at)
        except RecursionError:
            raise ValueError("too deep") from None
        if isinstance(value, dict):
            yield value
        at = _blank(text, at)
        if text[at : at + 1] == ",":
            at = _blank(text, at + 1)
            if text[at : at + 1] == "]":
                raise ValueError("a comma before the end")
        elif text[at : at + 1] != "]":
            raise ValueError("no comma")
    if at != len(text) - 1:
        raise ValueError("no end, or something behind it")


def as_object(payload: bytes) -> dict[str, object] | None:
    """The JSON object in the payload; None for anything else."""
    return object_in(as_json(payload))


def object_in(value: object) -> dict[str, object] | None:
    """The value when it is a JSON object."""
    return value if isinstance(value, dict) else None


def objects_in(value: object) -> list[dict[str, object]]:
    """The objects in a JSON list, the rest left out; none when it is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def number(value: object, low: float, high: float) -> float | None:
    """A number within the range, both ends included. `true` is no number, nor is NaN."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        return None
    return float(value)


def whole(value: object, low: int, high: int) -> int | None:
    """Like `number`, to the nearest whole."""
    found = number(value, low, high)
    return None if found is None else round(found)


def number_in(text: str, low: float, high: float) -> float | None:
    """A plain decimal number within the range, as a payload of its own."""
    try:
        return None if "_" in text else number(float(text), low, high)
    except ValueError:
        return None


def word(value: object) -> str | None:
    """How a single value reads as a plain payload: `ON`, `true`, `1`, `0.5`; None for null, lists and objects."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _plain(value)
        case _:
            return None


def at_path(value: object, path: str) -> object:
    """What stands at a dotted path such as `params.events.0.event`; None when nothing does. No path: all of it."""
    for step in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and len(step) < 6 and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def named_by(key: str, given: object) -> object:
    """The fields of something whose address is one of its topics: whichever of the two is written stands for both."""
    if not isinstance(given, dict):
        return given
    written = [given[name] for name in ("address", key) if name in given]
    return {"address": written[0], key: written[0]} | given if written else given


def with_number(address: str) -> tuple[str, int | None]:
    """The two parts of an address such as `shellyplus-a1b2/1`: a topic, and what its last part counts, if it counts."""
    before, slash, last = address.rpartition("/")
    return (before, int(last)) if slash and before and last.isdecimal() and len(last) < 4 else (address, None)


def filled(full_topic: str, prefix: str, address: str) -> str:
    """A device's topic by Tasmota's template, with the slash behind it: `stat/bedside/`."""
    return full_topic.rstrip("/").replace("%prefix%", prefix).replace("%topic%", address) + "/"


def _leniently(payload: bytes, largest: int) -> object:
    """With half a character in a name, or odd blanks around it: the one device is not to hide all others."""
    try:
        return _STRICT.decode(as_text(payload, largest) or "null")
    except (ValueError, RecursionError):
        return None


def _plain(value: float) -> str | None:
    try:
        return str(int(value)) if value == int(value) else str(value)
    except (OverflowError, ValueError):  # infinite, or an integer too long to print
        return None


def _blank(text: str, at: int) -> int:
    """The place of the next character that is no white space of JSON."""
    while at < len(text) and text[at] in " \t\n\r":
        at += 1
    return at


def _unquoted(value: object) -> object:
    """YAML reads `true` and `1` as what they are; what is sent is text."""
    return word(value) if isinstance(value, bool | int | float) else value


Word = Annotated[str, BeforeValidator(_unquoted)]
"""A payload as a person writes it in the configuration."""

Topic = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^+#\x00]+$")]
"""An exact topic, or a part of one: wildcards would hear, or be refused, too much."""


def _both_places(template: str) -> str:
    if "%prefix%" not in template or "%topic%" not in template:
        raise ValueError("it needs both %prefix% and %topic%, as in %prefix%/%topic%/")
    return template


FullTopic = Annotated[Topic, AfterValidator(_both_places)]
"""How a Tasmota device makes its topics, as its own setting `FullTopic` says."""
