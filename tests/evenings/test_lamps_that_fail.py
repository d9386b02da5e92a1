"""Lamps that never answer, and lamps that never go off."""

from __future__ import annotations

import pytest

from evenings.bedroom import BEDSIDE, CEILING, Since, bedroom, bodies, by_day, config, in_night, in_runway, phase
from world import GenericLamp, World, ZigbeeLamp

OFF = {"state": "OFF"}


def deaf(times: int = 1000) -> ZigbeeLamp:
    """Its bridge hears no answer, so it does not even say what it was told."""
    return ZigbeeLamp("ceiling", deaf_to_off=times, forgets_off=times)


def offs(world: World, topic: str = CEILING) -> list[float]:
    """When it was told to go off, in seconds after the first time."""
    told = [one.boot for one in world.ours(topic) if one.data == OFF]
    return [round(boot - told[0], 1) for boot in told]


# ---------------------------------------------------------------- never answers


def mistyped(at: str) -> World:
    """The file says `bedsid`; Zigbee2MQTT knows a `bedside`."""
    world = World(
        config(lights="{lamp: zigbee2mqtt/bedsid, ceiling: zigbee2mqtt/ceiling}"),
        at=at,
        lamps=[ZigbeeLamp("bedsid", answers="never"), ZigbeeLamp("bedside")],
    )
    world.run_for(seconds=10)
    return world


@pytest.mark.parametrize("at", ["2026-11-22 21:00", "2026-11-22 22:20", "2026-11-22 22:50"])
def test_a_lamp_that_never_answers_is_left_alone(at: str):
    world = mistyped(at)

    world.run_until("06:59")

    assert bodies(world, "zigbee2mqtt/bedsid/set") == []


def test_a_lamp_that_never_answers_is_a_problem_and_why_names_what_the_broker_knows():
    world = mistyped("2026-11-22 21:00")

    assert world.problem() == "lamp has not said what it shows"
    (why,) = [why for why in world.whys() if "bedsid) has not said" in why]
    assert "zigbee2mqtt/bedsid" in why
    assert "the broker knows bedsid, bedside, ceiling" in why


def test_a_lamp_that_never_answers_is_named_again_when_the_runway_begins():
    world = mistyped("2026-11-22 21:00")

    world.run_until("22:01")

    assert len([why for why in world.whys() if "bedsid) has not said" in why]) == 2
    assert any("lamp (zigbee2mqtt/bedsid) has not said" in log.text for _, log in world.daemon.logs)


def test_the_other_lamps_have_their_evening_beside_a_lamp_that_never_answers():
    world = mistyped("2026-11-22 21:00")

    world.run_until("22:46")

    assert (phase(world), world.lamp("ceiling").lit) == ("night", False)


def test_a_lamp_that_answers_at_last_is_no_problem_any_more():
    world = mistyped("2026-11-22 22:10")
    world.lamp("bedsid").answers = "each"  # type: ignore[attr-defined]  # a Zigbee lamp
    world.lamp("bedsid").tell_cached()  # type: ignore[attr-defined]  # the same

    world.run_for(minutes=2)

    assert world.problem() is None
    assert bodies(world, "zigbee2mqtt/bedsid/set") != []


def test_a_lamp_without_power_is_left_alone_until_it_is_back():
    world = by_day()
    world.lamp("ceiling").power_off()

    world.run_until("23:30")

    assert not world.lamp("ceiling").lit
    assert phase(world) == "night"


# ---------------------------------------------------------------- off that is never said


def test_an_off_that_is_never_said_is_told_again_at_2_5_15_30_seconds_and_then_every_5_minutes():
    world = in_runway(world={"lamps": [deaf()]})

    world.run_until("23:05")

    assert offs(world) == [0, 2, 5, 15, 30, 330, 630, 930]


def test_an_off_that_is_never_said_is_a_problem_after_the_fourth_time():
    world = in_runway(world={"lamps": [deaf()]})
    world.run_until("22:45:20")
    before = world.problem()

    world.run_until("22:45:40")

    assert (before, world.problem()) == (None, "ceiling does not say that it is off")


def test_a_lamp_that_says_that_it_is_on_for_ever_is_told_a_bounded_number_of_times_and_complained_of_once():
    world = in_runway(world={"lamps": [deaf()]})
    world.run_until("22:45:01")
    for _ in range(240):
        world.lamp("ceiling").tell_cached()  # type: ignore[attr-defined]  # a Zigbee lamp
        world.run_for(seconds=5)

    assert offs(world) == [0, 2, 5, 15, 30, 330, 630, 930]
    assert world.state()["touched"] == []
    (why,) = [why for why in world.whys() if "does not say that it is off" in why]
    assert why == "22:45 ceiling does not say that it is off, told five times; again every 5 min until wake"


def test_an_off_that_is_never_said_is_told_until_wake_and_no_longer():
    world = in_runway(world={"lamps": [deaf()]})
    world.run_until("07:01")
    told = len(offs(world))

    world.run_until("09:00")

    assert told > 90
    assert (len(offs(world)), world.problem()) == (told, None)


def test_a_machine_that_slept_tells_an_unsaid_off_once_when_it_wakes():
    world = in_runway(world={"lamps": [deaf()]})
    world.run_until("22:45:01")
    world.suspend(20)
    since = Since(world)

    world.run_for(seconds=1)

    assert since.ours(CEILING) == ['{"state":"OFF"}']
    assert len(offs(world)) == 2


def test_an_off_that_is_said_is_told_once():
    world = in_night()

    assert (offs(world), offs(world, BEDSIDE)) == ([0], [0])


def test_an_off_that_was_obeyed_in_silence_is_told_until_it_is_said():
    world = in_runway(world={"lamps": [ZigbeeLamp("ceiling", forgets_off=2)]})

    world.run_until("23:00")

    assert offs(world) == [0, 2, 5]


def test_a_lamp_that_cannot_report_is_told_twice():
    lamp = GenericLamp("home/plug", None)
    world = bedroom(
        "2026-11-22 22:30",
        lights="{bedside: zigbee2mqtt/bedside, plug: {generic: {on_topic: home/plug}}}",
        world={"lamps": [lamp]},
    )

    world.run_until("06:59")

    assert [one.payload for one in world.ours("home/plug")] == ["OFF", "OFF"]


def test_dark_is_told_again_too():
    world = in_runway(world={"lamps": [deaf(2)]})

    world.press("hold")
    world.run_for(minutes=2)

    assert (offs(world), world.lamp("ceiling").lit) == ([0, 2, 5], False)


def test_a_light_that_comes_on_after_a_said_off_is_never_fought():
    world = in_night(forgotten="never")
    world.lamp("ceiling").by_hand(on=True, level=254)
    world.run_for(seconds=1)
    since = Since(world)

    world.run_until("06:59")

    assert since.ours() == []


@pytest.mark.parametrize("after_s", [0.3, 1.0, 1.9, 3.0])
def test_a_light_that_comes_on_just_after_a_said_off_is_never_fought_either(after_s: float):
    world = in_runway()
    world.run_until("22:45:00")
    world.run_for(seconds=0.2 + after_s)
    world.lamp("ceiling").by_hand(on=True, level=254)
    world.run_for(seconds=1)

    world.run_until("23:30")

    assert world.lamp("ceiling").lit


def test_after_stop_an_off_that_was_not_said_is_not_told_again():
    world = in_runway(world={"lamps": [deaf()]})
    world.run_until("22:45:20")
    world.command("bedroom", "stop")
    since = Since(world)

    world.run_until("06:59")

    assert since.ours() == []
