"""Evenings with a device that has two lamps, each by its endpoint: what is said of one is not said of the other."""

from __future__ import annotations

from typing import Any

from evenings.bedroom import FLOOR, LEAST, Since, bedroom, bodies, level, phase
from world import GangLamp, World
from world.bridge import COORDINATOR, entry

LEFT, RIGHT = "zigbee2mqtt/gang/l1/set", "zigbee2mqtt/gang/l2/set"
LIGHTS = "{left: {zigbee2mqtt: gang, endpoint: l1}, right: {zigbee2mqtt: gang, endpoint: l2, off_at: bedtime}}"


def evening(until: str, **right: Any) -> World:
    """From before the runway; the left lamp breathes, the right one goes off at bedtime."""
    lamps = [
        GangLamp("gang", "l1", chatty=True, warm=None),
        GangLamp("gang", "l2", chatty=True, **{"warm": None, **right}),
    ]
    world = bedroom("2026-11-22 21:59", lights=LIGHTS, world={"lamps": lamps})
    world.run_until(until)
    return world


def test_both_go_down_and_one_breathes_while_the_other_is_off():
    world = evening("22:44:59")
    shown = [round(level(world, name)) for name in ("gang_l1", "gang_l2")]
    world.run_until("22:50")

    assert shown == [FLOOR, FLOOR]
    assert (phase(world), level(world, "gang_l2")) == ("breathing", 0)
    world.run_until("23:30")
    assert (phase(world), level(world, "gang_l1"), world.state()["touched"]) == ("night", 0, [])
    assert world.sent("zigbee2mqtt/gang/set") == []


def test_a_hand_on_one_leaves_the_other_on_its_way():
    world = evening("22:20")
    world.lamp("gang_l2").by_hand(level=240)
    world.run_until("22:44:59")

    assert world.state()["touched"] == ["right"]
    assert (level(world, "gang_l2"), round(level(world, "gang_l1"))) == (240, FLOOR)


def test_what_an_app_says_to_the_device_counts_for_the_lamp_that_it_names():
    world = evening("22:20")
    world.say("zigbee2mqtt/gang/set", {"brightness_l2": 240})
    world.run_for(seconds=0.1)

    assert world.state()["touched"] == ["right"]


def test_one_that_is_off_stays_off_beside_one_that_breathes():
    world = evening("21:59:30", on=False)
    world.run_until("23:30")

    assert bodies(world, RIGHT) == []
    assert world.lamp("gang_l2").brightest(0) == 0


def test_both_back_from_a_power_cut_in_the_night_go_off():
    world = evening("23:30")
    for name in ("gang_l1", "gang_l2"):
        world.lamp(name).power_off()
    world.run_for(minutes=1)
    for name in ("gang_l1", "gang_l2"):
        world.lamp(name).power_on()
    world.run_for(seconds=5)

    assert (level(world, "gang_l1"), level(world, "gang_l2")) == (0, 0)


def lists(world: World, name: str | None) -> None:
    """Their bridge has the device under this name, or not at all."""
    device = {**entry(*world.bridges["zigbee2mqtt"].lamps), "friendly_name": name}
    world.say("zigbee2mqtt/bridge/devices", [COORDINATOR, *([device] if name else [])], retain=True)
    world.run_for(seconds=1)


def test_a_new_name_of_the_device_is_told_of_each_of_its_lamps_as_it_is_written():
    world = evening("22:20")
    lists(world, "dimmer")

    said = "is called 'dimmer' now: write {zigbee2mqtt: dimmer, endpoint: %s} in the configuration"
    assert [why for why in world.whys() if "is called" in why] == [
        f"22:20 left {said % 'l1'}",
        f"22:20 right {said % 'l2'}",
    ]
    lists(world, "gang")
    world.run_until("22:44:59")
    assert (world.problem(), round(level(world, "gang_l1"))) == (None, FLOOR)


def test_a_device_that_is_gone_is_named_as_its_bridge_had_it():
    world = evening("22:20")
    lists(world, None)

    assert "left (zigbee2mqtt/gang) is not known to its bridge any more" in world.state()["problem"]


def test_a_press_in_the_night_lights_the_one_that_breathes_and_no_other():
    world = evening("23:30")
    since = Since(world)
    world.press("double")
    world.run_for(seconds=5)

    assert (level(world, "gang_l1"), level(world, "gang_l2")) == (LEAST, 0)
    assert since.ours(RIGHT) == []
