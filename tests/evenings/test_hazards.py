"""What goes wrong with real lamps and networks, as their owners tell it, and an evening that goes well all the same.

Too many commands and groups that breathe are in `test_airtime.py`, hands in `test_hands.py`, power in `test_power.py`.
"""

from __future__ import annotations

from typing import Any

import pytest

from evenings.bedroom import CEILING, FLOOR, LEAST, NIGHT_PEAK, Since, bedroom, bodies, in_night, level
from world import Lamp, World, ZigbeeLamp


def evening(ceiling: Lamp, **keys: str) -> World:
    """From before the runway until just after bedtime."""
    world = bedroom("2026-11-22 21:59", world={"lamps": [ceiling]}, **keys)
    world.run_until("22:44:59")
    return world


def told(world: World, key: str) -> list[Any]:
    return [body[key] for body in bodies(world, CEILING) if body.get(key) is not None]


IKEA = {"jumps": True, "freezes": True}
"""A fade of one ends that of the other, both in one make the level jump, and while its white fades it hears nothing."""


def test_a_lamp_that_freezes_while_its_white_fades_goes_down_warms_and_goes_off():
    world = evening(ZigbeeLamp("ceiling", level=200, mired=250, **IKEA))

    shown = world.lamp("ceiling").shows()
    world.run_for(seconds=2)

    assert (round(shown.level), shown.mired) == (FLOOR, 500)
    assert level(world, "ceiling") == 0
    assert not any("brightness" in body and "color_temp" in body for body in bodies(world, CEILING))
    assert {body["transition"] for body in bodies(world, CEILING) if "color_temp" in body} == {0}


@pytest.mark.parametrize("vendor", ["Innr", "Sengled"])
def test_no_lamp_is_turned_off_by_a_fade(vendor: str):
    world = evening(ZigbeeLamp("ceiling", vendor=vendor))
    world.run_for(minutes=1)

    offs = [body for body in bodies(world, CEILING) if body.get("state") == "OFF"]
    assert offs == [{"state": "OFF"}]
    assert 0 not in told(world, "brightness")


def test_a_lamp_that_lights_itself_again_after_an_off_in_mid_fade_has_its_fade_ended_first():
    world = evening(ZigbeeLamp("ceiling", vendor="Sengled"))
    world.run_for(seconds=1)

    assert bodies(world, CEILING)[-2:] == [{"brightness_move": "stop"}, {"state": "OFF"}]


def test_such_a_lamp_stays_dark_after_an_off_in_mid_fade():
    lamp = ZigbeeLamp("ceiling", level=200, vendor="Sengled", relights=True)
    world = bedroom("2026-11-22 21:59", world={"lamps": [lamp]})
    world.run_until("22:20")
    fading = lamp.level.end > world.boot

    world.press("hold")
    world.run_for(seconds=1)
    since = Since(world)
    world.run_until("06:59")

    assert fading
    assert since.brightest("ceiling") == 0


def test_a_lamp_that_would_flash_what_it_showed_last_is_lit_in_the_night_without_a_flash():
    lamp = ZigbeeLamp("bedside", flashes=True)
    world = in_night(world={"lamps": [lamp]}, breathing="{starts: press}")
    lamp.by_hand(level=254)  # while it is off: an app has given it a level
    since = Since(world)

    world.press("single")
    world.run_for(minutes=8)

    assert LEAST <= since.brightest("bedside") <= NIGHT_PEAK


def test_nothing_is_turned_on_without_saying_how_bright_and_first_at_its_least_light():
    world = in_night()
    world.press("single")
    world.run_for(minutes=3)

    lit = [body for body in bodies(world, "zigbee2mqtt/bedside/set") if body.get("state") == "ON"]
    assert [(body["brightness"], body["transition"]) for body in lit] == [(LEAST, 0)]
    assert all("brightness" in body for body in bodies(world, CEILING) if "state" in body and body["state"] != "OFF")


def test_a_white_that_the_lamp_cannot_reach_is_not_asked_of_it_and_is_no_hand():
    world = evening(ZigbeeLamp("ceiling", chatty=True, mired=260, warm=(250, 370)))

    assert max(told(world, "color_temp")) == 370
    assert world.state()["touched"] == []


def test_a_lamp_that_stops_warming_before_what_its_bridge_claims_is_no_hand():
    lamp = ZigbeeLamp("ceiling", chatty=True, mired=260, warm=(250, 500))
    world = bedroom("2026-11-22 21:59", world={"lamps": [lamp]})
    lamp.warm = (250, 370)

    world.run_until("22:44:59")

    assert world.state()["touched"] == []
    assert round(level(world, "ceiling")) == FLOOR


def test_a_lamp_that_is_dark_below_twelve_percent_is_never_told_less():
    world = evening(ZigbeeLamp("ceiling", off_at=29), lights="{ceiling: {zigbee2mqtt: ceiling, smallest: 12%}}")

    assert min(told(world, "brightness")) == 30
    assert round(level(world, "ceiling")) == 30


def test_no_fade_of_the_runway_is_longer_than_a_minute():
    world = evening(ZigbeeLamp("ceiling"))

    assert 30 <= max(told(world, "transition")) <= 60


@pytest.mark.parametrize("drags", [0.8, 1.25])
@pytest.mark.parametrize("chatty", [True, False])
def test_a_lamp_whose_fades_are_quicker_or_slower_than_asked_is_no_hand_and_down_by_bedtime(chatty: bool, drags: float):
    world = evening(ZigbeeLamp("ceiling", chatty=chatty, drags=drags))

    assert world.state()["touched"] == []
    assert level(world, "ceiling") <= FLOOR + 2
    world.run_until("22:46")
    assert level(world, "ceiling") == 0


@pytest.mark.parametrize("drags", [0.8, 1.25])
@pytest.mark.parametrize("chatty", [True, False])
def test_nor_is_it_one_on_the_quick_way_down_of_who_goes_to_bed(chatty: bool, drags: float):
    world = bedroom("2026-11-22 21:59", world={"lamps": [ZigbeeLamp("ceiling", level=250, chatty=chatty, drags=drags)]})
    world.run_until("22:05")
    world.press("single")
    world.run_for(minutes=2)

    assert world.state()["touched"] == []
    assert level(world, "ceiling") == 0


def test_a_lamp_that_says_its_goal_at_once_is_held_against_where_its_fade_should_be():
    world = evening(ZigbeeLamp("ceiling"))  # as every silent one does

    assert world.state()["touched"] == []
    assert told(world, "brightness") == sorted(told(world, "brightness"), reverse=True)
