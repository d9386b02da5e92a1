"""How long each part of the demonstration lasts. No part is shorter than a real one may be: no fade is faked."""

from __future__ import annotations

from dataclasses import dataclass

AS_SHOWN_S = 66.0
"""How long the evening takes at its ordinary speed."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The parts of the evening, in seconds."""

    lead_s: float
    """Lamps on, the phone rings, nothing happens yet."""
    runway_s: float
    press_early_s: float
    """The button is pressed this long before the runway ends, if nobody does it."""
    announce_s: float
    tense_s: float
    release_s: float
    breathing_s: float
    start_pace: float
    night_s: float
    closing_s: float
    """From wake until the curtain."""
    limit_s: float
    """Whatever is pressed, the curtain falls."""


def timing(seconds: float = AS_SHOWN_S) -> Timing:
    """An evening of about so many seconds; below 30 it is what the shortest parts add up to."""
    share = seconds / AS_SHOWN_S
    return Timing(
        lead_s=max(2.0, 3 * share),
        runway_s=max(4.0, 15 * share),
        press_early_s=0.8,
        announce_s=max(1.0, 2.2 * share),
        tense_s=max(1.0, 2.4 * share),
        release_s=max(3.0, 3.6 * share),
        breathing_s=13 * share,
        start_pace=max(7.0, min(30.0, 10 / share)),
        night_s=max(1.5, 5 * share),
        closing_s=max(1.0, 4 * share),
        limit_s=max(40.0, 120 * share),
    )
