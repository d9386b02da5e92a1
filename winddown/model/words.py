"""What people say: phases, presses, verbs. The field's words, spelt once."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Where a room is in its evening."""

    DAY = "day"
    RUNWAY = "runway"
    RELEASE = "release"
    BREATHING = "breathing"
    NIGHT = "night"


class Origin(StrEnum):
    """Out of what a release or a breathing was entered; it decides what follows."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class Press(StrEnum):
    """What a finger did, whatever the button calls it."""

    SINGLE = "single"
    DOUBLE = "double"
    HOLD = "hold"


class Verb(StrEnum):
    """What a person can ask of a room."""

    GO_TO_BED = "go_to_bed"
    RELEASE = "release"
    BREATHE = "breathe"
    NEXT = "next"
    START = "start"
    LATER = "later"
    SKIP = "skip"
    DARK = "dark"
    STOP = "stop"
    RESUME = "resume"
    GLOW = "glow"
