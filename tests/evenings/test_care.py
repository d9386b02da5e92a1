"""What is said to the body: suggestions on the way down, the posture check, rest moments by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from evenings.bedroom import Since, bedroom, by_day, by_noon, in_runway, keys, phase
from winddown.core.care import Care
from winddown.core.landing import suggestion
from winddown.core.moments import moments_on, next_moment
from winddown.programmes import LANGUAGES, phrases
from world import World, config_of


def said_at(world: World, path: str) -> list[str]:
    """When cues below a path were said."""
    return [
        f"{world.local_at(one.wall):%H:%M:%S}"
        for one in world.ours("winddown/bedroom/cue")
        if one.data["key"].startswith(path)
    ]


def keys_below(world: World, path: str) -> list[str]:
    return [key for key in keys(world) if key.startswith(path)]


# ---------------------------------------------------------------- the landing strip


def test_a_suggestion_comes_at_the_runways_start_and_at_each_third():
    world = by_day()

    world.run_until("23:00")

    assert said_at(world, "landing.") == ["22:00:20", "22:15:00", "22:30:00"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("minutes", [10, 20, 45, 90, 180])
def test_no_evening_has_a_suggestion_of_the_evening_before(language: str, minutes: int):
    lefts = [minutes * 60 * (3 - slot) / 3 for slot in range(3)]
    days = [date(2026, 11, 22) + timedelta(days=n) for n in range(30)]
    evenings = [{suggestion(phrases(language), day, slot, left) for slot, left in enumerate(lefts)} for day in days]

    assert all(len(one) == 3 for one in evenings)
    assert all(not one & following for one, following in pairwise(evenings))
    assert len(set().union(*evenings)) >= 7


def test_what_takes_long_is_not_suggested_when_little_time_is_left():
    world = by_day(runway="20 min")

    world.run_until("23:00")

    assert [key.split(".")[1] for key in keys_below(world, "landing.")] == ["middle", "middle", "short"]


def test_a_restart_repeats_no_suggestion():
    world = in_runway()
    since = Since(world)

    world.kill()
    world.start()
    world.run_until("22:29")

    assert since.keys() == []


def test_under_another_configuration_nothing_is_said_or_seen_twice():
    world = in_runway()
    room = world.daemon._engine.rooms["bedroom"]
    before, after = world.daemon._engine.care["bedroom"], Care(room, {}, {})

    after.go_on_from(before)

    assert (after.look(world.now), room.news.cues, after.watch.seen.evening) == ([], [], "2026-11-22")


def test_later_brings_no_suggestion_twice():
    world = in_runway()

    world.press("double")
    world.run_until("23:30")

    assert len(keys_below(world, "landing.")) == 3


@pytest.mark.parametrize("verb", ["stop", "dark", "skip", "release"])
def test_whoever_has_left_the_runway_hears_no_more_of_it(verb: str):
    world = in_runway()
    since = Since(world)

    world.command("bedroom", verb)
    world.run_until("22:44")

    assert "landing." not in " ".join(since.keys())


def test_suggestions_can_be_turned_off():
    world = by_day(suggestions="false")

    world.run_until("22:44")

    assert keys(world) == ["runway.begin"]


def test_a_day_rest_has_none():
    world = by_noon()

    world.press("double")
    world.run_for(minutes=40)

    assert keys_below(world, "landing.") == []


# ---------------------------------------------------------------- posture

NECK = {"body": "{complaints: [neck, low_back], sleeps_on: back}"}


def test_posture_is_checked_once_at_bedtime_about_one_complaint_an_evening():
    world = by_day(**NECK)

    world.run_until("2026-11-23 07:30")
    first = keys_below(world, "posture.")
    world.run_until("2026-11-24 07:30")

    assert first == ["posture.neck.back"]
    assert keys_below(world, "posture.") == ["posture.neck.back", "posture.low_back.back"]
    assert said_at(world, "posture.") == ["22:45:00", "22:45:00"]


def test_going_to_bed_early_is_bedtime_and_again_in_the_night_it_is_not():
    world = in_runway(**NECK)

    world.press("single")
    world.run_until("03:00")
    world.press("single")
    world.run_until("04:00")

    assert said_at(world, "posture.") == ["22:20:00"]


@pytest.mark.parametrize("verb", ["stop", "dark", "skip"])
def test_who_wants_to_be_left_alone_hears_nothing_of_posture(verb: str):
    world = in_runway(**NECK)

    world.command("bedroom", verb)
    world.run_until("23:30")

    assert keys_below(world, "posture.") == []


def test_a_daemon_that_comes_in_the_night_checks_no_posture():
    world = bedroom("2026-11-22 23:30", **NECK)

    world.run_until("07:00")

    assert keys_below(world, "posture.") == []


def test_where_nothing_hurts_nothing_is_said():
    world = by_day()

    world.run_until("23:00")

    assert keys_below(world, "posture.") == []


# ---------------------------------------------------------------- rest moments

MOMENTS = {"rest_moments": '{from: "09:00", until: "17:30", every: 90 min, days: mon-fri}'}


def working_day(at: str = "2026-11-23 08:00", **keys_: str) -> World:
    return bedroom(at, **{**MOMENTS, **keys_})


def test_rest_moments_come_on_the_days_and_in_the_hours_that_are_named():
    world = working_day("2026-11-22 08:00")

    world.run_until("2026-11-22 20:00")
    sunday = said_at(world, "moment.")
    world.run_until("2026-11-23 20:00")

    assert sunday == []
    assert said_at(world, "moment.") == ["09:00:00", "10:30:00", "12:00:00", "13:30:00", "15:00:00", "16:30:00"]
    assert len(set(keys_below(world, "moment."))) == 6


def test_a_rest_moment_goes_to_whatever_speaks():
    world = working_day()

    world.run_until("09:01")

    assert [one.data["text"] for one in world.ours("winddown/bridge/bedroom/say/request")]


def test_a_press_answers_a_rest_moment_and_does_what_it_always_does():
    world = working_day()
    world.run_until("09:05")
    since = Since(world)

    world.press("single")

    assert (since.told("the rest moment of 09:00 is answered"), phase(world)) == (True, "release")


def test_a_press_an_hour_later_answers_nothing():
    world = working_day()
    world.run_until("10:00")
    since = Since(world)

    world.press("single")

    assert not since.told("answered")


@pytest.mark.parametrize("keys_", [{"enabled": "false"}, {"only_if": '{topic: home/in, is: "yes"}'}])
def test_nobody_is_reminded_where_nobody_wants_or_is(keys_: dict[str, str]):
    world = working_day(**keys_)
    world.say("home/in", "no")

    world.run_until("12:00")

    assert keys_below(world, "moment.") == []


def test_nobody_is_reminded_who_wants_to_be_left_alone():
    world = working_day()
    world.run_until("08:55")
    world.press("hold")
    world.run_until("12:50")
    alone = keys_below(world, "moment.")

    world.press("single")
    world.run_until("17:31")

    assert (alone, said_at(world, "moment.")) == ([], ["13:30:00", "15:00:00", "16:30:00"])


def test_to_be_left_alone_lasts_until_the_next_evening():
    world = working_day()
    world.run_until("08:55")
    world.command("bedroom", "stop")

    world.run_until("2026-11-24 09:01")

    assert said_at(world, "moment.") == ["09:00:00"]


def test_nobody_is_reminded_in_a_rest():
    world = working_day()
    world.run_until("08:55")
    world.press("double")

    world.run_until("09:10")

    assert keys_below(world, "moment.") == []


def test_a_rest_moment_that_is_missed_is_not_made_up_for():
    world = working_day()
    world.run_until("08:50")
    world.broker_down()
    world.run_until("09:05")
    world.broker_up()

    world.run_until("10:29")

    assert keys_below(world, "moment.") == []


def test_in_spring_an_hour_that_is_not_there_has_its_moment_when_it_ends():
    rest = (
        config_of(
            'mqtt: {host: localhost}\nrooms:\n  a:\n    bedtime: "22:45"\n    lights: [zigbee2mqtt/a]\n'
            '    rest_moments: {from: "01:30", until: "03:30", every: 1 h, days: [sun]}\n',
            "Europe/Amsterdam",
        )
        .rooms["a"]
        .rest_moments
    )
    world = by_day()

    found = moments_on(date(2026, 3, 29), rest, world.zone)

    assert [f"{world.local_at(at):%H:%M}" for at in found] == ["01:30", "03:30", "03:30"]
    assert next_moment(found[-1], rest, world.zone) > found[-1]
