"""White light mixed from red, green and blue, for lamps without a warmth of their own. Knows whites, no other colour.

The mixture is Tanner Helland's fit to the colours of a black body (2012), which Home Assistant and WLED use too.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log

from winddown.lights.limits import kelvin_of

COOLEST_MIRED, WARMEST_MIRED = 153, 500
_CLOSE = 12
"""How far each channel of a colour may be from a white that it is taken for."""

Rgb = tuple[int, int, int]


@cache
def rgb_of(mired: int) -> Rgb:
    """The mixture, 0 to 255 each, for a warmth of up to 6600 K."""
    hundreds = kelvin_of(mired) / 100
    green = 99.4708025861 * log(hundreds) - 161.1195681661
    blue = 138.5177312231 * log(hundreds - 10) - 305.0447927307 if hundreds > 19 else 0.0
    return 255, _channel(green), _channel(blue)


@lru_cache(maxsize=64)
def mired_of_rgb(red: int, green: int, blue: int) -> int | None:
    """The warmth that a mixture looks like; None where it is a colour, or a white dimmed by its channels."""
    distance, mired = min(
        (_distance(rgb_of(mired), (red, green, blue)), -mired) for mired in range(COOLEST_MIRED, WARMEST_MIRED + 1)
    )
    return -mired if distance <= _CLOSE else None


def _distance(one: Rgb, other: Rgb) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _channel(value: float) -> int:
    return round(max(0.0, min(value, 255.0)))
