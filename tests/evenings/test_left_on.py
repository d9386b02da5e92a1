"""What is left: a lamp that was forgotten, a lamp that the night left dim, a lamp that something else drives."""

from __future__ import annotations

import pytest

from evenings.bedroom import BEDSIDE, Since, by_day, in_night, in_runway, level


def test_a_lamp_that_was_left_on_sinks_to_off_an_hour_after_the_last_touch():
    world = in_night()
    world.lamp("ceiling").by_hand(on=True, level=150)
    world.run_for(minutes=59)
    before = level(world, "ceiling")
    world.run_for(minutes=11)
    half_way = level(world, "ceiling")
    world.run_for(minutes=11)

    assert before == 150
    assert 2 < half_way < 120
    assert level(world, "ceiling") == 0
    assert any("nobody touched it" in why for why in world.whys())


def test_a_touch_begins_the_hour_anew():
    world = in_night()
    world.lamp("ceiling").by_hand(on=True, level=150)
    world.run_for(minutes=50)
    world.lamp("ceiling").by_hand(level=90)
    world.run_for(minutes=50)

    assert level(world, "ceiling") == 90


def test_a_lamp_left_on_before_bedtime_has_its_hour_from_bedtime():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=200)
    world.run_until("23:44")
    before = level(world, "ceiling")

    world.run_until("00:06")

    assert (before, level(world, "ceiling")) == (200, 0)


def test_a_forgotten_lamp_that_a_hand_dimmed_in_secret_sinks_from_there():
    world = in_night()
    world.lamp("ceiling").by_hand(on=True, level=150)
    world.run_for(minutes=5)
    world.lamp("ceiling").by_hand(level=20, reports=False)

    world.run_until("01:20")
    half_way = level(world, "ceiling")
    world.run_for(hours=1.5)

    assert half_way <= 20
    assert level(world, "ceiling") == 0


def test_forgotten_never_and_a_stopped_evening_leave_it_on():
    for stopped, world in ((False, in_night(forgotten="never")), (True, in_night())):
        if stopped:
            world.command("bedroom", "stop")
        world.lamp("ceiling").by_hand(on=True, level=150)
        world.run_until("06:59")

        assert level(world, "ceiling") == 150


def test_a_lamp_that_the_night_left_dim_comes_on_by_day_as_it_was_before():
    world = by_day()
    before = level(world, "ceiling")
    world.run_until("08:00")
    world.lamp("ceiling").by_hand(on=True)
    world.run_for(seconds=1)

    assert level(world, "ceiling") == before


def test_it_rises_once_and_after_that_it_is_left_alone():
    world = by_day()
    world.run_until("08:00")
    world.lamp("bedside").by_hand(on=True)
    world.run_for(seconds=2)
    world.lamp("bedside").by_hand(on=False)
    world.run_for(seconds=2)
    since = Since(world)

    world.lamp("bedside").by_hand(on=True, level=20)
    world.run_for(seconds=10)

    assert since.ours(BEDSIDE) == []


def test_a_level_that_somebody_gives_in_the_morning_counts():
    world = by_day()
    world.run_until("08:00")
    since = Since(world)

    world.lamp("bedside").by_hand(on=True, level=60)
    world.run_for(seconds=10)

    assert (level(world, "bedside"), since.ours(BEDSIDE)) == (60, [])


def test_morning_level_leave_leaves_it():
    world = by_day(morning_level="leave")
    world.run_until("08:00")
    since = Since(world)

    world.lamp("bedside").by_hand(on=True)
    world.run_for(seconds=10)

    assert since.ours(BEDSIDE) == []


def test_something_that_undoes_us_again_and_again_is_named():
    world = in_runway()
    for _ in range(3):
        world.say(BEDSIDE, {"brightness": 250})
        world.run_for(seconds=90)
        world.command("bedroom", "resume")
        world.run_for(seconds=90)

    assert "something else is driving bedside every 180 s" in world.state()["problem"]


@pytest.mark.parametrize("sets", [{"brightness": 230, "color_temp": 250}, {"color_temp": 250}])
def test_what_goes_on_driving_a_lamp_that_it_has_taken_from_us_is_named_too(sets: dict[str, int]):
    world = in_runway()
    for _ in range(4):
        world.say(BEDSIDE, {**sets, "transition": 45})
        world.run_for(seconds=90)

    assert world.problem() == "something else is driving bedside every 90 s; is Adaptive Lighting on for it?"
    world.run_for(minutes=12)
    assert world.problem() is None


def test_a_person_who_sets_a_lamp_now_and_then_is_no_automation():
    world = in_runway()
    for n, seconds in enumerate((25, 70, 200, 40)):
        world.lamp("bedside").by_hand(level=120 + 20 * n)
        world.run_for(seconds=seconds)

    assert world.problem() is None


def test_a_person_who_turns_a_knob_is_no_automation():
    world = in_runway()
    for n in range(6):
        world.lamp("bedside").by_hand(level=100 + 20 * n)
        world.run_for(seconds=1)

    assert world.state()["problem"] is None
