from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from config.folder import AT_HOME, Folder
from winddown.config import Config, json_schema, load
from winddown.config.editor import shown_default
from winddown.config.mistakes import Place, Secret
from winddown.config.places import section_at
from winddown.config.yaml_source import read_yaml
from winddown.errors import ConfigError
from winddown.lights import LIGHTS

NAMES = ("minimal", "example", "two-sleepers")
NEEDED = {("mqtt",), ("mqtt", "host"), ("rooms",)}
"""What has no default; also every room's bedtime and lights, and a lamp's dialect."""

Validator = jsonschema.Draft202012Validator


def values(text: str) -> Any:
    """A configuration as plain texts."""
    return read_yaml(text.encode(), lambda _tag, name: Secret(name)).value


def everything(configs: Path) -> str:
    """The example with each of its examples taken out of the comments."""
    text = (configs / "example.yaml").read_text()
    return re.sub(r"^( *)#(?=[^ #\n]|  )", r"\1", text, flags=re.MULTILINE)


def test_everything_in_configs_is_tried_here(configs: Path) -> None:
    assert {path.stem for path in configs.glob("*.yaml")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_configuration_loads(configs: Path, name: str) -> None:
    loaded = load(configs / f"{name}.yaml", AT_HOME)

    assert loaded.config.rooms
    assert loaded.warnings == ()


def test_the_smallest_is_the_one_of_the_contract(configs: Path) -> None:
    bedroom = load(configs / "minimal.yaml", AT_HOME).config.rooms["bedroom"]

    assert [lamp.driver.key for lamp in bedroom.lights.values()] == ["zigbee2mqtt/bedside_lamp"]
    assert [button.key for button in bedroom.buttons] == ["zigbee2mqtt/bedside_button"]


def test_every_example_in_the_example_loads_too(configs: Path, folder: Folder) -> None:
    (folder.path / "secrets.yaml").write_text("mqtt_password: x\n")
    (folder.path / "secrets.yaml").chmod(0o600)
    (folder.path / "my-cues.yaml").write_text("release: {soft: Let go.}\n")

    loaded = folder.write(everything(configs)).loaded()

    assert loaded.warnings == ()
    assert {lamp.driver.DIALECT for lamp in loaded.config.rooms["bedroom"].lights.values()} == set(LIGHTS)


# ---------------------------------------------------------------- the example says everything


def sections(value: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every mapping that is a section, with its place."""
    if isinstance(value, dict):
        if section_at(place) is not None:
            yield place, value
        for key, child in value.items():
            yield from sections(child, (*place, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from sections(child, (*place, index))


def keys_of_schema(schema: Any) -> Iterator[str]:
    """Every key that the schema names anywhere."""
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        yield from properties
        children = [*properties.values(), *(part for key, part in schema.items() if key != "properties")]
        for child in children:
            yield from keys_of_schema(child)
    elif isinstance(schema, list):
        for child in schema:
            yield from keys_of_schema(child)


def keys_in(value: Any) -> Iterator[str]:
    """Every key that is written anywhere."""
    if isinstance(value, dict):
        yield from value
        for child in value.values():
            yield from keys_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from keys_in(child)


OF_MAPPINGS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "default", "release", "breathing", "address"}
"""Days and phases are explained once, not each; `address` is what stands behind a dialect's name."""


def test_the_example_names_every_key_of_the_schema(configs: Path) -> None:
    text = everything(configs)
    in_comments = set(re.findall(r"(?:[{,] ?)([a-z_]+):", text))

    missing = set(keys_of_schema(json_schema())) - set(keys_in(values(text))) - in_comments - OF_MAPPINGS

    assert missing == set(), "configs/example.yaml explains every key, each dialect's own too"


def removable(configs: Path) -> list[Place]:
    found = []
    for place, section in sections(values((configs / "example.yaml").read_text())):
        for key in section:
            own = section_at(place)
            is_lamp = own is not None and own.__name__ == "Lamp"
            if (*place, key) in NEEDED or key in {"bedtime", "lights"} or (is_lamp and key == "zigbee2mqtt"):
                continue
            found.append((*place, key))
    return found


def written_out(value: Any) -> str:
    """Plain values as YAML: JSON is YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {written_out(child)}' for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written_out(child) for child in value) + "]"
    return "null" if value is None else f'"{value}"'


def test_leaving_out_any_key_that_has_a_default_changes_nothing(configs: Path, folder: Folder) -> None:
    full = values((configs / "example.yaml").read_text())
    expected = folder.write(written_out(full)).config()
    places = removable(configs)

    assert len(places) > 30
    for place in places:
        without = copy.deepcopy(full)
        parent = without
        for part in place[:-1]:
            parent = parent[part]
        del parent[place[-1]]
        assert folder.write(written_out(without)).config() == expected, place


# ---------------------------------------------------------------- the editor's schema


def as_editors_read(value: Any) -> Any:
    """Texts as a YAML 1.2 parser types them."""
    if isinstance(value, dict):
        return {key: as_editors_read(child) for key, child in value.items()}
    if isinstance(value, list):
        return [as_editors_read(child) for child in value]
    if value in {"true", "false"}:
        return value == "true"
    if isinstance(value, str) and re.fullmatch(r"[0-9]+", value):
        return int(value)
    return value


@pytest.fixture(scope="module")
def validator() -> Validator:
    schema = json_schema()
    Validator.check_schema(schema)
    return Validator(schema)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_each_configuration(configs: Path, name: str, validator: Validator) -> None:
    validator.validate(as_editors_read(values((configs / f"{name}.yaml").read_text())))


def test_the_schema_accepts_every_example_in_the_example(configs: Path, validator: Validator) -> None:
    validator.validate(as_editors_read(values(everything(configs))))


@pytest.mark.parametrize(
    "keys",
    [
        "runway: 1 h 30 min",
        "runway: 45min",
        "forgotten: never",
        "bedtime: off",
        "bedtime: {default: 22:45, sat: off, 2026-12-31: 01:15}",
        "wake: {sat: 09:00}",
        "lights: {a: zigbee2mqtt/a, b: {json: home/b/set, state: home/b, off_at: 22:30}}",
        "lights: [{zigbee2mqtt: a, floor: 3 %}, {generic: {on_topic: x, on: 1, off: 0, scale: 10}}]",
        "lights: [{generic: {on_topic: x}, curve: linear}, generic/y]",
        "button: [zigbee2mqtt/a, {generic: {topic: x, single: 1, hold: [2]}}]",
        "button: {zigbee2mqtt: a, single: on}",
        "button: [{zigbee2mqtt: a, button: 1}, {tasmota: b, button: 2}, {shelly2: c, component: bthomedevice:200}]",
        "button: {sleep_as_android: phone, hold: sleep_tracking_started}",
        "lights: [esphome/node/a, {tasmota: b, full_topic: '%topic%/%prefix%/'}, wled/c, {shelly2: d/1, white: true}]",
        "lights: [{shelly1: e, output: white/1}]",
        "lights: [{wled: a, smallest: 2.5 %, coolest: 6500K, warmest: 2200 K, longest_fade: 0 s, together: false}]",
        "lights: [{zigbee2mqtt: a, relights: true}]",
        "presses: {single: {day: none}, hold: later 20}",
        "quiet: [{topic: a, mute: 0, restore: true, until: 06:30}]",
        "only_if: {topic: a, is: 1}",
        "breathing: {start_pace: 8.5, peak: 12.5%, starts: press, for: 1 h}",
        "release: {areas: [jaw], rounds: 1, release_only: true}",
        "release: {areas: jaw}",
        "name: 7",
    ],
)
def test_schema_and_loading_accept_the_same(keys: str, folder: Folder, validator: Validator) -> None:
    raw = with_keys(keys)

    assert folder.write(written_out(raw)).config()
    validator.validate(as_editors_read(raw))


@pytest.mark.parametrize(
    "keys",
    [
        "runway: 45",
        "runway: ''",
        "runway: 45 minutes",
        "forgotten: sometimes",
        "bedtime: 25:00",
        "bedtime: 7:5",
        "bedtime: {friday: 22:45}",
        "bedtime: {}",
        "wake: off",
        "lights: []",
        "lights: {}",
        "lights: [hue/x]",
        "lights: [{zigbee2mqtt: a, json: b}]",
        "lights: [{zigbee2mqtt: a, flor: 2%}]",
        "lights: [{zigbee2mqtt: a, floor: 2}]",
        "lights: [{floor: 2%}]",
        "lights: [{wled: a, smallest: 2}]",
        "lights: [{wled: a, warmest: 2200}]",
        "lights: [{wled: a, longest_fade: 20}]",
        "lights: [{wled: a, together: perhaps}]",
        "button: hue/x",
        "button: {zigbee2mqtt: a, sngle: on}",
        "button: {tasmota: a, button: left}",
        "lights: [{shelly1: e, output: roller/0}]",
        "presses: {duble: stop}",
        "presses: {hold: {nite: stop}}",
        "presses: {hold: stopp}",
        "quiet: [{topic: a, restore: 1}]",
        "quiet: [{topic: a/#, mute: 0, restore: 1}]",
        "breathing: {start_pace: 31}",
        "breathing: {starts: never}",
        "release: {rounds: 11}",
        "language: fr",
        "nobody: 1",
    ],
)
def test_schema_and_loading_refuse_the_same(keys: str, folder: Folder, validator: Validator) -> None:
    raw = with_keys(keys)

    with pytest.raises(ConfigError):
        folder.write(written_out(raw)).config()
    assert not validator.is_valid(as_editors_read(raw))


def with_keys(keys: str) -> Any:
    room = {"bedtime": "22:45", "lights": ["zigbee2mqtt/lamp"], **values(keys)}
    return {"mqtt": {"host": "localhost"}, "rooms": {"bedroom": room}}


def test_the_schema_explains_every_key_of_our_own() -> None:
    schema = json_schema()
    parts = {"Config": schema, **{name: part for name, part in schema["$defs"].items() if "properties" in part}}

    silent = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, one in part["properties"].items()
        if not {"description", "$ref"} & set(one)
    ]

    assert silent == []


def test_the_schema_explains_every_key_of_a_lamp_and_of_a_button() -> None:
    definitions = json_schema()["$defs"]
    forms = [form["properties"] for name in ("Lamp", "ButtonDialect") for form in definitions[name]["anyOf"][1:]]

    silent = [key for keys in forms for key, one in list(keys.items())[1:] if "description" not in one]

    assert silent == []


def test_the_schema_shows_defaults_as_people_write_them() -> None:
    schema = json_schema()
    room = schema["$defs"]["Room"]["properties"]

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (room["runway"]["default"], room["forgotten"]["default"]) == ("45 min", "1 h")
    assert schema["$defs"]["Breathing"]["properties"]["peak"]["default"] == "15%"
    assert schema["properties"]["journal"]["default"] == "winddown.db"
    assert shown_default(Config.model_fields["mqtt"]) is None
