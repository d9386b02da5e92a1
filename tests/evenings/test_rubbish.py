"""Anything may arrive on any topic at any time: it changes nothing."""

from __future__ import annotations

import pytest

from evenings.bedroom import IN, MUTED, Since, bedroom, config, in_runway, level, phase, things, tonight
from winddown.model import Received
from world import World

RUBBISH = {
    "nothing": b"",
    "no_json": b"{",
    "no_text": b"\xff\xfe\x00\x9f",
    "a_megabyte": b'{"state":"' + b"x" * 1_000_000 + b'"}',
    "nan": b'{"state": NaN, "brightness": NaN, "color_temp": NaN, "action": NaN}',
    "infinity": b'{"brightness": 1e999, "color_temp": -1e999}',
    "a_list": b"[1, 2, 3]",
    "a_deep_list": b"[" * 10_000,
    "a_number": b"17",
    "null": b"null",
    "out_of_range": b'{"state": "MAYBE", "brightness": 9999, "color_temp": -3}',
    "wrong_types": b'{"state": {}, "brightness": "bright", "color_temp": [], "action": {"x": 1}}',
    "booleans": b'{"state": true, "brightness": true, "color_temp": false}',
    "a_lone_surrogate": b'{"action": "\\ud800", "state": "\\ud800"}',
    "control_characters": b"\x00\x01\x02",
}


def arrives(world: World, topic: str, payload: bytes, *, again: bool = False) -> None:
    """Bytes, as they come from the wire."""
    world.daemon.deliver(Received(topic, payload, again=again))
    world.settle()


@pytest.mark.parametrize("name", RUBBISH)
@pytest.mark.parametrize("where", ["runway", "breathing", "night"])
def test_rubbish_on_every_topic_leaves_the_evening_as_it_is(where: str, name: str):
    world = IN[where]()
    topics = world.daemon.subscriptions()
    shown = level(world, "bedside")

    for topic in topics:
        if not topic.startswith("home/speaker") and not topic.endswith("runway/set"):
            arrives(world, topic, RUBBISH[name])

    assert (phase(world), things(world)) == (where, MUTED)
    assert world.state()["touched"] == []
    assert level(world, "bedside") <= max(shown, 38)


def test_rubbish_is_one_line_for_who_debugs():
    world = in_runway()
    before = len(world.daemon.logs)

    arrives(world, "zigbee2mqtt/bedside", b"{")

    logged = [log for _, log in world.daemon.logs[before:]]
    assert [(log.level, "zigbee2mqtt/bedside" in log.text) for log in logged] == [("debug", True)]


@pytest.mark.parametrize("word", ["stop", "dark", "skip", "start", "release", "glow"])
def test_a_command_that_was_stored_by_the_broker_is_ignored(word: str):
    world = World(config(), at="2026-11-22 22:20")
    world.broker.publish("winddown/bedroom/command", word, retain=True)
    world.broker.publish("winddown/all/command", word, retain=True)

    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("runway", MUTED)


@pytest.mark.parametrize("kind", ["single", "double", "hold"])
def test_a_press_that_was_stored_by_the_broker_is_ignored(kind: str):
    world = World(config(), at="2026-11-22 22:20")
    world.broker.publish("zigbee2mqtt/button", f'{{"action": "{kind}"}}', retain=True)
    world.broker.publish("winddown/bedroom/press/set", kind, retain=True)

    world.run_for(seconds=10)

    assert (phase(world), world.presses()) == ("runway", [])


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("zigbee2mqtt/button", '{"action": "double"}'),
        ("winddown/bedroom/press/set", "double"),
        ("winddown/bedroom/command", "later"),
        ("winddown/all/command", "later"),
    ],
)
def test_what_the_broker_sends_a_second_time_was_asked_once(topic: str, payload: str):
    world = in_runway()
    world.broker.publish(topic, payload)

    world.run_for(seconds=30)
    arrives(world, topic, payload.encode(), again=True)

    assert tonight(world)["later_min"] == 15


def test_a_lamp_that_says_something_a_second_time_is_believed():
    world = in_runway()

    arrives(world, "zigbee2mqtt/bedside", b'{"state": "OFF"}', again=True)

    assert world.state()["touched"] == ["bedside"]


def test_a_lamp_command_that_was_stored_by_the_broker_is_no_hand():
    world = World(config(), at="2026-11-22 22:20")
    world.broker.publish("zigbee2mqtt/bedside/set", '{"state": "ON", "brightness": 254}', retain=True)

    world.run_for(seconds=10)

    assert world.state()["touched"] == []


def test_an_empty_action_after_a_press_is_none():
    world = bedroom()

    world.say("zigbee2mqtt/button", {"action": "double"})
    world.say("zigbee2mqtt/button", {"action": ""})
    world.say("zigbee2mqtt/button", {"action": None, "battery": 80})

    assert world.presses() == ["double"]


def test_a_stored_state_of_a_lamp_is_believed():
    world = World(config(), at="2026-11-22 22:20")
    world.broker.publish("zigbee2mqtt/bedside", '{"state": "ON", "brightness": 40}', retain=True)
    since = Since(world)

    world.run_for(minutes=1)

    assert since.brightest("bedside") <= 204
