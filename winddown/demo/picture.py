"""The bedroom as a picture: two lamps that light it, a window, a phone, and the breath as a moon. Colours in, dots out.

Light is added as light is (linear), and only then turned into what a screen shows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot

from winddown.demo.devices import Shown

Colour = tuple[float, float, float]
"""Linear light, 0 to 1."""
Dot = tuple[int, int, int]
"""What a screen shows, 0 to 255."""

DARK: Dot = (13, 11, 15)
LEFT, MIDDLE, RIGHT = 0.2, 0.5, 0.8
"""Where the bedside lamp, the window and the shelf lamp stand, as shares of the width."""

_WALL: Colour = (0.0040, 0.0034, 0.0048)
_WOOD: Colour = (0.010, 0.0065, 0.0045)
_UNLIT: Colour = (0.0095, 0.0082, 0.0086)
_SUNSET: Colour = (0.16, 0.07, 0.075)
_DUSK: Colour = (0.055, 0.040, 0.085)
_MIDNIGHT: Colour = (0.006, 0.008, 0.022)
_MORNING: Colour = (0.16, 0.13, 0.24)
_DAWN: Colour = (0.50, 0.22, 0.14)
_MOON: Colour = (0.62, 0.36, 0.17)
_SCREEN: Colour = (0.16, 0.26, 0.38)
_BLACKBODY: tuple[tuple[int, Colour], ...] = (
    (2000, (1.0, 0.25, 0.02)),
    (2500, (1.0, 0.36, 0.07)),
    (3000, (1.0, 0.46, 0.15)),
    (4000, (1.0, 0.62, 0.38)),
    (5000, (1.0, 0.78, 0.62)),
)
_SEEN = 0.62
"""A lamp at a hundredth is far more than a hundredth to an eye that is used to the dark, and so to this picture."""
_DARK_FROM, _LIGHT_FROM = 0.5, 0.9
"""Outside it is dark from here to there, of the whole evening."""
_LUT_SIZE = 4096


@dataclass(frozen=True, slots=True)
class Sight:
    """What the picture shows."""

    lamps: Mapping[str, Shown]
    muted: bool
    night: float
    """How far the night outside is, 0 dusk to 1 dawn."""
    moon: float | None
    """The breath: 0 out, 1 in; None: no breath is being paced."""


@dataclass(slots=True)
class _Room:
    """What does not change: how much of each lamp's light comes to each dot, and what is there."""

    light: list[tuple[float, float]] = field(default_factory=list)
    what: list[str] = field(default_factory=list)
    """`left` and `right` lampshades, `wood`, `glass`, `frame`, `phone`, `star`, `wall`."""


def picture(sight: Sight, width: int, height: int) -> list[list[Dot]]:
    """The room in so many dots."""
    room = _room(width, height)
    left, right = (_glow(sight.lamps[name]) for name in ("bedside", "shelf"))
    things = _Things(sight, left, right)
    moon_x, moon_y, radius = _moon(sight, width, height)
    dots = []
    for y in range(height):
        row = []
        for x in range(width):
            n = y * width + x
            a, b = room.light[n]
            colour = things(room.what[n], a, b, y / height)
            if radius > 0 and (cover := radius - hypot(x - moon_x, y - moon_y)) > 0:
                colour = _mixed(colour, _MOON, min(1.0, cover))
            row.append(_dot(colour))
        dots.append(row)
    return dots


def colour_of(shown: Shown) -> Dot:
    """The colour of a lamp's light as a screen shows it, for whatever is written about it."""
    return _dot(_glow(Shown(1.0, shown.kelvin)))


class _Things:
    """How each thing looks in the light that there is."""

    def __init__(self, sight: Sight, left: Colour, right: Colour) -> None:
        self.left, self.right = left, right
        self.sky_top, self.sky_low = _sky(sight.night)
        self.stars = max(0.0, 1 - abs(sight.night - 0.7) / 0.3) * 0.16
        self.screen = _UNLIT if sight.muted else _SCREEN

    def __call__(self, what: str, a: float, b: float, down: float) -> Colour:
        left, right = self.left, self.right
        match what:
            case "left":
                return _sum(_UNLIT, left, 0.95)
            case "right":
                return _sum(_UNLIT, right, 0.95)
            case "glass" | "star":
                sky = _mixed(self.sky_top, self.sky_low, min(1.0, down * 1.3))
                return _sum(sky, (1.0, 0.95, 0.85), self.stars if what == "star" else 0.0)
            case "phone":
                return self.screen
            case "wood" | "frame":
                return _sum(_sum(_WOOD, left, a * 0.9), right, b * 0.9)
            case _:
                return _sum(_sum(_WALL, left, a * 0.45), right, b * 0.45)


def _sky(night: float) -> tuple[Colour, Colour]:
    """Above and below."""
    if night < _DARK_FROM:
        share = night / _DARK_FROM
        return _mixed(_DUSK, _MIDNIGHT, min(1.0, share * 1.5)), _mixed(_SUNSET, _MIDNIGHT, share)
    share = max(0.0, (night - _LIGHT_FROM) / (1 - _LIGHT_FROM))
    return _mixed(_MIDNIGHT, _MORNING, share), _mixed(_MIDNIGHT, _DAWN, share)


def _moon(sight: Sight, width: int, height: int) -> tuple[float, float, float]:
    if sight.moon is None:
        return 0.0, 0.0, 0.0
    return MIDDLE * width - 0.5, 0.45 * height, height * (0.10 + 0.26 * sight.moon)


@lru_cache(maxsize=4)
def _room(width: int, height: int) -> _Room:
    unit = height / 18
    room = _Room()
    lamps = ((LEFT * width, height * 0.38, 1.0), (RIGHT * width, height * 0.40, 0.8))
    for y in range(height):
        for x in range(width):
            near = [
                power / (1 + (hypot(x - at_x, (y - at_y) * 1.15) / (5.5 * unit)) ** 2.2) for at_x, at_y, power in lamps
            ]
            room.light.append((near[0], near[1]))
            room.what.append(_what(x, y, width, height, unit))
    return room


def _what(x: int, y: int, width: int, height: int, unit: float) -> str:
    left, middle, right = (x + 0.5 - share * width for share in (LEFT, MIDDLE, RIGHT))
    floor = height - 2 * unit
    if y >= floor and (abs(left) < 15 * unit or abs(right) < 11 * unit):
        return "wood"
    if _shade(left, y, unit, height * 0.22, height * 0.55, 2.5, 5.2):
        return "left"
    if hypot(right, (y + 0.5 - height * 0.40)) < 3.6 * unit:
        return "right"
    half = 2.6 * unit if y >= floor - 1 else 0.6 * unit
    if y >= height * 0.55 and min(abs(left), abs(right)) < half:
        return "wood"
    if -10 * unit <= left < -7 * unit and floor - 4.5 * unit <= y < floor:
        return "phone"
    return _window(middle, y, min(9.5 * unit, 0.2 * width), unit, height) or "wall"


def _shade(x: float, y: int, unit: float, top: float, low: float, narrow: float, wide: float) -> bool:
    if not top <= y < low:
        return False
    share = (y - top) / (low - top)
    return abs(x) < (narrow + (wide - narrow) * share) * unit


def _window(x: float, y: int, half: float, unit: float, height: int) -> str | None:
    top, low = 0.5 * unit, height - 3 * unit
    if abs(x) > half or not top <= y < low:
        return None
    edge = abs(x) > half - 1 or y < top + 1 or y >= low - 1
    if edge:
        return "frame"
    return "star" if (int(x + 300) * 73_856_093 ^ y * 19_349_663) % 67 == 0 else "glass"


def _glow(shown: Shown) -> Colour:
    """The light that a lamp gives off."""
    kelvins = [kelvin for kelvin, _ in _BLACKBODY]
    above = max(1, min(len(kelvins) - 1, bisect_left(kelvins, shown.kelvin)))
    (cool_at, cool), (warm_at, warm) = _BLACKBODY[above], _BLACKBODY[above - 1]
    share = max(0.0, min(1.0, (shown.kelvin - warm_at) / (cool_at - warm_at)))
    gain = shown.level**_SEEN if shown.level > 0 else 0.0
    red, green, blue = _mixed(warm, cool, share)
    return red * gain, green * gain, blue * gain


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def _sum(one: Colour, other: Colour, share: float) -> Colour:
    return one[0] + other[0] * share, one[1] + other[1] * share, one[2] + other[2] * share


def _encoded(linear: float) -> int:
    """IEC 61966-2-1, the transfer function of sRGB."""
    value = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(255 * value)


_LUT = tuple(_encoded(n / (_LUT_SIZE - 1)) for n in range(_LUT_SIZE))


def _dot(colour: Colour) -> Dot:
    red, green, blue = (_LUT[min(_LUT_SIZE - 1, int(part * _LUT_SIZE))] for part in colour)
    return red, green, blue
