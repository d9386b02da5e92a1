"""The bedroom of these evenings: two lamps, button, speaker, phone; bedtime 22:45, wake 07:00. It asserts nothing.

The world itself watches the promises: each time a test lets time pass, a broken one fails it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from world import World

SPEAKER, PHONE = "home/speaker/set", "home/phone/set"
BEDSIDE, CEILING = "zigbee2mqtt/bedside/set", "zigbee2mqtt/ceiling/set"
FLOOR, PEAK, NIGHT_PEAK, LEAST = 5, 38, 7, 2
"""In a Zigbee lamp's steps: 2 %, 15 %, 3 %, and the smallest that gives light."""
QUIET = (
    '[{topic: home/speaker/set, state: home/speaker, mute: "0"}, '
    '{topic: home/phone/set, mute: priority_only, restore: "off"}]'
)
ROOM = {
    "bedtime": '"22:45"',
    "lights": "[zigbee2mqtt/bedside, zigbee2mqtt/ceiling]",
    "button": "zigbee2mqtt/button",
    "quiet": QUIET,
}


def config(**keys: str) -> str:
    """The file, with keys of the room replaced or added; an empty one is left out."""
    room = "".join(f"    {key}: {value}\n" for key, value in {**ROOM, **keys}.items() if value)
    return f"mqtt: {{host: localhost}}\nrooms:\n  bedroom:\n{room}"


def bedroom(at: str = "2026-11-22 21:00", *, world: dict[str, Any] | None = None, **keys: str) -> World:
    """A world with this room, begun: the daemon has had its first seconds."""
    begun = World(config(**keys), at=at, **(world or {}))
    begun.run_for(seconds=2)
    return begun


def by_day(**keys: Any) -> World:
    """Nine in the evening: day still, and near enough to bedtime to count for it."""
    return bedroom(**keys)


def by_noon(**keys: Any) -> World:
    """Far from any bedtime."""
    return bedroom("2026-11-22 13:00", **keys)


def in_runway(**keys: Any) -> World:
    """Twenty minutes into the runway."""
    world = bedroom("2026-11-22 21:59", **keys)
    world.run_until("22:20")
    return world


def in_release(**keys: Any) -> World:
    """Gone to bed early, in the first step."""
    world = in_runway(**keys)
    world.press("single")
    world.run_for(seconds=3)
    return world


def in_breathing(**keys: Any) -> World:
    """Five minutes after bedtime, somewhere in a breath."""
    world = in_runway(**keys)
    world.run_until("22:50")
    return world


def in_night(**keys: Any) -> World:
    """Asleep."""
    world = in_runway(**keys)
    world.run_until("23:30")
    return world


IN: dict[str, Callable[..., World]] = {
    "day": by_day,
    "runway": in_runway,
    "release": in_release,
    "breathing": in_breathing,
    "night": in_night,
}


# ---------------------------------------------------------------- looking


def phase(world: World, room: str | None = None) -> str:
    """What the room says that it is in."""
    said: str = world.state(room)["phase"]
    return said


def tonight(world: World, room: str | None = None) -> dict[str, Any]:
    """What the room says of its evening."""
    said: dict[str, Any] = world.state(room)["tonight"]
    return said


def bedtime(world: World, room: str | None = None) -> str:
    """Tonight's, as a clock shows it."""
    said: str = tonight(world, room)["bedtime"][11:16]
    return said


def things(world: World) -> tuple[str, str]:
    """What the speaker and the phone are set to."""
    return world.things[SPEAKER].value, world.things[PHONE].value


MUTED, LOUD = ("0", "priority_only"), ("35", "off")


def dark(world: World) -> bool:
    """No lamp gives light."""
    return not any(lamp.lit for lamp in world.lamps.values())


def level(world: World, lamp: str) -> float:
    """What it truly shows; 0 when it is off."""
    shown = world.lamp(lamp).shows()
    return shown.level if shown.on else 0.0


def keys(world: World, room: str = "bedroom") -> list[str]:
    """The keys of the cues so far."""
    return [said["key"] for _, said in world.sent(f"winddown/{room}/cue")]


def bodies(world: World, topic: str) -> list[dict[str, Any]]:
    """What the daemon told a lamp so far."""
    return [json.loads(one.payload) for one in world.ours(topic)]


class Since:
    """What happens from here on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.boot = world.boot

    def ours(self, *topics: str) -> list[str]:
        """Payloads of the daemon on these topics; without any, on every topic on which lamps are told something."""
        wanted = topics or tuple(self.world.lamp_topics)
        return [one.payload for topic in wanted for one in self.world.ours(topic) if one.boot >= self.boot]

    def brightest(self, lamp: str) -> float:
        """The most that a lamp has shown."""
        return self.world.lamp(lamp).brightest(self.boot)

    def told(self, word: str) -> bool:
        """Some `why` says so."""
        return any(word in one.payload for one in self.world.ours("winddown/bedroom/why") if one.boot >= self.boot)

    def keys(self) -> list[str]:
        """The cues."""
        return [one.data["key"] for one in self.world.ours("winddown/bedroom/cue") if one.boot >= self.boot]
