"""What Home Assistant demands of a discovery payload, as its own checks do, by version. It keeps nothing.

A root that breaks a rule loses the whole device; so does one component of an unknown platform, or without its id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Version = tuple[int, int]


def words(text: str) -> frozenset[str]:
    """What a text names."""
    return frozenset(text.split())


TODAY: Version = (2026, 11)

FIRST_DEVICES: Version = (2024, 11)
PLATFORMS: dict[Version, str] = {
    FIRST_DEVICES: "alarm_control_panel binary_sensor button camera climate cover device_automation device_tracker "
    "event fan humidifier image lawn_mower light lock notify number scene select sensor siren switch tag text update "
    "vacuum valve water_heater",
    (2026, 5): "date datetime time",
    (2026, 8): "infrared",
}
ROOT = {
    FIRST_DEVICES: "device origin components availability availability_mode availability_topic availability_template "
    "payload_available payload_not_available state_topic command_topic qos encoding",
    (2026, 6): "message_expiry_interval",
    (2026, 11): "child_devices",
}
DEVICE = words(
    "identifiers connections configuration_url hw_version manufacturer model model_id name serial_number "
    "suggested_area sw_version via_device"
)
ORIGIN = words("name sw_version support_url")
SHARED = words(
    "availability availability_mode availability_topic availability_template payload_available payload_not_available "
    "state_topic command_topic qos encoding message_expiry_interval"
)
COMMON = SHARED | words(
    "platform unique_id default_entity_id name icon entity_category enabled_by_default entity_picture "
    "json_attributes_topic json_attributes_template device origin visible_by_default"
)
OWN: dict[str, tuple[str, str]] = {
    "switch": ("command_topic", "payload_on payload_off state_on state_off value_template device_class optimistic"),
    "button": ("command_topic", "payload_press command_template device_class retain"),
    "sensor": (
        "state_topic",
        "value_template device_class options state_class unit_of_measurement suggested_display_precision",
    ),
    "binary_sensor": ("state_topic", "value_template device_class payload_on payload_off off_delay"),
    "select": ("command_topic options", "value_template command_template"),
    "number": (
        "command_topic",
        "value_template command_template min max step mode device_class unit_of_measurement payload_reset",
    ),
    "text": ("command_topic", "value_template command_template min max pattern mode"),
    "time": ("command_topic", "value_template command_template"),
    "event": ("state_topic event_types", "value_template device_class"),
    "device_automation": ("automation_type topic type subtype", "payload value_template qos"),
}
CLASSES: dict[str, set[str | None]] = {
    "sensor": {None, "duration", "enum", "timestamp"},
    "binary_sensor": {None, "running", "problem", "connectivity"},
    "number": {None, "duration"},
    "event": {None, "button", "doorbell", "motion"},
}
"""Only those in use here."""
DURATIONS = words("d h min s ms μs")
NO_CONFIG = {"sensor", "binary_sensor"}
LONGEST_STATE = 255
_ID = re.compile(r"[a-zA-Z0-9_-]+")
_ENTITY_ID = re.compile(r"[a-z_]+\.(?!_)[a-z0-9_]+(?<!_)")


def known(table: dict[Version, str], version: Version) -> set[str]:
    """The words that a version knows."""
    return {word for since, text in table.items() if since <= version for word in words(text)}


def faults(topic: str, payload: str, version: Version = TODAY, prefix: str = "homeassistant") -> Iterator[str]:
    """What this version would complain of; a topic that it does not hear is none of its business."""
    platform, *ids = topic.removeprefix(f"{prefix}/").removesuffix("/config").split("/")
    if platform not in {"device", *known(PLATFORMS, version)} or (platform == "device" and version < FIRST_DEVICES):
        return
    if not 1 <= len(ids) <= 2 or not all(map(_ID.fullmatch, ids)):
        yield f"{topic}: an illegal discovery topic"
    if not payload:
        return
    said = json.loads(payload)
    yield from _about_faults(said)
    if platform == "device":
        yield from (f"{key}: unknown at the root" for key in said.keys() - known(ROOT, version))
        for key, component in said.get("components", {}).items():
            yield from (f"{key}: {fault}" for fault in component_faults(component, version, said))
    else:
        if "name" not in said.get("device", {}):
            yield "a device without a name"
        yield from component_faults({"platform": platform, **said}, version, said)


def _about_faults(said: dict[str, Any]) -> Iterator[str]:
    device, origin = said.get("device", {}), said.get("origin", {})
    yield from (f"device: {key} is unknown" for key in device.keys() - DEVICE)
    yield from (f"origin: {key} is unknown" for key in origin.keys() - ORIGIN)
    if not device.get("identifiers"):
        yield "a device without identifiers"
    if "name" not in origin:
        yield "an origin without a name"


def component_faults(component: dict[str, Any], version: Version, root: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one entity, or one trigger."""
    platform = component.get("platform")
    if platform not in known(PLATFORMS, version):
        yield f"the platform {platform} is unknown"
        return
    if component.keys() == {"platform"}:
        return
    if platform not in OWN:
        yield f"{platform} is nothing that winddown has"
        return
    required, optional = map(words, OWN[platform])
    yield from (f"{key} is missing" for key in required - component.keys())
    common = set() if platform == "device_automation" else COMMON
    if platform == "device_automation":
        common = {"platform"}
    elif not component.get("unique_id"):
        yield "an entity without unique_id"
    yield from (f"{key} is unknown" for key in component.keys() - common - required - optional)
    yield from _value_faults(platform, component)


def _value_faults(platform: str, component: dict[str, Any]) -> Iterator[str]:
    category, kind = component.get("entity_category"), component.get("device_class")
    if category not in {None, "config", "diagnostic"} or (category == "config" and platform in NO_CONFIG):
        yield f"the category {category}"
    if kind not in CLASSES.get(platform, {None}):
        yield f"the device class {kind}"
    if kind == "enum" and (not component.get("options") or "state_class" in component):
        yield "an enum without options, or with a state class"
    if platform == "sensor" and kind == "duration" and component.get("unit_of_measurement") not in DURATIONS:
        yield "a duration in no unit of time"
    if "options" in component and kind != "enum" and platform == "sensor":
        yield "options without the class enum"
    if platform == "number" and not component.get("min", 1) < component.get("max", 100):
        yield "a number without room"
    options = component.get("options", component.get("event_types", ["one"]))
    if len(set(options)) != len(options) or not all(options):
        yield "options that are alike, or empty"
    if not _ENTITY_ID.fullmatch(component.get("default_entity_id", "a.b")):
        yield f"{component['default_entity_id']} is no entity id"
    yield from (f"{key} commands and is retained" for key in ("retain",) if component.get(key))
    topics = [str(value) for key, value in component.items() if key.endswith("topic")]
    yield from (f"{topic} is no topic" for topic in topics if not topic or set(topic) & {"+", "#", "~"})
