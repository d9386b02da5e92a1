"""Ordinary evenings, from day to day."""

from __future__ import annotations

from itertools import pairwise

from evenings.bedroom import (
    BEDSIDE,
    FLOOR,
    LOUD,
    MUTED,
    PEAK,
    PHONE,
    SPEAKER,
    Since,
    bedroom,
    bodies,
    by_day,
    dark,
    in_breathing,
    keys,
    level,
    phase,
    things,
)
from world import ZigbeeLamp

# ---------------------------------------------------------------- the runway


def test_the_lamps_sink_to_their_floor_and_their_warmest_by_bedtime():
    world = by_day()

    world.run_until("22:44:59")

    assert [round(level(world, lamp)) for lamp in ("bedside", "ceiling")] == [FLOOR, FLOOR]
    assert round(world.lamp("bedside").shows().mired) == 500


def test_the_way_down_is_never_up_and_looks_even_to_the_eye():
    world = by_day()
    levels = [level(world, "bedside")]
    world.run_until("22:00")
    for _ in range(44):
        world.run_for(minutes=1)
        levels.append(level(world, "bedside"))

    assert levels == sorted(levels, reverse=True)
    assert levels[0] - levels[11] > 2 * (levels[33] - levels[44])


def test_a_lamp_that_bends_its_own_levels_goes_down_evenly():
    world = by_day(lights="{bedside: {zigbee2mqtt: bedside, curve: linear}}")
    begin = level(world, "bedside")

    world.run_until("22:22:30")

    assert abs(level(world, "bedside") - (begin + FLOOR) / 2) < 3


def test_every_step_of_the_runway_is_in_the_form_that_cannot_light_a_lamp():
    world = by_day()

    world.run_until("22:44:59")

    told = bodies(world, BEDSIDE)
    assert len(told) >= 40
    assert all(body["state"] is None for body in told)


def test_a_fade_lasts_as_long_as_its_step():
    world = by_day()
    world.run_until("22:44:59")

    steps = world.ours(BEDSIDE)

    assert all(30 <= one.data["transition"] <= 60 for one in steps)
    gaps = [after.boot - before.boot for before, after in pairwise(steps)]
    assert all(abs(gap - one.data["transition"]) < 0.2 for gap, one in zip(gaps, steps, strict=False))


def test_a_lamp_below_its_floor_stays_there():
    world = by_day(world={"lamps": [ZigbeeLamp("ceiling", level=3)]})

    world.run_until("22:44")

    assert level(world, "ceiling") == 3


# ---------------------------------------------------------------- bedtime, breathing, night


def test_at_bedtime_one_lamp_goes_off_and_the_other_breathes():
    world = by_day()
    world.run_until("22:45:00")
    since = Since(world)

    world.run_for(minutes=5)

    assert not world.lamp("ceiling").lit
    assert PEAK - 2 <= since.brightest("bedside") <= PEAK
    assert (phase(world), world.state()["origin"]) == ("breathing", "evening")


def test_a_breath_is_two_commands_at_the_moments_at_which_its_halves_begin():
    world = in_breathing()
    since = Since(world)

    world.run_for(seconds=60)

    told = [one for one in world.ours(BEDSIDE) if one.boot >= since.boot]
    gaps = [after.boot - before.boot for before, after in pairwise(told)]
    assert len(told) == 12
    assert all(min(abs(gap - 4), abs(gap - 6)) < 0.01 for gap in gaps)


def test_the_breath_ends_and_it_is_dark_and_quiet_until_wake():
    world = in_breathing()

    world.run_until("22:56")

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)
    since = Since(world)
    world.run_until("06:59")
    assert (phase(world), dark(world), things(world), since.ours()) == ("night", True, MUTED, [])


def test_at_wake_everything_muted_is_put_back_and_no_lamp_is_lit():
    world = bedroom("2026-11-22 22:30")
    world.run_until("06:59:59")
    since = Since(world)

    world.run_for(seconds=3)

    assert (phase(world), things(world), dark(world), since.ours()) == ("day", LOUD, True, [])
    assert since.ours(SPEAKER, PHONE) == ["35", "off"]


def test_things_are_muted_when_the_runway_begins_and_not_before():
    world = by_day()
    world.run_until("21:59:58")
    before = things(world)

    world.run_for(seconds=4)

    assert (before, things(world)) == (LOUD, MUTED)


SUGGESTED = ["landing.long.shower", "landing.long.tea", "landing.middle.pages"]


def test_the_sleeper_hears_a_few_sentences_and_three_suggestions():
    world = by_day()

    world.run_until("07:01")

    assert keys(world) == ["runway.begin", *SUGGESTED, "breathing.begin", "breathing.end"]


def test_anybody_may_follow_the_quiet():
    world = by_day()

    world.run_until("07:01")

    assert [said for _, said in world.sent("winddown/bedroom/quiet")] == ["OFF", "ON", "OFF"]
    assert [said["mode"] for _, said in world.sent("winddown/bridge/bedroom/quiet/request")] == ["priority_only", "off"]


def test_the_second_evening_is_as_the_first():
    world = by_day()
    world.run_until("12:00")
    for lamp in world.lamps.values():
        lamp.by_hand(on=True, level=200, mired=300)
    world.run_until("21:00")
    since = Since(world)

    world.run_until("23:30")

    heard = since.keys()
    assert [key for key in heard if "landing" not in key] == ["runway.begin", "breathing.begin", "breathing.end"]
    assert not {*heard} & {*SUGGESTED}
    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_nothing_that_commands_is_retained_and_what_is_told_is():
    world = by_day()
    world.run_until("22:20")
    world.press("double")

    world.run_until("07:01")

    retained = {one.topic.removeprefix("winddown/") for one in world.trace if one.ours and one.retain}
    of_room = {f"bedroom/{name}" for name in ("state", "quiet", "last", "diary")}
    told = {"status", "owner", "hub/state", "hub/figures"} | of_room
    assert {topic for topic in retained if not topic.endswith("/config")} == told


def test_the_state_says_when_the_next_evening_begins():
    world = by_day()
    before = world.state()["next_start"]

    world.run_until("22:01")

    assert (before[:16], world.state()["next_start"][:16]) == ("2026-11-22T22:00", "2026-11-23T22:00")
    assert world.state()["until"][:16] == "2026-11-22T22:45"
