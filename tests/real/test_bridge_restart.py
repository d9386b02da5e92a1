"""Zigbee2MQTT killed and started again: in the runway, in a pulse, in the night. Nothing lights, nothing old goes out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {
    "lamp_hue": {"on": True, "level": 230, "color_temp": 250},
    "lamp_ikea": {"on": True, "level": 200, "color_temp": 300},
    "lamp_innr": {"on": True, "level": 180},
    "lamp_tuya": {"on": False},
}
RUNWAY_S = 25.0
PEAK = 38


@pytest.fixture(scope="module")
def evening(lab, tmp_path_factory):
    """When it was killed, and when it was back, each time."""
    lab.tidy(**LAMPS)
    gone, back = {}, {}

    def restart(phase):
        shown = lab.look()
        lab.kill()
        gone[phase] = lab.now()
        lab.start_again(shown)
        back[phase] = lab.now()

    with bedroom(
        lab, tmp_path_factory.mktemp("restart"), {"bedroom": room(*LAMPS)}, runway_s=RUNWAY_S, breathing_s=15
    ) as one:
        begun = one.phase("runway")
        one.pass_until(begun + 7)
        restart("runway")
        breathing = one.phase("breathing")
        one.pass_until(breathing + 3)
        restart("pulse")
        night = one.phase("night")
        one.pass_until(night + 1)
        restart("night")
        one.pass_until(lab.now() + 8)
    return one, gone, back


def levels(frames):
    return [frame.payload["level"] for frame in frames if frame.command == "moveToLevel"]


@pytest.mark.parametrize("lamp", ["lamp_hue", "lamp_ikea", "lamp_innr"])
def test_the_way_down_goes_on_from_the_present_when_it_is_back_in_the_runway(lab, evening, lamp):
    one, gone, back = evening
    before = lab.moves(lamp, since=one.begun, until=gone["runway"])
    after = lab.moves(lamp, since=back["runway"], until=one.phase("breathing") - 0.5)

    assert after, "nothing is sent to it any more"
    assert levels(after) == sorted(levels(after), reverse=True)
    assert levels(after)[0] <= levels(before)[-1]
    assert levels(after)[-1] == 5


@pytest.mark.parametrize("lamp", ["lamp_hue", "lamp_ikea", "lamp_innr"])
def test_no_lamp_is_brighter_afterwards_than_it_was(lab, evening, lamp):
    one, gone, back = evening
    before = lab.looks(lamp, since=one.begun, until=gone["runway"])
    after = lab.looks(lamp, since=back["runway"] + 0.1, until=one.phase("breathing") - 0.5)

    assert all(earlier.light >= later.light for earlier, later in pairwise([before[-1], *after]))


def test_what_it_remembers_of_the_lamps_is_no_hand(evening):
    one, _, _ = evening

    assert one.state()["touched"] == []
    assert not [why for why in one.whys() if "is yours" in why]


def test_the_pulse_goes_on_when_it_is_back(lab, evening):
    one, _, back = evening
    frames = lab.moves("lamp_hue", since=back["pulse"], until=one.phase("night") - 0.5)

    assert len(levels(frames)) >= 3
    assert max(levels(frames)) <= PEAK
    assert {frame.command for frame in frames} <= {"moveToLevel", "moveToColorTemp"}


def test_the_night_is_dark_and_stays_so(lab, evening):
    _, _, back = evening
    for lamp in LAMPS:
        looks = lab.looks(lamp, since=back["night"] + 1)
        assert {look.on for look in looks} == {False}, lamp
        assert {frame.command for frame in lab.moves(lamp, since=back["night"])} <= {"off"}, lamp


def test_a_lamp_that_was_off_is_never_lit(lab, evening):
    one, _, _ = evening

    assert lab.moves("lamp_tuya", since=one.begun) == []
    assert {look.on for look in lab.looks("lamp_tuya", since=one.begun)} == {False}


def test_it_is_said_once_that_the_bridge_is_gone(evening):
    one, gone, _ = evening
    said = [why for why in one.whys() if "zigbee2mqtt" in why.lower()]

    assert len(said) == len(gone)
