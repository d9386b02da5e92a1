"""The JSON Schema for editors (draft 2020-12): the same keys, limits and words as the models, in the forms YAML allows.

It accepts what `load` accepts; what only several keys together can get wrong stays for `load` to say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from winddown.buttons import BUTTONS
from winddown.config.fixtures import BESIDE
from winddown.config.scalars import Scalar
from winddown.config.schema import Config
from winddown.config.underneath import said_underneath
from winddown.lights import LIGHTS

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ROOM_KEY = "^[a-z0-9_]+$"
_TEXTS = ["string", "number", "boolean"]


def json_schema() -> Schema:
    """What an editor needs to complete and check a configuration."""
    schema = Config.model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions: dict[str, Schema] = schema["$defs"]
    beside = {key: definitions["Lamp"]["properties"][key] for key in BESIDE}
    definitions["Lamp"] = _forms(LIGHTS, beside, "A lamp: DIALECT/ADDRESS, or a mapping that begins with the dialect.")
    definitions["ButtonDialect"] = _forms(BUTTONS, {}, "A button: DIALECT/ADDRESS, or a mapping with the dialect.")
    del definitions["LightDialect"]
    _allow_short_forms(schema, definitions)
    for section, properties in _sections(schema, definitions):
        _show_defaults(section, properties)
    return {"$schema": _DRAFT, "title": "winddown", **{key: part for key, part in schema.items() if key != "title"}}


class _Described(GenerateJsonSchema):
    """Tells of each key what stands underneath it in the source."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        section, model = super().model_schema(schema), schema["cls"]
        said = said_underneath(model)
        for name, info in model.model_fields.items():
            if name in said:
                section["properties"][info.alias or name]["description"] = said[name]
        return section


class _Generator(_Described):
    """Leaves out titles, and defaults as Python has them; `_show_defaults` puts them in as people write them."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  pydantic calls it so
        return False


def _allow_short_forms(schema: Schema, definitions: dict[str, Schema]) -> None:
    """A list of lamps, a single button; at least one room and one lamp."""
    room = definitions["Room"]["properties"]
    room["lights"] = _described(room["lights"], [{**_bare(room["lights"]), "minProperties": 1}, _list_of("Lamp", 1)])
    room["button"] = _described(room["button"], [_ref("ButtonDialect"), _list_of("ButtonDialect", 0)])
    schema["properties"]["rooms"] |= {"minProperties": 1, "propertyNames": {"pattern": _ROOM_KEY}}


def _described(old: Schema, forms: list[Schema]) -> Schema:
    return {"description": old["description"], "anyOf": forms}


def _bare(old: Schema) -> Schema:
    return {key: part for key, part in old.items() if key not in {"description", "examples"}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(name: str, least: int) -> Schema:
    return {"type": "array", "items": _ref(name), "minItems": least}


# ---------------------------------------------------------------- dialects


def _forms(dialects: Mapping[str, type[BaseModel]], beside: Schema, description: str) -> Schema:
    """Either one text, or a mapping for each dialect with its own keys."""
    text: Schema = {"type": "string", "pattern": f"^({'|'.join(dialects)})/.+$"}
    mappings = [_mapping_form(word, dialect, beside) for word, dialect in dialects.items()]
    return {"description": description, "anyOf": [text, *mappings]}


def _mapping_form(word: str, dialect: type[BaseModel], beside: Schema) -> Schema:
    written: dict[str, Schema] = dialect.model_json_schema(schema_generator=_Described)["properties"]
    own = {key: _loosened(part) for key, part in written.items()}
    address = own.pop("address")
    nested = {"type": "object", "properties": {**own, "address": address}, "additionalProperties": False}
    return {
        "type": "object",
        "properties": {word: {"anyOf": [address, nested]}, **own, **beside},
        "required": [word],
        "additionalProperties": False,
    }


def _loosened(part: Schema) -> Schema:
    """A dialect's key as YAML may write it: every scalar is a text, a list of one may stand without brackets."""
    loose = {key: value for key, value in part.items() if key != "title"}
    if "anyOf" in loose:
        loose["anyOf"] = [_loosened(one) for one in loose["anyOf"]]
    match loose.get("type"):
        case "string" if "enum" not in loose:
            loose["type"] = _TEXTS
        case "integer" | "number" as kind:
            loose |= {"type": [kind, "string"], "pattern": r"^[0-9]+(\.[0-9]+)?$"}
        case "array":
            return _one_or_list(loose)
    return loose


def _one_or_list(part: Schema) -> Schema:
    item = _loosened(part.get("items", {}))
    outer: Schema = {key: part[key] for key in ("description", "default") if key in part}
    inner = {key: value for key, value in part.items() if key not in outer}
    return {**outer, "anyOf": [item, {**inner, "items": item}]}


# ---------------------------------------------------------------- defaults


def _sections(schema: Schema, definitions: dict[str, Schema]) -> list[tuple[type[BaseModel], Schema]]:
    """Every section with its properties; those that have forms of their own have no properties here."""
    names = {one.__name__: one for one in _classes(Config)}
    inner = [
        (names[name], part["properties"])
        for name, part in definitions.items()
        if name in names and "properties" in part
    ]
    return [(Config, schema["properties"]), *inner]


def _classes(section: type[BaseModel]) -> list[type[BaseModel]]:
    found = [section]
    for info in section.model_fields.values():
        found += [one for part in _parts(info.annotation) for one in _classes(part)]
    return found


def _parts(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for one in get_args(annotation) for part in _parts(one)]


def _show_defaults(section: type[BaseModel], properties: Schema) -> None:
    for name, info in section.model_fields.items():
        shown = shown_default(info)
        if shown is not None and (key := info.alias or name) in properties:
            properties[key]["default"] = shown


def shown_default(info: FieldInfo) -> Any:
    """A field's default as a person writes it; None where there is none worth showing."""
    if info.is_required() or info.default_factory is not None or isinstance(info.default, BaseModel):
        return None
    scalar = next((one for one in info.metadata if isinstance(one, Scalar)), None)
    if scalar is not None:
        return scalar.write(info.default)
    return json.loads(json.dumps(info.default)) if info.default not in (None, ()) else None
