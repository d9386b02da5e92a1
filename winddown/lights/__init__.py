"""Every lamp dialect by name. A new one is one file and one line here."""

from __future__ import annotations

from winddown.lights.dialect import LightDialect
from winddown.lights.esphome import EspHomeLight
from winddown.lights.generic import GenericLight
from winddown.lights.homeassistant import HomeAssistantLight
from winddown.lights.json_schema import JsonLight
from winddown.lights.shelly1 import Shelly1Light
from winddown.lights.shelly2 import Shelly2Light
from winddown.lights.tasmota import TasmotaLight
from winddown.lights.wled import WledLight
from winddown.lights.zigbee2mqtt import Zigbee2MqttLight

__all__ = ["LIGHTS", "LightDialect"]

LIGHTS: dict[str, type[LightDialect]] = {
    "zigbee2mqtt": Zigbee2MqttLight,
    "json": JsonLight,
    "esphome": EspHomeLight,
    "tasmota": TasmotaLight,
    "wled": WledLight,
    "shelly1": Shelly1Light,
    "shelly2": Shelly2Light,
    "homeassistant": HomeAssistantLight,
    "generic": GenericLight,
}
"""The dialect's class by the word before the slash."""
