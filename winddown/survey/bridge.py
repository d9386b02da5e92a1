"""Lamps that Home Assistant lends through its blueprint, by our own bridge topics. Knows the room, not the entity."""

from __future__ import annotations

from collections.abc import Iterator

from winddown import payload as read
from winddown.survey.finding import Finding, lamp, refused
from winddown.survey.heard import Heard, Places


def filters(places: Places) -> tuple[str, ...]:
    """Where the blueprint says what a lamp shows."""
    return (f"{places.prefix}/bridge/+/light/+/state",)


def find(heard: Heard, places: Places) -> Iterator[Finding]:
    """A lent lamp under its entity's name; under another name, who lends it must say which entity it is."""
    for topic, payload in heard.ending("state"):
        parts = topic.removeprefix(f"{places.prefix}/bridge/").split("/")
        if not topic.startswith(f"{places.prefix}/bridge/") or len(parts) != 3 or parts[1] != "light":
            continue
        said, (room, _, name) = read.as_object(payload) or {}, parts
        if not {"state", "on"} & said.keys():
            continue
        if name.startswith("light."):
            yield lamp("homeassistant", name, "dims, as Home Assistant does it", f"lent to {room}")
        else:
            why = f"lent to {room} by the blueprint; its address is homeassistant/ and the entity that is set there"
            yield refused("lamp", f"homeassistant: {name}", why)
