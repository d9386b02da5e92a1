"""A group, and lamps that are renamed, removed and joined again in the middle of an evening."""

from __future__ import annotations

from itertools import pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {
    "lamp_hue": {"on": True, "level": 230, "color_temp": 250},
    "lamp_tuya": {"on": True, "level": 220, "color_temp": 250},
}
MEMBERS = ("lamp_ikea", "lamp_innr")
GROUP, NEW_NAME = "both of them", "reading lamp/left 💡"
IEEE = "0x00158d0000000014"
"""Of lamp_tuya: what it is called when it joins anew."""
RUNWAY_S, STEPS = 30.0, 5
STEP_S = RUNWAY_S / STEPS


@pytest.fixture(scope="module")
def group(lab):
    """A group of two lamps that are on."""
    lab.tidy(**LAMPS)
    lab.ask_bridge("group/add", friendly_name=GROUP)
    for member in MEMBERS:
        lab.ask_bridge("group/members/add", group=GROUP, device=member)
    yield GROUP
    lab.ask_bridge("group/remove", id=GROUP)


@pytest.fixture(scope="module")
def evening(lab, group, tmp_path_factory):
    """When each thing was done."""
    times = {}
    # The group is in a room of its own: it cannot breathe, and hands nothing over to others.
    rooms = {
        "bedroom": room(*LAMPS),
        "other": room({"both": f"zigbee2mqtt/{group}"}, breathing={"starts": "press"}),
    }
    with bedroom(lab, tmp_path_factory.mktemp("names"), rooms, runway_s=RUNWAY_S) as one:
        lab.witness.say(f"zigbee2mqtt/{group}/set", {"state": "ON", "brightness": 200})
        begun = one.phase("runway")
        one.pass_until(begun + 1.5 * STEP_S)
        times["renamed"] = lab.now()
        lab.ask_bridge("device/rename", **{"from": "lamp_hue", "to": NEW_NAME})
        lab.ask_bridge("device/remove", id="lamp_tuya")
        one.pass_until(begun + 2.5 * STEP_S)
        lab.witness.say("lab/radio/join", {"device": "lamp_tuya"})
        lab.witness.wait_for(
            "interview", lambda heard: "device_interview" in heard.text and "successful" in heard.text, since=begun
        )
        lab.ask_bridge("device/rename", **{"from": IEEE, "to": "lamp_tuya"})
        times["named again"] = lab.now()
        lab.ask_bridge("device/rename", **{"from": NEW_NAME, "to": "lamp_hue"})
        times["back"] = lab.now()
        one.phase("night")
        one.pass_until(one.phase("night", "other") + 4)
    return one, times


def is_interviewed(heard):
    return heard.topic == "zigbee2mqtt/bridge/event" and heard.json["data"].get("status") == "successful"


def levels(frames):
    return [frame.payload["level"] for frame in frames if frame.command == "moveToLevel"]


def test_a_group_goes_down_by_one_frame_a_step(lab, evening):
    one, _ = evening
    frames = lab.moves("group 1", since=one.phase("runway") - 0.5, until=one.phase("night", "other") - 0.5)

    assert levels(frames) == sorted(levels(frames), reverse=True)
    assert len(levels(frames)) == STEPS
    assert {frame.command for frame in frames} <= {"moveToLevel", "moveToColorTemp"}
    assert [lab.moves(member, since=one.phase("runway")) for member in MEMBERS] == [[], []]


@pytest.mark.parametrize("member", MEMBERS)
def test_no_member_of_it_is_ever_brighter_than_before_and_all_are_off_at_the_end(lab, evening, member):
    one, _ = evening
    looks = lab.looks(member, since=one.phase("runway"))

    assert all(before.light >= after.light for before, after in pairwise(looks))
    assert looks[-1].on is False


def test_a_renamed_lamp_is_named_and_left_as_it_is(lab, evening):
    one, times = evening

    told = one.until("its new name", lambda state: NEW_NAME in (state["problem"] or ""), since=times["renamed"])
    assert told < times["renamed"] + 2
    assert lab.moves("lamp_hue", since=times["renamed"] + 0.5, until=times["named again"]) == []
    assert any(f"write zigbee2mqtt/{NEW_NAME}" in why for why in one.whys())


def test_zigbee2mqtt_is_not_bothered_with_a_name_that_it_does_not_know(lab, evening):
    one, _ = evening
    refused = lab.witness.refusals(since=one.begun)

    assert [line for line in refused if "lamp_hue" in line or "lamp_tuya" in line] == []


@pytest.mark.parametrize("lamp", LAMPS)
def test_it_goes_on_from_the_present_when_it_has_its_name_again(lab, evening, lamp):
    one, times = evening
    bedtime = one.phase("night", "other") - 0.5
    frames = lab.moves(lamp, since=times["back"], until=bedtime)
    looks = lab.looks(lamp, since=one.phase("runway"), until=bedtime)

    assert levels(frames)
    assert levels(frames)[-1] == 5
    assert all(before.light >= after.light for before, after in pairwise(looks))
    assert one.state()["problem"] is None
    assert one.state()["touched"] == []
