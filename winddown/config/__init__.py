"""The configuration: YAML in, frozen models out, or every mistake at once. It decides nothing about an evening."""

from __future__ import annotations

from winddown.config.answers import Question, lamp_named, mistake_in
from winddown.config.bedside import PACES, Breathing, OnlyIf, QuietTarget, Release
from winddown.config.body import Body, RestMoments
from winddown.config.editor import json_schema
from winddown.config.findings import Findings, findings_file, read_findings
from winddown.config.fixtures import Lamp, own_layers
from winddown.config.limits import Limits
from winddown.config.load import Loaded, find, load
from winddown.config.page import Listen, Web
from winddown.config.presses import NOTHING, Presses
from winddown.config.scalars import duration_s, duration_text
from winddown.config.schedule import WEEKDAYS, Bedtimes, Wakes
from winddown.config.schema import Config, HomeAssistant, Mqtt, Room, Tls
from winddown.config.secrets import SECRETS_FILE, secret_in
from winddown.config.zone import machine_zone

__all__ = [
    "NOTHING",
    "PACES",
    "SECRETS_FILE",
    "WEEKDAYS",
    "Bedtimes",
    "Body",
    "Breathing",
    "Config",
    "Findings",
    "HomeAssistant",
    "Lamp",
    "Limits",
    "Listen",
    "Loaded",
    "Mqtt",
    "OnlyIf",
    "Presses",
    "Question",
    "QuietTarget",
    "Release",
    "RestMoments",
    "Room",
    "Tls",
    "Wakes",
    "Web",
    "duration_s",
    "duration_text",
    "find",
    "findings_file",
    "json_schema",
    "lamp_named",
    "load",
    "machine_zone",
    "mistake_in",
    "own_layers",
    "read_findings",
    "secret_in",
]
