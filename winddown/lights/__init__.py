"""Every lamp dialect by name. A new one is one file and one line here."""

from __future__ import annotations

from winddown.lights.dialect import LightDialect
from winddown.lights.generic import GenericLight
from winddown.lights.json_schema import JsonLight
from winddown.lights.zigbee2mqtt import Zigbee2MqttLight

__all__ = ["LIGHTS", "LightDialect"]

LIGHTS: dict[str, type[LightDialect]] = {
    "zigbee2mqtt": Zigbee2MqttLight,
    "json": JsonLight,
    "generic": GenericLight,
}
"""The dialect's class by the word before the slash."""
