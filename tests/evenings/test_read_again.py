"""The file is read again in the middle of an evening: a restart that forgets nothing, with what is new in the file."""

from __future__ import annotations

from typing import Any

import pytest

from evenings.bedroom import (
    IN,
    LOUD,
    MUTED,
    PHONE,
    QUIET,
    SPEAKER,
    Since,
    config,
    dark,
    in_breathing,
    in_release,
    in_runway,
    keys,
    level,
    phase,
    things,
    tonight,
)
from winddown.core.engine import Engine
from winddown.core.succession import let_go, take_over
from winddown.model import Trouble, say
from world import World, ZigbeeLamp
from world.house import config_of

TWO_ROOMS = """
  study:
    bedtime: "22:45"
    lights: [zigbee2mqtt/desk]
    quiet: [{topic: home/radio/set, mute: "0", restore: "1"}]
"""


UNWATCHED: dict[str, Any] = {"world": {"promises": False}}
"""The watches know the first file only: where another one wants something else, the test judges alone."""


def read_again(world: World, text: str) -> None:
    """As SIGHUP: the old engine's last effects, a connection that ends well, another engine, another connection."""
    daemon = world.daemon
    old: Any = daemon._engine
    house = config_of(text, "Europe/Amsterdam")
    effects = let_go(old, house, daemon.now())
    new = Engine(house, old.memory)
    take_over(new, old)
    daemon._carry_out(effects)
    world.broker.drop(will=False, tell=False)
    daemon._engine = new
    daemon._carry_out(new.begin(daemon.now()))
    daemon.due()
    world.after(0.05, world.broker.connect)


@pytest.mark.parametrize("where", IN)
def test_the_same_file_again_changes_nothing(where: str):
    world = IN[where]()
    before = phase(world), things(world)
    since = Since(world)

    read_again(world, config())
    world.run_for(seconds=20)

    assert (phase(world), things(world)) == before
    assert (since.keys() if where != "release" else [], since.ours(SPEAKER, PHONE)) == ([], [])
    assert since.told("the configuration was read again")
    assert "offline" not in [one.payload for one in world.ours("winddown/status") if one.boot >= since.boot]


@pytest.mark.parametrize("where", ["runway", "breathing"])
def test_after_it_the_evening_ends_as_ever(where: str):
    world = IN[where]()

    read_again(world, config())
    world.run_until("23:00")

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)
    world.run_until("07:01")
    assert things(world) == LOUD


def test_a_later_bedtime_in_the_file_moves_the_evening_that_runs():
    world = in_runway()

    read_again(world, config(bedtime='"23:30"'))
    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("day", LOUD)
    world.run_until("23:00")
    assert (phase(world), things(world)) == ("runway", MUTED)


def test_what_was_made_of_tonight_still_holds():
    world = in_runway(**UNWATCHED)
    world.command("bedroom", "later 20")
    world.run_for(seconds=5)

    read_again(world, config(wake='"07:30"'))
    world.run_for(seconds=10)

    assert (tonight(world)["bedtime"][11:16], tonight(world)["later_min"], tonight(world)["wake"][11:16]) == (
        "23:05",
        20,
        "07:30",
    )


def test_another_zone_is_another_evening():
    world = in_runway()

    read_again(world, "timezone: Europe/London\n" + config())
    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("day", LOUD)
    assert world.state()["next_start"] == "2026-11-22T22:00:00+00:00"


def test_a_sequence_that_runs_keeps_its_plan():
    world = in_release()
    read_again(world, config(release="{areas: [toes], rounds: 1, release: 60 s}"))
    since = Since(world)

    world.run_for(seconds=60)

    said = since.keys()
    assert phase(world) == "release"
    assert any(key.startswith("release.hands") for key in said)
    assert not any(key.startswith("release.toes") for key in keys(world)[:3])


def test_the_next_sequence_is_as_the_new_file_has_it():
    world = in_runway()
    read_again(world, config(release="{areas: [toes], rounds: 1}"))
    world.run_for(seconds=5)
    since = Since(world)

    world.press("single")
    world.run_for(seconds=3)

    assert since.keys() == ["release.toes.announce"]


def test_a_lamp_that_is_taken_out_is_let_go_without_a_command():
    world = in_runway()
    shown = level(world, "ceiling")
    read_again(world, config(lights="[zigbee2mqtt/bedside]"))
    since = Since(world)

    world.run_until("23:00")

    assert since.ours("zigbee2mqtt/ceiling/set") == []
    assert level(world, "ceiling") <= shown
    assert world.lamp("ceiling").lit
    assert not world.lamp("bedside").lit


def test_a_lamp_that_is_put_in_goes_along():
    world = in_runway(lights="[zigbee2mqtt/bedside]")
    world.add(ZigbeeLamp("shelf"))

    read_again(world, config(lights="[zigbee2mqtt/bedside, zigbee2mqtt/shelf]"))
    world.run_until("22:50")

    assert (phase(world), world.lamp("shelf").lit) == ("breathing", False)


def test_a_touched_lamp_is_still_somebodys():
    world = in_runway()
    world.lamp("ceiling").by_hand(level=200)
    world.run_for(seconds=5)

    read_again(world, config())
    world.run_for(minutes=10)

    assert (world.state()["touched"], level(world, "ceiling")) == (["ceiling"], 200)


def test_a_room_that_is_taken_out_is_stopped_and_put_back_and_nothing_of_it_stays_stored():
    world = World(config() + TWO_ROOMS, at="2026-11-22 21:59")
    world.run_until("22:20")
    before = world.things["home/radio/set"].value

    read_again(world, config())
    world.run_for(seconds=20)
    since = Since(world)
    world.run_until("23:30")

    assert (before, world.things["home/radio/set"].value) == ("0", "1")
    stored = [topic for topic, payload in world.broker.retained.items() if "/study/" in topic and payload]
    assert stored == []
    assert since.ours("zigbee2mqtt/desk/set") == []
    assert (phase(world, "bedroom"), things(world)) == ("night", MUTED)


def test_what_a_room_mutes_no_more_is_put_back_at_once():
    world = in_runway(**UNWATCHED)

    read_again(world, config(quiet=QUIET.split("}, ")[0] + "}]"))
    world.run_for(seconds=2)

    assert things(world) == ("0", "off")


def test_taken_out_while_the_broker_is_away_it_is_put_back_when_that_is_back():
    world = in_runway(**UNWATCHED)
    world.broker_down()

    read_again(world, config(quiet=""))
    world.run_for(minutes=5)
    world.broker_up()
    world.run_for(seconds=20)

    assert things(world) == LOUD


def test_a_routine_that_is_switched_off_in_the_file_ends_the_evening():
    world = in_runway()

    read_again(world, config(enabled="false"))
    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("day", LOUD)


def test_a_beat_that_runs_goes_on_within_two_breaths():
    world = in_breathing()

    read_again(world, config())
    world.run_for(seconds=1)
    since = Since(world)
    world.run_for(seconds=20)

    assert len(since.ours("zigbee2mqtt/bedside/set")) >= 2


# ---------------------------------------------------------------- what is wrong with winddown itself


def test_what_is_wrong_with_winddown_is_a_problem_and_a_why():
    world = in_runway()

    during = say("trouble.during_message", topic="a/topic")
    world.daemon.deliver(Trouble(say("trouble.dropped", during=during), lasts=True))
    world.run_for(seconds=1)

    assert world.problem() == "dropped after an error of ours: a message on a/topic"
    assert any("dropped after" in one.payload for one in world.ours("winddown/bedroom/why"))


def safe_night(at: str) -> World:
    world = World(config(), at=at, engine=lambda house, memory: Engine(house, memory, safe=True), promises=False)
    world.run_for(seconds=2)
    return world


def test_in_a_safe_night_no_lamp_sinks_by_itself_and_it_is_quiet_all_the_same():
    world = safe_night("2026-11-22 21:50")
    since = Since(world)

    world.run_until("22:30")
    in_runway_time = things(world)
    world.run_until("23:30")

    assert since.ours() == []
    assert (in_runway_time, things(world), phase(world)) == (MUTED, MUTED, "night")
    assert "safe night" in world.problem()
    world.run_until("07:01")
    assert things(world) == LOUD


def test_in_a_safe_night_presses_and_dark_work():
    world = safe_night("2026-11-22 23:00")

    world.press("single")
    world.run_for(seconds=10)
    released = phase(world)
    world.press("hold")
    world.run_for(seconds=5)

    assert (released, phase(world), dark(world)) == ("release", "night", True)


def test_the_evening_after_a_safe_night_is_an_evening_again():
    world = safe_night("2026-11-22 23:00")
    world.run_until("12:00")

    world.run_until("22:30")

    assert (phase(world), world.problem()) == ("runway", None)
