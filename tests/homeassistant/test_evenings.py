"""What Home Assistant shows through whole evenings: every state is one that it would take, and every control works."""

from __future__ import annotations

import pytest

from evenings.bedroom import bedroom, by_day, config, in_breathing, in_night, in_release, in_runway, phase
from homeassistant.onlooker import Onlooker, restarted
from world import World

# ---------------------------------------------------------------- what it shows


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_state_of_an_evening_is_one_that_home_assistant_takes(language: str):
    world = World(config(language=language), at="2026-11-22 21:30")
    home = Onlooker(world)

    world.run_until("22:10")
    world.say("zigbee2mqtt/ceiling/set", {"brightness": 10})
    world.press("double")
    world.run_until("22:40")
    world.press("single")
    for _ in range(40):
        world.run_for(seconds=10)
        home.look()
    world.run_until("2026-11-23 03:00")
    world.press("single")
    for _ in range(60):
        world.run_for(seconds=10)
        home.look()
    world.run_until("2026-11-23 07:05")

    assert home.look().complaints == []
    assert all(entity.available for entity in home.receiver.entities.values() if entity.device == "winddown-bedroom")


@pytest.mark.parametrize(
    ("world", "shows"),
    [
        (by_day, {"sensor.phase": "day", "binary_sensor.running": "OFF", "binary_sensor.muted": "OFF"}),
        (in_runway, {"sensor.phase": "runway", "binary_sensor.running": "ON", "switch.quiet": "ON"}),
        (in_release, {"sensor.phase": "release", "sensor.step": "shoulders: get ready"}),
        (in_breathing, {"sensor.phase": "breathing", "binary_sensor.running": "ON", "sensor.step": None}),
        (in_night, {"sensor.phase": "night", "binary_sensor.running": "OFF", "binary_sensor.muted": "ON"}),
    ],
)
def test_each_phase_looks_like_itself(world, shows):
    home = Onlooker(world())

    assert {name: home.state(name) for name in shows} == shows


def test_instants_are_shown_with_their_offset():
    home = Onlooker(in_runway())

    names = ("sensor.until", "sensor.next_start", "sensor.quiet_until")
    assert [home.state(name) for name in names] == [
        "2026-11-22T22:45:00+01:00",
        "2026-11-23T22:00:00+01:00",
        "2026-11-23T07:00:00+01:00",
    ]


def test_the_settings_show_what_holds():
    home = Onlooker(by_day())

    names = ("time.bedtime", "time.wake", "number.runway", "number.breathing", "select.pace", "select.language")
    assert [home.state(name) for name in names] == ["22:45", "07:00", "45", "10", "4/6", "English"]


def test_in_dutch_all_of_it_is_dutch():
    home = Onlooker(in_release(language="nl"))

    names = ("sensor.phase", "sensor.step", "sensor.touched", "select.language", "sensor.last_press")
    assert [home.state(name) for name in names] == [
        "ontspannen",
        "schouders: maak je klaar",
        "geen",
        "Nederlands",
        "kort",
    ]
    assert home.entity("sensor.phase").attributes["phase"] == "release"


def test_a_bridge_that_is_gone_is_a_problem_with_its_reason():
    world = in_runway()
    home = Onlooker(world)
    assert home.state("binary_sensor.problem") == "OFF"

    world.say("zigbee2mqtt/bridge/state", '{"state": "offline"}', retain=True)

    problem = home.entity("binary_sensor.problem")
    assert (problem.state, problem.attributes["reason"]) == ("ON", "the bridge of bedside, ceiling is gone")
    world.say("zigbee2mqtt/bridge/state", '{"state": "online"}', retain=True)
    assert home.state("binary_sensor.problem") == "OFF"


def test_what_was_decided_and_pressed_last_is_there_for_who_comes_later():
    world = in_runway()
    world.press("double")
    world.run_for(seconds=1)

    receiver = restarted(world)

    why, press = (receiver.entity(f"sensor.winddown_bedroom_{key}") for key in ("why", "last_press"))
    assert why.state == "22:20 later: bedtime is 23:00 tonight"
    assert (press.state, press.attributes["source"]) == ("double", "zigbee2mqtt/button")
    assert receiver.complaints == []


def test_a_home_assistant_that_restarts_in_the_evening_finds_everything_stored():
    world = in_breathing()
    home = Onlooker(world)
    unstored = ("event", "text")  # what happened is not stored, and a note is nobody else's business
    before = {entity.id: entity.state for entity in home.look().entities.values() if entity.platform not in unstored}

    receiver = restarted(world)

    after = {entity.id: entity.state for entity in receiver.entities.values() if entity.platform not in unstored}
    assert after == before


# ---------------------------------------------------------------- what it can do


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time.bedtime", "23:15"),
        ("time.wake", "06:30"),
        ("number.runway", "10"),
        ("number.runway", "180"),
        ("number.breathing", "1"),
        ("number.breathing", "120"),
        ("select.pace", "5/5"),
        ("select.pace", "7 a minute"),
        ("select.language", "Nederlands"),
        ("number.tension", "0"),
        ("number.tension", "10"),
        ("number.quality", "1"),
        ("number.quality", "5"),
        ("text.note", 'warm feet, and Kim\'s "snoring"'),
        ("text.note", "é" * 255),
        ("switch.enabled", "OFF"),
        ("switch.quiet", "ON"),
        ("switch.skip", "ON"),
    ],
)
def test_what_is_set_there_holds_here_and_shows_there(name: str, value: str):
    world = by_day()
    home = Onlooker(world)
    before = home.state(name)

    home.choose(name, value)
    world.run_for(seconds=2)

    assert before != value
    assert home.state(name) == value


@pytest.mark.parametrize("name", ["switch.enabled", "switch.quiet", "switch.skip"])
def test_a_switch_goes_both_ways(name: str):
    world = by_day()
    home = Onlooker(world)
    before = home.state(name)
    other = {"ON": "OFF", "OFF": "ON"}[before or ""]

    home.choose(name, other)
    home.choose(name, before or "")

    assert home.state(name) == before


@pytest.mark.parametrize("option", ["4/6", "5/5", *(f"{rate} a minute" for rate in (4, 5, 7, 8, 9, 10)), "3/5"])
def test_every_pace_that_is_offered_can_be_had(option: str):
    world = by_day(breathing="{inhale: 3 s, exhale: 5 s}")
    home = Onlooker(world)
    home.choose("select.pace", "4/6" if option != "4/6" else "5/5")

    home.choose("select.pace", option)

    assert home.state("select.pace") == option
    assert option in home.entity("select.pace").said["options"]


@pytest.mark.parametrize(
    ("key", "then"),
    [
        ("start", "runway"),
        ("release", "release"),
        ("breathe", "breathing"),
        ("dark", "night"),
        ("stop", "day"),
        ("glow", "day"),
        ("resume", "day"),
        ("next", "day"),
        ("later", "day"),
    ],
)
def test_every_button_does_its_verb(key: str, then: str):
    world = bedroom("2026-11-22 21:00")
    home = Onlooker(world)

    home.press(key)
    world.run_for(seconds=2)

    assert phase(world) == then
    assert any(why.split(" ", 1)[1].startswith(f"asked: {key}") for why in world.whys())


def test_what_cannot_be_springs_back():
    world = by_day()
    home = Onlooker(world)
    home.look()
    said = len(world.ours("winddown/bedroom/state"))

    home.choose("time.bedtime", "22:45:30")

    assert (home.state("time.bedtime"), len(world.ours("winddown/bedroom/state"))) == ("22:45", said + 1)
    assert "'22:45:30' is no time of day" in (home.state("sensor.why") or "")


# ---------------------------------------------------------------- sessions


def sessions(world: World) -> list[str]:
    return [news["event_type"] for _, news in world.sent("winddown/bedroom/session")]


def test_an_evening_is_one_session():
    world = in_night()

    assert sessions(world) == ["started", "finished"]


@pytest.mark.parametrize("word", ["stop", "skip"])
def test_a_session_that_somebody_ends_is_cancelled(word: str):
    world = in_runway()

    world.command("bedroom", word)
    world.run_for(seconds=2)

    assert sessions(world) == ["started", "cancelled"]


def test_a_bedtime_that_is_put_off_cancels_and_begins_again():
    world = in_runway()

    world.set("bedroom", "bedtime", "23:45")
    world.run_until("23:01")

    assert sessions(world) == ["started", "cancelled", "started"]


def test_going_to_sleep_early_finishes_it():
    world = in_runway()

    world.command("bedroom", "dark")
    world.run_for(seconds=2)

    assert sessions(world) == ["started", "finished"]


def test_a_release_by_day_is_a_session_too():
    world = bedroom("2026-11-22 13:00")

    world.command("bedroom", "release")
    world.run_for(minutes=10)

    assert sessions(world) == ["started", "finished"]


def test_a_hand_on_a_lamp_is_told():
    world = in_runway()
    home = Onlooker(world)

    world.say("zigbee2mqtt/ceiling/set", {"brightness": 200})
    world.run_for(seconds=3)

    assert sessions(world) == ["started", "touched"]
    assert home.state("sensor.touched") == "ceiling"
    assert home.entity("event.session").attributes["lamp"] == "ceiling"


def test_a_restart_in_the_evening_is_no_new_session():
    world = in_breathing()
    world.kill()

    world.start()
    world.run_for(minutes=1)

    assert sessions(world) == ["started"]


def test_what_happened_while_nobody_could_hear_is_not_told_afterwards():
    world = bedroom("2026-11-22 21:50")
    world.broker_down()
    world.run_until("22:20")

    world.broker_up()
    world.run_for(seconds=5)

    assert (phase(world), sessions(world)) == ("runway", [])
