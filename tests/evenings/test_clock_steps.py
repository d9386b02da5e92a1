"""Somebody sets the clock, or the machine sleeps, in every phase: the evening goes on where the clock now is.

No lamp jumps up, none is lit, and at the end whatever was muted is put back: the world watches that by itself.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from evenings.bedroom import IN, LOUD, MUTED, SPEAKER, Since, bedroom, dark, phase, things
from world import World, ZigbeeLamp

HOUR, DAY = 3600.0, 86_400.0
STEPS = {"an hour on": HOUR, "an hour back": -HOUR, "a day on": DAY, "a day back": -DAY}
UNTIL_WAKE = (LOUD, "day")


def instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def as_the_clock_has_it(world: World) -> str:
    """The phase that belongs to the time of day, where nobody asked for anything else."""
    at = world.clock
    if "22:00:00" <= at < "22:45:00":
        return "runway"
    return "night or breathing" if at >= "22:45:00" or at < "07:00:00" else "day"


@pytest.mark.parametrize("step_s", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("where", IN)
def test_a_clock_that_is_set_in_any_phase_ends_in_a_day_with_everything_put_back(where: str, step_s: float):
    world = IN[where]()

    world.step_wall(step_s)
    world.run_for(seconds=60)
    world.run_until("12:00")

    assert (things(world), phase(world)) == UNTIL_WAKE


@pytest.mark.parametrize("step_s", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("where", IN)
def test_the_evening_after_a_clock_was_set_is_an_evening_like_any_other(where: str, step_s: float):
    world = IN[where]()
    world.step_wall(step_s)
    world.run_for(seconds=60)
    world.run_until("12:00")
    for lamp in world.lamps.values():
        lamp.by_hand(on=True, level=200)

    world.run_until("22:30")
    runs = phase(world), things(world)
    world.run_until("23:30")

    assert (runs, phase(world), dark(world)) == (("runway", MUTED), "night", True)


@pytest.mark.parametrize("step_s", [STEPS["an hour on"], STEPS["an hour back"]], ids=["on", "back"])
@pytest.mark.parametrize("where", ["runway", "night"])
def test_a_clock_that_is_set_by_an_hour_moves_the_phase_with_it(where: str, step_s: float):
    world = IN[where]()

    world.step_wall(step_s)
    world.run_for(minutes=3)

    said = "night or breathing" if phase(world) in ("night", "breathing") else phase(world)
    assert said in (as_the_clock_has_it(world), "night or breathing" if where == "night" else "")


@pytest.mark.parametrize("where", IN)
def test_a_machine_that_sleeps_for_an_hour_in_any_phase_wakes_in_the_same_evening(where: str):
    world = IN[where]()
    brightest = {name: lamp.shows().level if lamp.shows().on else 0.0 for name, lamp in world.lamps.items()}

    world.suspend(HOUR)
    since = Since(world)
    world.run_for(seconds=30)

    assert [key for key in since.keys() if not key.startswith("landing.")] == []  # noqa: SIM118  no dictionary
    if where not in ("day", "release"):
        assert all(since.brightest(name) <= level + 0.5 for name, level in brightest.items() if where != "breathing")
    world.run_until("12:00")
    assert (things(world), phase(world)) == UNTIL_WAKE


@pytest.mark.parametrize(
    ("at", "expected"),
    [("13:00", "day"), ("22:20", "runway"), ("22:47", "breathing"), ("23:30", "night"), ("06:59", "night")],
)
@pytest.mark.parametrize("after_s", [0.02, 0.5, 40], ids=["before the broker", "in mid-start", "a while later"])
def test_a_clock_that_jumps_56_years_in_mid_start_enters_the_evening_where_it_is(
    at: str, expected: str, after_s: float
):
    world = World(bedroom("2026-11-22 12:00").config, at="1970-01-01 00:00")
    world.run_for(seconds=after_s)

    world.step_wall(instant(f"2026-11-22T{at}+01:00") - world.wall)
    world.run_for(seconds=40)

    quiet = LOUD if expected == "day" else MUTED
    said = phase(world)
    assert said == expected or (expected == "breathing" and said == "night")
    assert (things(world), world.problem()) == (quiet, None)


def test_a_clock_that_falls_back_to_1970_in_the_night_leaves_lamps_alone_and_puts_back_what_was_muted():
    world = IN["night"]()

    world.step_wall(-world.wall + 1000)
    world.run_for(minutes=2)

    assert (phase(world), dark(world)) == ("day", True)
    assert "clock" in world.problem()


@pytest.mark.parametrize("day", ["2028-02-28", "2028-02-29", "2028-12-31", "2100-02-28"])
def test_leap_years_have_every_evening_once(day: str):
    world = bedroom(f"{day} 21:00")
    world.run_for(hours=47)

    said = [state["phase"] for _, state in world.sent("winddown/bedroom/state")]
    turns = [one for n, one in enumerate(said) if n == 0 or said[n - 1] != one]

    assert turns == ["day", "runway", "breathing", "night"] * 1 + ["day", "runway", "night"] + ["day"]


def test_what_somebody_turns_up_right_after_the_clock_was_set_past_wake_stays_so():
    world = IN["night"]()

    world.step_wall(9 * HOUR)
    world.things[SPEAKER].by_hand("80")
    world.run_for(minutes=1)

    assert (things(world), phase(world)) == (("80", "off"), "day")


def test_what_somebody_turns_down_right_after_the_clock_was_set_into_the_runway_is_what_comes_back():
    world = IN["day"]()

    world.step_wall(1.5 * HOUR)
    world.things[SPEAKER].by_hand("12")
    world.run_for(minutes=1)
    muted = things(world)
    world.run_until("07:01")

    assert (muted, things(world)) == (MUTED, ("12", "off"))


def test_a_machine_that_wakes_to_a_dead_line_tells_a_lamp_again_what_it_told_nobody():
    lamps = [ZigbeeLamp(name, fades=False) for name in ("bedside", "ceiling")]
    world = bedroom("2026-11-22 21:59", world={"lamps": lamps})
    world.run_until("22:12")
    world.suspend(1400)  # the first step after that goes into a connection that has ended meanwhile
    world.run_for(seconds=1)

    world.command("bedroom", "later")
    world.run_until("23:20")

    assert (world.state()["touched"], dark(world)) == ([], True)
