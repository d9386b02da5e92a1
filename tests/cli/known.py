"""A small house on a broker: two lamps, a plug and a button of a Zigbee2MQTT."""

from __future__ import annotations

import json
from typing import Any

DEVICES = "zigbee2mqtt/bridge/devices"
_FEATURES = [{"name": "state", "access": 7}, {"name": "brightness", "access": 7}]


def _device(name: str, expose: dict[str, Any], model: str) -> dict[str, Any]:
    definition = {"vendor": "Acme", "model": model, "exposes": [expose], "options": [{"name": "transition"}]}
    return {"friendly_name": name, "ieee_address": name, "type": "Router", "definition": definition}


HOUSE = json.dumps(
    [
        _device("bed", {"type": "light", "features": _FEATURES}, "B1"),
        _device("reading lamp/left", {"type": "light", "features": _FEATURES}, "R1"),
        _device("socket", {"type": "switch", "features": _FEATURES[:1]}, "P1"),
        _device("blind", {"type": "cover"}, "C1"),
        _device("knop", {"type": "enum", "name": "action", "values": ["single", "hold"]}, "K1"),
    ]
)
