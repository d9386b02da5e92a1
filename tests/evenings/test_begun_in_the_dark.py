"""Something is begun in the night, and given up: what lamps were before the evening is the morning's matter alone."""

from __future__ import annotations

from evenings.bedroom import by_day, dark, in_night, in_runway, level
from world import World


def started_after_dark() -> World:
    world = in_runway()
    world.command("bedroom", "dark")
    world.run_for(minutes=5)
    world.command("bedroom", "start")
    world.run_for(seconds=30)
    return world


def test_a_stop_of_a_runway_that_was_started_after_dark_lights_nothing():
    world = started_after_dark()

    world.command("bedroom", "stop")
    world.run_for(seconds=30)

    assert dark(world)


def test_a_stop_of_a_runway_that_was_started_in_the_night_lights_nothing():
    world = in_night()
    world.command("bedroom", "start")
    world.run_for(seconds=30)

    world.command("bedroom", "stop")
    world.run_for(seconds=30)

    assert dark(world)


def test_a_stop_of_a_release_after_an_early_dark_lights_nothing():
    world = by_day()
    world.command("bedroom", "dark")
    world.run_for(minutes=5)
    world.press("single")
    world.run_for(seconds=10)
    world.command("bedroom", "next")
    world.run_for(seconds=10)

    world.command("bedroom", "stop")
    world.run_for(seconds=30)

    assert not world.lamp("ceiling").lit
    assert level(world, "bedside") <= 7


def test_a_lamp_that_a_hand_lit_in_the_night_goes_back_to_that_at_a_stop_of_what_was_started_then():
    world = in_night()
    world.lamp("ceiling").by_hand(on=True, level=90)
    world.run_for(minutes=1)
    world.command("bedroom", "start")
    world.run_for(minutes=20)
    sunk = level(world, "ceiling")

    world.command("bedroom", "stop")
    world.run_for(seconds=10)

    assert sunk < 60
    assert level(world, "ceiling") == 90


def test_in_the_morning_it_is_as_it_was_before_the_evening_though_the_runway_was_started_again():
    world = by_day()
    before = level(world, "ceiling")
    world.run_until("23:30")
    world.command("bedroom", "start")
    world.run_until("08:00")

    world.lamp("ceiling").by_hand(on=True)
    world.run_for(seconds=1)

    assert level(world, "ceiling") == before


def test_a_level_that_a_hand_gave_in_a_night_that_was_begun_again_counts_in_the_morning():
    world = by_day()
    world.run_until("23:30")
    world.command("bedroom", "start")
    world.run_until("02:00")
    world.lamp("ceiling").by_hand(on=True, level=60)
    world.run_for(minutes=1)
    world.lamp("ceiling").by_hand(on=False)
    world.run_until("08:00")

    world.lamp("ceiling").by_hand(on=True)
    world.run_for(seconds=5)

    assert level(world, "ceiling") == 60
