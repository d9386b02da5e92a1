"""What there is to read in peace: the room's programme, its button, when to see a doctor. It says nothing of its own.

The sentences are those of the programmes, a room's own before ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from winddown.config import Room
from winddown.core.presses import Order, verb_for
from winddown.model import Origin, Phase, Press
from winddown.programmes import below
from winddown.web.words import Words

_PARTS = ("announce", "tense", "release")
_CAVEATS = ("help.treatment", "help.stop", "help.less_sleep")
_IN = (Phase.DAY, Phase.RUNWAY, Phase.RELEASE, Phase.BREATHING, Phase.NIGHT)


@dataclass(frozen=True, slots=True)
class Programme:
    """All of it."""

    areas: tuple[tuple[str, ...], ...]
    """Of each area what is said, in its order."""
    breathing: str
    release: str
    presses: tuple[tuple[str, ...], ...]
    """A row for each phase: its name, then what each press does."""
    posture: tuple[str, ...]
    caveats: tuple[str, ...]
    """What this is not."""
    signs: tuple[str, ...]
    """When to see a doctor."""


def programme(room: Room, sentences: Mapping[str, str], words: Words) -> Programme:
    """Of a room, in its own words."""
    release, breathing = room.release, room.breathing
    pace = {"inhale": f"{breathing.inhale_s:g}", "exhale": f"{breathing.exhale_s:g}"}
    parts = [part for part in _PARTS if part != "tense" or not release.release_only]
    areas = [area for area in release.areas if area not in release.skip]
    said = tuple(
        tuple(sentences[key] for part in parts if (key := f"release.{area}.{part}") in sentences) for area in areas
    )
    tense = {} if release.release_only else {"tense": f"{release.tense_s:g}"}
    return Programme(
        areas=tuple(one for one in said if one),
        breathing=words("help.breathing_2", **pace),
        release=words("help.release_1" if tense else "help.release_only", **tense),
        presses=tuple(_row(room, phase, words) for phase in _IN),
        posture=tuple(
            sentences[key]
            for hurts in room.body.complaints
            if (key := f"posture.{hurts}.{room.body.sleeps_on}") in sentences
        ),
        caveats=tuple(sentences[key] for key in _CAVEATS),
        signs=tuple(sentences[key] for key in below(sentences, "help") if key not in _CAVEATS),
    )


def _row(room: Room, phase: Phase, words: Words) -> tuple[str, ...]:
    origin = Origin.NIGHT if phase is Phase.NIGHT else Origin.EVENING
    found = (verb_for(press, phase, origin, room.presses.overrides) for press in Press)
    return (words(f"phase.{phase}"), *(_verb(order, words) for order in found))


def _verb(order: Order | None, words: Words) -> str:
    return words("help.nothing") if order is None else words(f"help.verbs.{order.verb}")
