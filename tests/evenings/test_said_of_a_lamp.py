"""What a person writes of a lamp counts in the evening, whatever its bridge says of it."""

from __future__ import annotations

from evenings.bedroom import bedroom, bodies, level
from world import World
from world.lamps import ZigbeeLamp

SET = "zigbee2mqtt/bedside/set"


def evening(said: str, **lamp: object) -> World:
    """A minute before the runway of a lamp of which this is said."""
    lamps = [ZigbeeLamp("bedside", level=200, mired=250, **lamp)]
    return bedroom(
        "2026-11-22 21:59", lights=f"{{bedside: {{zigbee2mqtt: bedside, {said}}}}}", button="", world={"lamps": lamps}
    )


def test_a_lamp_goes_no_lower_than_it_gives_light():
    world = evening("smallest: 8%")

    world.run_until("22:44")

    assert level(world, "bedside") >= 20
    assert min(body["brightness"] for body in bodies(world, SET) if "brightness" in body) >= 20


def test_a_lamp_goes_no_warmer_than_somebody_likes():
    world = evening("warmest: 2700 K")

    world.run_until("22:44")

    assert max(body["color_temp"] for body in bodies(world, SET) if "color_temp" in body) in range(360, 371)


def test_a_lamp_without_fades_goes_in_small_steps_that_cannot_light_it():
    world = evening("longest_fade: 0 s")

    world.run_until("22:44")

    steps = [body for body in bodies(world, SET) if "brightness" in body]
    assert len(steps) > 60
    assert {body["transition"] for body in steps} == {0}
    assert all(body["state"] is None for body in steps)


def test_level_and_white_are_told_apart_where_they_disturb_each_other():
    world = evening("together: false")

    world.run_until("22:30")

    assert not any({"brightness", "color_temp"} <= body.keys() for body in bodies(world, SET))


def test_a_lamp_that_lights_itself_again_has_its_fade_ended_before_it_is_turned_off():
    world = evening("relights: true")
    world.run_until("22:20")

    world.command("bedroom", "dark")
    world.run_for(seconds=1)

    assert bodies(world, SET)[-2:] == [{"brightness_move": "stop"}, {"state": "OFF"}]
    assert level(world, "bedside") == 0
