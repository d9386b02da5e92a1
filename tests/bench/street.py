"""The lamps of a street of bedrooms: they say what they were told to show. `python -m bench.street PORT ROOMS`

A process of its own, so that what they say disturbs nobody who takes the time. Ten rooms to a Zigbee2MQTT base.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
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


def main(port: int, rooms: int) -> None:
    """Stand there until killed."""
    due: deque[tuple[float, str, bytes]] = deque()
    client = Client(CallbackAPIVersion.VERSION2)
    client.max_inflight_messages_set(1000)
    client.on_message = lambda _client, _userdata, message: due.append(
        (time.monotonic(), message.topic, message.payload)
    )
    client.connect("127.0.0.1", port)
    client.loop_start()
    client.subscribe([("+/+/set", 0), ("+/+/get", 0)])
    _introduce(client, rooms)
    shown: dict[str, dict[str, Any]] = {}
    while True:
        wait_s = REPORT_S if not due else due[0][0] + REPORT_S - time.monotonic()
        if wait_s > 0:
            time.sleep(wait_s)
            continue
        _, topic, payload = due.popleft()
        lamp, _, verb = topic.rpartition("/")
        if lamp.startswith("z"):
            state = shown.setdefault(lamp, dict(SHOWN))
            if verb == "set":
                state |= {
                    key: value for key, value in json.loads(payload).items() if key in SHOWN and value is not None
                }
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
    main(int(sys.argv[1]), int(sys.argv[2]))
