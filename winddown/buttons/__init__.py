"""Every button dialect by name. A new one is one file and one line here."""

from __future__ import annotations

from winddown.buttons.dialect import ButtonDialect
from winddown.buttons.esphome import EspHomeButton
from winddown.buttons.generic import GenericButton
from winddown.buttons.shelly1 import Shelly1Button
from winddown.buttons.shelly2 import Shelly2Button
from winddown.buttons.sleep_as_android import SleepAsAndroidButton
from winddown.buttons.tasmota import TasmotaButton
from winddown.buttons.zigbee2mqtt import Zigbee2MqttButton

__all__ = ["BUTTONS", "ButtonDialect"]

BUTTONS: dict[str, type[ButtonDialect]] = {
    "zigbee2mqtt": Zigbee2MqttButton,
    "esphome": EspHomeButton,
    "tasmota": TasmotaButton,
    "shelly1": Shelly1Button,
    "shelly2": Shelly2Button,
    "sleep_as_android": SleepAsAndroidButton,
    "generic": GenericButton,
}
"""The dialect's class by the word before the slash."""
