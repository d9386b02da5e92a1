from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.folder import Folder
from winddown.config import json_schema
from winddown.errors import ConfigError

WORDS = (
    "22:45", "07:00", "25:00", "off", "on", "45 min", "4 s", "15%", "true", "2", "0.5", "", "x", "zigbee2mqtt/a",
    "generic/x", "json/b/set", "later 20", "2026-12-31", "jaw", "toes", "never", "bedtime", "localhost",
    "Europe/Amsterdam", "é\n\x1b[31m",
)  # fmt: skip
KEYS = (
    "mon",
    "default",
    "2026-12-31",
    "bedroom",
    "hub",
    "zigbee2mqtt",
    "generic",
    "json",
    "hold",
    "double",
    "night",
    "nobody",
    "",
)
PYDANTIC = ("pydantic", "Input should", "errors.pydantic.dev", "PydanticUndefined", "_error", "type=", "validation")


def _names(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        return {*schema.get("properties", {}), *(name for part in schema.values() for name in _names(part))}
    return {name for part in schema for name in _names(part)} if isinstance(schema, list) else set()


SCALARS = st.one_of(st.none(), st.sampled_from(WORDS))
NAMES = st.sampled_from(sorted({*_names(json_schema()), *KEYS}))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=14,
)
ROOMS = st.dictionaries(
    st.sampled_from(["bedroom", "guest", "hub"]), st.dictionaries(NAMES, TREES, max_size=8), min_size=1, max_size=2
)


def as_yaml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_yaml(key)}: {as_yaml(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    if value is None:
        return "null"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\x1b", "\\e") + '"'


def told(folder: Folder) -> tuple[str, ...]:
    """What loading complains about, if anything, without the file's name."""
    try:
        folder.loaded()
    except ConfigError as error:
        return tuple(line.removeprefix(f"{folder.file}:") for line in error.mistakes)
    return ()


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(rooms=ROOMS, top=st.dictionaries(NAMES, TREES, max_size=3))
def test_any_file_loads_or_is_told_in_our_words_one_line_each(folder: Folder, rooms: Any, top: Any) -> None:
    folder.write(as_yaml({"mqtt": {"host": "localhost"}, **top, "rooms": rooms}))

    for line in told(folder):
        assert line.startswith("1: ")
        assert line.isprintable()
        assert not [word for word in PYDANTIC if word in line]


@pytest.mark.parametrize("key", sorted(_names(json_schema()["$defs"]["Room"])))
def test_any_shape_under_any_key_of_a_room_is_told_or_taken(folder: Folder, key: str) -> None:
    needed = {"bedtime": "off", "lights": "[zigbee2mqtt/a]"}
    for value in ("null", "x", "[]", "{}", "[x]", "{x: y}", "[[[]]]", "{x: {y: {z: null}}}"):
        room = ", ".join(f"{name}: {one}" for name, one in {**needed, key: value}.items())
        folder.write(f"mqtt: {{host: x}}\nrooms: {{bedroom: {{{room}}}}}\n")

        for line in told(folder):
            assert line.startswith(f"2: rooms.bedroom.{key}")
            assert not [word for word in PYDANTIC if word in line]
