"""Zigbee2MQTT itself: alive or not, and what devices it knows. The lamps speak for themselves, in `zigbee.py`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from world.world import World
    from world.zigbee import ZigbeeLamp


class Bridge:
    """One Zigbee2MQTT, with the lamps behind it."""

    def __init__(self, world: World, base: str) -> None:
        self.base = base
        self.lamps: list[ZigbeeLamp] = []
        self._world = world

    def stands(self, *, catalogue: bool = True) -> None:
        """It has been running for long: online, its devices, their availability, all retained."""
        self._publish("state", {"state": "online"})
        if catalogue:
            self._publish("devices", [COORDINATOR, *(entry(*lamps) for lamps in self._devices())])
        for topic in {lamp.topic for lamp in self.lamps}:
            self._world.broker.publish(f"{topic}/availability", '{"state":"online"}', retain=True)

    def starts(self, *, catalogue: bool = True) -> None:
        """It starts anew: the same, and half a second later once what it believes of each lamp."""
        self.stands(catalogue=catalogue)
        for lamp in self.lamps:
            self._world.after(0.5, lamp.tell_cached)

    def dies(self) -> None:
        """Offline by its will; the lamps' availability stays what it was."""
        self._publish("state", {"state": "offline"})

    def returns(self) -> None:
        """The broker is back: this, and nothing else."""
        self._publish("state", {"state": "online"})

    def _devices(self) -> list[list[ZigbeeLamp]]:
        """Its lamps, those of one device together."""
        devices: dict[str, list[ZigbeeLamp]] = {}
        for lamp in self.lamps:
            devices.setdefault(lamp.topic, []).append(lamp)
        return [*devices.values()]

    def _publish(self, name: str, data: object) -> None:
        self._world.broker.publish(f"{self.base}/bridge/{name}", json.dumps(data), retain=True)


COORDINATOR = {
    "disabled": False,
    "friendly_name": "Coordinator",
    "ieee_address": "0x00124b00deadbeef",
    "interview_completed": True,
    "supported": True,
    "type": "Coordinator",
}


def entry(*lamps: ZigbeeLamp) -> dict[str, object]:
    """The lamp as `bridge/devices` has it, or the device with all its lamps."""
    lamp = lamps[0]
    name = lamp.topic.removeprefix(f"{lamp.base}/")
    return {
        "definition": {
            "description": f"{name}, for a bedroom",
            "exposes": [*map(_light, lamps), _effect()],
            "model": "LED1545G12" if lamp.jumps else "RB 265",
            "options": [_transition()] if lamp.fades else [],
            "source": "native",
            "supports_ota": True,
            "vendor": "IKEA" if lamp.jumps else lamp.vendor,
        },
        "disabled": False,
        "endpoints": {"1": {"bindings": [], "clusters": {"input": ["genBasic", "genLevelCtrl"], "output": []}}},
        "friendly_name": name,
        "ieee_address": f"0x00158d{crc32(name.encode()):010x}",
        "interview_completed": True,
        "interview_state": "SUCCESSFUL",
        "power_source": "Mains (single phase)",
        "supported": True,
        "type": "Router",
    }


def _light(lamp: ZigbeeLamp) -> dict[str, object]:
    features: list[dict[str, object]] = [
        {"access": 7, "name": "state", "property": "state", "type": "binary", "value_on": "ON", "value_off": "OFF"},
        _numeric("brightness", 0, lamp.scale),
    ]
    if lamp.warm is not None:
        features.append({**_numeric("color_temp", *lamp.warm), "unit": "mired"})
    endpoint = {} if lamp.endpoint is None else {"endpoint": lamp.endpoint}
    return {"features": features, "type": "light", **endpoint}


def _numeric(name: str, least: int, most: int) -> dict[str, object]:
    return {"access": 7, "name": name, "property": name, "type": "numeric", "value_min": least, "value_max": most}


def _effect() -> dict[str, object]:
    return {"access": 2, "name": "effect", "property": "effect", "type": "enum", "values": ["blink", "breathe"]}


def _transition() -> dict[str, object]:
    return {"access": 2, "name": "transition", "property": "transition", "type": "numeric", "value_min": 0}
