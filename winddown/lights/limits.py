"""Keeps what is asked of a lamp within what it can do. Rounds and clamps; knows no system and no message."""

from __future__ import annotations

from winddown.model import Profile

COOLEST_MIRED = 50
WARMEST_MIRED = 1000
"""Beyond these no lamp is built: such a figure is a mistake, or kelvin."""


def level_within(level: int | None, profile: Profile) -> int | None:
    """The level that still gives light and exists on its scale; None where there is none to send."""
    if level is None or not profile.dims:
        return None
    return max(1, profile.min_level, min(level, profile.scale))


def mired_within(mired: int | None, profile: Profile) -> int | None:
    """The warmth that it can show; None where there is none to send."""
    if mired is None or profile.coolest_mired is None or profile.warmest_mired is None:
        return None
    return max(profile.coolest_mired, min(mired, profile.warmest_mired))


def fade_within(fade_s: float, profile: Profile) -> int | float:
    """The fade in seconds, in tenths as most lamps count, and a plain integer when it is whole."""
    tenths = round(10 * max(0.0, min(fade_s, profile.max_fade_s)))
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def mired_of(kelvin: float) -> int:
    """A colour temperature in kelvin as warmth."""
    return round(1_000_000 / kelvin)


def kelvin_of(mired: int) -> int:
    """A warmth as a colour temperature in kelvin."""
    return round(1_000_000 / mired)
