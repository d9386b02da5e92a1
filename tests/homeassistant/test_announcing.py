"""When Home Assistant is told, and what is taken away."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evenings.bedroom import Since, by_day, config, in_runway
from homeassistant.onlooker import Onlooker, restarted
from world import World, config_of

BEDROOM, HUB = "homeassistant/device/winddown/bedroom/config", "homeassistant/device/winddown/hub/config"
TIMES = ["homeassistant/time/winddown-bedroom-bedtime/config", "homeassistant/time/winddown-bedroom-wake/config"]
STANDING = "winddown/hub/state"
TWO = config() + '  study:\n    bedtime: "23:15"\n    lights: [zigbee2mqtt/desk]\n'


def discovery(world: World, since: float = 0) -> list[str]:
    """The discovery topics that were published, in order."""
    return [one.topic for one in world.trace if one.ours and one.topic.endswith("/config") and one.boot >= since]


def stored(world: World) -> set[str]:
    """Those that hold something."""
    return {topic for topic in world.broker.retained if topic.endswith("/config")}


def again(world: World, text: str) -> None:
    """The daemon starts anew, with another file."""
    other = config_of(text, "Europe/Amsterdam")
    world.daemon._make = lambda memory: _engine(other, memory)
    world.start()
    world.run_for(seconds=6)


def _engine(configured: Any, memory: Any) -> Any:
    from winddown.core.engine import Engine

    return Engine(configured, memory)


# ---------------------------------------------------------------- when


def test_everything_is_announced_on_arrival_the_hub_first():
    world = by_day()

    assert discovery(world) == [HUB, BEDROOM, *TIMES]


def test_a_birth_is_answered_within_seconds_with_discovery_availability_and_states():
    world = in_runway()
    since = Since(world)

    world.say("homeassistant/status", "online")
    world.run_for(seconds=0.9)
    assert discovery(world, since.boot) == []
    world.run_for(seconds=5)

    assert discovery(world, since.boot) == [HUB, BEDROOM, *TIMES]
    assert since.ours("winddown/status") == ["online"]
    assert (len(since.ours("winddown/bedroom/state")), since.ours("winddown/bedroom/quiet")) == (1, ["ON"])
    assert len(since.ours("winddown/bedroom/last")) == 1


def test_two_winddowns_do_not_answer_a_birth_at_the_same_moment():
    from random import Random

    from winddown.core.announcing import Announcing
    from winddown.model import Received

    def answers(instance: str) -> float:
        one = Announcing(by_day().config, {}, Random(instance))
        one.hear(Received("homeassistant/status", b"online"), 100.0)
        return one.deadline()

    assert answers("one") == answers("one") != answers("another")
    assert 101 <= answers("one") <= 105


@pytest.mark.parametrize(("said", "retain"), [("offline", False), ("online", True), ("", False), ("ONLINE", False)])
def test_what_is_no_birth_is_not_answered(said: str, retain: bool):
    world = by_day()
    since = Since(world)
    world.daemon.deliver(_received("homeassistant/status", said, retain=retain))

    world.run_for(seconds=10)

    assert discovery(world, since.boot) == []


def test_another_language_names_everything_anew_and_only_that_room():
    world = World(TWO, at="2026-11-22 21:00")
    home = Onlooker(world)
    world.run_for(seconds=3)
    since = Since(world)

    world.set("bedroom", "language", "nl")
    world.run_for(seconds=1)

    assert discovery(world, since.boot) == [BEDROOM, *TIMES]
    names = home.look().entity("time.winddown_bedroom_wake").said["name"], home.entity("sensor.phase").said["name"]
    assert names == ("Opstaan", "Fase")


def test_after_an_outage_it_is_all_there_again():
    world = by_day()
    world.broker_down(forgets=True)
    world.run_for(seconds=30)

    world.broker_up()
    world.run_for(seconds=5)

    assert {HUB, BEDROOM, *TIMES, STANDING} <= world.broker.retained.keys()


def test_twenty_rooms_go_out_a_few_at_a_time():
    rooms = "".join(f'  r{n}:\n    bedtime: "22:45"\n    lights: [zigbee2mqtt/l{n}]\n' for n in range(20))
    world = World(f"mqtt: {{host: localhost}}\nrooms:\n{rooms}", at="2026-11-22 21:00")

    world.run_for(seconds=3)

    moments: dict[float, int] = {}
    for one in world.trace:
        if "/device/" in one.topic:
            moments[one.boot] = moments.get(one.boot, 0) + 1
    assert sum(moments.values()) == 21
    assert max(moments.values()) == 4


# ---------------------------------------------------------------- availability


def test_a_daemon_that_is_killed_makes_everything_unavailable_but_its_connection():
    world = by_day()
    home = Onlooker(world)
    assert home.entity("sensor.phase").available

    world.kill()

    there = home.look()
    assert not home.entity("sensor.phase").available
    assert there.entity("binary_sensor.winddown_hub_connection").state == "offline"


def test_an_offline_that_is_not_true_is_contradicted():
    world = by_day()

    world.say("winddown/status", "offline", retain=True)

    assert world.broker.retained["winddown/status"] == "online"


def test_a_clean_end_is_not_contradicted():
    world = by_day()

    world.stop()
    world.run_for(seconds=5)

    assert world.broker.retained["winddown/status"] == "offline"


# ---------------------------------------------------------------- what is there no more


def test_a_room_that_the_file_has_no_more_disappears_with_all_that_was_said_of_it():
    world = World(TWO, at="2026-11-22 22:20")
    home = Onlooker(world)
    world.run_for(seconds=3)
    assert any("study" in name for name in home.look().names())
    world.stop()

    again(world, config())

    assert not any("study" in name for name in home.look().names())
    assert [topic for topic in world.broker.retained if "study" in topic and topic.startswith(("home", "wind"))] == []
    assert any("bedroom" in name for name in home.look().names())
    assert json.loads(world.broker.retained[STANDING])["rooms"] == ["bedroom"]


def test_it_disappears_after_a_kill_too_and_whoever_follows_quiet_is_let_go():
    world = World(TWO, at="2026-11-22 22:40")
    world.run_for(seconds=3)
    assert world.broker.retained["winddown/study/quiet"] == "ON"
    world.kill()
    since = Since(world)

    again(world, config())

    assert since.ours("winddown/study/quiet") == ["OFF", ""]
    assert not any("study" in topic for topic in stored(world))


def test_a_room_of_a_winddown_that_still_lives_is_left_to_it():
    world = World(config(), at="2026-11-22 21:00")
    theirs = {"version": "0.1.0", "rooms": ["study"], "others": [], "discovery": "homeassistant", "time_entities": True}
    world.broker.publish(STANDING, json.dumps(theirs), retain=True)
    world.broker.publish("winddown/status", "online", retain=True)

    world.run_for(seconds=5)

    assert not any("study" in topic for topic in discovery(world))
    assert json.loads(world.broker.retained[STANDING])["others"] == ["study"]


def test_what_was_left_to_another_goes_when_that_one_is_gone():
    world = World(config(), at="2026-11-22 21:00")
    left = {
        "version": "0.1.0",
        "rooms": ["bedroom"],
        "others": ["study"],
        "discovery": "homeassistant",
        "time_entities": True,
    }
    world.broker.publish(STANDING, json.dumps(left), retain=True)
    world.broker.publish("winddown/status", "offline", retain=True)

    world.run_for(seconds=5)

    assert "homeassistant/device/winddown/study/config" in discovery(world)
    assert not any("study" in topic for topic in stored(world))


def test_a_room_that_is_called_otherwise_keeps_its_entities():
    world = by_day()
    home = Onlooker(world)
    before = home.look().entities.keys()
    world.stop()

    again(world, config(name="Attic"))

    assert home.look().entities.keys() == before
    assert home.receiver.devices["winddown-bedroom"]["name"] == "Winddown Attic"


def test_discovery_that_is_off_publishes_nothing_of_it():
    world = World("home_assistant: {discovery: false}\n" + config(), at="2026-11-22 21:00")

    world.run_for(seconds=10)
    world.say("homeassistant/status", "online")
    world.run_for(seconds=10)

    assert discovery(world) == []
    assert STANDING not in world.broker.retained


def test_discovery_that_is_switched_off_takes_away_what_stood():
    world = World(TWO, at="2026-11-22 21:00")
    world.run_for(seconds=3)
    world.stop()

    again(world, "home_assistant: {discovery: false}\n" + TWO)

    assert stored(world) == set()
    assert STANDING not in world.broker.retained
    assert "winddown/study/state" in world.broker.retained


def test_another_discovery_prefix_moves_everything():
    world = by_day()
    world.stop()

    again(world, "home_assistant: {prefix: ha}\n" + config())

    assert stored(world) == {topic.replace("homeassistant/", "ha/") for topic in (HUB, BEDROOM, *TIMES)}


def test_a_birth_is_heard_on_either_prefix():
    world = World("home_assistant: {prefix: ha}\n" + config(), at="2026-11-22 21:00")
    world.run_for(seconds=3)

    for topic in ("homeassistant/status", "ha/status"):
        since = Since(world)
        world.say(topic, "online")
        world.run_for(seconds=6)
        assert "ha/device/winddown/bedroom/config" in discovery(world, since.boot)


def test_an_older_home_assistant_can_have_texts_and_later_times_of_day():
    world = by_day()
    world.stop()

    again(world, "home_assistant: {time_entities: false}\n" + config())
    assert restarted(world).entity("text.winddown_bedroom_bedtime").state == "22:45"
    assert not any("/time/" in topic for topic in stored(world))
    home = Onlooker(world)
    home.look()
    world.stop()
    again(world, config())

    names = {name for name in home.look().names() if name.endswith("bedtime")}
    assert names == {"time.winddown_bedroom_bedtime"}


def _received(topic: str, text: str, *, retain: bool) -> Any:
    from winddown.model import Received

    return Received(topic, text.encode(), retain)
