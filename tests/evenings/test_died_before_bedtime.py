"""The daemon dies before it has said the OFFs of a night, and comes back in it: what it had in hand still goes off."""

from __future__ import annotations

import pytest

from evenings.bedroom import MUTED, dark, in_breathing, in_night, in_runway, level, phase, things
from world import ZigbeeLamp
from world.world import World


def dead_over_bedtime(until: str, **keys: object) -> World:
    world = in_runway(**keys)
    world.run_until("22:40")
    world.kill()
    world.run_until(until)
    return world


@pytest.mark.parametrize("until", ["22:50", "23:30", "04:00"])
@pytest.mark.parametrize("keys", [{}, {"lights": "[json/home/bedside/set, json/home/ceiling/set]"}], ids=["z", "json"])
def test_dead_over_bedtime_no_lamp_stays_on(until: str, keys: dict[str, str]):
    world = dead_over_bedtime(until, **keys)

    world.start()
    world.run_for(minutes=12)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


@pytest.mark.parametrize("keys", [{}, {"breathing": "{starts: press}"}], ids=["breathes", "waits for a press"])
def test_back_in_the_last_second_before_bedtime_no_lamp_stays_on(keys: dict[str, str]):
    world = in_runway(**keys)
    world.run_until("22:44")
    world.kill()
    world.run_until("22:44:59")

    world.start()
    world.run_for(minutes=12)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_a_lamp_that_answers_late_goes_off_too():
    world = in_runway(world={"lamps": [ZigbeeLamp(name, late_s=1.5) for name in ("bedside", "ceiling")]})
    world.kill()
    world.run_until("23:30")

    world.start()
    world.run_for(seconds=8)

    assert dark(world)


def test_a_lamp_below_its_floor_that_was_never_told_anything_goes_off_too():
    world = in_runway(world={"lamps": [ZigbeeLamp("ceiling", level=3)]})
    world.kill()
    world.run_until("23:30")

    world.start()
    world.run_for(seconds=8)

    assert dark(world)


def test_dead_over_bedtime_the_lamp_of_the_breathing_breathes_and_the_other_goes_off_at_once():
    world = dead_over_bedtime("22:50")

    world.start()
    world.run_for(seconds=8)

    assert (phase(world), level(world, "ceiling"), level(world, "bedside") > 0) == ("breathing", 0, True)


def test_killed_in_the_breathing_a_lamp_that_is_to_go_off_at_its_end_does():
    lights = "{bedside: zigbee2mqtt/bedside, ceiling: {zigbee2mqtt: ceiling, off_at: breathing_end}}"
    world = in_breathing(lights=lights)
    world.kill()
    world.run_for(seconds=20)

    world.start()
    world.run_for(seconds=20)
    during = world.lamp("ceiling").lit
    world.run_until("23:00")

    assert (during, dark(world)) == (True, True)


def test_killed_in_the_night_a_lamp_that_is_to_go_off_by_the_clock_does():
    lights = '{bedside: zigbee2mqtt/bedside, ceiling: {zigbee2mqtt: ceiling, off_at: "23:45"}}'
    world = in_night(lights=lights)
    world.kill()
    world.run_for(seconds=20)

    world.start()
    world.run_until("23:44")
    before = world.lamp("ceiling").lit
    world.run_until("23:46")

    assert (before, dark(world)) == (True, True)


def test_a_lamp_that_is_never_to_go_off_stays():
    lights = "{bedside: zigbee2mqtt/bedside, ceiling: {zigbee2mqtt: ceiling, off_at: never}}"
    world = dead_over_bedtime("23:30", lights=lights)

    world.start()
    world.run_for(minutes=2)

    assert (world.lamp("bedside").lit, world.lamp("ceiling").lit) == (False, True)


@pytest.mark.parametrize("reports", [True, False])
def test_a_lamp_that_a_hand_turned_up_meanwhile_is_left_alone(reports: bool):
    world = dead_over_bedtime("23:30")
    world.lamp("ceiling").by_hand(level=180, reports=reports)
    world.run_for(minutes=1)

    world.start()
    world.run_for(minutes=30)

    assert (level(world, "ceiling"), world.state()["touched"]) == (180, ["ceiling"])


def test_a_lamp_that_a_hand_has_lit_in_the_night_is_left_alone_over_a_restart():
    world = in_night()
    world.kill()
    world.lamp("ceiling").by_hand(on=True, level=4)
    world.run_for(minutes=1)

    world.start()
    world.run_for(minutes=30)

    assert world.lamp("ceiling").lit


def test_a_lamp_that_gets_its_power_in_the_night_is_left_alone():
    world = in_runway()
    world.lamp("ceiling").power_off()
    world.kill()
    world.run_until("23:30")
    world.start()
    world.run_for(minutes=5)

    world.lamp("ceiling").power_on()
    world.run_for(seconds=20)

    assert world.lamp("ceiling").lit


def test_after_a_stop_no_restart_turns_a_lamp_off():
    world = in_runway()
    world.command("bedroom", "stop")
    world.run_for(seconds=10)
    world.kill()
    world.run_until("23:30")

    world.start()
    world.run_for(minutes=5)

    assert world.lamp("ceiling").lit
