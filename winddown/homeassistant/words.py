"""What everything is called in Home Assistant, in each language; it can translate none of this itself. No entities.

A new language is one more table with the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    device: str
    """A room's device, with `{room}`."""
    hub: str
    names: Mapping[str, str]
    """Of every entity by its key."""
    phases: Mapping[str, str]
    areas: Mapping[str, str]
    """Areas of the body; what is not here is shown as the file calls it."""
    parts: Mapping[str, str]
    presses: Mapping[str, str]
    a_minute: str
    """Behind how many breaths."""
    nothing: str


EN = Words(
    device="Winddown {room}",
    hub="Winddown",
    names={
        "enabled": "Evening routine",
        "quiet": "Quiet",
        "skip": "Skip tonight",
        "start": "Wind down now",
        "release": "Tension release",
        "breathe": "Breathe",
        "next": "Next",
        "later": "A little later",
        "dark": "Dark",
        "stop": "Stop",
        "glow": "Glow",
        "resume": "Hand touched lamps back",
        "bedtime": "Bedtime",
        "wake": "Wake",
        "runway": "Runway",
        "breathing": "Breathing time",
        "pace": "Breathing pace",
        "language": "Language",
        "tension": "Morning tension",
        "quality": "Sleep quality",
        "note": "Note for the diary",
        "phase": "Phase",
        "step": "Step",
        "cue": "Cue",
        "until": "Phase ends",
        "next_start": "Next wind-down",
        "quiet_until": "Quiet until",
        "touched": "Touched lamps",
        "why": "Why",
        "last_press": "Last press",
        "muted": "Muted",
        "problem": "Problem",
        "button": "Bedside button",
        "session": "Session",
        "connection": "Connection",
        "rooms": "Rooms",
        "version": "Version",
        "sent": "Commands sent",
        "saved": "Commands saved",
        "beat_error": "Beat error",
    },
    phases={"day": "day", "runway": "runway", "release": "release", "breathing": "breathing", "night": "night"},
    areas={},
    parts={"announce": "get ready", "tense": "tense", "release": "let go"},
    presses={"single": "single", "double": "double", "hold": "hold"},
    a_minute="a minute",
    nothing="none",
)

NL = Words(
    device="Winddown {room}",
    hub="Winddown",
    names={
        "enabled": "Avondroutine",
        "quiet": "Stilte",
        "skip": "Vanavond overslaan",
        "start": "Nu afbouwen",
        "release": "Ontspannen",
        "breathe": "Ademen",
        "next": "Volgende",
        "later": "Iets later",
        "dark": "Donker",
        "stop": "Stop",
        "glow": "Glimpje licht",
        "resume": "Aangeraakte lampen teruggeven",
        "bedtime": "Bedtijd",
        "wake": "Opstaan",
        "runway": "Afbouwtijd",
        "breathing": "Ademtijd",
        "pace": "Ademtempo",
        "language": "Taal",
        "tension": "Spanning 's ochtends",
        "quality": "Slaapkwaliteit",
        "note": "Notitie voor het dagboek",
        "phase": "Fase",
        "step": "Stap",
        "cue": "Aanwijzing",
        "until": "Fase eindigt",
        "next_start": "Volgende keer afbouwen",
        "quiet_until": "Stil tot",
        "touched": "Aangeraakte lampen",
        "why": "Waarom",
        "last_press": "Laatste druk op de knop",
        "muted": "Gedempt",
        "problem": "Probleem",
        "button": "Knop bij het bed",
        "session": "Sessie",
        "connection": "Verbinding",
        "rooms": "Kamers",
        "version": "Versie",
        "sent": "Opdrachten verstuurd",
        "saved": "Opdrachten bespaard",
        "beat_error": "Afwijking van het ritme",
    },
    phases={"day": "dag", "runway": "afbouwen", "release": "ontspannen", "breathing": "ademen", "night": "nacht"},
    areas={
        "shoulders": "schouders",
        "hands": "handen",
        "toes": "tenen",
        "jaw": "kaken",
        "forehead": "voorhoofd",
        "belly": "buik",
        "legs": "benen",
    },
    parts={"announce": "maak je klaar", "tense": "spannen", "release": "loslaten"},
    presses={"single": "kort", "double": "dubbel", "hold": "lang"},
    a_minute="per minuut",
    nothing="geen",
)

WORDS: Mapping[str, Words] = {"en": EN, "nl": NL}
SPOKEN: Mapping[str, str] = {"en": "English", "nl": "Nederlands"}
"""What each language calls itself."""
