"""A lamp gets another name in the middle of the evening, and lamps have names as people give them."""

from __future__ import annotations

import json

import pytest

from evenings.bedroom import BEDSIDE, Since, config, in_runway, level
from world import World
from world.bridge import COORDINATOR, entry
from world.lamps import ZigbeeLamp


def lists(world: World, name: str | None) -> None:
    """Zigbee2MQTT says what it has; the bedside lamp under this name, or not at all."""
    world.lamp("bedside").nameless = name != "bedside"
    known = [entry(lamp) for lamp in world.house.lamps if isinstance(lamp, ZigbeeLamp)]
    for one in known:
        if one["friendly_name"] == "bedside":
            one["friendly_name"] = name
    payload = json.dumps([COORDINATOR, *(one for one in known if one["friendly_name"])])
    world.broker.publish("zigbee2mqtt/bridge/devices", payload, retain=True)
    world.settle()


def renamed(world: World, name: str = "reading lamp/left") -> None:
    """As Zigbee2MQTT 2.14 does it: the old topics are emptied, then comes the list."""
    world.broker.publish("zigbee2mqtt/bedside", "", retain=True)
    world.broker.publish("zigbee2mqtt/bedside/availability", "", retain=True)
    lists(world, name)


SENTENCE = "bedside is called 'reading lamp/left' now: write zigbee2mqtt/reading lamp/left in the configuration"


def test_a_new_name_is_told_with_the_line_to_write():
    world = in_runway()

    renamed(world)

    assert [why for why in world.whys() if SENTENCE in why] == [f"22:20 {SENTENCE}"]
    assert world.state()["problem"] == SENTENCE
    assert world.state()["touched"] == []


def test_it_is_told_once_however_often_the_bridge_repeats_itself():
    world = in_runway()

    for _ in range(3):
        renamed(world)
        world.run_for(minutes=1)

    assert [why for why in world.whys() if SENTENCE in why] == [f"22:20 {SENTENCE}"]


def test_the_old_name_given_back_ends_the_problem():
    world = in_runway()
    renamed(world)

    lists(world, "bedside")

    assert world.state()["problem"] is None


def test_a_lamp_that_left_the_network_has_no_new_name_and_is_told_of():
    world = in_runway()

    lists(world, None)

    gone = "bedside (zigbee2mqtt/bedside) is not known to its bridge any more: pair it again under that name"
    assert "is called" not in " ".join(world.whys())
    assert world.problem() == gone
    assert world.whys()[-1] == f"22:20 {gone}"


def test_a_name_that_nobody_has_any_more_is_told_nothing():
    told_nothing_under(None)


def test_a_name_that_was_given_up_is_told_nothing():
    told_nothing_under("reading lamp")


def told_nothing_under(name: str | None) -> None:
    world = in_runway()
    lists(world, name)
    since = Since(world)

    world.run_until("06:59")

    assert since.ours(BEDSIDE, "zigbee2mqtt/bedside/get") == []


@pytest.mark.parametrize("name", ["reading lamp", None])
def test_with_its_old_name_it_goes_on_from_the_present(name: str | None):
    world = in_runway()
    lists(world, name)
    world.run_for(minutes=10)
    before = level(world, "bedside")

    lists(world, "bedside")
    world.run_for(seconds=3)

    assert level(world, "bedside") < before
    assert abs(level(world, "bedside") - level(world, "ceiling")) <= 3
    assert (world.problem(), world.state()["touched"]) == (None, [])


def test_a_list_of_groups_says_nothing_of_a_lamp():
    world = in_runway()
    since = Since(world)

    world.broker.publish("zigbee2mqtt/bridge/groups", '[{"friendly_name": "all", "id": 1}]', retain=True)
    world.run_for(minutes=2)

    assert world.problem() is None
    assert since.ours(BEDSIDE)


@pytest.mark.parametrize("name", ["reading lamp", "floor 1/bed/left", "één lampje", "ランプ"])
def test_a_lamp_of_any_name_winds_down(name: str):
    world = World(config(lights=f'["zigbee2mqtt/{name}"]'), at="2026-11-22 21:59")
    before = level(world, name)

    world.run_for(minutes=30)

    assert 0 < level(world, name) < before
    assert world.state()["problem"] is None
