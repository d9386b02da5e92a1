"""Touched lamps that are ours again, and what is no hand at all."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    BEDSIDE,
    IN,
    by_day,
    dark,
    in_breathing,
    in_night,
    in_runway,
    level,
    phase,
)
from world import World, ZigbeeLamp


def touched(world: World) -> list[str]:
    named: list[str] = world.state()["touched"]
    return named


# ---------------------------------------------------------------- ours again


@pytest.mark.parametrize("asked", ["resume", "start", "go_to_bed", "release", "dark"])
def test_who_hands_a_lamp_back_sees_it_go_with_the_others(asked: str):
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(minutes=1)

    world.command("bedroom", asked)
    world.run_for(minutes=2)

    assert touched(world) == []
    assert level(world, "ceiling") < 230


@pytest.mark.parametrize("asked", ["later", "breathe", "glow", "later 5"])
def test_what_does_not_hand_back_leaves_a_hand_its_lamp(asked: str):
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(minutes=1)

    world.command("bedroom", asked)
    world.run_for(minutes=5)

    assert (touched(world), level(world, "ceiling")) == (["ceiling"], 250)


def test_a_lamp_that_a_press_in_the_night_handed_back_may_be_taken_again():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(minutes=1)
    world.set("bedroom", "bedtime", "22:40")
    world.run_until("23:00")

    world.press("single")
    world.run_for(minutes=2)
    world.lamp("ceiling").by_hand(level=100)
    world.run_for(minutes=10)

    assert (touched(world), level(world, "ceiling")) == (["ceiling"], 100)


def test_resume_in_the_night_turns_off_what_was_a_persons():
    world = in_night()
    world.lamp("ceiling").by_hand(on=True, level=200)
    world.run_for(minutes=1)

    world.command("bedroom", "resume")
    world.run_for(seconds=5)

    assert dark(world)


def test_resume_in_a_breathing_lets_the_lamp_breathe_again():
    world = in_breathing()
    world.lamp("bedside").by_hand(level=250)
    world.run_for(seconds=5)

    world.command("bedroom", "resume")
    world.run_for(seconds=30)

    assert level(world, "bedside") <= 40


def test_resume_without_a_touched_lamp_says_so():
    world = in_runway()

    world.command("bedroom", "resume")

    assert any("no lamp was touched" in why for why in world.whys())


def test_the_next_evening_the_lamp_is_ours_again():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_until("2026-11-23 22:01")

    assert touched(world) == []
    world.run_until("2026-11-23 22:50")
    assert not world.lamp("ceiling").lit


def test_a_lamp_touched_before_the_runway_is_the_evenings_also_after_somebody_has_breathed_into_it():
    world = by_day()
    world.set("bedroom", "bedtime", "21:40")
    world.run_for(seconds=5)
    world.lamp("bedside").by_hand(level=250)
    world.run_for(minutes=1)
    world.set("bedroom", "bedtime", "22:45")  # by day again, and what a hand did to it is kept in mind
    world.run_until("21:55")

    world.command("bedroom", "breathe")
    world.run_until("22:44")

    assert (phase(world), touched(world), level(world, "bedside") < 20) == ("runway", [], True)


def test_a_lamp_touched_before_the_runway_is_the_evenings_also_after_a_restart_in_a_breathing_by_day():
    world = by_day()
    world.set("bedroom", "bedtime", "21:40")
    world.run_for(seconds=5)
    world.lamp("bedside").by_hand(level=250)
    world.run_for(minutes=1)
    world.set("bedroom", "bedtime", "22:45")
    world.run_until("21:59")
    world.command("bedroom", "breathe")
    world.kill()
    world.run_until("22:00:30")

    world.start()
    world.run_until("22:44")

    assert (phase(world), touched(world), level(world, "bedside") < 20) == ("runway", [], True)


def test_what_hands_do_by_day_concerns_nobody():
    world = by_day()

    world.lamp("ceiling").by_hand(level=250)
    world.lamp("bedside").by_hand(level=30)
    world.run_for(minutes=1)

    assert touched(world) == []
    world.run_until("22:44:59")
    assert round(level(world, "ceiling")) == round(level(world, "bedside")) == 5


def test_a_touch_outlives_a_restart():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(minutes=1)
    world.kill()
    world.run_for(seconds=10)

    world.start()
    world.run_until("22:50")

    assert (touched(world), level(world, "ceiling")) == (["ceiling"], 250)


# ---------------------------------------------------------------- what is no hand


@pytest.mark.parametrize(
    "manners",
    [
        {"chatty": True},
        {"chatty": True, "late_s": 3.0},
        {"chatty": True, "duplicates": True},
        {"answers": "once"},
        {"lies_by": 2},
        {"lies_by": -2, "chatty": True},
        {"jumps": True},
        {"jumps": True, "chatty": True},
        {"late_s": 0.3},
        {"off_at": 1},
        {"warm": None},
    ],
    ids=str,
)
def test_a_lamp_with_manners_of_its_own_is_not_taken_for_a_hand(manners: dict[str, object]):
    world = by_day(world={"lamps": [ZigbeeLamp(name, **manners) for name in ("bedside", "ceiling")]})

    world.run_until("22:50")
    breathes = (touched(world), phase(world))
    world.run_until("23:30")

    assert (breathes, touched(world), dark(world)) == (([], "breathing"), [], True)


@pytest.mark.parametrize("where", IN)
def test_a_hand_at_any_time_keeps_every_promise(where: str):
    world = IN[where]()
    for lamp in world.lamps.values():
        lamp.by_hand(on=False)
    world.run_for(minutes=3)
    for lamp in world.lamps.values():
        lamp.by_hand(on=True, level=120)

    world.run_until("07:01")

    assert phase(world) == "day"
    assert len(world.ours(BEDSIDE)) < 260
