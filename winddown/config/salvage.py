"""Gets a usable configuration out of a faulty one, so that every mistake can be told at once. Nothing ever runs on it.

What does not fit is cut out and the rest read again: the checks that look at several keys then see all that is sound.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from pydantic import ValidationError

from winddown.config.messages import described
from winddown.config.mistakes import Mistake, Place, Secret
from winddown.config.places import example_at, keys_at, place_of
from winddown.config.schema import Config
from winddown.config.section import Reading
from winddown.config.yaml_source import Value

_ROUNDS = 12
_HIDDEN = "the secret's value does not fit here, compare it with the example"
"""Said of whatever came from `!secret` or `!env`: a mend would repeat parts of it."""
_STAND_INS: dict[str | int, Value] = {
    "mqtt": {"host": "localhost"},
    "host": "localhost",
    "bedtime": "off",
    "lights": ["zigbee2mqtt/lamp"],
}
"""What makes the rest readable where a key is missing; as damage, nothing is said about it."""


@dataclass(slots=True)
class Salvaged:
    """What could be read."""

    config: Config | None = None
    """None: nothing sound is left."""
    mistakes: list[Mistake] = field(default_factory=list)
    damage: list[Place] = field(default_factory=list)
    """What was cut out; nothing is to be said about what is missing there."""


def salvage(raw: Value, reading: Reading) -> Salvaged:
    """Read the values; on mistakes, also what is left without them."""
    result = Salvaged()
    tree = raw
    for attempt in range(_ROUNDS):
        try:
            result.config = Config.model_validate(tree, context=reading, by_alias=True, by_name=False)
        except ValidationError as error:
            found = _mistakes(error, tree)
            if attempt == 0:
                result.mistakes = [mistake for _, mistake in found]
                tree = copy.deepcopy(raw)
            result.damage += [mistake.place for kind, mistake in found if kind != "extra_forbidden"]
            _cut(tree, [mistake.place for kind, mistake in found if not _stands_in(tree, kind, mistake.place)])
        else:
            break
    return result


def _mistakes(error: ValidationError, tree: Value) -> list[tuple[str, Mistake]]:
    found = []
    for problem in error.errors(include_url=False):
        if problem["type"] == "default_factory_not_called":  # only follows from a mistake in the same section
            continue
        place = place_of(problem["loc"], tree)
        known = keys_at(place[:-1]) if problem["type"] == "extra_forbidden" else ()
        example = example_at(place) if problem["type"] == "missing" else ""
        text = _HIDDEN if isinstance(_at(tree, place), Secret) else described(problem, known, example)
        found.append((problem["type"], Mistake(place, text)))
    return found


def _stands_in(tree: Value, kind: str, place: Place) -> bool:
    """Fill a missing key where that is possible."""
    around = _at(tree, place[:-1])
    if kind != "missing" or not isinstance(around, dict) or place[-1] not in _STAND_INS:
        return False
    around[str(place[-1])] = copy.deepcopy(_STAND_INS[place[-1]])
    return True


def _cut(tree: Value, places: list[Place]) -> None:
    """Take the places out, later list items first; of a place that is not there, what it is missing from."""
    for place in sorted(
        places, key=lambda one: [f"{part:08}" if isinstance(part, int) else part for part in one], reverse=True
    ):
        for length in range(len(place), 0, -1):
            if _remove(tree, place[:length]):
                break


def _remove(tree: Value, place: Place) -> bool:
    node, last = _at(tree, place[:-1]), place[-1]
    if isinstance(node, dict) and last in node:
        del node[str(last)]
        return True
    if isinstance(node, list) and isinstance(last, int) and last < len(node):
        del node[last]
        return True
    return False


def _at(tree: Value, place: Place) -> Value:
    """What stands at a place; None: nothing does."""
    node = tree
    for part in place:
        if isinstance(node, dict):
            node = node.get(str(part))
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node
