"""Which presses count, and what a room may make of them."""

from __future__ import annotations

import json

import pytest

from evenings.bedroom import (
    FLOOR,
    IN,
    LOUD,
    PEAK,
    Since,
    by_day,
    in_night,
    in_runway,
    level,
    phase,
    things,
    tonight,
)

# ---------------------------------------------------------------- fingers


@pytest.mark.parametrize("where", IN)
def test_every_press_is_told_with_its_source(where: str):
    world = IN[where]()
    before = len(world.sent("winddown/bedroom/press"))

    world.press("double")

    said = [said for _, said in world.sent("winddown/bedroom/press")][before:]
    assert said == [{"event_type": "double", "source": "zigbee2mqtt/button"}]


def test_equal_presses_within_four_tenths_of_a_second_are_one():
    world = in_runway()
    world.press("double")

    world.run_for(seconds=0.3)
    world.set("bedroom", "press", "double")

    assert (world.presses(), tonight(world)["later_min"]) == (["double"], 15)


def test_a_press_that_two_gateways_heard_is_one():
    gateways = [f"{{shelly2: {name}, component: 'bthomedevice:200'}}" for name in ("hall", "attic")]
    world = by_day(button=f"[{', '.join(gateways)}]")
    heard = {"component": "bthomedevice:200", "event": "double_push", "idx": 0}

    for name in ("hall", "attic"):
        world.say(f"{name}/events/rpc", {"method": "NotifyEvent", "params": {"events": [heard]}})
        world.run_for(seconds=0.2)

    assert world.presses() == ["double"]


def test_a_stuck_button_is_let_alone_with_one_word():
    world = in_night()

    for _ in range(20):
        world.press("double")
        world.run_for(seconds=0.44)

    assert world.presses() == ["double"] * 5
    assert sum("let alone" in why for why in world.whys()) == 1


def test_a_second_single_in_the_first_two_seconds_does_nothing():
    world = in_runway()
    world.press("single")

    world.run_for(seconds=1.5)
    world.press("single")
    world.run_for(seconds=0.2)

    assert world.state()["step"]["part"] == "announce"


@pytest.mark.parametrize("said", ["single", "double", "hold"])
def test_a_press_through_mqtt_is_a_press(said: str):
    world = by_day()

    world.set("bedroom", "press", said)

    assert [json.loads(one.payload) for one in world.ours("winddown/bedroom/press")] == [
        {"event_type": said, "source": "mqtt"}
    ]


def test_a_room_may_give_a_press_another_meaning():
    world = in_runway(presses="{double: {runway: skip}, hold: stop}")

    world.press("double")
    world.run_for(seconds=5)

    assert (phase(world), tonight(world)["skipped"], things(world)) == ("day", True, LOUD)


def test_a_room_may_let_a_press_mean_nothing():
    world = by_day(presses="{single: {day: none}}")
    since = Since(world)

    world.press("single")
    world.run_for(minutes=1)

    assert (phase(world), since.ours(), world.presses()) == ("day", [], ["single"])


def test_the_peak_of_a_release_in_the_evening_is_that_of_the_breath():
    world = in_runway()
    world.run_until("22:44")
    world.press("single")
    world.run_for(seconds=1)
    since = Since(world)

    world.run_for(minutes=3)

    assert FLOOR < since.brightest("bedside") <= PEAK


def test_at_bedtime_in_a_release_nothing_else_begins():
    world = in_runway()
    world.run_until("22:44:30")
    world.press("single")

    world.run_for(minutes=1)

    assert phase(world) == "release"
    assert level(world, "ceiling") == 0
