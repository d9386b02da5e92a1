"""The configuration: YAML in, frozen models out, or every mistake at once. It decides nothing about an evening."""

from __future__ import annotations

from winddown.config.bedside import Breathing, OnlyIf, QuietTarget, Release
from winddown.config.answers import Question, mistake_in
from winddown.config.editor import json_schema
from winddown.config.fixtures import Lamp
from winddown.config.load import Loaded, find, load
from winddown.config.presses import NOTHING, Presses
from winddown.config.schedule import WEEKDAYS, Bedtimes, Wakes
from winddown.config.schema import Config, HomeAssistant, Mqtt, Room, Tls
from winddown.config.secrets import SECRETS_FILE, secret_in

__all__ = [
    "NOTHING",
    "SECRETS_FILE",
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
    "Question",
    "QuietTarget",
    "Release",
    "Room",
    "Tls",
    "Wakes",
    "find",
    "json_schema",
    "load",
    "mistake_in",
    "secret_in",
]
