"""Every word of the demonstration that is not a cue, in each language. It chooses none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from winddown.errors import UsageError
from winddown.model import Phase, Press, Verb


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    title: str
    broker: str
    """Where others may listen; `{port}`."""
    lamps: Mapping[str, str]
    lamp: str
    off: str
    within: str
    """`in 5 s`; `{seconds}`."""
    phone: str
    muted: str
    rings: str
    press: str
    presses: Mapping[Press, str]
    phase: str
    phases: Mapping[Phase, str]
    at_home: Mapping[Phase, str]
    """How long a phase lasts where nobody is in a hurry."""
    verbs: Mapping[Verb, str]
    inhale: str
    exhale: str
    evening: str
    """Before it begins."""
    morning: str
    nothing: str
    """What a press does in a moment that knows none."""
    quit: str
    closing: str
    farewell: str
    """To somebody who has seen enough."""
    ended: str
    """winddown ended by itself."""
    decimal: str


_EN = Words(
    title="one evening, in about a minute",
    broker="broker on 127.0.0.1:{port}",
    lamps={"bedside": "bedside", "shelf": "shelf"},
    lamp="lamp",
    off="off",
    within="in {seconds} s",
    phone="phone",
    muted="muted",
    rings="may ring",
    press="press",
    presses={Press.SINGLE: "single", Press.DOUBLE: "double", Press.HOLD: "hold"},
    phase="phase",
    phases={
        Phase.DAY: "day",
        Phase.RUNWAY: "runway",
        Phase.RELEASE: "release",
        Phase.BREATHING: "breathing",
        Phase.NIGHT: "night",
    },
    at_home={
        Phase.RUNWAY: "at home 45 min",
        Phase.RELEASE: "2 min",
        Phase.BREATHING: "10 min",
        Phase.NIGHT: "till 7",
    },
    verbs={
        Verb.GO_TO_BED: "to bed",
        Verb.RELEASE: "tense, let go",
        Verb.BREATHE: "breathe",
        Verb.NEXT: "next",
        Verb.START: "begin",
        Verb.LATER: "later",
        Verb.DARK: "dark",
        Verb.STOP: "stop",
        Verb.GLOW: "a glow",
    },
    inhale="in",
    exhale="out",
    evening="An ordinary evening.",
    morning="Good morning.",
    nothing="nothing",
    quit="quit",
    closing="That was the evening. At home it takes its time: winddown run. Sleep well.",
    farewell="Sleep well.",
    ended="winddown ended by itself; that is our fault, please tell us",
    decimal=".",
)

_NL = Words(
    title="een avond, in ongeveer een minuut",
    broker="broker op 127.0.0.1:{port}",
    lamps={"bedside": "bedlamp", "shelf": "boekenplank"},
    lamp="lamp",
    off="uit",
    within="in {seconds} s",
    phone="telefoon",
    muted="stil",
    rings="mag overgaan",
    press="gedrukt",
    presses={Press.SINGLE: "kort", Press.DOUBLE: "dubbel", Press.HOLD: "lang"},
    phase="fase",
    phases={
        Phase.DAY: "dag",
        Phase.RUNWAY: "afbouwen",
        Phase.RELEASE: "loslaten",
        Phase.BREATHING: "ademen",
        Phase.NIGHT: "nacht",
    },
    at_home={
        Phase.RUNWAY: "thuis 45 min",
        Phase.RELEASE: "2 min",
        Phase.BREATHING: "10 min",
        Phase.NIGHT: "tot 7",
    },
    verbs={
        Verb.GO_TO_BED: "naar bed",
        Verb.RELEASE: "span, laat los",
        Verb.BREATHE: "ademen",
        Verb.NEXT: "volgende",
        Verb.START: "beginnen",
        Verb.LATER: "later",
        Verb.DARK: "donker",
        Verb.STOP: "stop",
        Verb.GLOW: "lichtje",
    },
    inhale="in",
    exhale="uit",
    evening="Een gewone avond.",
    morning="Goedemorgen.",
    nothing="niets",
    quit="einde",
    closing="Dat was de avond. Thuis neemt hij de tijd: winddown run. Slaap lekker.",
    farewell="Slaap lekker.",
    ended="winddown is vanzelf opgehouden; dat is onze fout, laat het ons weten",
    decimal=",",
)

_ALL = {"en": _EN, "nl": _NL}


def words(language: str) -> Words:
    """The words of a language; UsageError for one that is not there."""
    if language not in _ALL:
        raise UsageError(f"the demo does not speak {language!r}; it speaks: {', '.join(_ALL)}")
    return _ALL[language]
