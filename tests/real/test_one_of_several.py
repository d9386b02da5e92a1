"""A device with two lamps, in one bedroom: hands on one, the power of both. Whole evenings of each: test_evening.py."""

from __future__ import annotations

from itertools import pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {"gang_l1": {"on": True, "level": 230}, "gang_l2": {"on": True, "level": 180}}
RUNWAY_S, STEPS = 26.0, 5
STEP_S = RUNWAY_S / STEPS
HANDS_OFF_S = 2.0


@pytest.fixture(scope="module")
def evening(lab, tmp_path_factory):
    """When an app turned one up, when the other was switched off without a word, and when both had power again."""
    lab.tidy(**LAMPS)
    times = {}
    with bedroom(lab, tmp_path_factory.mktemp("several"), {"bedroom": room(*LAMPS)}, runway_s=RUNWAY_S) as one:
        begun = one.phase("runway")
        one.pass_until(begun + 1.5 * STEP_S)
        times["app"] = lab.witness.say("zigbee2mqtt/gang/set", {"brightness_l2": 210})
        one.pass_until(begun + 4 * STEP_S - 0.2)
        times["off"] = lab.hand("gang_l1", report=False, on=False)
        one.phase("night")
        lab.witness.say("winddown/bedroom/command", "dark")
        one.until(
            "both off", lambda state: not any(light["on"] for light in state["lights"].values()), since=times["off"]
        )
        one.pass_until(lab.now() + 3)  # what comes sooner may be the tail of a fade, and is asked about
        times["dark"] = lab.now()
        lab.cut("gang_l1")
        times["power"] = lab.power("gang_l1", on=True, level=254)
        one.pass_until(times["power"] + 9)
    return one, times


def test_what_an_app_tells_the_device_is_seen_within_two_seconds_and_of_the_lamp_that_it_names(lab, evening):
    one, times = evening
    told = one.until("touched", lambda state: state["touched"], since=times["app"])

    assert told < times["app"] + HANDS_OFF_S
    assert one.said("bedroom", lambda state: state["touched"])["touched"] == ["gang_l2"]
    assert {look.light for look in lab.looks("gang_l2", since=times["app"] + 0.5, until=times["off"])} == {210}
    assert any("gang_l2 is yours: you set it to 83 %" in why for why in one.whys())


def test_the_other_goes_on_down(lab, evening):
    one, times = evening
    frames = lab.moves("gang_l1", since=one.phase("runway") - 0.5, until=times["off"])
    looks = lab.looks("gang_l1", since=one.phase("runway"), until=times["off"] - 0.1)

    assert len([frame for frame in frames if frame.command == "moveToLevel"]) == STEPS - 1
    assert all(before.light >= after.light for before, after in pairwise(looks))
    assert looks[-1].light < 60


def test_switched_off_without_a_word_just_before_a_step_it_stays_off(lab, evening):
    _, times = evening

    assert lab.moves("gang_l1", since=times["off"], until=times["off"] + 2)  # the step that did not know
    assert {look.on for look in lab.looks("gang_l1", since=times["off"] + 0.2, until=times["dark"])} == {False}


@pytest.mark.parametrize("lamp", LAMPS)
def test_both_back_from_a_power_cut_in_the_night_go_off(lab, evening, lamp):
    _, times = evening
    looks = lab.looks(lamp, since=times["power"] + 8.5)

    assert looks
    assert {look.on for look in looks} == {False}
    assert {look.on for look in lab.looks(lamp, since=times["power"], until=times["power"] + 0.2)} == {True}
