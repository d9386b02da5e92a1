"""Turns `zigbee2mqtt/bedside_lamp` and `{zigbee2mqtt: bedside_lamp, …}` into a lamp or button. Knows no dialect itself.

Which dialects there are, and which keys each takes beside its address, the registries `LIGHTS` and `BUTTONS` say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails

from winddown.buttons import BUTTONS
from winddown.buttons.dialect import ButtonDialect
from winddown.config.messages import described
from winddown.config.mistakes import offer, refuse, shown, wrong
from winddown.config.section import Reading
from winddown.lights import LIGHTS
from winddown.lights.dialect import LightDialect

Dialects = Mapping[str, type[LightDialect]] | Mapping[str, type[ButtonDialect]]

_EXAMPLES = {"lamp": "zigbee2mqtt/bedside_lamp", "button": "zigbee2mqtt/bedside_button"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A dialect and what was written for it, not yet looked at."""

    dialect: type[BaseModel]
    fields: dict[str, Any]
    beside: tuple[str, ...]
    """Keys that may stand beside it and are not its own."""
    rest: dict[str, Any] = field(default_factory=dict)
    """What stood beside it under those keys."""


def draft(value: object, kind: str, beside: tuple[str, ...] = ()) -> Draft:
    """What a text or a mapping names; `kind` is `lamp` or `button`. Raises the mistake."""
    known: Dialects = LIGHTS if kind == "lamp" else BUTTONS
    if isinstance(value, str):
        return _from_text(value, kind, known, beside)
    if isinstance(value, dict):
        return _from_mapping(value, kind, known, beside)
    raise wrong(f"is {shown(value)}, write a {kind}, for example {_EXAMPLES[kind]}")


def _from_text(text: str, kind: str, known: Dialects, beside: tuple[str, ...]) -> Draft:
    word, slash, address = text.partition("/")
    if word not in known:
        if not slash:
            raise wrong(f"{shown(text)} names no dialect, write for example zigbee2mqtt/{text.strip() or kind}")
        raise wrong(f"'{word}' is no {kind} dialect, {offer(word, known)}")
    if not address:
        raise wrong(f"{shown(text)} names no {kind}, write its name after the dialect, as in {_EXAMPLES[kind]}")
    return Draft(known[word], {"address": address}, beside)


def _from_mapping(raw: dict[str, Any], kind: str, known: Dialects, beside: tuple[str, ...]) -> Draft:
    words = [key for key in raw if key in known]
    if len(words) != 1:
        raise wrong(_no_single_dialect(raw, words, known, beside))
    inner = raw[words[0]]
    if inner is None:
        raise wrong(f"{words[0]} is empty, write the {kind}'s name, for example {{{words[0]}: bedside}}")
    own = dict(inner) if isinstance(inner, dict) else {"address": inner}
    others = {key: value for key, value in raw.items() if key != words[0]}
    own |= {key: value for key, value in others.items() if key not in beside}
    rest = {key: value for key, value in others.items() if key in beside}
    return Draft(known[words[0]], own, beside, rest)


def _no_single_dialect(raw: dict[str, Any], words: list[str], known: Dialects, beside: tuple[str, ...]) -> str:
    if words:
        return f"names {len(words)} dialects ({', '.join(words)}), keep one"
    strange = next((key for key in raw if key not in beside), None)
    if strange is None:
        return f"names no dialect, add one of: {', '.join(known)}"
    return f"names no dialect: {shown(strange)} is none, {offer(strange, known)}"


def built(value: Draft, info: ValidationInfo) -> BaseModel:
    """The lamp or button of a draft. Raises its mistakes in our words."""
    fields = dict(value.fields)
    if isinstance(info.context, Reading) and value.dialect.model_fields.keys() >= {"base"}:
        fields.setdefault("base", info.context.zigbee2mqtt)
    try:
        return value.dialect.model_validate(fields)
    except ValidationError as error:
        known = [key for key in (*keys_of(value.dialect), *value.beside) if key != "address"]
        refuse((problem["loc"], _said(problem, known, fields)) for problem in _once(error, fields))


def _once(error: ValidationError, fields: dict[str, Any]) -> list[ErrorDetails]:
    """Its address may have a second name: of the two complaints about it, the one about what is written."""
    problems = error.errors(include_url=False)
    about = {problem["loc"][:1]: problem for problem in problems}
    address = about.get(("address",))
    if address is None:
        return problems
    twins = [one for one in problems if one is not address and _same(one, address) and one["loc"][0] not in fields]
    if "address" in fields:
        return [one for one in problems if one not in twins]
    return [one for one in problems if one is not address] if twins else problems


def _same(one: ErrorDetails, other: ErrorDetails) -> bool:
    return one["type"] == other["type"] and one["input"] == other["input"]


def _said(problem: ErrorDetails, known: list[str], fields: dict[str, Any]) -> str:
    if problem["loc"] and problem["loc"][0] not in fields and problem["input"] is None:
        return "is missing, add it"
    return described(problem, known)


def keys_of(section: type[BaseModel]) -> list[str]:
    """The keys that a mapping takes, as they are written."""
    return [info.alias or name for name, info in section.model_fields.items()]
