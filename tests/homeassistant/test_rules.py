"""The rules catch what Home Assistant would refuse: else the tests beside this one would prove nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from homeassistant.rules import TODAY, Version, faults

Payload = dict[str, Any]
TOPIC = "homeassistant/device/winddown/bedroom/config"


def sound() -> Payload:
    return {
        "device": {"identifiers": ["w"], "name": "W"},
        "origin": {"name": "winddown"},
        "components": {
            "phase": {
                "platform": "sensor",
                "unique_id": "w-phase",
                "state_topic": "w/state",
                "device_class": "enum",
                "options": ["day"],
            }
        },
    }


def complaints(payload: Payload, version: Version = TODAY, topic: str = TOPIC) -> list[str]:
    return list(faults(topic, json.dumps(payload), version))


def test_a_sound_payload_passes():
    assert complaints(sound()) == complaints(sound(), (2024, 11)) == []


MISTAKES: dict[str, Callable[[Payload], object]] = {
    "an unknown root key": lambda p: p.update({"~": "winddown"}),
    "an unknown device key": lambda p: p["device"].update(area="Bedroom"),
    "no origin": lambda p: p.pop("origin"),
    "no unique id": lambda p: p["components"]["phase"].pop("unique_id"),
    "an unknown platform": lambda p: p["components"]["phase"].update(platform="clock"),
    "an enum without options": lambda p: p["components"]["phase"].pop("options"),
    "a sensor that configures": lambda p: p["components"]["phase"].update(entity_category="config"),
    "a misspelt key": lambda p: p["components"]["phase"].update(val_template="x"),
    "an upper-case entity id": lambda p: p["components"]["phase"].update(default_entity_id="sensor.Phase"),
    "a wildcard": lambda p: p["components"]["phase"].update(state_topic="w/#"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_caught(mistake: str):
    payload = sound()

    MISTAKES[mistake](payload)

    assert complaints(payload)


@pytest.mark.parametrize(("version", "fine"), [((2024, 11), False), ((2026, 4), False), ((2026, 5), True)])
def test_a_time_of_day_kills_a_device_before_2026_5(version: Version, fine: bool):
    payload = sound()
    payload["components"]["t"] = {"platform": "time", "unique_id": "w-t", "command_topic": "w/t/set"}

    assert (complaints(payload, version) == []) is fine


def test_expiry_at_the_root_kills_a_device_before_2026_6():
    payload = {**sound(), "message_expiry_interval": 30}

    assert complaints(payload, (2026, 5))
    assert complaints(payload, (2026, 6)) == []


@pytest.mark.parametrize("ids", ["home/winddown/bedroom", "win down/bedroom", "winddown/slaapkamer.1"])
def test_an_illegal_topic_is_caught(ids: str):
    assert complaints(sound(), topic=f"homeassistant/device/{ids}/config")
