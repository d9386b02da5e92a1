"""The lamps of a street of bedrooms: they say what they were told to show. `python -m bench.street PORT ROOMS LOG`

A process of its own, so that what they say disturbs nobody who takes the time. Ten rooms to a Zigbee2MQTT base.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

A_BASE = 10
"""Rooms to a base."""
REPORT_S = 0.1
"""From a command to the word of the lamp."""
READY = "street/status"
SHOWN = {"state": "ON", "brightness": 150, "color_temp": 370, "color_mode": "color_temp", "linkquality": 120}
_WHITE = {"name": "color_temp", "access": 7, "value_min": 153, "value_max": 500}
_FEATURES = [{"name": "state", "access": 7}, {"name": "brightness", "access": 7}, _WHITE]
DEFINITION = {
    "vendor": "Innr",
    "model": "RB 285 C",
    "exposes": [{"type": "light", "features": _FEATURES}],
    "options": [{"name": "transition"}],
}


def base(room: int) -> str:
    """The base topic of a room's lamp and button."""
    return f"z{room // A_BASE}"


def main(port: int, rooms: int, log: Path) -> None:
    """Stand there until killed. What they are told they read in the listener's log: nobody is in its way at a beat."""
    client = Client(CallbackAPIVersion.VERSION2)
    client.max_inflight_messages_set(1000)
    client.connect("127.0.0.1", port)
    client.loop_start()
    _introduce(client, rooms)
    shown: dict[str, dict[str, Any]] = {}
    with log.open() as lines:
        while True:
            line = lines.readline()
            if not line.endswith("\n"):
                lines.seek(lines.tell() - len(line.encode()))
                time.sleep(REPORT_S / 2)
                continue
            at, topic, payload = line.rstrip("\n").split(" ", 2)
            time.sleep(max(0.0, float(at) + REPORT_S - time.time()))
            _answer(client, topic, payload, shown)


def _answer(client: Client, topic: str, payload: str, shown: dict[str, dict[str, Any]]) -> None:
    lamp, _, verb = topic.rpartition("/")
    if not lamp.startswith("z"):
        return
    state = shown.setdefault(lamp, dict(SHOWN))
    if verb == "set":
        told = json.loads(payload)
        state |= {key: told[key] for key in SHOWN if told.get(key) is not None}
    client.publish(lamp, json.dumps(state))


def _introduce(client: Client, rooms: int) -> None:
    """What the bases have, and what each lamp shows: stored with the broker before anybody asks."""
    for first in range(0, rooms, A_BASE):
        here = range(first, min(first + A_BASE, rooms))
        devices = [{"friendly_name": f"lamp{n}", "ieee_address": f"0x{n:016x}", "definition": DEFINITION} for n in here]
        client.publish(f"{base(first)}/bridge/devices", json.dumps(devices), retain=True)
        client.publish(f"{base(first)}/bridge/state", '{"state":"online"}', retain=True)
        for room in here:
            client.publish(f"{base(room)}/lamp{room}", json.dumps(SHOWN), retain=True)
    client.publish(READY, "online", qos=1, retain=True).wait_for_publish(60)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
