"""A Home Assistant on paper: it discovers what it hears, renders every template, and complains as the real one does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from homeassistant.rules import LONGEST_STATE, PLATFORMS, TODAY, Version, faults, known

_TEMPLATES = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
_TEMPLATES.filters["to_json"] = json.dumps


@dataclass(eq=False)
class Entity:
    """One entity, with what its device says for all of them."""

    platform: str
    said: dict[str, Any]
    device: str
    """The first of its identifiers."""
    source: str
    """The topic that announced it."""
    state: str | None = None
    """None: unknown."""
    attributes: dict[str, Any] = field(default_factory=dict)
    available: bool = False

    @property
    def id(self) -> str:
        """What it is called to begin with."""
        return str(self.said["default_entity_id"])


class Receiver:
    """Hears everything, in order."""

    def __init__(self, version: Version = TODAY, prefix: str = "homeassistant") -> None:
        self.version = version
        self.prefix = prefix
        self.entities: dict[tuple[str, str], Entity] = {}
        """By platform and unique id."""
        self.devices: dict[str, dict[str, Any]] = {}
        self.triggers: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        self._stored: dict[str, str] = {}
        self._announced: dict[str, dict[str, tuple[str, str]]] = {}
        """By discovery topic and key: which entity."""

    def entity(self, entity_id: str) -> Entity:
        """One entity by what it is called."""
        found = [entity for entity in self.entities.values() if entity.id == entity_id]
        assert len(found) == 1, f"{len(found)} of {entity_id}; there are: {sorted(self.names())}"
        return found[0]

    def names(self) -> set[str]:
        """What every entity is called."""
        return {entity.id for entity in self.entities.values()}

    def hear(self, topic: str, payload: str, *, retained: bool = False, stores: bool = False) -> None:
        """One message; `retained`: it was stored before we came; `stores`: the broker keeps it for who comes later."""
        if stores:
            self._stored[topic] = payload
        if topic.startswith(f"{self.prefix}/") and topic.endswith("/config"):
            self._discover(topic, payload)
            return
        for entity in list(self.entities.values()):
            self._tell(entity, topic, payload, retained)

    def _tell(self, entity: Entity, topic: str, payload: str, retained: bool) -> None:
        try:
            self._update(entity, topic, payload, retained)
        except Exception as error:  # noqa: BLE001  whatever a template raises is a complaint
            self.complaints.append(f"{entity.id}: {error!r} of {payload[:80]}")

    # ------------------------------------------------------------ discovery

    def _discover(self, topic: str, payload: str) -> None:
        complaints = list(faults(topic, payload, self.version, self.prefix))
        self.complaints += complaints
        platform = topic.removeprefix(f"{self.prefix}/").split("/")[0]
        if complaints or platform not in {"device", *known(PLATFORMS, self.version)}:
            return
        if not payload:
            for unique in self._announced.pop(topic, {}).values():
                self.entities.pop(unique, None)
            return
        said = json.loads(payload)
        one = {"": {"platform": platform, **said}}
        components = said["components"] if platform == "device" else one
        device = said["device"]
        self.devices[device["identifiers"][0]] = device
        if (via := device.get("via_device")) is not None and via not in self.devices:
            self.complaints.append(f"{via} is not known yet")
        shared = {key: said[key] for key in ("availability_topic", "qos") if key in said}
        self.triggers = [one for one in self.triggers if one["source"] != topic]
        for key, component in components.items():
            self._add(topic, key, {**shared, **component}, device["identifiers"][0])

    def _add(self, topic: str, key: str, said: dict[str, Any], device: str) -> None:
        standing = self._announced.setdefault(topic, {})
        if said["platform"] == "device_automation":
            self.triggers.append({**said, "source": topic})
            return
        if "unique_id" not in said:
            self.entities.pop(standing.pop(key, ("", "")), None)
            return
        unique = (said["platform"], said["unique_id"])
        before = self.entities.get(unique)
        if before is not None and before.source != topic:
            self.complaints.append(f"{unique} is announced by {before.source} and {topic}")
        entity = Entity(said["platform"], said, device, topic)
        if before is not None:
            entity.state, entity.attributes, entity.available = before.state, before.attributes, before.available
            self._check(entity, entity.state)
        standing[key] = unique
        self.entities[unique] = entity
        for topic in {str(value) for name, value in said.items() if name.endswith("topic")} & self._stored.keys():
            if before is None and self._stored[topic]:
                self._tell(entity, topic, self._stored[topic], True)

    # ------------------------------------------------------------ states

    def _update(self, entity: Entity, topic: str, payload: str, retained: bool) -> None:
        said = entity.said
        if topic == said.get("availability_topic"):
            entity.available = payload == "online"
        if topic == said.get("json_attributes_topic"):
            entity.attributes = json.loads(render(said["json_attributes_template"], payload))
        if topic != said.get("state_topic") or (entity.platform == "event" and retained):
            return
        value = render(said["value_template"], payload) if "value_template" in said else payload
        if entity.platform == "event":
            self._happen(entity, json.loads(value))
        elif value != "" or entity.platform == "text":
            entity.state = None if value == "None" else value
            self._check(entity, entity.state)

    def _happen(self, entity: Entity, news: dict[str, Any]) -> None:
        if news["event_type"] not in entity.said["event_types"]:
            self.complaints.append(f"{entity.id}: {news} is no event of it")
        entity.state, entity.attributes = news["event_type"], news

    def _check(self, entity: Entity, state: str | None) -> None:
        if state is not None and not allowed(entity.platform, entity.said, state):
            self.complaints.append(f"{entity.id}: {state!r} is not allowed")


def render(template: str, payload: str) -> str:
    """A template, for what came."""
    try:
        value_json = json.loads(payload)
    except ValueError:
        value_json = None
    return _compiled(template).render(value=payload, value_json=value_json)


@cache
def _compiled(template: str) -> Template:
    """Once for each text: an evening renders the same few again and again."""
    return _TEMPLATES.from_string(template)


def command(entity: Entity, value: str) -> tuple[str, str]:
    """What is published when somebody chooses, types or switches."""
    template = entity.said.get("command_template")
    payload = value if template is None else _compiled(template).render(value=value)
    return entity.said["command_topic"], payload


def allowed(platform: str, said: dict[str, Any], state: str) -> bool:
    """The real one would take this state."""
    if len(state) > LONGEST_STATE:
        return False
    match platform, said.get("device_class"):
        case "switch", _:
            return state in (said.get("state_on", "ON"), said.get("state_off", "OFF"))
        case "binary_sensor", _:
            return state in (said.get("payload_on", "ON"), said.get("payload_off", "OFF"))
        case ("select", _) | ("sensor", "enum"):
            return state in said["options"]
        case "number", _:
            return said["min"] <= float(state) <= said["max"]
        case "sensor", "timestamp":
            return datetime.fromisoformat(state).tzinfo is not None
        case ("text", _) if "pattern" not in said:
            return len(state) <= said["max"]
        case (("time" | "text"), _):
            return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", state) is not None
        case _:
            return True
