"""What people make of one evening: dark, stop, glow, next, start."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    IN,
    LEAST,
    LOUD,
    MUTED,
    PHONE,
    SPEAKER,
    Since,
    bedtime,
    by_day,
    by_noon,
    dark,
    in_breathing,
    in_night,
    in_release,
    in_runway,
    level,
    phase,
    things,
)

# ---------------------------------------------------------------- dark


@pytest.mark.parametrize("where", IN)
def test_dark_turns_everything_off_and_is_quiet_until_wake(where: str):
    world = IN[where]()

    world.command("bedroom", "dark")
    world.run_for(seconds=5)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)
    since = Since(world)
    world.run_until("06:59")
    assert (phase(world), dark(world), things(world), since.keys()) == ("night", True, MUTED, [])
    world.run_until("07:01")
    assert (phase(world), things(world)) == ("day", LOUD)


def test_dark_far_from_bedtime_is_only_lamps_off():
    world = by_noon()

    world.command("bedroom", "dark")
    world.run_for(minutes=2)

    assert (phase(world), dark(world), things(world)) == ("day", True, LOUD)
    world.run_until("22:10")
    assert phase(world) == "runway"


def test_dark_takes_a_lamp_from_a_hand():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=250)
    world.run_for(minutes=1)

    world.press("hold")
    world.run_for(seconds=3)

    assert dark(world)


# ---------------------------------------------------------------- stop


def test_stop_before_bedtime_puts_the_lamps_and_the_quiet_back():
    world = by_day()
    before = {name: lamp.shows() for name, lamp in world.lamps.items()}
    world.run_until("22:20")

    world.command("bedroom", "stop")
    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("day", LOUD)
    assert {name: lamp.shows() for name, lamp in world.lamps.items()} == before


def test_after_stop_nothing_is_sent_until_the_next_evening():
    world = in_runway()
    world.command("bedroom", "stop")
    world.run_for(seconds=10)
    since = Since(world)

    world.run_until("2026-11-23 21:59")

    assert (since.ours(), since.ours(SPEAKER, PHONE), since.keys()) == ([], [], [])
    world.run_until("2026-11-23 22:10")
    assert phase(world) == "runway"


def test_stop_from_bedtime_on_leaves_the_lamps_where_they_are():
    world = in_breathing()

    world.command("bedroom", "stop")
    since = Since(world)
    world.run_until("06:59")

    assert (phase(world), things(world), since.ours()) == ("night", LOUD, [])
    assert not world.lamp("ceiling").lit


def test_stop_in_an_early_release_leaves_the_lamps_where_they_are():
    world = in_release()

    world.command("bedroom", "stop")
    since = Since(world)
    world.run_for(minutes=30)

    assert (things(world), since.ours()) == (LOUD, [])
    assert since.brightest("ceiling") < 180


def test_a_press_after_stop_in_the_night_still_gets_the_night_form():
    world = in_breathing()
    world.command("bedroom", "stop")
    world.run_for(minutes=30)
    world.lamp("bedside").by_hand(on=False)
    world.run_for(minutes=1)
    since = Since(world)

    world.press("single")
    world.run_for(minutes=2)

    assert world.state()["origin"] == "night"
    assert since.brightest("bedside") <= 7


def test_stop_by_day_far_from_bedtime_leaves_the_evening():
    world = by_noon()

    world.command("bedroom", "stop")
    world.run_until("22:10")

    assert phase(world) == "runway"


# ---------------------------------------------------------------- glow, next


def test_glow_lasts_as_long_as_asked():
    world = in_night()
    world.command("bedroom", "glow 3")
    world.run_for(minutes=2)
    shown = level(world, "bedside")

    world.run_for(minutes=2)

    assert (shown, dark(world)) == (LEAST, True)


def test_glow_leaves_a_lamp_that_somebody_has_on():
    world = in_night()
    world.lamp("bedside").by_hand(on=True, level=200)
    world.run_for(minutes=1)

    world.command("bedroom", "glow")
    world.run_for(minutes=12)

    assert level(world, "bedside") == 200


def test_next_in_the_breathing_is_night():
    world = in_breathing()

    world.command("bedroom", "next")
    world.run_for(seconds=5)

    assert (phase(world), dark(world)) == ("night", True)


def test_next_in_the_runway_goes_to_bed():
    world = in_runway()

    world.command("bedroom", "next")
    world.run_for(seconds=3)

    assert (phase(world), bedtime(world)) == ("release", "22:20")


@pytest.mark.parametrize("where", ["day", "night"])
def test_next_where_nothing_runs_says_so(where: str):
    world = IN[where]()
    since = Since(world)

    world.command("bedroom", "next")
    world.run_for(seconds=5)

    assert since.ours() == []
    assert since.told("nothing runs that has a next")


def test_next_takes_the_whole_programme_apart_step_by_step():
    world = in_release()
    parts = []
    while phase(world) == "release":
        parts.append(tuple((world.state()["step"] or {}).values()))
        world.command("bedroom", "next")
        world.run_for(seconds=1)

    assert len(parts) == 18
    assert parts[1] == (1, "shoulders", "tense")
    assert parts[-1] == (2, "toes", "release")
    assert phase(world) == "breathing"


# ---------------------------------------------------------------- start


def test_start_within_six_hours_brings_bedtime_forward():
    world = by_day()

    world.command("bedroom", "start")
    world.run_for(seconds=5)

    assert (phase(world), bedtime(world), things(world)) == ("runway", "21:45", MUTED)
    world.run_until("21:46")
    assert phase(world) == "breathing"


def test_start_twice_says_that_it_has_begun():
    world = in_runway()

    world.command("bedroom", "start")

    assert bedtime(world) == "22:45"
    assert any("it has begun already" in why for why in world.whys())


def test_an_evening_never_begins_twice():
    world = by_day()
    world.command("bedroom", "go_to_bed")
    world.run_until("21:30")
    since = Since(world)

    world.run_until("06:59")

    assert (since.ours(), since.keys(), phase(world)) == ([], [], "night")


def test_a_word_to_all_is_a_word_to_each():
    world = in_runway()

    world.command("all", "dark")
    world.run_for(seconds=3)

    assert (phase(world), dark(world)) == ("night", True)


def test_breathe_from_the_runway_moves_bedtime_here():
    world = in_runway()

    world.command("bedroom", "breathe")
    world.run_for(seconds=3)

    assert (phase(world), bedtime(world)) == ("breathing", "22:20")
    world.run_for(minutes=12)
    assert (phase(world), dark(world)) == ("night", True)


@pytest.mark.parametrize("word", ["dance", "", "LATER", "stop now", "skip on", "releas", "x" * 190, "stop\x00"])
def test_a_word_that_is_none_changes_nothing(word: str):
    world = in_runway()
    before = world.state()

    world.command("bedroom", word)

    after = world.state()
    assert {key: after[key] for key in before if key != "lights"} == {
        key: before[key] for key in before if key != "lights"
    }
