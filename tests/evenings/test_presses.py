"""The press table, cell by cell: five phases, three presses."""

from __future__ import annotations

from evenings.bedroom import (
    LEAST,
    LOUD,
    MUTED,
    NIGHT_PEAK,
    Since,
    bedtime,
    by_day,
    by_noon,
    dark,
    in_breathing,
    in_night,
    in_release,
    in_runway,
    phase,
    things,
    tonight,
)
from world import ZigbeeLamp

# ---------------------------------------------------------------- day


def test_day_single_releases_and_then_the_lamps_are_as_they_were():
    world = by_noon()
    before = world.lamp("bedside").shows()
    world.press("single")
    world.run_for(seconds=3)
    assert (phase(world), world.state()["origin"], things(world)) == ("release", "day", LOUD)

    world.run_for(minutes=3)

    assert (phase(world), world.lamp("bedside").shows()) == ("day", before)


def test_day_single_turns_a_lamp_that_was_off_off_again():
    world = by_noon(world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    world.press("single")
    world.run_for(seconds=10)
    lit = world.lamp("bedside").lit

    world.run_for(minutes=3)

    assert (lit, world.lamp("bedside").lit) == (True, False)


def test_day_single_leaves_the_other_lamps_alone():
    world = by_noon()
    before = world.lamp("ceiling").shows()

    world.press("single")
    world.run_for(minutes=3)

    assert world.lamp("ceiling").shows() == before


def test_day_double_near_bedtime_is_the_runway_now():
    world = by_day()

    world.press("double")
    world.run_for(seconds=5)

    assert (phase(world), things(world), bedtime(world)) == ("runway", MUTED, "21:45")


def test_day_double_takes_the_lamps_as_it_finds_them_and_not_as_a_hands():
    world = by_day()
    world.lamp("bedside").by_hand(level=120, mired=160, reports=False)
    world.run_for(minutes=5)

    world.press("double")
    world.run_for(minutes=5)

    assert world.state()["touched"] == []
    assert world.lamp("bedside").shows().level < 120


def test_day_double_far_from_bedtime_is_a_day_rest():
    world = by_noon()

    world.press("double")
    world.run_for(seconds=5)

    assert (phase(world), world.state()["origin"], things(world)) == ("runway", "day", LOUD)
    assert bedtime(world) == "22:45"


def test_day_hold_leaves_everybody_alone_this_evening():
    world = by_day()
    since = Since(world)

    world.press("hold")
    world.run_until("07:01")

    assert (since.ours(), things(world), since.keys()) == ([], LOUD, [])


# ---------------------------------------------------------------- runway


def test_runway_single_is_bedtime_now():
    world = in_runway()

    world.press("single")
    world.run_for(seconds=3)

    assert (phase(world), world.state()["origin"], bedtime(world)) == ("release", "evening", "22:20")
    world.run_for(seconds=32)
    assert not world.lamp("ceiling").lit


def test_runway_single_goes_on_to_breathing_and_night():
    world = in_release()
    phases = []
    for _ in range(18):
        world.run_for(minutes=1)
        phases.append(phase(world))

    assert list(dict.fromkeys(phases)) == ["release", "breathing", "night"]
    assert dark(world)


def test_runway_double_moves_bedtime_by_a_quarter_of_an_hour():
    world = in_runway()

    world.press("double")
    world.run_for(seconds=5)

    assert (phase(world), bedtime(world), tonight(world)["later_min"]) == ("runway", "23:00", 15)
    assert things(world) == MUTED


def test_runway_hold_is_dark_and_quiet_until_wake():
    world = in_runway()

    world.press("hold")
    world.run_for(seconds=5)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)
    since = Since(world)
    world.run_until("06:59")
    assert (since.ours(), dark(world), things(world)) == ([], True, MUTED)


# ---------------------------------------------------------------- release


def test_release_single_is_the_next_step():
    world = in_release()
    before = world.state()["step"]

    world.press("single")
    world.run_for(seconds=0.5)

    assert (before["part"], world.state()["step"]["part"]) == ("announce", "tense")


def test_release_double_breathes():
    world = in_release()

    world.press("double")
    world.run_for(seconds=2)

    assert (phase(world), world.state()["origin"]) == ("breathing", "evening")


def test_release_hold_is_dark():
    world = in_release()

    world.press("hold")
    world.run_for(seconds=5)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_release_hold_by_day_stops_and_puts_the_lamps_back():
    world = by_noon()
    before = world.lamp("bedside").shows()
    world.press("single")
    world.run_for(seconds=30)

    world.press("hold")
    world.run_for(seconds=10)

    assert (phase(world), world.lamp("bedside").shows()) == ("day", before)


# ---------------------------------------------------------------- breathing


def test_breathing_single_releases():
    world = in_breathing()

    world.press("single")
    world.run_for(seconds=5)

    assert (phase(world), world.state()["origin"]) == ("release", "evening")


def test_breathing_double_breathes_again_from_the_beginning():
    world = in_breathing()

    world.press("double")
    world.run_for(minutes=9)

    assert phase(world) == "breathing"
    world.run_for(minutes=2)
    assert (phase(world), dark(world)) == ("night", True)


def test_breathing_hold_is_dark():
    world = in_breathing()

    world.press("hold")
    world.run_for(seconds=5)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_breathing_hold_by_day_stops_and_puts_the_lamps_back():
    world = by_noon()
    before = world.lamp("bedside").shows()
    world.command("bedroom", "breathe")
    world.run_for(seconds=30)
    assert (phase(world), world.state()["origin"]) == ("breathing", "day")

    world.press("hold")
    world.run_for(seconds=10)

    assert (phase(world), world.lamp("bedside").shows()) == ("day", before)


# ---------------------------------------------------------------- night


def test_night_single_is_one_dim_round_five_minutes_of_breathing_and_dark():
    world = in_night()
    since = Since(world)
    world.press("single")
    world.run_for(seconds=10)
    assert (phase(world), world.state()["origin"]) == ("release", "night")

    world.run_for(minutes=2)
    assert phase(world) == "breathing"
    world.run_for(minutes=5)

    assert (phase(world), dark(world)) == ("night", True)
    assert LEAST < since.brightest("bedside") <= NIGHT_PEAK


def test_night_double_gives_the_least_light_for_ten_minutes():
    world = in_night()
    since = Since(world)

    world.press("double")
    world.run_for(minutes=9)
    shown = world.lamp("bedside").shows()
    world.run_for(minutes=2)

    assert (shown.on, shown.level, shown.mired) == (True, LEAST, 500)
    assert (since.brightest("bedside"), dark(world)) == (LEAST, True)


def test_night_hold_is_dark():
    world = in_night()
    world.lamp("ceiling").by_hand(on=True, level=150)
    world.run_for(minutes=1)

    world.press("hold")
    world.run_for(seconds=5)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)
