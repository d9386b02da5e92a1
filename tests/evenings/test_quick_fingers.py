"""One wish follows another before the lamp has said what it made of the first."""

from __future__ import annotations

import pytest

from evenings.bedroom import by_day, in_night, in_runway, phase
from evenings.chance import AnyEvening, Deed, live
from world import ZigbeeLamp


@pytest.mark.parametrize("kind", ["stepped", "zigbee", "late", "twice", "json", "dimmer"])
@pytest.mark.parametrize("gap_s", [0.01, 0.03, 0.2])
def test_a_press_right_after_dark_lights_the_lamp_as_every_press_in_the_night(kind: str, gap_s: float):
    dark_then_single = (Deed(60, "command", "dark"), Deed(gap_s, "press", "single"))

    world = live(AnyEvening(begins="21:20", lamps=(kind, "zigbee"), levels=(13, 13), deeds=dark_then_single))

    assert world.state()["touched"] == []


@pytest.mark.parametrize("kind", ["each", "once"])
def test_the_off_that_a_lamp_says_after_it_was_lit_again_is_no_hands(kind: str):
    world = in_runway(world={"lamps": [ZigbeeLamp("bedside", answers=kind)]})
    world.command("bedroom", "dark")

    world.press("single")
    world.run_for(seconds=10)

    assert (phase(world), world.state()["touched"], world.lamp("bedside").lit) == ("release", [], True)


def test_an_off_that_was_on_its_way_when_the_lamp_was_lit_is_no_hands():
    world = in_night()
    world.press("double")

    world.say("zigbee2mqtt/bedside", {"state": "OFF", "brightness": 5})
    world.run_for(seconds=10)

    assert (world.state()["touched"], world.lamp("bedside").lit) == ([], True)


def test_a_hand_that_switches_off_right_after_it_was_lit_still_wins():
    world = in_night()
    world.press("double")
    world.run_for(seconds=1)

    world.lamp("bedside").by_hand(on=False)
    world.run_for(seconds=10)

    assert (world.state()["touched"], world.lamp("bedside").lit) == (["bedside"], False)


def test_a_glow_that_a_hand_has_ended_does_not_come_back_when_lamps_are_handed_back():
    world = in_night()
    world.press("double")
    world.run_for(seconds=2)
    world.lamp("bedside").by_hand(on=False)
    world.run_for(seconds=2)

    world.command("bedroom", "start")
    world.run_for(seconds=10)

    assert not world.lamp("bedside").lit


def test_a_lamp_that_did_not_hear_its_off_is_asked_when_it_is_handed_back():
    lamp = ZigbeeLamp("ceiling", deaf_to_off=1, forgets_off=1)
    world = by_day(world={"lamps": [lamp]})
    world.command("bedroom", "dark")

    world.command("bedroom", "resume")
    world.run_for(seconds=1)

    assert world.state()["lights"]["ceiling"]["on"] is True
