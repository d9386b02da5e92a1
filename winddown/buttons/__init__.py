"""Every button dialect by name. A new one is one file and one line here."""

from __future__ import annotations

from winddown.buttons.dialect import ButtonDialect
from winddown.buttons.generic import GenericButton
from winddown.buttons.zigbee2mqtt import Zigbee2MqttButton

__all__ = ["BUTTONS", "ButtonDialect"]

BUTTONS: dict[str, type[ButtonDialect]] = {
    "zigbee2mqtt": Zigbee2MqttButton,
    "generic": GenericButton,
}
"""The dialect's class by the word before the slash."""
