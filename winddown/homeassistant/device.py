"""The messages that make a device appear, and those that take it away. It decides about neither."""

from __future__ import annotations

import json
from collections.abc import Mapping

from winddown import __version__
from winddown.homeassistant.entities import DIAGNOSTIC, TIMES, Component, components, entity, time_of_day
from winddown.homeassistant.place import HUB, Place, node
from winddown.homeassistant.words import WORDS
from winddown.model import Message


def announced(place: Place, gone: Mapping[str, str] | None = None) -> list[Message]:
    """A room's device and times of day. `gone`: the platform of each entity that is there no more, by its key.

    Leaving such a one out is not enough: it is reduced to its platform first.
    """
    there = components(place)
    messages = []
    left: dict[str, Component] = {key: {"platform": one} for key, one in (gone or {}).items() if key not in there}
    if left:
        messages.append(_payload(place, there | left))
    messages.append(_payload(place, there))
    if place.time_entities:
        messages += [_single(place, key) for key in TIMES]
    return messages


def hub(place: Place) -> Message:
    """The device that stands for winddown itself; those of the rooms are reached via it."""
    words, status = WORDS[place.language], f"{place.prefix}/status"
    here = {"payload_on": "online", "payload_off": "offline", "device_class": "connectivity"}
    said = {"state_topic": place.topic("state"), "availability_topic": status, **DIAGNOSTIC}
    rooms = {"icon": "mdi:bed-outline", "value_template": "{{ value_json.rooms | length }}"}
    version = {"icon": "mdi:tag-outline", "value_template": "{{ value_json.version }}"}
    figures = {"state_topic": place.topic("figures"), "availability_topic": status, **DIAGNOSTIC}
    counts = {"state_class": "total_increasing", **figures}
    late = {"device_class": "duration", "unit_of_measurement": "ms", "state_class": "measurement", **figures}
    there = {
        "connection": entity(place, words, "binary_sensor", "connection", state_topic=status, **here, **DIAGNOSTIC),
        "rooms": entity(place, words, "sensor", "rooms", **rooms, **said),
        "version": entity(place, words, "sensor", "version", **version, **said),
        "sent": entity(place, words, "sensor", "sent", icon="mdi:send-outline", **_figure("sent"), **counts),
        "saved": entity(place, words, "sensor", "saved", icon="mdi:leaf", **_figure("saved"), **counts),
        "beat_error": entity(
            place, words, "sensor", "beat_error", icon="mdi:metronome", **_figure("beat_error_ms"), **late
        ),
    }
    device = {"identifiers": [place.id], "name": words.hub, "manufacturer": "winddown", "model": "Hub"}
    payload = {"device": device | {"sw_version": __version__}, "origin": _origin(), "components": there, "qos": 1}
    return _retained(place.device_topic, payload)


def _figure(name: str) -> Component:
    return {"value_template": f"{{{{ value_json.{name} }}}}"}


def withdrawn(place: Place) -> list[Message]:
    """Takes a device out of Home Assistant."""
    return [*times_withdrawn(place), _empty(place.device_topic)]


def forgotten(place: Place) -> list[Message]:
    """What we had said ourselves goes too, after a last OFF for whoever follows it. Only when the device is gone."""
    off = Message(place.topic("quiet"), "OFF", qos=1)
    return [off, *(_empty(place.topic(name)) for name in ("state", "quiet", "last", "diary"))]


def times_withdrawn(place: Place) -> list[Message]:
    """Takes the times of day away alone, where texts are wanted instead."""
    return [_empty(place.single_topic("time", key)) for key in TIMES]


def _payload(place: Place, there: Mapping[str, Component]) -> Message:
    return _retained(place.device_topic, {**_about(place), "components": there})


def _single(place: Place, key: str) -> Message:
    said = {name: value for name, value in time_of_day(place, key).items() if name != "platform"}
    return _retained(place.single_topic("time", key), {**_about(place), **said})


def _about(place: Place) -> Component:
    words = WORDS[place.language]
    device = {
        "identifiers": [place.id],
        "name": words.device.format(room=place.name),
        "manufacturer": "winddown",
        "model": "Room",
        "sw_version": __version__,
        "via_device": f"{node(place.prefix)}-{HUB}",
    }
    return {"device": device, "origin": _origin(), "availability_topic": f"{place.prefix}/status", "qos": 1}


def _origin() -> Component:
    return {"name": "winddown", "sw_version": __version__}


def _retained(topic: str, payload: Component) -> Message:
    return Message(topic, json.dumps(payload, ensure_ascii=False), qos=1, retain=True)


def _empty(topic: str) -> Message:
    return Message(topic, "", qos=1, retain=True)
