"""The daemon is started in the middle of an evening: it enters at that point, and nobody notices."""

from __future__ import annotations

import pytest

from evenings.bedroom import BEDSIDE, LOUD, MUTED, PEAK, PHONE, SPEAKER, Since, bedroom, bodies, keys, phase, things
from world import World, ZigbeeLamp

MOMENTS = {"21:30": "day", "22:20": "runway", "22:47": "breathing", "23:30": "night", "06:59": "night", "12:00": "day"}


def entered(at: str, **bulb: object) -> World:
    day = "2026-11-22" if at > "12" else "2026-11-23"
    lamps = [ZigbeeLamp(name, **bulb) for name in ("bedside", "ceiling")]
    return bedroom(f"{day} {at}", world={"lamps": lamps})


@pytest.mark.parametrize(("at", "where"), MOMENTS.items())
def test_it_is_where_the_clock_says(at: str, where: str):
    world = entered(at)

    assert phase(world) == where


@pytest.mark.parametrize(("at", "where"), MOMENTS.items())
def test_the_quiet_is_as_it_should_be(at: str, where: str):
    world = entered(at)

    assert things(world) == (LOUD if where == "day" else MUTED)


@pytest.mark.parametrize("at", MOMENTS)
def test_no_lamp_that_is_off_is_lit(at: str):
    world = entered(at, on=False)
    since = Since(world)

    world.run_for(minutes=30)

    assert since.brightest("bedside") == since.brightest("ceiling") == 0
    assert bodies(world, BEDSIDE) == []


@pytest.mark.parametrize("at", MOMENTS)
def test_no_cue_is_said_that_was_due_before(at: str):
    world = entered(at)

    assert keys(world) == []


@pytest.mark.parametrize("level", [3, 30, 120, 254])
def test_in_the_runway_lamps_go_down_from_what_they_show(level: int):
    world = entered("22:20", level=level)
    since = Since(world)

    world.run_until("22:44:59")

    assert since.brightest("bedside") <= level
    assert round(world.lamp("bedside").shows().level) == min(level, 5)


def test_a_minute_before_bedtime_there_is_still_a_way_down_and_no_drop():
    world = entered("22:44", level=200)

    world.run_for(seconds=20)

    assert 60 < world.lamp("bedside").shows().level < 200


@pytest.mark.parametrize("level", [3, 30, 120, 254])
def test_in_the_breathing_the_light_joins_in_with_the_next_whole_breath(level: int):
    world = entered("22:47", level=level)
    since = Since(world)
    world.run_for(minutes=4)

    told = world.ours(BEDSIDE)
    assert phase(world) == "breathing"
    assert since.brightest("bedside") <= max(level, PEAK)
    assert len(told) > 30
    assert all(one.data["transition"] > 2 for one in told)


def test_a_breathing_that_was_entered_ends_when_it_would_have():
    world = entered("22:53")

    world.run_until("22:55:20")

    assert phase(world) == "night"


def test_a_lamp_that_somebody_has_on_in_the_night_stays_on():
    world = entered("23:30", level=180)

    world.run_until("06:59")

    assert world.lamp("bedside").shows().level == world.lamp("ceiling").shows().level == 180
    assert bodies(world, BEDSIDE) == []


def test_a_start_after_wake_puts_back_what_an_earlier_one_had_muted():
    world = entered("22:20")
    world.kill()
    world.run_until("09:00")

    world.start()
    world.run_for(seconds=3)

    assert (phase(world), things(world)) == ("day", LOUD)


def without_its_journal(at: str, back: str, **keys: str) -> tuple[World, Since]:
    world = entered(at) if not keys else bedroom(f"2026-11-22 {at}", **keys)
    world.kill()
    world.run_until(back)
    since = Since(world)
    world.start(forget=True)
    world.run_for(seconds=3)
    return world, since


def test_what_a_lost_journal_had_muted_is_put_back_to_what_the_file_says_or_left_and_said():
    world, since = without_its_journal("22:20", "09:00")

    assert since.ours(SPEAKER, PHONE) == ["off"]
    assert things(world) == ("0", "off")
    assert since.told("home/speaker/set may stay muted")
    assert not since.told("home/phone/set")


def test_without_its_journal_in_the_same_evening_quiet_holds_and_ends_at_wake():
    world, since = without_its_journal("22:20", "22:30")

    assert things(world) == MUTED
    assert since.told("home/speaker/set may stay muted")
    world.run_until("07:01")
    assert things(world) == ("0", "off")


def test_a_lost_journal_is_made_up_for_also_by_the_second_start_without_it():
    world = entered("22:20")
    world.kill()
    world.run_until("09:00")
    world.broker_down()
    world.start(forget=True)
    world.run_for(seconds=3)
    world.kill()
    world.broker_up()

    world.start()
    world.run_for(seconds=3)

    assert things(world) == ("0", "off")


BOTH_RESTORE = '[{topic: home/speaker/set, state: home/speaker, mute: "0", restore: "20"}]'


def test_a_lost_journal_puts_back_what_still_says_that_it_is_muted():
    world, _ = without_its_journal("22:20", "09:00", quiet=BOTH_RESTORE)

    assert world.things[SPEAKER].value == "20"


def test_a_lost_journal_leaves_what_somebody_has_changed_since():
    world = bedroom("2026-11-22 22:20", quiet=BOTH_RESTORE)
    world.kill()
    world.things[SPEAKER].by_hand("12")
    world.run_until("09:00")
    since = Since(world)

    world.start(forget=True)
    world.run_for(seconds=3)

    assert (since.ours(SPEAKER), world.things[SPEAKER].value) == ([], "12")


def test_a_lost_journal_after_a_loud_day_changes_nothing():
    world = entered("12:00")
    world.kill()
    since = Since(world)

    world.start(forget=True)
    world.run_for(seconds=3)

    assert since.ours(SPEAKER, PHONE) == []
    assert not since.told("muted")
