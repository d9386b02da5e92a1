"""The nouns of the house: what goes in, what comes out, and what is remembered. No behaviour, no I/O, no clock.

Levels are whole steps of the lamp's own scale (Zigbee 0-254, ESPHome 0-255, Tasmota 0-100), warmth is in mired
(1,000,000 / kelvin: higher is warmer), durations end in `_s`, instants in `_at` (POSIX seconds) or `_boot`.
"""

from winddown.model.events import (
    Alarm,
    Connected,
    Disconnected,
    Effect,
    Event,
    Exit,
    Log,
    Message,
    Note,
    Publish,
    Received,
    Remember,
    Stop,
    Wake,
)
from winddown.model.lamps import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    Heard,
    LampCommand,
    Light,
    Off,
    Profile,
    Report,
)
from winddown.model.memory import LampMemory, Memory, QuietMemory, Rest, RoomMemory, Running, Setting, Tonight
from winddown.model.words import Origin, Phase, Press, Verb

__all__ = [
    "Alarm",
    "Ask",
    "Availability",
    "Catalogue",
    "Commanded",
    "Connected",
    "Dim",
    "Disconnected",
    "Effect",
    "Event",
    "Exit",
    "Heard",
    "LampCommand",
    "LampMemory",
    "Light",
    "Log",
    "Memory",
    "Message",
    "Note",
    "Off",
    "Origin",
    "Phase",
    "Press",
    "Profile",
    "Publish",
    "QuietMemory",
    "Received",
    "Remember",
    "Report",
    "Rest",
    "RoomMemory",
    "Running",
    "Setting",
    "Stop",
    "Tonight",
    "Verb",
    "Wake",
]
