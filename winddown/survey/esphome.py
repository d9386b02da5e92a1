"""Lamps and buttons of ESPHome nodes without discovery, by the states they leave with the broker. From documentation.

What Home Assistant's topics tell of them is more, and is read in `home_assistant.py`. A plain contact tells nothing of
itself, so one that is no button would be taken for one: without discovery it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from winddown import payload as read
from winddown.survey.finding import ON_OFF, Finding, abilities, button, lamp, profile_of
from winddown.survey.heard import Heard, Places, at_depths

_MODES = frozenset({"color_temp", "brightness", "onoff", "cold_warm_white", "white", "rgb", "rgbw", "rgbct", "rgbww"})
_WARM = frozenset({"color_temp", "cold_warm_white", "rgbct", "rgbww"})


def filters(places: Places) -> tuple[str, ...]:  # noqa: ARG001  a node may be called anything
    """States of lamps and events; who is there; and the nodes themselves, where they tell of their board."""
    ends = ("light/+/state", "event/+/state", "status")
    return (*(topic for end in ends for topic in at_depths(end, 2)), "esphome/discover/+")


def find(heard: Heard, places: Places) -> Iterator[Finding]:
    """Lamps and buttons of whatever says, as a node does, whether it is there."""
    nodes = {node for node, payload in heard.ending("status") if payload in (b"online", b"offline")}
    for topic, payload in heard.latest.items():
        node, kind, name = _parts(topic)
        if node not in nodes or node == places.prefix:
            continue
        said, model = read.as_object(payload) or {}, _model(heard, node)
        if kind == "light" and said.get("state") in ("ON", "OFF") and _mode(said) in {*_MODES, None}:
            yield lamp("esphome", f"{node}/{name}", _can(_mode(said)), model)
        if kind == "event" and isinstance(said.get("event_type"), str):
            yield button("esphome", f"{node}/{name}", None, model)


def _parts(topic: str) -> tuple[str, str, str]:
    parts = topic.rsplit("/", 3)
    return (parts[0], parts[1], parts[2]) if len(parts) == 4 and parts[3] == "state" else ("", "", "")


def _mode(said: dict[str, object]) -> str | None:
    return read.word(said.get("color_mode"))


def _can(mode: str | None) -> str:
    if mode in ("onoff", None):
        return ON_OFF if mode else "dims · fades"
    profile = profile_of("esphome")
    return abilities(profile if mode in _WARM else replace(profile, coolest_mired=None, warmest_mired=None))


def _model(heard: Heard, node: str) -> str:
    said = read.as_object(heard.latest.get(f"esphome/discover/{node}", b"")) or {}
    return " ".join(filter(None, ("ESPHome", read.word(said.get("board")))))
