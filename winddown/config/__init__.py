"""The configuration: YAML in, frozen models out, or every mistake at once. It decides nothing about an evening."""

from __future__ import annotations

from winddown.config.bedside import Breathing, OnlyIf, QuietTarget, Release
from winddown.config.editor import json_schema
from winddown.config.findings import Findings, findings_file, read_findings
from winddown.config.fixtures import Lamp, own_layers
from winddown.config.limits import Limits
from winddown.config.load import Loaded, find, load
from winddown.config.presses import NOTHING, Presses
from winddown.config.scalars import duration_text
from winddown.config.schedule import WEEKDAYS, Bedtimes, Wakes
from winddown.config.schema import Config, HomeAssistant, Mqtt, Room, Tls

__all__ = [
    "NOTHING",
    "WEEKDAYS",
    "Bedtimes",
    "Breathing",
    "Config",
    "Findings",
    "HomeAssistant",
    "Lamp",
    "Limits",
    "Loaded",
    "Mqtt",
    "OnlyIf",
    "Presses",
    "QuietTarget",
    "Release",
    "Room",
    "Tls",
    "Wakes",
    "duration_text",
    "find",
    "findings_file",
    "json_schema",
    "load",
    "own_layers",
    "read_findings",
]
