"""A house of many rooms: what happens in one of them is no work for the others. Counted in calls, not in seconds."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from winddown.clock import Instant
from winddown.core.engine import Engine
from winddown.model import Connected, Disconnected, Publish, Received
from world.house import config_of

WALL = 1_795_356_000.0
"""A Sunday afternoon."""
SHOWN = b'{"state":"ON","brightness":120}'
FEW, MANY = 5, 50
MOST_BYTES = 13_000
"""Of a room, its lamp and its button, while it breathes: 11 KB, on a network of its own; once it was 16."""


class House:
    """So many rooms with a lamp and a button each, on networks of their own; lit, and at rest by day."""

    def __init__(self, rooms: int, bedtime: Callable[[int], str] = lambda _room: "22:45") -> None:
        self.engine = Engine(config_of("\n".join(("mqtt: {host: localhost}", "rooms:", *lines(rooms, bedtime)))))
        self.boot = 100.0
        self.engine.begin(self.now)
        self.hear(Connected())
        for room in range(rooms):
            self.hear(Received(f"base{room}/lamp", SHOWN, retain=True))
        self.rest(60)

    @property
    def now(self) -> Instant:
        return Instant(WALL + self.boot, self.boot)

    def hear(self, event: Any) -> list[Any]:
        """What follows of it at once, and a moment later."""
        effects = self.engine.handle(event, self.now)
        self.boot += 0.002
        return [*effects, *self.engine.tick(self.now)]

    def rest(self, for_s: float) -> None:
        """Let time pass; the lamps tell nothing."""
        until = self.boot + for_s
        while self.boot < until:
            self.boot = min(until, max(self.engine.deadline(self.now), self.boot + 0.001))
            self.engine.tick(self.now)


def lines(rooms: int, bedtime: Callable[[int], str]) -> list[str]:
    return [
        f'  room{n}: {{bedtime: "{bedtime(n)}", lights: [{{zigbee2mqtt: lamp, base: base{n}}}], '
        f"button: {{zigbee2mqtt: button, base: base{n}}}}}"
        for n in range(rooms)
    ]


def calls(work: Callable[[], object]) -> int:
    """How many functions are called in it."""
    counted = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


@pytest.fixture(scope="module")
def few() -> House:
    return House(FEW)


@pytest.fixture(scope="module")
def many() -> House:
    return House(MANY)


@pytest.mark.parametrize(
    "event",
    [
        Received("base0/lamp", b'{"state":"ON","brightness":119}'),
        Received("base0/button", b'{"action":"single"}'),
        Received("winddown/room0/command", b"stop"),
    ],
    ids=["a lamp speaks", "a button is pressed", "a command is sent"],
)
def test_what_happens_in_one_room_is_the_same_work_however_many_others_there_are(few, many, event):
    in_few = calls(lambda: few.hear(event))
    in_many = calls(lambda: many.hear(event))

    assert in_many <= in_few * 1.1 + 20


def test_a_look_at_the_clock_at_which_nothing_is_due_asks_no_room(few, many):
    assert calls(lambda: many.engine.tick(many.now)) == calls(lambda: few.engine.tick(few.now)) < 20


def test_a_room_whose_runway_begins_is_the_only_one_that_is_looked_at():
    def bedtime(room: int) -> str:
        return "22:45" if room else "20:00"

    def work(rooms: int) -> int:
        house = House(rooms, bedtime)
        return calls(lambda: house.rest(6 * 3600))

    assert work(MANY) <= work(FEW) * 1.1 + 20


def test_a_pulse_in_one_room_lets_the_others_rest(few, many):
    for house in (few, many):
        house.hear(Received("winddown/room1/command", b"breathe"))

    assert calls(lambda: many.rest(30)) <= calls(lambda: few.rest(30)) * 1.1 + 20


def test_while_the_broker_is_away_a_house_of_many_rooms_rests():
    house = House(2 * MANY)
    house.hear(Disconnected())

    ticks = 0
    while house.engine.deadline(house.now) <= house.boot and ticks < 1000:
        house.engine.tick(house.now)
        ticks += 1

    assert ticks < 20
    house.rest(600)
    assert calls(lambda: house.rest(1)) < 200


def test_at_a_common_bedtime_every_lamp_is_told():
    house = House(MANY)
    house.rest(6 * 3600)

    told = house.hear(Received("winddown/all/command", b"dark"))

    topics = {effect.message.topic for effect in told if isinstance(effect, Publish)}
    assert {f"base{room}/lamp/set" for room in range(MANY)} <= topics


def test_a_room_more_is_some_kilobytes_more():
    """In the pulse, when most is known of it. What a room holds of its own must not be what all rooms have."""

    def kept(rooms: int) -> int:
        gc.collect()
        tracemalloc.start()
        try:
            house = House(rooms)
            house.hear(Received("winddown/all/command", b"breathe"))
            house.rest(20)
            gc.collect()
            return tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()

    kept(FEW)  # what is read once for all houses is read now

    a_room = (kept(2 * MANY) - kept(MANY // 2)) / (2 * MANY - MANY // 2)

    assert a_room < MOST_BYTES
