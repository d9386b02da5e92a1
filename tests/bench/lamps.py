"""Lamps of a Zigbee2MQTT: each says what it was told to show, as soon as it is told or asked. They fade at once."""

from __future__ import annotations

import json

from bench.stand import Heard, Observer

LIT = {"state": "ON", "brightness": 150, "color_temp": 370, "color_mode": "color_temp", "linkquality": 120}
VERBS = ("set", "get")


class Lamps:
    """All that are commanded on the topics that an observer hears."""

    def __init__(self) -> None:
        self._shown: dict[str, dict[str, object]] = {}

    def __call__(self, observer: Observer, heard: Heard) -> None:
        """Say it back."""
        lamp, _, verb = heard.topic.rpartition("/")
        if verb not in VERBS or lamp.startswith("echo"):
            return
        shown = self._shown.setdefault(lamp, dict(LIT))
        if verb == "set":
            told = json.loads(heard.payload)
            shown.update({key: value for key, value in told.items() if key in shown and value is not None})
        observer.say(lamp, json.dumps(shown))


def lit() -> str:
    """What is stored of a lamp before anybody tells it anything."""
    return json.dumps(LIT)
