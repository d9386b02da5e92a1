"""A button that says its last press again and again."""

from __future__ import annotations

from world import World

SHELLY = """
mqtt: {host: localhost}
rooms:
  bedroom:
    bedtime: "22:45"
    lights: [zigbee2mqtt/bedside_lamp]
    button: {shelly1: shellybutton1-A1}
"""
TOPIC = "shellies/shellybutton1-A1/input_event/0"


def said(world: World, event: str, count: int) -> None:
    world.say(TOPIC, f'{{"event":"{event}","event_cnt":{count}}}')


def test_only_a_count_that_has_gone_up_is_a_press() -> None:
    world = World(SHELLY, at="2026-11-22 20:00")
    world.run_for(seconds=5)

    said(world, "S", 7)
    world.run_for(seconds=30)
    said(world, "S", 7)
    assert world.presses("bedroom") == []

    said(world, "S", 8)
    assert world.presses("bedroom") == ["single"]


def test_a_count_from_before_an_outage_is_no_press_after_it() -> None:
    world = World(SHELLY, at="2026-11-22 20:00")
    world.run_for(seconds=5)
    said(world, "S", 7)
    world.broker_down()
    world.run_for(seconds=30)
    world.broker_up()
    world.run_for(seconds=5)

    said(world, "S", 8)

    assert world.presses("bedroom") == []
