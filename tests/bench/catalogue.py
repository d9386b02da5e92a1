"""A large house tells of its devices: `bridge/devices` of 3 MB, heard by sixteen lamps. Only the codec, no broker."""

from __future__ import annotations

import json
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

from winddown.lights.zigbee2mqtt import Zigbee2MqttLight
from winddown.lights.zigbee_catalogue import devices

CAPTURED = Path(__file__).parents[1] / "lights" / "bridge_devices.json"
DEVICES, LEAST_BYTES, LAMPS = 300, 3_000_000, 16
TOPIC = "zigbee2mqtt/bridge/devices"


@dataclass(frozen=True)
class Run:
    """One such message."""

    took_s: float
    kept_bytes: int
    most_bytes: int
    """The most that was in use while it was read, the message itself not counted."""


def message() -> bytes:
    """The captured list again and again, each device with what a large one has of endpoints, up to the size."""
    captured = json.loads(CAPTURED.read_bytes())
    entries = [captured[n % len(captured)] | {"friendly_name": f"lamp_{n}"} for n in range(DEVICES)]
    missing = (LEAST_BYTES - len(json.dumps(entries))) // DEVICES + 1
    scenes = [{"id": 1}] * (missing // len('{"id": 1}, ') + 1)
    return json.dumps([entry | {"scenes": scenes} for entry in entries]).encode()


def measure() -> Run:
    """Time and memory, apart: to measure the one disturbs the other."""
    payload = message()
    devices(b"[]")
    begin = time.perf_counter()
    _hear(payload)
    took_s = time.perf_counter() - begin
    devices(b"[]")
    tracemalloc.start()
    _hear(payload)
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Run(took_s, kept, most)


def _hear(payload: bytes) -> None:
    for n in range(LAMPS):
        lamp = Zigbee2MqttLight(address=f"lamp_{n}")
        lamp.decode(TOPIC, payload, lamp.profile())
