"""Where in the file a complaint belongs, and which keys that place knows. It changes nothing."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from winddown.buttons import BUTTONS
from winddown.config.dialects import keys_of
from winddown.config.mistakes import Place
from winddown.config.schema import Config
from winddown.lights import LIGHTS

_DIALECTS = frozenset({*LIGHTS, *BUTTONS})


def place_of(loc: Place, raw: object) -> Place:
    """Pydantic's location in the file: a lamp may be one text, a list one value, a dialect's keys nested."""
    place: Place = ()
    node = raw
    for part in loc:
        steps = _steps(part, node)
        if steps is None:
            break
        for step in steps:
            place = (*place, step)
            node = _below(node, step)
    return place


def _steps(part: str | int, node: object) -> Place | None:
    """What a part of a location is in the file below `node`: nothing, one key or two; None: the file ends here."""
    if part == "[key]":
        return ()
    if isinstance(node, list):
        return (int(part),) if str(part).isdigit() else ()
    if isinstance(part, int):
        return ()
    if not isinstance(node, dict):
        return None
    dialect = next((key for key in node if key in _DIALECTS), None)
    if part in node or dialect is None:
        return (part,)
    if part == "driver":
        return ()
    if isinstance(node[dialect], dict):
        return (dialect, part)
    return (dialect,) if part == "address" else (part,)


def _below(node: object, step: str | int) -> object:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def section_at(place: Place) -> type[BaseModel] | None:
    """The section that a place holds; None where it holds something else."""
    here: Any = Config
    for part in place:
        here = _annotation_below(here, part)
    return _section_in(here)


def keys_at(place: Place) -> list[str]:
    """The keys that the mapping at a place takes."""
    section = section_at(place)
    return keys_of(section) if section else []


def example_at(place: Place) -> str:
    """How a missing key is written, if that is known."""
    section = section_at(place[:-1])
    for name, info in section.model_fields.items() if section else ():
        if (info.alias or name) == place[-1] and info.examples:
            return f"{place[-1]}: {info.examples[0]}"
    return ""


def _annotation_below(annotation: Any, part: str | int) -> Any:
    section = _section_in(annotation)
    if section is not None and get_origin(annotation) not in {dict, tuple}:
        fields = ((info.alias or name, info.annotation) for name, info in section.model_fields.items())
        return next((below for key, below in fields if key == part), None)
    args = get_args(annotation)
    if get_origin(annotation) is tuple and not isinstance(part, int):
        return _annotation_below(args[0], part)
    return {dict: args[1:2], tuple: args[:1]}.get(get_origin(annotation), (None,))[0]


def _section_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {Union, UnionType, Annotated, tuple}:
        return next((section for one in get_args(annotation) if (section := _section_in(one))), None)
    return None
