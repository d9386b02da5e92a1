"""A fake world for whole evenings: clock, broker, lamps, things, people. See `world.py`; it runs nothing by itself."""

from world.gang import GangLamp
from world.house import House, Room, Target, config_of
from world.lamps import GenericLamp, HomeAssistantLamp, JsonLamp, Lamp, Shown, ZigbeeLamp
from world.sent import Sent
from world.things import Phone, Speaker, Thing
from world.world import World

__all__ = [
    "GangLamp",
    "GenericLamp",
    "HomeAssistantLamp",
    "House",
    "JsonLamp",
    "Lamp",
    "Phone",
    "Room",
    "Sent",
    "Shown",
    "Speaker",
    "Target",
    "Thing",
    "World",
    "ZigbeeLamp",
    "config_of",
]
