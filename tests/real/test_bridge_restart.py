"""Zigbee2MQTT killed and started again: in the runway, in a pulse, in the night. Nothing lights, nothing is late.

At its start Zigbee2MQTT says what it remembers of every lamp. It saves that when it ends, and else every five minutes;
killed, it remembers what was, and that is nobody's hand.
"""

from __future__ import annotations

import signal
from itertools import groupby, pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {
    "lamp_hue": {"on": True, "level": 230, "color_temp": 250},
    "lamp_ikea": {"on": True, "level": 200, "color_temp": 300},
    "lamp_innr": {"on": True, "level": 180},
    "lamp_tuya": {"on": False},
}
LIT = ("lamp_hue", "lamp_ikea", "lamp_innr")
RUNWAY_S, STEPS = 26.0, 5
STEP_S = RUNWAY_S / STEPS
PEAK = 38
BY_DAY = {"runway_s": 100.0, "lead_s": 3000.0, "breathing_s": 600.0}


def remember(lab, **lamps):
    """From here on this is what it would say after it was killed."""
    lab.tidy(**lamps)
    restart(lab, signal.SIGTERM)


def restart(lab, how=signal.SIGKILL):
    """When it was gone, and when it was back."""
    gone = lab.now()
    shown = lab.look()
    lab.kill(how)
    lab.start_again(shown)
    return gone, lab.now()


def levels(frames):
    return [frame.payload["level"] for frame in frames if frame.command == "moveToLevel"]


@pytest.fixture(scope="module")
def runway(lab, tmp_path_factory):
    """It remembers the lamps as off, and is killed just before a step: what it is sent then is lost.

    Not in the middle of one: the lab's lamps live in its radio, and forget a fade when that ends.
    """
    remember(lab)
    lab.tidy(**LAMPS)
    with bedroom(lab, tmp_path_factory.mktemp("runway"), {"bedroom": room(*LAMPS)}, runway_s=RUNWAY_S) as one:
        begun = one.phase("runway")
        one.pass_until(begun + STEP_S - 0.4)
        gone, back = restart(lab)
        bedtime = one.until("bedtime", lambda state: state["phase"] in ("breathing", "night"), within_s=60)
    return one, gone, back, bedtime


@pytest.mark.parametrize("lamp", LIT)
def test_the_way_down_goes_on_from_the_present(lab, runway, lamp):
    one, gone, back, bedtime = runway
    before = lab.moves(lamp, since=one.begun, until=gone)
    after = lab.moves(lamp, since=back, until=bedtime - 0.5)

    assert levels(after), "nothing is sent to it any more"
    assert levels(after) == sorted(levels(after), reverse=True)
    assert levels(after)[0] <= levels(before)[-1]
    assert levels(after)[-1] == 5


@pytest.mark.parametrize("lamp", LIT)
def test_no_lamp_is_brighter_afterwards_than_it_was(lab, runway, lamp):
    one, gone, back, bedtime = runway
    before = lab.looks(lamp, since=one.begun, until=gone)
    after = lab.looks(lamp, since=back + 0.1, until=bedtime - 0.5)

    assert all(earlier.light >= later.light for earlier, later in pairwise([before[-1], *after]))


def test_what_it_remembers_of_the_lamps_is_no_hand(runway):
    one, *_ = runway

    assert one.state()["touched"] == []
    assert not [why for why in one.whys() if "is yours" in why]


def test_a_lamp_that_was_off_is_never_lit(lab, runway):
    one, *_ = runway

    assert lab.moves("lamp_tuya", since=one.begun) == []
    assert {look.on for look in lab.looks("lamp_tuya", since=one.begun)} == {False}


def test_it_is_said_once_that_the_bridge_is_gone_and_no_longer_when_it_is_back(runway):
    one, gone, back, _ = runway
    states = one.lab.witness.on("winddown/bedroom/state", since=one.begun, until=back + 2)
    problems = [key for key, _ in groupby(one.json["problem"] for one in states)]

    assert len([text for text in problems if text is not None and "bridge" in text]) == 1
    assert problems[-1] is None
    assert gone < next(one.t for one in states if one.json["problem"] is not None) + 0.5 < back


@pytest.fixture(scope="module")
def pulse(lab, tmp_path_factory):
    """It remembers the lamps as off, and is killed while one breathes."""
    remember(lab)
    lab.tidy(**LAMPS)
    with bedroom(lab, tmp_path_factory.mktemp("pulse"), {"bedroom": room(*LAMPS)}, **BY_DAY) as one:
        one.until("the lamps", lambda state: state["lights"]["lamp_hue"]["on"])
        lab.witness.say("winddown/bedroom/command", "breathe")
        one.pass_until(one.phase("breathing") + 6)
        gone, back = restart(lab)
        one.pass_until(back + 11)
    return one, gone, back


def test_the_pulse_goes_on_when_it_is_back(lab, pulse):
    _, _, back = pulse
    frames = lab.moves("lamp_hue", since=back)

    assert len(levels(frames)) >= 3
    assert max(levels(frames)) <= PEAK
    assert {frame.command for frame in frames} <= {"moveToLevel", "moveToColorTemp"}


def test_the_beats_that_it_missed_are_not_made_up_for(lab, pulse):
    """What it should show now, and then the next beat, which may be due already."""
    one, _, back = pulse
    frames = lab.moves("lamp_hue", since=back, until=back + 2)

    assert len(levels(frames)) <= 2
    assert one.state()["touched"] == []


@pytest.fixture(scope="module")
def night(lab, tmp_path_factory):
    """It remembers the lamps as on, and is killed when they are off."""
    remember(lab, **LAMPS)
    with bedroom(lab, tmp_path_factory.mktemp("night"), {"bedroom": room(*LAMPS)}, **BY_DAY) as one:
        one.until("the lamps", lambda state: state["lights"]["lamp_hue"]["on"])
        said = lab.witness.say("winddown/bedroom/command", "dark")
        dark = one.until("dark", lambda state: not any(light["on"] for light in state["lights"].values()), since=said)
        one.pass_until(dark + 3)  # what comes sooner may be the tail of a fade, and is asked about
        gone, back = restart(lab)
        one.pass_until(back + 6)
    return one, gone, back


def test_the_night_is_dark_and_stays_so(lab, night):
    _, gone, back = night
    for lamp in LAMPS:
        assert {look.on for look in lab.looks(lamp, since=back + 0.1)} == {False}, lamp
        assert {frame.command for frame in lab.moves(lamp, since=gone)} <= {"off"}, lamp


def test_what_it_remembers_from_before_the_night_is_not_believed(night):
    one, *_ = night

    assert one.state()["touched"] == []
    assert not any(light["on"] for light in one.state()["lights"].values())
