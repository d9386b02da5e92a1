"""What a room has to tell people: cues for the sleeper, whys for the curious. Kept here until somebody says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from winddown.model import NightSaid, Press, Sentence
from winddown.value import value


@value()
class Cue:
    """One short sentence for the sleeper."""

    key: str
    for_s: float


@dataclass(slots=True)
class News:
    """What a room has to tell since it was last asked; in order."""

    cues: list[Cue] = field(default_factory=list)
    whys: list[Sentence] = field(default_factory=list)
    presses: list[tuple[Press, str]] = field(default_factory=list)
    """What was pressed, and on what."""
    entries: list[NightSaid] = field(default_factory=list)
    """What somebody has just said of a night, and was taken."""
    note: str | None = None
    """A note that was typed into the field for it, and was taken."""
    misheard: bool = False
    """Something that was said of a night cannot be."""
    finished: bool = False
    """A sequence, or a day rest, has come to its end."""
    stopped: bool = False
    """Somebody wants to be left alone, since it was last asked."""
