"""Says pydantic's complaints in our words: what is wrong, what would be right. It shows no secret and no jargon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from winddown.config.mistakes import offer, printable, shown

_KINDS = {
    "string": "a text",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "dict": "a mapping of keys",
    "mapping": "a mapping of keys",
    "model": "a mapping of keys",
    "dataclass": "a mapping of keys",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "time": "a time, for example 22:45",
    "date": "a date, for example 2026-12-31",
}
_LIMITS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def described(error: ErrorDetails, known: Iterable[str] = (), example: str = "") -> str:
    """One complaint as a text. `known` are the keys that its mapping takes, `example` how a missing one is written."""
    context: Mapping[str, Any] = error.get("ctx", {})
    kind, value = error["type"], error.get("input")
    match kind:
        case "winddown":
            return str(context["text"])
        case "extra_forbidden":
            return f"is no known key, {offer(str(error['loc'][-1]), known)}"
        case "missing":
            return f"is missing, write for example `{example}`" if example else "is missing, add it"
        case "value_error" | "assertion_error":
            return printable_sentence(str(context.get("error", "does not fit")))
        case "literal_error" | "enum":
            return f"is {shown(value)}, write {context['expected'].replace(chr(39), '')}"
    return _described_by_kind(kind, context, value)


def _described_by_kind(kind: str, context: Mapping[str, Any], value: object) -> str:
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"{shown(value)} is outside its range, write {words} {context[name]}"
    if kind in {"string_too_short", "too_short"}:
        return f"is empty, write {'a text' if kind.startswith('string') else 'at least one'}"
    if kind in {"string_too_long", "too_long"}:
        return f"is too long, write at most {context['max_length']}"
    if kind == "string_pattern_mismatch" and "+#" in str(context.get("pattern")):
        return f"{shown(value)} is no exact topic, write it without + and #"
    if kind == "string_pattern_mismatch":
        return f"{shown(value)} does not fit, compare it with the example"
    what = _KINDS.get(kind.split("_")[0])
    if what is None:
        return f"{shown(value)} does not fit here, compare it with the example"
    if value is None:
        return f"is empty, write {what}"
    # where a whole section should stand, a text may hold anything, a password too
    is_part = what not in {_KINDS["dict"], _KINDS["list"]}
    return f"is {shown(value) if is_part or not isinstance(value, str) else 'a text'}, write {what}"


def printable_sentence(text: str) -> str:
    """A dialect's own complaint on one line."""
    return " ".join(printable(word) for word in text.split()) or "does not fit"
