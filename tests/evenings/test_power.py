"""Lamps that come on by themselves: a wall switch, a power cut, an alarm; lamps and bridges that are away."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    BEDSIDE,
    CEILING,
    FLOOR,
    LEAST,
    LOUD,
    PEAK,
    Since,
    bedroom,
    in_breathing,
    in_night,
    in_runway,
    level,
    phase,
    things,
)
from world import ZigbeeLamp


def test_a_lamp_that_comes_back_alone_in_the_night_gives_the_least_light_and_goes_off_after_ten_minutes():
    world = in_night()
    world.lamp("ceiling").power_off()
    world.run_for(minutes=1)

    world.lamp("ceiling").power_on()
    world.run_for(seconds=1)
    soon = level(world, "ceiling")
    world.run_for(minutes=9, seconds=50)
    later = level(world, "ceiling")
    world.run_for(seconds=20)

    assert (soon, later, level(world, "ceiling")) == (LEAST, LEAST, 0)
    assert any("has its power back" in why for why in world.whys())


def test_a_lamp_that_a_hand_turned_up_after_its_power_came_back_stays_on():
    world = in_night(forgotten="never")
    world.lamp("ceiling").power_off()
    world.run_for(minutes=1)
    world.lamp("ceiling").power_on()
    world.run_for(seconds=20)

    world.lamp("ceiling").by_hand(level=120)
    world.run_for(minutes=20)

    assert level(world, "ceiling") == 120


def test_two_lamps_that_come_back_together_in_the_night_were_a_power_cut_and_go_off():
    world = in_night()
    for name in ("bedside", "ceiling"):
        world.lamp(name).power_off()
    world.run_for(minutes=1)

    world.lamp("bedside").power_on()
    world.run_for(seconds=4)
    world.lamp("ceiling").power_on()
    world.run_for(seconds=5)

    assert (level(world, "bedside"), level(world, "ceiling")) == (0, 0)
    assert any("power cut" in why for why in world.whys())


def test_two_lamps_that_come_back_eleven_seconds_apart_were_each_a_wall_switch():
    world = in_night()
    for name in ("bedside", "ceiling"):
        world.lamp(name).power_off()
    world.run_for(minutes=1)

    world.lamp("bedside").power_on()
    world.run_for(seconds=11)
    world.lamp("ceiling").power_on()
    world.run_for(seconds=5)

    assert (level(world, "bedside"), level(world, "ceiling")) == (LEAST, LEAST)
    assert not any("power cut" in why for why in world.whys())


def test_a_lamp_and_its_bridge_that_come_back_together_were_a_power_cut():
    world = in_night()
    world.lamp("ceiling").power_off()
    world.bridges["zigbee2mqtt"].dies()
    world.run_for(minutes=2)

    world.bridges["zigbee2mqtt"].starts()
    world.lamp("ceiling").power_on()
    world.run_for(seconds=5)

    assert level(world, "ceiling") == 0


def test_a_lamp_that_comes_back_in_the_runway_joins_the_others_within_a_second():
    world = in_runway()
    world.lamp("ceiling").power_off()
    world.run_for(seconds=8)  # what is sent to a lamp without power keeps its bridge busy for ten seconds

    world.lamp("ceiling").power_on()
    world.run_for(seconds=1)

    assert level(world, "ceiling") == pytest.approx(level(world, "bedside"), abs=3)
    assert world.state()["touched"] == []


def test_two_lamps_that_others_turn_on_brightly_in_the_night_are_an_alarm():
    world = in_night()
    world.lamp("bedside").by_hand(on=True, level=254)
    world.run_for(seconds=2)
    world.lamp("ceiling").by_hand(on=True, level=254)
    world.run_for(seconds=2)
    since = Since(world)

    world.run_until("06:59")

    assert since.ours(BEDSIDE, CEILING) == []
    assert things(world) == LOUD
    assert any("an alarm?" in why for why in world.whys())


def test_after_an_alarm_a_press_counts_again():
    world = in_night()
    for name in ("bedside", "ceiling"):
        world.lamp(name).by_hand(on=True, level=254)
    world.run_for(seconds=10)

    world.press("hold")
    world.run_for(seconds=5)

    assert (level(world, "bedside"), level(world, "ceiling")) == (0, 0)


@pytest.mark.parametrize(("at", "apart_s"), [(90, 0), (202, 0), (254, 6)])
def test_two_lamps_turned_on_less_brightly_or_not_at_once_are_no_alarm(at: int, apart_s: float):
    """80 % of 254 are 203.2."""
    world = in_night()
    for name in ("bedside", "ceiling"):
        world.lamp(name).by_hand(on=True, level=at)
        world.run_for(seconds=apart_s)
    world.run_for(seconds=10)

    assert not any("alarm" in why for why in world.whys())


@pytest.mark.parametrize(("at", "apart_s"), [(204, 0), (254, 4)])
def test_an_alarm_begins_at_80_percent_and_within_five_seconds(at: int, apart_s: float):
    world = in_night()
    for name in ("bedside", "ceiling"):
        world.lamp(name).by_hand(on=True, level=at)
        world.run_for(seconds=apart_s)
    world.run_for(seconds=2)

    assert any("an alarm?" in why for why in world.whys())


def test_an_alarm_also_comes_to_lamps_that_a_hand_had_taken_before():
    world = in_runway()
    for name in ("bedside", "ceiling"):
        world.lamp(name).by_hand(on=False)
    world.run_until("23:30")

    for name in ("bedside", "ceiling"):
        world.lamp(name).by_hand(on=True, level=254)
    world.run_for(seconds=2)

    assert world.state()["quiet"] is False
    assert any("an alarm?" in why for why in world.whys())


def test_an_alarm_that_flashes_the_lamps_is_told_of_once():
    world = in_night()
    for _ in range(10):
        for on in (True, False):
            for command in (BEDSIDE, CEILING):
                world.say(command, {"state": "ON", "brightness": 254} if on else {"state": "OFF"})
            world.run_for(seconds=2)

    assert sum("an alarm?" in why for why in world.whys()) == 1


def test_lamps_that_a_hand_took_and_their_bridge_remembers_as_on_are_no_alarm():
    world = in_runway()
    for name in ("bedside", "ceiling"):
        world.lamp(name).by_hand(level=250)
        world.lamp(name).by_hand(on=False)
    world.run_until("23:30")
    for lamp in world.bridges["zigbee2mqtt"].lamps:
        lamp.says["state"] = "ON"

    world.bridges["zigbee2mqtt"].dies()
    world.run_for(seconds=5)
    world.bridges["zigbee2mqtt"].starts()
    world.run_for(seconds=20)

    assert not any("an alarm?" in why for why in world.whys())


def test_an_app_that_turns_two_lamps_on_brightly_is_an_alarm_before_they_have_said_so():
    world = in_night(world={"lamps": [ZigbeeLamp(name, echoes=False) for name in ("bedside", "ceiling")]})

    for command in (BEDSIDE, CEILING):
        world.say(command, {"state": "ON", "brightness": 254})
    world.run_for(seconds=0.1)

    assert any("an alarm?" in why for why in world.whys())


def test_a_lamp_that_is_away_is_told_nothing_and_the_present_when_it_is_back():
    world = in_runway()
    world.lamp("ceiling").unavailable()
    world.run_for(seconds=2)
    since = Since(world)
    world.run_for(minutes=5)
    meanwhile = since.ours(CEILING)

    world.say("zigbee2mqtt/ceiling/availability", {"state": "online"}, retain=True)
    world.run_for(seconds=3)

    assert meanwhile == []
    assert level(world, "ceiling") == pytest.approx(level(world, "bedside"), abs=4)


def test_a_bridge_that_is_gone_is_said_and_gets_the_present_when_it_is_back():
    world = in_runway()
    world.bridges["zigbee2mqtt"].dies()
    world.run_for(seconds=2)
    said = world.state()["problem"]
    since = Since(world)
    world.run_for(minutes=5)
    meanwhile = since.ours(BEDSIDE, CEILING)

    world.bridges["zigbee2mqtt"].starts()
    world.run_for(minutes=1)

    assert "is gone" in said
    assert meanwhile == []
    assert since.ours(BEDSIDE)
    assert (world.state()["problem"], world.state()["touched"]) == (None, [])


def test_a_bridge_that_is_back_in_a_breath_goes_on_with_the_beat():
    world = in_breathing()
    world.bridges["zigbee2mqtt"].dies()
    world.run_for(seconds=15)
    world.bridges["zigbee2mqtt"].starts()
    since = Since(world)

    world.run_for(seconds=30)

    assert phase(world) == "breathing"
    assert len(since.ours(BEDSIDE)) >= 3


def test_a_light_of_home_assistant_that_was_left_behind_joins_the_others_when_it_is_back():
    world = bedroom("2026-11-22 21:59", lights="[zigbee2mqtt/bedside, homeassistant/light.shelf]")
    world.run_until("22:20")
    world.say("homeassistant/status", "offline", retain=True)
    world.run_for(minutes=8)

    world.say("homeassistant/status", "online", retain=True)
    world.run_for(seconds=20)

    shelf, bedside = world.lamp("light.shelf"), world.lamp("bedside")
    assert world.state()["touched"] == []
    assert shelf.shows().level / shelf.scale == pytest.approx(bedside.shows().level / bedside.scale, abs=0.03)


def test_a_lamp_without_power_that_nobody_noticed_is_asked_only_and_named_and_joins_the_others_when_it_is_back():
    world = in_runway()
    world.lamp("ceiling").power_off()
    since = Since(world)
    world.run_until("22:40")
    told, said = len(since.ours(CEILING)), world.problem()

    world.lamp("ceiling").power_on()
    world.run_for(seconds=32)  # its bridge is at a question yet

    assert told <= 3
    assert said == "ceiling does not answer; has it power?"
    assert level(world, "ceiling") == pytest.approx(level(world, "bedside"), abs=4)
    assert world.problem() is None


def test_a_breathing_lamp_without_power_is_not_sent_a_night_of_breaths():
    world = in_runway()
    world.run_until("22:46")
    world.lamp("bedside").power_off()
    since = Since(world)
    world.run_for(minutes=3)
    meanwhile = len(since.ours(BEDSIDE))

    world.lamp("bedside").power_on()
    world.run_for(seconds=32)
    back = Since(world)
    world.run_for(seconds=20)

    assert meanwhile <= 8
    assert len(back.ours(BEDSIDE)) >= 3
    assert level(world, "bedside") <= PEAK


def test_a_lamp_that_answers_no_question_but_says_what_it_was_told_goes_on():
    world = bedroom("2026-11-22 21:59", world={"lamps": [ZigbeeLamp("ceiling", answers="never")]})
    world.lamp("ceiling").by_hand(level=180)

    world.run_until("22:44:59")

    assert round(level(world, "ceiling")) == FLOOR
    assert world.problem() is None


def test_a_lamp_that_answers_but_does_not_say_what_it_is_told_breathes_every_breath():
    world = in_runway(world={"lamps": [ZigbeeLamp("bedside", echoes=False), ZigbeeLamp("ceiling")]})
    world.run_until("22:50:30")
    since = Since(world)

    world.run_for(minutes=2)

    assert len(since.ours(BEDSIDE)) == 24
    assert world.problem() is None
