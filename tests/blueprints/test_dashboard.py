"""The dashboard: built-in cards only, and no entity that nobody announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from blueprints.household import ROOT

FILE = ROOT / "configs/home-assistant/dashboard.yaml"
CARDS = frozenset({"conditional", "entities", "heading", "history-graph", "logbook", "markdown", "tile"})
"""Those used here, of the many there are."""


def cards(value: Any) -> Iterator[dict[str, Any]]:
    """Every card."""
    match value:
        case {"cards": list(inside)}:
            for one in inside:
                yield one
                yield from cards(one)
        case dict():
            if "card" in value:
                yield value["card"]
            for one in value.values():
                yield from cards(one)
        case list():
            for one in value:
                yield from cards(one)


def test_every_card_comes_with_home_assistant() -> None:
    found = [*cards(YAML(typ="safe", pure=True).load(FILE))]

    assert len(found) > 20
    assert {card["type"] for card in found} == CARDS


def test_every_entity_on_it_is_announced() -> None:
    homeassistant = pytest.importorskip("winddown.homeassistant", reason="rooms do not appear by themselves yet")
    entities = pytest.importorskip("winddown.homeassistant.entities")
    place = homeassistant.Place("winddown", "homeassistant", "bedroom", "Bedroom")
    platforms = {key: str(one["platform"]) for key, one in entities.components(place).items()}
    platforms |= dict.fromkeys(entities.TIMES, "time")

    shown = re.findall(r"\b([a-z_]+)\.winddown_bedroom_(\w+)", FILE.read_text())

    assert [f"{platform}.{key}" for platform, key in shown if platforms.get(key) != platform] == []


def named(value: Any) -> Iterator[tuple[str, object]]:
    """Every entity that stands under a name of its own, and that name."""
    match value:
        case {"entity": str(entity), **rest} if "condition" not in rest:
            yield entity, rest.get("name")
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from named(one)


def test_every_entity_is_called_by_its_own_name_without_the_device_before_it() -> None:
    found = [*named(YAML(typ="safe", pure=True).load(FILE))]

    assert len(found) > 20
    assert [entity for entity, name in found if name != {"type": "entity"}] == []
