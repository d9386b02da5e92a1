"""What a room's presses do instead of the table. It reads the overrides and leaves the table itself to the core."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from winddown.config.mistakes import Place, offer, printable, refuse, shown, wrong
from winddown.config.section import Section
from winddown.model import Phase, Press, Verb

NOTHING = "none"
"""The press is ignored."""

_MOST_MINUTES = {Verb.LATER: 120, Verb.GLOW: 60}
"""The verbs that take minutes, and the most of them."""
_WORDS = (*(verb.value for verb in Verb), "skip off", NOTHING, "nothing")


class Presses(Section):
    """What differs from the table."""

    overrides: dict[Press, dict[Phase, str]] = Field(default_factory=dict)
    """A verb, with its minutes if it has some (`later 20`), or `none`, by press and phase."""


def _read(value: object) -> Any:
    if isinstance(value, Presses):
        return value
    if not isinstance(value, dict):
        raise wrong(f"is {shown(value)}, write a mapping, for example {{hold: stop}}")
    problems: list[tuple[Place, str]] = []
    overrides = {press: _column(value[press.value], press, problems) for press in Press if press.value in value}
    problems += _unknown(value, "press", Press, ())
    if problems:
        refuse(problems)
    return {"overrides": overrides}


def _column(value: object, press: Press, problems: list[tuple[Place, str]]) -> dict[Phase, str]:
    """A verb for all phases, or the rows that a mapping names."""
    if not isinstance(value, dict):
        verb = _verb_or_problem(value, (press.value,), problems)
        return dict.fromkeys(Phase, verb)
    problems += _unknown(value, "phase", Phase, (press.value,))
    rows = (phase for phase in Phase if phase.value in value)
    return {phase: _verb_or_problem(value[phase.value], (press.value, phase.value), problems) for phase in rows}


def _unknown(
    value: dict[str, object], kind: str, known: Iterable[Press | Phase], place: Place
) -> list[tuple[Place, str]]:
    names = [one.value for one in known]
    return [
        ((*place, str(key)), f"{shown(key)} is no {kind}, {offer(str(key), names)}")
        for key in value
        if key not in names
    ]


def _verb_or_problem(value: object, place: Place, problems: list[tuple[Place, str]]) -> str:
    try:
        return verb_text(value)
    except PydanticCustomError as error:
        problems.append((place, error.message()))
        return NOTHING


def verb_text(value: object) -> str:
    """A verb as the core takes it: `later 20`, `none`. Raises the mistake."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(f"is {shown(value)}, write a verb, or none to have the press ignored")
    words = " ".join(value.split())
    if words in _WORDS:
        return NOTHING if words == "nothing" else words
    verb, _, minutes = words.partition(" ")
    if verb not in _WORDS or not minutes:
        raise wrong(f"{shown(value)} is no verb, {offer(words, _WORDS)}")
    most = _MOST_MINUTES.get(Verb(verb)) if verb in set(Verb) else None
    if most is None:
        raise wrong(f"{verb} takes no more words, write {verb} alone")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", minutes) or int(minutes) > most:
        raise wrong(f"'{printable(minutes)}' does not fit {verb}, write 1 to {most} minutes, for example {verb} 20")
    return words


def _editor() -> WithJsonSchema:
    minutes = f"^({'|'.join(_MOST_MINUTES)}) [1-9][0-9]{{0,2}}$"
    verb = {"anyOf": [{"enum": list(_WORDS)}, {"type": "string", "pattern": minutes}]}
    rows = {"type": "object", "properties": {phase.value: verb for phase in Phase}, "additionalProperties": False}
    columns = {press.value: {"anyOf": [verb, rows]} for press in Press}
    return WithJsonSchema({"type": "object", "properties": columns, "additionalProperties": False})


PressesKey = Annotated[Presses, BeforeValidator(_read), _editor()]
"""As a key of the file takes it."""
