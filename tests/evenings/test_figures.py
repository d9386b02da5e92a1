"""What winddown counts of itself, told once a minute."""

from __future__ import annotations

import json
from itertools import pairwise

from evenings.bedroom import by_day, in_breathing
from world import World
from world.world import LATE_S

FIGURES = "winddown/hub/figures"


def figures(world: World) -> dict[str, float]:
    return json.loads(world.broker.retained[FIGURES])


def commanded(world: World) -> int:
    return sum(one.ours and one.topic.endswith("/set") and one.topic.startswith("zigbee2mqtt/") for one in world.trace)


def test_as_many_commands_are_counted_as_went_out():
    world = by_day()

    world.run_until("23:30")

    assert figures(world)["sent"] == commanded(world) > 100


def test_a_lamp_that_is_off_has_its_steps_saved():
    world = by_day()
    world.run_until("22:10")
    world.lamp("bedside").by_hand(on=False)
    world.lamp("ceiling").by_hand(on=False)
    world.run_for(minutes=2)
    before = figures(world)

    world.run_until("22:40")

    after = figures(world)
    assert after["sent"] == before["sent"]
    assert after["saved"] > before["saved"] + 20


def test_they_are_told_once_a_minute_at_most_and_not_at_all_by_day():
    world = by_day()
    world.run_until("21:59")
    assert FIGURES not in world.broker.retained

    world.run_until("23:30")

    told = [one.boot for one in world.trace if one.topic == FIGURES]
    assert min(b - a for a, b in pairwise(told)) >= 60
    assert len(told) >= 30


def test_the_beat_error_is_how_late_the_machine_wakes():
    world = by_day()
    world.run_until("22:44")
    assert figures(world)["beat_error_ms"] is None

    world.run_until("22:50")

    assert 0 <= figures(world)["beat_error_ms"] <= LATE_S * 1000 + 1


def test_an_outage_is_no_late_beat():
    world = in_breathing()
    world.broker_down()
    world.run_for(seconds=90)
    world.broker_up()

    world.run_for(minutes=3)

    assert figures(world)["beat_error_ms"] <= LATE_S * 1000 + 1
