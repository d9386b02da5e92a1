"""What people make of one evening: skip, later."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    IN,
    LOUD,
    MUTED,
    PHONE,
    SPEAKER,
    Since,
    bedtime,
    by_day,
    in_breathing,
    in_night,
    in_runway,
    level,
    phase,
    things,
    tonight,
)

# ---------------------------------------------------------------- skip


def test_a_skipped_evening_does_not_happen_and_the_next_one_does():
    world = by_day()
    world.command("bedroom", "skip")
    since = Since(world)

    world.run_until("2026-11-23 21:00")
    assert (tonight(world)["skipped"], since.ours(), since.ours(SPEAKER, PHONE)) == (False, [], [])

    world.run_until("2026-11-23 22:20")
    assert (phase(world), things(world)) == ("runway", MUTED)


def test_a_skip_that_is_taken_back_changes_nothing():
    world = by_day()

    world.command("bedroom", "skip")
    world.command("bedroom", "skip off")
    world.run_until("22:20")

    assert (phase(world), tonight(world)["skipped"]) == ("runway", False)


@pytest.mark.parametrize("where", ["runway", "release", "breathing", "night"])
def test_a_skip_ends_the_evening_that_runs_and_leaves_the_lamps(where: str):
    world = IN[where]()
    shown = level(world, "ceiling")

    world.command("bedroom", "skip")
    world.run_for(seconds=5)
    since = Since(world)
    world.run_until("07:01")

    assert (phase(world), things(world), since.ours()) == ("day", LOUD, [])
    assert level(world, "ceiling") <= shown


def test_a_skip_in_the_release_of_a_night_ends_that_too():
    world = in_night()
    world.press("single")
    world.run_for(seconds=5)

    world.command("bedroom", "skip")
    since = Since(world)
    world.run_for(minutes=10)

    assert (phase(world), things(world), since.ours()) == ("day", LOUD, [])


def test_a_skip_that_is_taken_back_in_the_runway_goes_on_with_it():
    world = in_runway()
    world.command("bedroom", "skip")
    world.run_for(minutes=2)

    world.command("bedroom", "skip off")
    world.run_for(minutes=1)

    assert (phase(world), things(world)) == ("runway", MUTED)
    world.run_until("22:50")
    assert phase(world) == "breathing"


def test_the_state_says_that_tonight_is_skipped():
    world = by_day()

    world.command("bedroom", "skip")

    assert tonight(world)["skipped"] is True
    assert world.state()["next_start"][:16] == "2026-11-23T22:00"


# ---------------------------------------------------------------- later


def test_later_holds_the_lamps_and_then_takes_the_rest_of_the_way():
    world = in_runway()
    world.command("bedroom", "later 20")
    world.run_for(seconds=3)
    shown = level(world, "bedside")

    world.run_for(minutes=19)
    held = level(world, "bedside")
    world.run_for(minutes=10)
    sinking = level(world, "bedside")
    world.run_until("23:04:59")

    assert abs(held - shown) < 1
    assert 5 < sinking < held
    assert round(level(world, "bedside")) == 5


def test_later_keeps_the_quiet_and_the_wake():
    world = in_runway()
    wake = tonight(world)["wake"]

    world.command("bedroom", "later 60")
    world.run_until("23:30")

    assert (phase(world), things(world), tonight(world)["wake"]) == ("runway", MUTED, wake)
    world.run_until("07:01")
    assert (phase(world), things(world)) == ("day", LOUD)


def test_later_adds_up_to_three_hours_and_no_further():
    world = in_runway()

    for _ in range(4):
        world.command("bedroom", "later 60")

    assert (bedtime(world), tonight(world)["later_min"]) == ("01:45", 180)
    assert any("3 hours, and that is the most" in why for why in world.whys())


def test_later_before_the_runway_moves_all_of_it():
    world = by_day()

    world.command("bedroom", "later 30")
    world.run_until("22:15")
    before = phase(world)
    world.run_until("22:31")

    assert (before, phase(world), bedtime(world)) == ("day", "runway", "23:15")


def test_later_in_the_breathing_is_runway_again():
    world = in_breathing()

    world.command("bedroom", "later 20")
    world.run_for(seconds=10)

    assert (phase(world), bedtime(world), things(world)) == ("runway", "23:10", MUTED)
    since = Since(world)
    world.run_until("23:09")
    assert since.brightest("bedside") <= 38
    world.run_until("23:11")
    assert phase(world) == "breathing"


def test_later_in_the_night_is_refused():
    world = in_night()

    world.command("bedroom", "later")

    assert (phase(world), bedtime(world)) == ("night", "22:45")
    assert any("it is night already" in why for why in world.whys())


@pytest.mark.parametrize("asked", ["later 0", "later 121", "later -5", "later soon", "later 1.5", "later 15 20"])
def test_a_later_that_cannot_be_is_refused_with_what_can(asked: str):
    world = in_runway()

    world.command("bedroom", asked)

    assert bedtime(world) == "22:45"
    assert any("whole minutes from 1 to 120" in why for why in world.whys())


def test_tomorrow_bedtime_is_where_it_was():
    world = in_runway()
    world.command("bedroom", "later 60")

    world.run_until("2026-11-23 22:46")

    assert (bedtime(world), phase(world)) == ("22:45", "night")
