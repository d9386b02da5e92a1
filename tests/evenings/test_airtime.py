"""Many lamps on one radio: four commands a second, eight at once, the urgent first; and a group that cannot breathe."""

from __future__ import annotations

from itertools import pairwise

import pytest

from evenings.bedroom import CEILING, FLOOR, bedroom, bodies, in_runway, level, phase
from winddown.core.engine import Engine
from world import World, ZigbeeLamp
from world.house import config_of

MANY = [f"lamp{n}" for n in range(16)]


def many(at: str = "2026-11-22 21:59") -> World:
    return bedroom(at, lights=f"[{', '.join(f'zigbee2mqtt/{name}' for name in MANY)}]")


def street(rooms: int) -> World:
    lines = [
        f"  room{n}: {{bedtime: '22:45', wake: '07:00', lights: [zigbee2mqtt/lamp{n}], button: zigbee2mqtt/button{n}}}"
        for n in range(rooms)
    ]
    config = "\n".join(["mqtt: {host: localhost}", "rooms:", *lines, ""])
    return World(config, at="2026-11-22 22:40", lamps=[ZigbeeLamp(f"lamp{n}") for n in range(rooms)])


def told(world: World) -> list[float]:
    return sorted(
        sent.boot for name in MANY for verb in ("set", "get") for sent in world.ours(f"zigbee2mqtt/{name}/{verb}")
    )


def all_breathe_without_a_gap(world: World, rooms: int) -> bool:
    """In the coming minute, in each of them."""
    since_boot = world.boot
    world.run_for(seconds=60)
    told = ([one.boot for one in world.ours(f"zigbee2mqtt/lamp{n}/set") if one.boot > since_boot] for n in range(rooms))
    return all(len(boots) >= 18 and all(after - before < 5 for before, after in pairwise(boots)) for boots in [*told])


def test_sixteen_lamps_never_get_more_than_the_radio_carries():
    world = many()
    world.run_until("22:20")

    boots = told(world)
    busiest = max(sum(1 for one in boots if begin <= one < begin + 1) for begin in boots)

    assert busiest <= 12
    assert all(level(world, name) == pytest.approx(level(world, MANY[0]), abs=6) for name in MANY)


def test_dark_reaches_all_of_sixteen_lamps_within_a_few_seconds():
    world = many()
    world.run_until("22:20")

    world.press("hold")
    world.run_for(seconds=4)

    assert all(level(world, name) == 0 for name in MANY)


def test_a_hand_counts_although_the_step_was_waiting():
    world = many()
    world.run_until("22:20")
    world.lamp("lamp15").by_hand(level=240)

    world.run_until("22:40")

    assert level(world, "lamp15") == 240


def test_what_a_lamp_was_told_already_is_not_said_again():
    """Nearly down already: most steps of its runway change nothing."""
    low = ZigbeeLamp("ceiling", level=10, warm=None)
    world = bedroom("2026-11-22 21:59", world={"lamps": [low]})
    world.run_until("22:44:59")

    levels = [body["brightness"] for body in bodies(world, CEILING)]
    assert levels[-1] == FLOOR
    assert len(levels) == len(set(levels))


def test_a_pulse_is_two_commands_a_breath():
    world = in_runway()
    world.run_until("22:50")  # the pace has come down to six a minute
    since = world.boot

    world.run_for(seconds=60)

    beats = [sent.boot for sent in world.ours("zigbee2mqtt/bedside/set") if sent.boot > since]
    assert len(beats) == 12
    assert {round(b - a) for a, b in pairwise(beats)} == {4, 6}


def test_a_dozen_rooms_of_one_radio_with_one_bedtime_take_turns_so_that_no_breath_is_given_up():
    world = street(12)
    world.run_until("22:45:15")

    assert all_breathe_without_a_gap(world, 12)


def test_where_more_breathe_than_the_radio_carries_nobody_goes_without():
    """Twenty at ten breaths a minute are six commands a second and more, of four that go: two of three beats."""
    world = street(20)
    world.run_until("22:45:10")
    since_boot = world.boot
    world.run_for(seconds=60)

    told = [sum(one.boot > since_boot for one in world.ours(f"zigbee2mqtt/lamp{n}/set")) for n in range(20)]

    assert sum(told) >= 4 * 60 - 8
    assert min(told) >= 8
    assert not [one for n in range(20) for one in world.ours(f"zigbee2mqtt/lamp{n}/get") if one.boot > since_boot]


def test_a_dozen_rooms_of_one_radio_that_are_all_asked_at_once_take_turns_too():
    world = street(12)
    world.run_until("22:44:30")
    world.command("all", "breathe")
    world.run_for(seconds=10)

    assert all_breathe_without_a_gap(world, 12)


def test_who_lives_alone_and_asks_all_rooms_breathes_at_once():
    world = street(1)
    world.run_until("22:44:30")
    world.command("all", "breathe")

    assert world.boot - world.ours("zigbee2mqtt/lamp0/set")[-1].boot < 0.02


def test_who_presses_before_the_turn_of_the_room_has_come_is_heard():
    world = street(12)
    world.run_until("22:45:00")
    world.run_for(seconds=0.5)
    assert world.state("room1")["phase"] == "breathing"

    world.press("single", "room1")

    assert world.state("room1")["phase"] == "release"


def test_rooms_of_one_radio_begin_far_from_each_other_wherever_they_stand_in_the_file():
    """Every thirty-fourth is on the same: by where they stand alone all twelve would begin within a second."""
    lines = [
        f"  room{n}: {{bedtime: '22:45', lights: [{{zigbee2mqtt: lamp{n}, base: z{n % 34}}}]}}" for n in range(408)
    ]
    engine = Engine(config_of("\n".join(["mqtt: {host: localhost}", "rooms:", *lines, ""])))

    turns = sorted(engine.rooms[f"room{n}"].hours.turn_s for n in range(0, 408, 34))

    assert 0 <= turns[0] <= turns[-1] < 6
    assert all(after - before > 0.2 for before, after in pairwise(turns))


def test_who_lives_alone_breathes_at_bedtime_to_the_instant():
    world = street(1)
    world.run_until("22:45:01")

    first = world.ours("zigbee2mqtt/lamp0/set")[-1]

    assert world.local_at(first.wall).strftime("%H:%M:%S.%f")[:-4] == "22:45:00.00"


def test_a_group_does_not_breathe_and_says_why():
    world = bedroom("2026-11-22 21:59")
    groups = [{"friendly_name": "bedside", "id": 1, "members": []}]
    world.say("zigbee2mqtt/bridge/groups", groups, retain=True)
    world.run_until("22:46")

    assert phase(world) == "night"
    assert any("bedside is a group" in why for why in world.whys())
