"""What goes over the radio, counted in the fake world of the tests: time passes there by being waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from world import World

LAMPS = (1, 4, 8, 16)
RUNWAY = "2026-11-22 21:58"


@dataclass(frozen=True)
class Runway:
    """45 minutes on the way down."""

    lamps: int
    commands: int
    questions: int
    busiest_second: int
    """Commands and questions in the worst second."""


def runway(lamps: int) -> Runway:
    """Every lamp on, none reports by itself: the dearest case."""
    world = _house(lamps)
    world.run_until("22:44:50")
    told = {verb: _boots(world, lamps, verb) for verb in ("set", "get")}
    all_ = sorted([*told["set"], *told["get"]])
    busiest = max(sum(1 for one in all_ if begin <= one < begin + 1) for begin in all_)
    return Runway(lamps, len(told["set"]), len(told["get"]), busiest)


@dataclass(frozen=True)
class Pulse:
    """Ten minutes of one breathing lamp, the last three breaths and the OFF included."""

    commands: int
    breaths: int


def pulse() -> Pulse:
    """From bedtime until it is dark."""
    world = _house(1)
    world.run_until("22:44:59")
    before = len(_boots(world, 1, "set"))
    breaths = 0
    while not breaths or world.state()["phase"] == "breathing":
        world.run_for(seconds=5)
        breath = world.state()["breath"]
        breaths = breath["breaths"] if breath else breaths
    return Pulse(len(_boots(world, 1, "set")) - before, breaths)


def hands_off_s() -> float:
    """From the report of a hand to the sentence that says whose the lamp is."""
    world = _house(4)
    world.run_until("22:20")
    world.lamp("lamp1").by_hand(level=200)
    begin = world.boot
    while "lamp1" not in world.state()["touched"]:
        world.run_for(seconds=0.01)
    return world.boot - begin


def _house(lamps: int) -> World:
    lights = ", ".join(f"zigbee2mqtt/lamp{n}" for n in range(lamps))
    room = f'    bedtime: "22:45"\n    lights: [{lights}]\n    button: zigbee2mqtt/button\n'
    world = World(f"mqtt: {{host: localhost}}\nrooms:\n  bedroom:\n{room}", at=RUNWAY)
    world.run_for(seconds=2)
    return world


def _boots(world: World, lamps: int, verb: str) -> Sequence[float]:
    return [sent.boot for n in range(lamps) for sent in world.ours(f"zigbee2mqtt/lamp{n}/{verb}")]
