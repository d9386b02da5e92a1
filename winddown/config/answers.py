"""Checks one answer of a person by the rules of the file that it is for. It asks nothing and writes nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from winddown.config.checks import room_mistake
from winddown.config.fixtures import ButtonsKey, Lamp, LampKey
from winddown.config.mistakes import Secret
from winddown.config.schedule import BedtimesKey
from winddown.config.section import Reading
from winddown.config.yaml_source import Value, read_yaml
from winddown.config.zone import existing_zone
from winddown.errors import UsageError

Question = Literal["room", "bedtime", "light", "button", "timezone"]

_SHAPES: dict[Question, Any] = {"bedtime": BedtimesKey, "light": LampKey, "button": ButtonsKey}


def mistake_in(question: Question, answer: str) -> str | None:
    """What is wrong with it and what would be right; None where it fits."""
    try:
        match question:
            case "room":
                return room_mistake(answer)
            case "timezone":
                existing_zone(answer)
            case _:
                _adapter(question).validate_python(_as_yaml(answer))
    except PydanticCustomError as error:
        return error.message()
    except ValidationError as error:
        return "; ".join(_said(problem) for problem in error.errors(include_url=False))
    return None


def _said(problem: ErrorDetails) -> str:
    """With the key that it is about, where an answer has keys."""
    keys = [part for part in problem["loc"] if isinstance(part, str)]
    return f"{keys[-1]}: {problem['msg']}" if keys else problem["msg"]


def lamp_named(answer: str, zigbee2mqtt: str) -> Lamp:
    """The lamp of an answer, DIALECT/ADDRESS; `zigbee2mqtt` is its base where it names none. Raises UsageError."""
    if (mistake := mistake_in("light", answer)) is not None:
        raise UsageError(f"LAMP {mistake}")
    found: Lamp = _adapter("light").validate_python(_as_yaml(answer), context=Reading(Path(), zigbee2mqtt))
    return found


@cache
def _adapter(question: Question) -> TypeAdapter[Any]:
    return TypeAdapter(_SHAPES[question])


def _as_yaml(answer: str) -> Value:
    """A text as it is, and a mapping as it stands in a file: `{zigbee2mqtt: lamp, base: attic}`."""
    if not answer.lstrip().startswith(("{", '"')):
        return answer
    document = read_yaml(answer.encode(errors="replace"), _no_secrets)
    return answer if document.mistakes else document.value


def _no_secrets(tag: str, name: str) -> Secret:
    raise LookupError(f"{tag} {name} has no place here")
