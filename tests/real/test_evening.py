"""A whole evening of each of the lamps, in a room of its own: what goes over the radio, and what they truly show."""

from __future__ import annotations

from itertools import pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {
    "lamp_ikea": {"on": True, "level": 200, "color_temp": 300},
    "lamp_hue": {"on": True, "level": 230, "color_temp": 250},
    "lamp_innr": {"on": True, "level": 180},
    "lamp_tuya": {"on": True, "level": 220, "color_temp": 200},
    "gang_l1": {"on": True, "level": 210},
    "gang_l2": {"on": True, "level": 170},
}
WARMEST = {"lamp_ikea": 454, "lamp_hue": 500, "lamp_tuya": 500}
PEAK = 38
"""15 % of 254."""
RUNWAY_S, STEPS = 21, 4
QUIET_S = 6.0
"""So long after the last OFF nothing more is sent: the first repeat would come after 2 s, the next after 5 s."""

each_lamp = pytest.mark.parametrize("lamp", LAMPS)


@pytest.fixture(scope="module")
def evening(lab, tmp_path_factory):
    """The whole of it, when it is over."""
    lab.tidy(**LAMPS, plug={"on": True})
    rooms = {name: room(name) for name in LAMPS}
    rooms["lamp_innr"]["lights"]["plug"] = {"zigbee2mqtt": "plug", "off_at": "bedtime"}
    with bedroom(lab, tmp_path_factory.mktemp("evening"), rooms, runway_s=RUNWAY_S, breathing_s=12) as one:
        over = max(one.phase("night", name) for name in LAMPS)
        one.pass_until(over + QUIET_S)
    return one


@pytest.fixture
def runway(evening, lamp):
    """From when to when the lamp went down."""
    return evening.phase("runway", lamp) - 0.5, evening.phase("breathing", lamp) - 0.5


@pytest.fixture
def pulse(evening, lamp):
    """From when to when it breathed."""
    return evening.phase("breathing", lamp) - 0.5, evening.phase("night", lamp) - 0.5


def levels(frames):
    return [frame.payload["level"] for frame in frames if frame.command == "moveToLevel"]


def mireds(frames):
    return [frame.payload["colortemp"] for frame in frames if frame.command == "moveToColorTemp"]


@each_lamp
def test_the_runway_only_ever_sinks_on_the_air(lab, lamp, runway):
    frames = lab.moves(lamp, since=runway[0], until=runway[1])

    assert {frame.command for frame in frames} <= {
        "moveToLevel",
        "moveToColorTemp",
    }  # not WithOnOff
    assert len(levels(frames)) == STEPS
    assert all(before > after for before, after in pairwise([LAMPS[lamp]["level"], *levels(frames)]))
    assert mireds(frames) == sorted(mireds(frames))
    assert mireds(frames)[-1:] == ([WARMEST[lamp]] if lamp in WARMEST else [])
    assert all(frame.payload["transtime"] <= 10 * RUNWAY_S / STEPS for frame in frames)


@each_lamp
def test_at_no_instant_of_the_runway_is_the_lamp_brighter_or_cooler_than_before(lab, lamp, runway):
    looks = lab.looks(lamp, since=runway[0], until=runway[1])

    assert len(looks) > 10 * RUNWAY_S
    assert all(before.light >= after.light for before, after in pairwise(looks))
    assert all(before.mired is None or before.mired <= after.mired for before, after in pairwise(looks))
    assert looks[-1].light <= 8  # and to 5 in the half second that is left


@each_lamp
def test_it_sinks_all_the_time_and_does_not_jump(lab, lamp, runway):
    looks = lab.looks(lamp, since=runway[0], until=runway[1])

    assert max(before.light - after.light for before, after in pairwise(looks)) <= 0.05 * 254


def test_ikea_is_told_its_white_at_once_and_first_and_then_its_level_as_a_fade(lab, evening):
    frames = lab.moves("lamp_ikea", since=evening.begun, until=evening.phase("breathing", "lamp_ikea") - 0.5)

    names = [frame.command for frame in frames]
    assert names == ["moveToColorTemp", "moveToLevel"] * STEPS
    assert {frame.payload["transtime"] for frame in frames[::2]} == {0}
    assert all(frame.payload["transtime"] > 50 for frame in frames[1::2])


@each_lamp
def test_a_breath_is_two_frames_and_never_above_the_peak(evening, lab, lamp, pulse):
    frames = lab.moves(lamp, since=pulse[0], until=pulse[1])
    breaths = evening.said(lamp, lambda state: state["breath"])["breath"]["breaths"]

    assert {frame.command for frame in frames} <= {"moveToLevel", "moveToColorTemp"}
    assert len(levels(frames)) == 2 * breaths
    assert max(levels(frames)) == PEAK
    assert len(mireds(frames)) <= 1  # its warmth once, at the beginning
    assert max(look.light for look in lab.looks(lamp, since=pulse[0], until=pulse[1])) <= PEAK


@each_lamp
def test_it_is_off_at_the_end_says_so_and_is_left_alone(evening, lab, lamp):
    night = evening.phase("night", lamp)
    frames = lab.moves(lamp, since=night - 0.5)

    assert [frame.name for frame in frames] == ["genOnOff.off"]
    assert {look.on for look in lab.looks(lamp, since=night + 1)} == {False}
    assert evening.state(lamp)["lights"][lamp]["on"] is False
    assert evening.state(lamp)["problem"] is None
    assert evening.state(lamp)["touched"] == []


def test_the_plug_is_turned_off_at_bedtime_and_told_nothing_else(evening, lab):
    frames = lab.moves("plug", since=evening.begun)

    assert [frame.name for frame in frames] == ["genOnOff.off"]
    assert abs(frames[0].t - evening.phase("breathing", "lamp_innr")) < 0.5
    assert not lab.look()["plug"].on


def test_zigbee2mqtt_refuses_nothing_but_the_first_question_to_a_plug(evening, lab):
    """It is asked as a lamp before its bridge has said that it is none."""
    refused = lab.witness.refusals(since=evening.begun)

    assert [line for line in refused if "'brightness' on 'plug'" not in line] == []
    assert len(refused) <= 1
