"""Hands on the lamps themselves, in the middle of a fade and of a breath: some tell, some do not (a bound remote)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from real.bedroom import bedroom, room

LAMPS = {
    "lamp_hue": {"on": True, "level": 230, "color_temp": 250},
    "lamp_innr": {"on": True, "level": 180},
    "lamp_ikea": {"on": True, "level": 200, "color_temp": 300},
    "lamp_tuya": {"on": True, "level": 220, "color_temp": 250},
}
RUNWAY_S, STEPS = 26.0, 5
STEP_S = RUNWAY_S / STEPS
HANDS_OFF_S = 2.0


@pytest.fixture(scope="module")
def evening(lab, tmp_path_factory):
    """When each hand came, and the evening after it is over."""
    lab.tidy(**LAMPS)
    hands = {}
    with bedroom(lab, tmp_path_factory.mktemp("hands"), {"bedroom": room(*LAMPS)}, runway_s=RUNWAY_S) as one:
        begun = one.phase("runway")
        one.pass_until(begun + 0.3 * STEP_S)
        hands["lamp_hue"] = lab.hand("lamp_hue", report=False, level=12)
        one.pass_until(begun + 0.5 * STEP_S)
        hands["lamp_tuya"] = lab.hand("lamp_tuya", level=210)
        one.pass_until(begun + 2 * STEP_S - 0.8)  # it has been asked, and has said that it is on
        hands["lamp_innr"] = lab.hand("lamp_innr", report=False, on=False)
        one.pass_until(begun + 3 * STEP_S - 0.2)
        hands["lamp_ikea"] = lab.hand("lamp_ikea", report=False, on=False)
        night = one.phase("night")
        one.pass_until(night + 4)
    return one, hands


def test_a_lamp_that_was_dimmed_without_a_word_is_never_brighter_again(lab, evening):
    _, hands = evening
    looks = lab.looks("lamp_hue", since=hands["lamp_hue"] + 0.2)

    assert max(look.light for look in looks) <= 12


def test_it_is_left_alone_as_soon_as_it_has_been_asked(lab, evening):
    one, hands = evening
    asked = next(frame.t for frame in lab.frames("lamp_hue", since=hands["lamp_hue"]) if frame.name.endswith(".read"))

    assert [frame for frame in lab.moves("lamp_hue", since=asked + HANDS_OFF_S) if frame.command == "moveToLevel"] == []
    assert "lamp_hue" in one.state()["touched"]


def test_a_hand_that_tells_is_left_alone_within_two_seconds(lab, evening):
    one, hands = evening
    hand = hands["lamp_tuya"]

    assert one.until("touched", lambda state: "lamp_tuya" in state["touched"], since=hand) < hand + HANDS_OFF_S
    assert [frame for frame in lab.moves("lamp_tuya", since=hand) if "olor" not in frame.command] == []
    assert {look.light for look in lab.looks("lamp_tuya", since=hand + 0.2)} == {210}
    assert any("lamp_tuya is yours: you set it to 83 %" in why for why in one.whys())


@pytest.mark.parametrize("lamp", ["lamp_innr", "lamp_ikea"])
def test_a_lamp_switched_off_without_a_word_just_before_a_step_stays_off(lab, evening, lamp):
    _, hands = evening

    assert lab.moves(lamp, since=hands[lamp], until=hands[lamp] + 2)  # the step that did not know
    assert {look.on for look in lab.looks(lamp, since=hands[lamp] + 0.2)} == {False}


@pytest.mark.parametrize("lamp", LAMPS)
def test_no_lamp_is_ever_brighter_than_a_hand_left_it(lab, evening, lamp):
    one, hands = evening
    before = lab.looks(lamp, since=one.phase("runway"), until=hands[lamp] - 0.1)
    after = lab.looks(lamp, since=hands[lamp] + 0.2)

    for looks in (before, after):
        assert all(earlier.light >= later.light for earlier, later in pairwise(looks))


@pytest.fixture(scope="module")
def breathing(lab, tmp_path_factory):
    """Two lamps that breathe, of which one goes off without a word, and another says that it was turned up."""
    lab.tidy(**{name: LAMPS[name] for name in ("lamp_hue", "lamp_tuya")})
    rooms = {name: room(name) for name in ("lamp_hue", "lamp_tuya")}
    with bedroom(lab, tmp_path_factory.mktemp("breathing"), rooms, runway_s=1000, breathing_s=60) as one:
        hands = {}
        for name in rooms:
            lab.witness.say(f"winddown/{name}/command", "breathe")
        begun = max(one.phase("breathing", name) for name in rooms)
        one.pass_until(begun + 5.7)
        hands["lamp_hue"] = lab.hand("lamp_hue", report=False, on=False)
        hands["lamp_tuya"] = lab.hand("lamp_tuya", level=200)
        one.pass_until(begun + 14)
    return one, hands


def test_a_breathing_lamp_switched_off_without_a_word_is_not_lit_by_the_next_breath(lab, breathing):
    _, hands = breathing

    assert len(lab.moves("lamp_hue", since=hands["lamp_hue"])) >= 2  # it is told, because nobody said anything
    assert {look.on for look in lab.looks("lamp_hue", since=hands["lamp_hue"] + 0.2)} == {False}


def test_a_breathing_lamp_that_is_turned_up_and_tells_is_left_alone_within_two_seconds(lab, breathing):
    one, hands = breathing
    hand = hands["lamp_tuya"]

    assert one.until("touched", lambda state: state["touched"], "lamp_tuya", since=hand) < hand + HANDS_OFF_S
    assert lab.moves("lamp_tuya", since=hand + HANDS_OFF_S) == []
    assert lab.look()["lamp_tuya"].light == 200
