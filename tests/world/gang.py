"""A Zigbee device with several lamps, told apart by endpoint. What one lamp does is in `zigbee.py`."""

from __future__ import annotations

from typing import Any

from world.zigbee import ZigbeeLamp


class GangLamp(ZigbeeLamp):
    """One of them: commanded on a topic of its own, told of together with the others."""

    def __init__(self, device: str, endpoint: str, **habits: Any) -> None:
        super().__init__(f"{device}_{endpoint}", **habits)
        self.endpoint = endpoint
        self.topic = f"{self.base}/{device}"
        self.door = f"{self.topic}/{endpoint}"

    def cache(self) -> dict[str, object]:
        """Of all lamps of the device, each field with its endpoint."""
        device = [lamp for lamp in self.world.lamps.values() if isinstance(lamp, GangLamp) and lamp.topic == self.topic]
        return {f"{key}_{lamp.endpoint}": value for lamp in device for key, value in lamp.says.items()}
