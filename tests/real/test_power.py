"""Lamps that lose their power and get it back, which is a wall switch: in the runway, and in the night."""

from __future__ import annotations

from itertools import pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {
    "lamp_tuya": {"on": True, "level": 220, "color_temp": 250},
    "lamp_ikea": {"on": True, "level": 200, "color_temp": 300},
    "lamp_hue": {"on": True, "level": 230, "color_temp": 250},
    "lamp_innr": {"on": True, "level": 180},
}
RUNWAY_S, STEPS = 26.0, 5
STEP_S = RUNWAY_S / STEPS
FLOOR, WARMEST = 5, 500
"""2 % of 254, and the warmest of lamp_hue."""


@pytest.fixture(scope="module")
def evening(lab, tmp_path_factory):
    """When each lamp lost its power and got it back."""
    lab.tidy(**LAMPS)
    times = {}
    with bedroom(lab, tmp_path_factory.mktemp("power"), {"bedroom": room(*LAMPS)}, runway_s=RUNWAY_S) as one:
        begun = one.phase("runway")
        one.pass_until(begun + 0.5 * STEP_S)
        times["cut"] = lab.cut("lamp_hue")
        one.pass_until(begun + 2.5 * STEP_S)
        times["back"] = lab.power("lamp_hue", on=True, level=254, color_temp=366)
        one.phase("breathing")
        lab.witness.say("winddown/bedroom/command", "dark")
        one.pass_until(one.phase("night") + 2)
        lab.cut("lamp_hue")
        times["feet"] = lab.power("lamp_hue", on=True, level=254, color_temp=366)
        one.pass_until(times["feet"] + 8)
        for name in ("lamp_innr", "lamp_tuya"):
            lab.cut(name)
        times["grid"] = lab.power("lamp_innr", on=True, level=254)
        lab.power("lamp_tuya", on=True, level=254, color_temp=300)
        one.pass_until(times["grid"] + 9)
    return one, times


def test_a_lamp_that_comes_back_in_the_runway_gets_the_present_level(lab, evening):
    """What was sent to it while it had no power may hold it up: Zigbee2MQTT tries each for 3 s."""
    _, times = evening
    at = {"since": times["back"] + 6, "until": times["back"] + 6.2}

    assert lab.looks("lamp_hue", **at)[0].light <= lab.looks("lamp_tuya", **at)[0].light + 0.05 * 254


def test_it_sinks_from_there_to_the_floor_and_never_rises(lab, evening):
    one, times = evening
    looks = lab.looks("lamp_hue", since=times["back"] + 0.2, until=one.phase("breathing") - 0.5)

    assert all(before.light >= after.light for before, after in pairwise(looks))
    assert looks[-1].light <= FLOOR + 3


def test_the_others_go_on_as_if_nothing_was(lab, evening):
    one, times = evening
    for name in ("lamp_innr", "lamp_tuya", "lamp_ikea"):
        frames = lab.moves(name, since=times["cut"], until=one.phase("breathing") - 0.5)
        assert len([frame for frame in frames if frame.command == "moveToLevel"]) == STEPS - 1


def test_feet_on_the_floor_in_the_night_find_the_least_and_warmest_light_within_a_second(lab, evening):
    _, times = evening
    looks = lab.looks("lamp_hue", since=times["feet"] + 1.0, until=times["feet"] + 8)

    assert {look.on for look in looks} == {True}
    assert max(look.light for look in looks) <= FLOOR
    assert {look.mired for look in looks} == {WARMEST}


@pytest.mark.parametrize("lamp", ["lamp_innr", "lamp_tuya"])
def test_two_lamps_that_come_back_together_in_the_night_are_a_power_cut_and_go_off(lab, evening, lamp):
    _, times = evening
    looks = lab.looks(lamp, since=times["grid"] + 8.5)

    assert looks
    assert {look.on for look in looks} == {False}


@pytest.fixture(scope="module")
def unnoticed(lab, tmp_path_factory):
    """No power for half a runway, and Zigbee2MQTT, whose pings are minutes apart, does not know it."""
    lab.tidy(**{name: LAMPS[name] for name in ("lamp_hue", "lamp_tuya")})
    times = {}
    rooms = {"bedroom": room("lamp_hue", "lamp_tuya")}
    with bedroom(lab, tmp_path_factory.mktemp("unnoticed"), rooms, runway_s=60) as one:
        begun = one.phase("runway")
        one.pass_until(begun + 2)
        times["cut"] = lab.cut("lamp_hue", "timeout")
        times["given up"] = one.until(
            "no answer", lambda state: "does not answer" in (state["problem"] or ""), within_s=50
        )
        one.pass_until(times["given up"] + 8)
        times["back"] = lab.power("lamp_hue", on=True, level=254, color_temp=366)
        one.pass_until(times["back"] + 12)
    return one, times


def test_a_lamp_that_hears_nothing_is_told_no_more_steps(lab, unnoticed):
    _, times = unnoticed
    told = lab.witness.on("zigbee2mqtt/lamp_hue/set", since=times["cut"], until=times["back"])

    assert 1 <= len(told) <= 3
    assert told[-1].t < times["given up"] + 0.5


def test_it_joins_the_others_when_its_bridge_has_done_with_what_it_was_told_before(lab, unnoticed):
    one, times = unnoticed
    hue, tuya = (lab.looks(name, since=times["back"] + 11)[0].light for name in ("lamp_hue", "lamp_tuya"))

    assert hue <= tuya + 0.05 * 254
    assert one.state()["problem"] is None
    assert one.state()["touched"] == []
