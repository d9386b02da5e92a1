"""The configuration: YAML in, frozen models out, or every mistake at once. It decides nothing about an evening."""

from __future__ import annotations

from winddown.config.bedside import PACES, Breathing, OnlyIf, QuietTarget, Release
from winddown.config.editor import json_schema
from winddown.config.fixtures import Lamp
from winddown.config.load import Loaded, find, load
from winddown.config.presses import NOTHING, Presses
from winddown.config.schedule import WEEKDAYS, Bedtimes, Wakes
from winddown.config.schema import Config, HomeAssistant, Mqtt, Room, Tls

__all__ = [
    "NOTHING",
    "PACES",
    "WEEKDAYS",
    "Bedtimes",
    "Breathing",
    "Config",
    "HomeAssistant",
    "Lamp",
    "Loaded",
    "Mqtt",
    "OnlyIf",
    "Presses",
    "QuietTarget",
    "Release",
    "Room",
    "Tls",
    "Wakes",
    "find",
    "json_schema",
    "load",
]
