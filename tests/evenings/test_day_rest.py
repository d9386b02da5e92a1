"""A rest by day: lamps, no quiet, and the evening as if nothing had been."""

from __future__ import annotations

from evenings.bedroom import CEILING, LOUD, PHONE, SPEAKER, Since, bedtime, by_noon, in_night, keys, phase, things
from world import GenericLamp, World, ZigbeeLamp


def resting(**keys: object) -> World:
    world = by_noon(**keys)
    world.press("double")
    world.run_for(seconds=5)
    return world


def test_the_lamps_sink_then_the_light_breathes_and_then_they_are_as_they_were():
    world = by_noon()
    before = {name: lamp.shows() for name, lamp in world.lamps.items()}
    world.press("double")

    phases, least = [], 254.0
    for _ in range(60):
        world.run_for(minutes=1)
        phases.append(phase(world))
        least = min(least, world.lamp("ceiling").shows().level)

    assert list(dict.fromkeys(phases)) == ["runway", "breathing", "day"]
    assert least == 5
    assert {name: lamp.shows() for name, lamp in world.lamps.items()} == before


def test_nothing_is_muted():
    world = by_noon()
    since = Since(world)

    world.press("double")
    world.run_for(minutes=70)

    assert (since.ours(SPEAKER, PHONE), things(world)) == ([], LOUD)


def test_the_evening_comes_as_if_nothing_had_been():
    world = resting()

    world.run_until("22:10")

    assert (phase(world), world.state()["origin"], bedtime(world)) == ("runway", "evening", "22:45")
    world.run_until("22:50")
    assert phase(world) == "breathing"


def test_without_a_lit_lamp_to_breathe_with_it_ends_with_the_runway():
    world = resting(world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    before = world.lamp("ceiling").history[0][1]

    world.run_for(minutes=46)

    assert (phase(world), world.lamp("bedside").lit) == ("day", False)
    assert world.lamp("ceiling").shows() == before


def test_stop_puts_the_lamps_back_and_the_evening_stays():
    world = by_noon()
    before = world.lamp("bedside").shows()
    world.press("double")
    world.run_for(minutes=20)

    world.command("bedroom", "stop")
    world.run_for(seconds=10)

    assert (phase(world), world.lamp("bedside").shows()) == ("day", before)
    world.run_until("22:10")
    assert phase(world) == "runway"


def test_dark_turns_the_lamps_off_and_the_evening_stays():
    world = resting()

    world.press("hold")
    world.run_for(minutes=2)

    assert (phase(world), world.lamp("bedside").lit, things(world)) == ("day", False, LOUD)
    world.run_until("22:10")
    assert phase(world) == "runway"


def test_a_lamp_that_a_hand_took_stays_with_the_hand():
    world = resting()
    world.run_for(minutes=20)
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(minutes=1)
    since = Since(world)

    world.run_for(minutes=45)

    assert not any("brightness" in told or "OFF" in told for told in since.ours(CEILING))
    assert world.lamp("ceiling").shows().level == 250


def test_single_in_it_releases_and_then_the_lamps_are_as_they_were():
    world = by_noon()
    before = {name: lamp.shows() for name, lamp in world.lamps.items()}
    world.press("double")
    world.run_for(minutes=20)

    world.press("single")
    world.run_for(minutes=20)

    assert phase(world) == "day"
    assert {name: lamp.shows() for name, lamp in world.lamps.items()} == before


def test_it_is_said_to_the_sleeper():
    world = resting()

    world.run_for(minutes=60)

    assert keys(world) == ["rest.begin", "breathing.begin", "rest.end"]


def test_a_restart_in_it_goes_on_with_it():
    world = by_noon()
    before = world.lamp("ceiling").shows()
    world.press("double")
    world.run_for(minutes=20)
    world.kill()
    world.run_for(seconds=20)

    world.start()
    world.run_for(minutes=1)

    assert (phase(world), world.state()["origin"]) == ("runway", "day")
    world.run_for(minutes=40)
    assert (phase(world), world.lamp("ceiling").shows()) == ("day", before)


def test_after_dark_another_rest_ends_in_the_dark():
    world = resting()
    world.run_for(minutes=5)
    world.command("bedroom", "dark")
    world.run_for(seconds=10)

    world.command("bedroom", "start")
    world.run_for(seconds=10)
    world.press("single")
    world.run_for(seconds=5)
    world.press("hold")
    world.run_for(minutes=1)

    assert [lamp.lit for lamp in world.lamps.values()] == [False] * len(world.lamps)


def test_stopped_in_its_first_second_a_release_leaves_a_lamp_that_never_says_anything_where_it_is():
    lights = "{plug: {generic: {on_topic: home/plug, level_topic: home/plug/level}}}"
    lamp = GenericLamp("home/plug", "home/plug/level", on=False, presets=True)
    world = by_noon(lights=lights, world={"lamps": [lamp]})
    world.command("bedroom", "release")
    world.run_for(seconds=0.5)

    world.command("bedroom", "stop")
    since = Since(world)
    world.run_for(minutes=1)

    assert since.ours() == []


def test_killed_in_a_release_by_day_a_lamp_that_a_hand_switched_off_in_secret_stays_off_at_its_end():
    world = by_noon()
    world.lamp("bedside").by_hand(on=False, reports=False)
    world.press("single")
    world.kill()
    world.run_for(seconds=30)

    world.start()
    world.run_for(minutes=5)

    assert (phase(world), world.lamp("bedside").lit) == ("day", False)


def test_killed_in_a_release_by_day_a_lamp_that_is_on_is_as_it_was_at_its_end():
    world = by_noon()
    before = world.lamp("bedside").shows()
    world.press("single")
    world.run_for(seconds=10)
    world.kill()
    world.run_for(seconds=30)

    world.start()
    world.run_for(minutes=5)

    assert (phase(world), world.lamp("bedside").shows()) == ("day", before)


def test_killed_in_a_release_on_the_morning_after_a_lamp_is_as_it_was_at_its_end():
    world = in_night()
    world.run_until("10:00")
    world.lamp("bedside").by_hand(on=True, level=120)
    world.run_for(minutes=5)
    before = world.lamp("bedside").shows()
    world.press("single")
    world.run_for(seconds=10)
    world.kill()
    world.run_for(seconds=30)

    world.start()
    world.run_for(minutes=5)

    assert (phase(world), world.lamp("bedside").shows()) == ("day", before)
