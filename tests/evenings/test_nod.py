"""The nod at a rest moment: one lamp, by day, down a little and back to exactly what it was. The promises watch it."""

from __future__ import annotations

import pytest

from evenings.bedroom import BEDSIDE, CEILING, Since, bedroom, bodies, dark, level, phase
from winddown.core.fade import nod
from winddown.model import Profile, Report
from world import World

MOMENTS = '{from: "09:00", until: "17:30", every: 90 min, days: mon-fri, nod: true}'


def working_day(moments: str = MOMENTS, **keys: str) -> World:
    """Monday morning, the bedside lamp on for the day."""
    world = bedroom("2026-11-23 08:55", rest_moments=moments, **keys)
    world.lamp("bedside").by_hand(level=200)
    world.run_until("08:59")
    return world


def lowest(world: World, lamp: str, since: Since) -> float:
    return min(shown.level for boot, shown in world.lamp(lamp).history if boot >= since.boot)


def test_the_lamp_nods_once_and_is_as_it_was():
    world = working_day()
    since = Since(world)

    world.run_until("09:10")

    assert [one["brightness"] for one in bodies(world, BEDSIDE) if "brightness" in one] == [120, 200]
    assert (level(world, "bedside"), since.brightest("bedside")) == (200, 200)
    assert lowest(world, "bedside", since) == pytest.approx(120, abs=1)
    assert since.ours(CEILING) == []
    assert world.state()["lights"]["bedside"]["level"] == 79


def test_it_nods_at_every_rest_moment():
    world = working_day()

    world.run_until("12:05")

    assert [one["brightness"] for one in bodies(world, BEDSIDE) if "brightness" in one] == [120, 200] * 3


def test_a_lamp_that_is_off_stays_off():
    world = bedroom("2026-11-23 08:55", rest_moments=MOMENTS)
    for lamp in ("bedside", "ceiling"):
        world.lamp(lamp).by_hand(on=False)
    since = Since(world)

    world.run_until("09:10")

    assert dark(world)
    assert not [one for one in since.ours(BEDSIDE, CEILING) if "brightness" in one]


def test_a_lamp_that_was_switched_off_without_telling_anybody_stays_off():
    world = working_day()
    world.lamp("bedside").by_hand(on=False, reports=False)

    world.run_until("09:10")

    assert level(world, "bedside") == 0


def test_nobody_asked_nobody_nods():
    world = working_day('{from: "09:00", until: "17:30", every: 90 min, days: mon-fri}')
    since = Since(world)

    world.run_until("09:10")

    assert since.ours(BEDSIDE, CEILING) == []


@pytest.mark.parametrize("after_s", [2.5, 3.5, 4.5])
@pytest.mark.parametrize("hand", [60, 250])
def test_a_hand_on_the_lamp_in_the_middle_of_it_has_the_last_word(after_s: float, hand: int):
    world = working_day()
    world.run_until("09:00")
    world.run_for(seconds=after_s)

    world.lamp("bedside").by_hand(level=hand)
    world.run_until("09:10")

    assert level(world, "bedside") == hand
    assert world.state()["touched"] == []


def test_off_in_the_middle_of_it_is_off():
    world = working_day()
    world.run_until("09:00")
    world.run_for(seconds=3)

    world.lamp("bedside").by_hand(on=False)
    world.run_until("09:10")

    assert level(world, "bedside") == 0


@pytest.mark.parametrize("after_s", [1.0, 2.5, 3.5, 4.5])
@pytest.mark.parametrize("verb", ["release", "breathe", "start"])
def test_what_is_asked_in_the_middle_of_it_goes_before_and_gives_back_what_was_before(after_s: float, verb: str):
    world = working_day()
    world.run_until("09:00")
    world.run_for(seconds=after_s)

    world.command("bedroom", verb)
    world.run_for(hours=1.2)

    assert (phase(world), level(world, "bedside")) == ("day", 200)


@pytest.mark.parametrize("after_s", [1.0, 2.5, 3.5, 4.5, 6.0])
def test_a_stop_in_the_middle_of_it_leaves_nobody_dim(after_s: float):
    world = working_day()
    world.run_until("09:00")
    world.run_for(seconds=after_s)

    world.command("bedroom", "stop")
    world.run_until("09:10")

    assert level(world, "bedside") == 200


def test_what_the_lamp_was_at_a_nod_is_forgotten_by_the_evening():
    world = working_day('{from: "09:00", until: "09:00", every: 90 min, days: mon-fri, nod: true}')
    world.run_until("10:00")
    world.lamp("bedside").by_hand(level=100)
    world.run_until("22:30")

    world.command("bedroom", "stop")
    world.run_for(minutes=1)

    assert level(world, "bedside") == 100


def test_a_runway_that_begins_in_the_middle_of_it_goes_its_way():
    world = working_day('{from: "09:00", until: "22:00", every: 30 min, days: mon-fri, nod: true}', runway="29 min")
    world.set("bedroom", "bedtime", "22:45")
    world.set("bedroom", "runway", "45")
    world.run_until("21:30")
    world.run_for(seconds=3)

    world.set("bedroom", "bedtime", "22:15")
    world.run_until("22:14:50")

    assert phase(world) == "runway"
    assert level(world, "bedside") < 10


def test_a_broker_that_goes_in_the_middle_of_it_keeps_nobody_dim():
    world = working_day()
    world.run_until("09:00")
    world.run_for(seconds=2.6)
    world.broker_down()
    world.run_for(seconds=20)

    world.broker_up()
    world.run_until("09:10")

    assert level(world, "bedside") == 200


def test_a_lamp_that_cannot_say_whether_it_is_on_does_not_nod():
    mute = "[{generic: {on_topic: test/lamp, on: ON, off: OFF, level_topic: test/lamp/level, scale: 100}}]"
    world = bedroom("2026-11-23 08:55", rest_moments=MOMENTS, lights=mute)
    since = Since(world)

    world.run_until("09:10")

    assert since.ours() == []


def test_a_lamp_that_fades_in_frames_nods_as_far_and_no_further():
    frames = Profile(scale=100, max_fade_s=0, frame_s=0.5)

    course = nod(frames, Report(True, 100), 0.0)

    assert course is not None
    assert [move.level for move in course.moves] == [80, 60, 70, 80, 90, 100]


@pytest.mark.parametrize("shown", [Report(True, 2), Report(True, None)])
def test_a_lamp_that_is_at_its_least_or_has_no_level_does_not_nod(shown: Report):
    assert nod(Profile(scale=254, min_level=2), shown, 0.0) is None
