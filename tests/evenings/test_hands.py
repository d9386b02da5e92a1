"""Hands on lamps: those that report, and those that tell nobody."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    CEILING,
    Since,
    bedroom,
    by_day,
    in_breathing,
    in_night,
    in_runway,
    level,
    phase,
)
from world import World, ZigbeeLamp


def touched(world: World) -> list[str]:
    named: list[str] = world.state()["touched"]
    return named


# ---------------------------------------------------------------- off


@pytest.mark.parametrize("chatty", [True, False])
@pytest.mark.parametrize("reports", [True, False])
def test_a_lamp_that_a_hand_switched_off_in_the_runway_stays_off(reports: bool, chatty: bool):
    world = in_runway(world={"lamps": [ZigbeeLamp("bedside", chatty=chatty), ZigbeeLamp("ceiling", chatty=chatty)]})
    for lamp in world.lamps.values():
        lamp.by_hand(on=False, reports=reports)
    world.run_for(seconds=1)
    since = Since(world)

    world.run_until("06:59")

    assert since.brightest("bedside") == since.brightest("ceiling") == 0


@pytest.mark.parametrize("reports", [True, False])
def test_a_lamp_that_a_hand_switched_off_in_a_breath_stays_off(reports: bool):
    world = in_breathing()
    world.run_for(seconds=1)
    world.lamp("bedside").by_hand(on=False, reports=reports)
    world.run_for(seconds=1)
    since = Since(world)

    world.run_until("06:59")

    assert since.brightest("bedside") == 0


def test_a_lamp_that_a_hand_switched_off_is_named():
    world = in_runway()

    world.lamp("ceiling").by_hand(on=False)
    world.run_for(seconds=2)

    assert touched(world) == ["ceiling"]
    assert any("ceiling is yours: you turned it off" in why for why in world.whys())


def test_the_wall_switch_is_a_hand_too():
    world = in_runway()
    world.lamp("ceiling").power_off()
    world.run_for(minutes=3)
    world.lamp("ceiling").power_on()
    world.run_for(seconds=20)
    since = Since(world)

    world.run_for(minutes=5)

    assert since.brightest("ceiling") <= 254


# ---------------------------------------------------------------- darker


@pytest.mark.parametrize("chatty", [True, False])
@pytest.mark.parametrize("reports", [True, False])
def test_a_lamp_that_a_hand_dimmed_is_never_raised_again(reports: bool, chatty: bool):
    world = in_runway(world={"lamps": [ZigbeeLamp("ceiling", chatty=chatty)]})
    world.lamp("ceiling").by_hand(level=20, reports=reports)
    world.run_for(seconds=0.1)
    since = Since(world)

    world.run_until("06:59")

    assert since.brightest("ceiling") <= 20


def test_a_lamp_that_a_hand_dimmed_without_telling_is_found_out_at_the_next_step_and_left_at_that():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=20, reports=False)

    world.run_until("22:44:59")

    assert (level(world, "ceiling"), touched(world)) == (20, ["ceiling"])


# ---------------------------------------------------------------- brighter


def test_a_lamp_that_a_hand_turned_brighter_is_left_at_that():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(seconds=1)
    since = Since(world)

    world.run_until("22:55")

    assert level(world, "ceiling") == 250
    assert not any("brightness" in told or "OFF" in told for told in since.ours(CEILING))
    assert touched(world) == ["ceiling"]


def test_a_lamp_that_is_turned_up_in_mid_fade_is_left_at_that_also_below_where_its_fade_began():
    turned_up_in_mid_fade()


@pytest.mark.parametrize("bad", [{"late_s": 1.0}, {"duplicates": True}])
def test_and_so_is_one_that_tells_it_late_or_twice(bad: dict[str, float]):
    turned_up_in_mid_fade(**bad)


def turned_up_in_mid_fade(**bad: float) -> None:
    world = bedroom("2026-11-22 22:00", world={"lamps": [ZigbeeLamp("ceiling", chatty=True, level=250, **bad)]})
    world.run_for(seconds=5)
    world.press("single")  # to bed: all the way down in 30 s
    world.run_for(seconds=18)

    world.lamp("ceiling").by_hand(level=200)
    world.run_for(seconds=2)

    assert (level(world, "ceiling"), touched(world)) == (200, ["ceiling"])


@pytest.mark.parametrize("bad", [{}, {"late_s": 1.5}, {"duplicates": True}, {"late_s": 3.0, "duplicates": True}])
def test_what_a_lamp_says_of_a_long_way_down_is_no_hand(bad: dict[str, float]):
    world = bedroom("2026-11-22 22:00", world={"lamps": [ZigbeeLamp("ceiling", chatty=True, level=250, **bad)]})
    world.run_for(seconds=5)
    world.press("single")

    world.run_for(minutes=2)

    assert (level(world, "ceiling"), touched(world)) == (0, [])


def test_a_pacing_lamp_that_a_hand_turned_brighter_does_not_breathe():
    world = in_runway()
    world.lamp("bedside").by_hand(level=250)
    world.run_until("22:50")

    assert (phase(world), level(world, "bedside")) == ("night", 250)
    assert any("bedside is yours, so it does not breathe" in why for why in world.whys())


def test_a_lamp_that_a_hand_switched_on_in_the_night_stays_on():
    world = in_night(forgotten="never")
    world.lamp("bedside").by_hand(on=True, level=200)
    world.run_for(seconds=1)
    since = Since(world)

    world.run_until("06:59")

    assert (level(world, "bedside"), since.ours()) == (200, [])


def test_a_lamp_that_a_hand_switched_on_after_a_stop_outlasts_a_breathing():
    world = in_breathing()
    world.command("bedroom", "stop")
    world.run_for(minutes=30)
    world.lamp("ceiling").by_hand(on=True, level=200)
    world.run_for(minutes=1)

    world.command("bedroom", "breathe")
    world.run_for(minutes=10)

    assert (phase(world), level(world, "ceiling")) == ("night", 200)


def test_a_lamp_that_an_app_turned_brighter_is_a_persons():
    world = in_runway()

    world.say(CEILING, {"brightness": 250})
    world.run_until("22:50")

    assert level(world, "ceiling") == 250


def test_what_an_app_asks_of_a_lamp_counts_before_the_lamp_has_said_anything():
    world = in_runway(world={"lamps": [ZigbeeLamp("ceiling", echoes=False, answers="never")]})
    world.say("zigbee2mqtt/ceiling", {"state": "ON", "brightness": round(level(world, "ceiling"))})
    said = len(world.sent("zigbee2mqtt/ceiling"))

    world.say(CEILING, {"brightness": 250})
    world.run_for(seconds=0.1)

    assert touched(world) == ["ceiling"]
    assert len(world.sent("zigbee2mqtt/ceiling")) == said


# ---------------------------------------------------------------- the band


INSIDE = [("level", 12), ("level", -12), ("mired", 40), ("mired", -40)]
"""5 % of 254 are 12.7 steps."""
OUTSIDE = [("level", 13), ("level", -13), ("mired", 41), ("mired", -50)]
"""Cooler than where its last fade began: some lamps never reach the white that they are told."""


def moved(what: str, by: float) -> World:
    """A lamp that stood still, two seconds after a hand has moved it by so much."""
    world = in_runway()
    world.command("bedroom", "later")
    world.run_for(minutes=2)
    shown = getattr(world.lamp("ceiling").shows(), what)
    world.lamp("ceiling").by_hand(**{what: round(shown) + by})
    world.run_for(seconds=2)
    return world


@pytest.mark.parametrize(("what", "by"), INSIDE)
def test_what_is_one_step_inside_the_band_is_never_a_hand(what: str, by: int):
    world = moved(what, by)
    world.run_for(minutes=10)

    assert touched(world) == []


@pytest.mark.parametrize(("what", "by"), OUTSIDE)
def test_what_is_one_step_outside_of_it_is_a_hand_within_two_seconds(what: str, by: int):
    assert touched(moved(what, by)) == ["ceiling"]


def test_a_lamp_that_was_lit_by_hand_in_the_runway_is_left_alone():
    world = in_runway(world={"lamps": [ZigbeeLamp("ceiling", on=False)]})

    world.lamp("ceiling").by_hand(on=True, level=200)
    world.run_until("22:50")

    assert (level(world, "ceiling"), touched(world)) == (200, ["ceiling"])


# ---------------------------------------------------------------- warmth


def test_who_made_a_lamp_cooler_before_its_warmth_was_told_keeps_it_too():
    world = by_day(world={"lamps": [ZigbeeLamp("ceiling", level=250, mired=499)]})
    world.run_until("22:01")
    world.lamp("ceiling").by_hand(mired=160)
    world.run_for(seconds=1)

    world.run_until("22:44")

    assert world.lamp("ceiling").shows().mired == 160


def test_who_made_a_lamp_cooler_keeps_its_warmth_while_its_level_goes_on_down():
    world = in_runway()
    world.lamp("ceiling").by_hand(mired=160)
    world.run_for(seconds=1)
    since = Since(world)

    world.run_until("22:44:59")

    assert world.lamp("ceiling").shows().mired == 160
    assert round(level(world, "ceiling")) == 5
    assert not any("color_temp" in told for told in since.ours(CEILING))
