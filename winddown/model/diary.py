"""One night as winddown saw it, and what goes into the diary of it. No behaviour."""

from __future__ import annotations

from collections.abc import Mapping

from winddown.model.words import Press
from winddown.value import value

Told = str | int
"""A field of the diary as it is kept: a text, a time of day as `22:45`, or a whole number."""


@value()
class Pressed:
    """One press that counted."""

    at: float
    press: Press
    night: bool = False
    """After going to bed, before wake."""


@value(kw_only=True)
class NightSeen:
    """What winddown saw of one night. Nobody has confirmed it."""

    evening: str
    """Its date, ISO."""
    runway_at: float | None = None
    runway_end_at: float | None = None
    runway_kept: bool | None = None
    """It ran until its bedtime; False: somebody ended it before; None: its end was not seen."""
    to_bed_at: float | None = None
    """Bedtime, or when somebody went to bed; None: neither was seen."""
    lights_out_at: float | None = None
    """The last light of the evening went out."""
    presses: tuple[Pressed, ...] = ()
    finished: tuple[str, ...] = ()
    """The sequences that came to their end, in order: `release`, `breathing`."""
    touched: tuple[str, ...] = ()
    """The lamps that a hand took."""
    moments: int = 0
    """Rest moments offered in the day before."""
    answered: int = 0
    """Of these, how many a press answered."""


@value()
class NightSaid:
    """What a person has said of one night."""

    evening: str
    """Its date, ISO."""
    fields: Mapping[str, Told | None]
    """None: it was taken away."""


@value()
class Enter:
    """Write into the diary; it may be written a moment later."""

    room: str
    evening: str
    """The date of the night's evening, ISO."""
    seen: NightSeen | None = None
    """Instead of what was seen before."""
    said: Mapping[str, Told | None] | None = None
    """What a person says: these fields, and the others stay; None takes one away."""
