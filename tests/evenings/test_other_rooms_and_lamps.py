"""Evenings of other rooms, and of lamps of other kinds."""

from __future__ import annotations

from itertools import pairwise

from evenings.bedroom import (
    BEDSIDE,
    CEILING,
    LEAST,
    MUTED,
    PEAK,
    PHONE,
    SPEAKER,
    Since,
    bodies,
    by_day,
    dark,
    in_breathing,
    in_runway,
    level,
    phase,
    things,
)
from world import GenericLamp, HomeAssistantLamp, JsonLamp, World, ZigbeeLamp

# ---------------------------------------------------------------- other rooms


def test_a_lamp_that_is_off_stays_off_and_does_not_breathe():
    world = by_day(world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    since = Since(world)

    world.run_until("23:30")

    assert since.brightest("bedside") == 0
    assert bodies(world, BEDSIDE) == []
    assert since.told("bedside is off")


def test_lamps_go_off_when_their_room_says():
    lights = (
        "{bedside: {zigbee2mqtt: bedside}, early: {zigbee2mqtt: early, off_at: '22:30'}, "
        "late: {zigbee2mqtt: late, off_at: breathing_end}, hall: {zigbee2mqtt: hall, off_at: never}}"
    )
    world = by_day(lights=lights)

    lit = []
    for at in ("22:29:58", "22:30:02", "22:45:02", "22:57", "06:59"):
        world.run_until(at)
        lit.append([name for name in ("early", "late", "hall") if world.lamp(name).lit])

    assert lit == [["early", "late", "hall"], ["late", "hall"], ["late", "hall"], ["hall"], ["hall"]]


def test_a_room_that_waits_for_a_press_goes_dark_at_bedtime():
    world = by_day(breathing="{starts: press}")

    world.run_until("22:46")

    assert (phase(world), dark(world)) == ("night", True)


def test_a_room_that_always_breathes_lights_its_lamp_if_another_is_on():
    world = by_day(breathing="{starts: always}", world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    since = Since(world)

    world.run_until("22:46")

    assert phase(world) == "breathing"
    assert 0 < since.brightest("bedside") <= PEAK


def test_a_room_that_always_breathes_stays_dark_where_everything_is_off():
    lamps = [ZigbeeLamp("bedside", on=False), ZigbeeLamp("ceiling", on=False)]
    world = by_day(breathing="{starts: always}", world={"lamps": lamps})
    since = Since(world)

    world.run_until("23:30")

    assert since.brightest("bedside") == since.brightest("ceiling") == 0


def test_a_room_that_rests_does_nothing_in_the_evening():
    world = by_day(enabled="false")
    since = Since(world)

    world.run_until("07:01")

    assert (since.ours(), since.ours(SPEAKER, PHONE), since.keys()) == ([], [], [])


def test_a_room_that_rests_still_hears_its_button():
    world = by_day(enabled="false")

    world.press("double")
    world.run_for(minutes=5)

    assert (phase(world), things(world)) == ("runway", MUTED)


HOME = "{topic: home/someone_in, is: 'on'}"


def test_without_anybody_at_home_there_is_no_evening():
    world = by_day(only_if=HOME)
    world.say("home/someone_in", "off", retain=True)
    since = Since(world)

    world.run_until("07:01")

    assert (since.ours(), since.ours(SPEAKER, PHONE)) == ([], [])


def test_where_nobody_knows_who_is_at_home_the_evening_goes_on():
    world = by_day(only_if=HOME)

    world.run_until("22:20")

    assert (phase(world), things(world)) == ("runway", MUTED)


def test_who_leaves_in_the_runway_does_not_end_it():
    world = in_runway(only_if=HOME)

    world.say("home/someone_in", "off", retain=True)
    world.run_until("22:50")

    assert (phase(world), things(world)) == ("breathing", MUTED)


# ---------------------------------------------------------------- other lamps


def test_a_lamp_of_the_json_schema_has_its_evening():
    world = World(_one("json/home/lamp/set"), at="2026-11-22 21:59", lamps=[JsonLamp("home/lamp/set", level=200)])
    world.run_until("22:44:59")
    least = level(world, "home/lamp/set")
    world.run_until("22:46")
    breathes = phase(world)

    world.run_until("23:30")

    assert (round(least), breathes, dark(world)) == (5, "breathing", True)


def test_a_dimmer_that_only_steps_and_says_its_level_has_its_evening():
    lamp = GenericLamp("home/switch", "home/level", state_topic="home/said", level=80)
    world = World(_one(GENERIC), at="2026-11-22 21:59", lamps=[lamp])
    world.run_until("22:44:59")
    least = level(world, "home/switch")
    world.run_until("22:46")
    breathes = phase(world)

    world.run_until("23:30")

    assert (least, breathes, dark(world)) == (2, "breathing", True)


def test_a_dimmer_that_says_nothing_is_never_lit_and_is_turned_off():
    lamp = GenericLamp("home/switch", "home/level", on=False, level=80, level_lights=True)
    world = World(_one("{generic: {on_topic: home/switch, level_topic: home/level}}"), lamps=[lamp])

    world.run_until("23:30")

    assert lamp.brightest(0) == 0


def test_a_lamp_that_only_switches_is_on_until_bedtime_and_then_off():
    lamp = GenericLamp("home/plug", None, state_topic="home/plug/said")
    quick = "{generic: {on_topic: home/plug, state_topic: home/plug/said}}"
    world = by_day(lights=f"{{bedside: zigbee2mqtt/bedside, plug: {quick}}}", world={"lamps": [lamp]})
    world.run_until("22:44")
    before = lamp.lit

    world.run_until("22:46")

    assert (before, lamp.lit) == (True, False)


def test_a_lamp_that_cannot_be_that_dark_is_never_told_to_be():
    world = in_breathing()

    world.run_until("22:56")

    assert min(body["brightness"] for body in bodies(world, BEDSIDE) if "brightness" in body) == LEAST
    assert bodies(world, CEILING)[-1] == {"state": "OFF"}


GENERIC = "{generic: {on_topic: home/switch, level_topic: home/level, state_topic: home/said}}"


def _one(light: str) -> str:
    return f"mqtt: {{host: localhost}}\nrooms:\n  bedroom:\n    bedtime: '22:45'\n    lights: {{lamp: {light}}}\n"


# ---------------------------------------------------------------- lamps of Home Assistant

TREE = "winddown/bridge/bedroom/light/lamp"


def _tree(**lamp):
    tree = HomeAssistantLamp("light.tree", TREE, level=200, **lamp)
    return World(_one("homeassistant/light.tree"), at="2026-11-22 21:59", lamps=[tree])


def test_a_lamp_of_home_assistant_has_its_evening():
    world = _tree()
    world.run_until("22:44:59")
    least, warmest = level(world, "light.tree"), world.lamp("light.tree").shows().mired
    world.run_until("22:46")
    breathes = phase(world)

    world.run_until("23:30")

    assert (round(least), round(warmest), breathes, dark(world)) == (5, 500, "breathing", True)
    requests = [sent for sent in world.trace if sent.topic == f"{TREE}/request"]
    assert all(abs(sent.data["ts"] - sent.wall) < 0.01 for sent in requests)


def test_a_lamp_of_home_assistant_that_cannot_fade_gets_small_steps():
    world = _tree(features=0)

    world.run_until("22:44:59")

    told = [body["brightness"] for body in bodies(world, f"{TREE}/request") if "brightness" in body]
    assert max(above - below for above, below in pairwise(told)) <= 3
    assert told[-1] == 5


def test_a_lamp_of_home_assistant_that_shows_a_colour_is_not_asked_for_its_white_for_ever():
    world = _tree(colour=True)

    world.run_until("22:00:30")

    assert len([body for body in bodies(world, f"{TREE}/request") if body.get("ask")]) < 5
    assert phase(world) == "runway"
