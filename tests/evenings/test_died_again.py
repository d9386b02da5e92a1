"""The daemon dies where one rarely thinks of it: in a glow, twice at once, in mid-fade. The night is dark still."""

from __future__ import annotations

from evenings.bedroom import Since, bedroom, dark, in_runway, level
from world import GenericLamp, ZigbeeLamp

PLUG = "{plug: {generic: {on_topic: home/plug, level_topic: home/plug/level}}}"


def test_dead_over_bedtime_a_lamp_too_dim_to_be_told_a_level_goes_off():
    world = in_runway(world={"lamps": [ZigbeeLamp("bedside", level=2, lies_by=-2)]})
    world.kill()
    world.run_until("22:45:20")

    world.start()
    world.run_until("23:15")

    assert dark(world)


def test_killed_in_a_glow_of_a_night_that_it_did_not_see_begin_the_lamp_goes_off():
    world = bedroom("2026-11-22 23:30", world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    world.press("double")
    world.run_for(seconds=5)
    glowed = level(world, "bedside")
    world.kill()
    world.run_for(minutes=1)

    world.start()
    world.run_for(seconds=10)

    assert (glowed, level(world, "bedside")) == (2, 0)


def test_killed_in_a_glow_after_an_early_dark_the_lamp_goes_off():
    world = bedroom("2026-11-22 19:00")
    world.command("bedroom", "dark")
    world.run_for(minutes=30)
    world.press("double")
    world.run_for(seconds=5)
    world.kill()
    world.run_for(minutes=1)

    world.start()
    world.run_for(seconds=10)

    assert dark(world)


def test_killed_in_a_glow_before_bedtime_of_a_lamp_that_was_on_it_goes_off_in_the_night():
    world = in_runway()
    world.command("bedroom", "glow")
    world.run_for(minutes=1)
    world.kill()
    world.run_until("23:10")

    world.start()
    world.run_for(seconds=20)

    assert dark(world)


def test_in_a_glow_the_room_says_how_little_light_there_is():
    world = in_runway()

    world.command("bedroom", "glow")
    world.run_for(seconds=10)

    assert (level(world, "bedside"), world.state()["lights"]["bedside"]["level"]) == (2, 1)


def test_what_is_on_in_a_night_that_it_did_not_see_begin_stays_on_over_a_restart():
    world = bedroom("2026-11-22 23:30")
    world.kill()
    world.run_for(minutes=1)

    world.start()
    world.run_for(minutes=30)

    assert world.lamp("bedside").lit


def test_killed_twice_before_a_lamp_that_says_nothing_is_told_off_it_is_told_in_the_third_life():
    world = in_runway(lights=PLUG, world={"lamps": [GenericLamp("home/plug", "home/plug/level", level=80)]})
    world.daemon.die_after(2)  # what it made of the wish and of the lamp is remembered, and nothing said
    world.command("bedroom", "dark")
    world.start()
    world.kill()
    world.run_for(minutes=5)
    before = world.lamp("home/plug").lit

    world.start()
    world.run_for(seconds=10)

    assert (before, dark(world)) == (True, True)


def test_a_lamp_that_says_nothing_and_was_told_twice_to_go_off_is_a_persons_after_a_restart():
    world = in_runway(lights=PLUG, world={"lamps": [GenericLamp("home/plug", "home/plug/level", level=80)]})
    world.command("bedroom", "dark")
    world.run_for(minutes=1)
    world.kill()
    world.lamp("home/plug").by_hand(on=True)
    world.run_for(minutes=1)

    world.start()
    world.run_for(minutes=5)

    assert world.lamp("home/plug").lit


def test_killed_in_a_quick_fade_a_lamp_that_is_held_back_right_after_is_not_raised():
    world = bedroom("2026-11-22 22:43")
    world.run_until("22:43:26")
    world.kill()
    world.run_for(seconds=14)
    world.start()
    world.run_for(seconds=1)
    since, before = Since(world), level(world, "bedside")

    world.command("bedroom", "later 40")
    world.run_for(minutes=1)

    assert since.brightest("bedside") <= before


def test_a_lamp_that_a_hand_turned_up_while_nobody_was_here_sinks_from_there():
    world = in_runway()
    world.kill()
    world.lamp("ceiling").by_hand(level=240)
    world.run_for(seconds=20)

    world.start()
    world.run_for(minutes=2)

    assert 190 < level(world, "ceiling") < 240
