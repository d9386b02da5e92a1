"""The evening as a small picture for a phone: light that sinks, breathes, and is gone. It draws what comes, not lamps.

What lamps do in percent is in `winddown plan --svg`; here the shape is enough, and its colours are the page's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from winddown.svg import Point, area, element, line, text
from winddown.web.words import Words

WIDTH, HEIGHT = 360.0, 176.0
_LEFT, _RIGHT = 10.0, 350.0
_TOP, _HIGH, _FLOOR = 6.0, 24.0, 132.0
_LOW, _PEAK = 15.0, 36.0
"""How high the light stands at bedtime, and how much higher a breath takes it."""
_SHARES = (0.5, 0.27, 0.23)
"""Runway, breathing, night: a night is long, a breath is short."""
_BREATHS = 6
"""So many are drawn; of the real ones there is no room."""
_LEAST_BREATHING_S = 60.0


@dataclass(frozen=True, slots=True)
class Evening:
    """What it takes to draw one. Instants are POSIX seconds."""

    bedtime: float
    wake: float
    runway_s: float
    breathing_s: float
    bedtime_clock: str
    wake_clock: str

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Where its parts begin, and its end."""
        dark = min(self.bedtime + max(self.breathing_s, _LEAST_BREATHING_S), self.wake - 1)
        return (self.bedtime - self.runway_s, self.bedtime, dark, self.wake)

    @property
    def runway_clock(self) -> str:
        """When the lamps begin to sink, as people write it."""
        at = datetime.strptime(self.bedtime_clock, "%H:%M") - timedelta(seconds=self.runway_s)  # noqa: DTZ007  a clock, no day
        return f"{at:%H:%M}"


def place(evening: Evening, at: float) -> float:
    """Where an instant lies across the picture."""
    x, edges = _LEFT, evening.edges
    for begin, end, share in zip(edges, edges[1:], _SHARES, strict=False):
        width = share * (_RIGHT - _LEFT)
        if at < end:
            return x + width * max(0.0, at - begin) / (end - begin)
        x += width
    return x


def drawn(evening: Evening, words: Words) -> str:
    """The whole of it; colours are the style sheet's, by class."""
    runway, bedtime, dark, wake = (place(evening, at) for at in evening.edges)
    label = words("picture.label", runway=evening.runway_clock, bedtime=evening.bedtime_clock, wake=evening.wake_clock)
    curve = [*_sinking(runway, bedtime), *_breaths(bedtime, dark)]
    parts = [
        element("defs", _gradients()),
        element("path", class_="glow", d=area(curve, _FLOOR), fill="url(#light)"),
        element("rect", x=_LEFT, y=0.0, width=_RIGHT - _LEFT, height=_FLOOR, fill="url(#shade)"),
        element("path", class_="floor", d=line([(_LEFT, _FLOOR), (_RIGHT, _FLOOR)])),
        element("path", class_="edge", d=line(curve), stroke="url(#light)"),
        *_night(dark, wake),
        *_clocks(evening, words, runway, bedtime, wake),
        element("g", _now(), class_="now", id="now", visibility="hidden"),
    ]
    size = f"0 0 {WIDTH:g} {HEIGHT:g}"
    return element("svg", "".join(parts), viewBox=size, role="img", aria_label=label)


def _sinking(begin: float, end: float) -> Iterator[Point]:
    """Even to the eye, and soft at both ends."""
    for step in range(25):
        share = step / 24
        soft = 0.55 * share + 0.45 * (1 - math.cos(math.pi * share)) / 2
        yield begin + (end - begin) * share, _HIGH + (_FLOOR - _LOW - _HIGH) * soft


def _breaths(begin: float, end: float) -> Iterator[Point]:
    """Each wider and lower than the last, sinking to the floor."""
    widths = [1 + 0.2 * n for n in range(_BREATHS)]
    unit, begun = (end - begin) / sum(widths), 0.0
    for n, width in enumerate(widths):
        for step in range(1, 19):
            share = step / 18
            gone = (n + share) / _BREATHS
            rise = (1 - math.cos(2 * math.pi * share)) / 2
            yield begin + unit * (begun + width * share), _FLOOR - (1 - gone) * (_LOW + _PEAK * rise)
        begun += width


def _gradients() -> str:
    """From the light of a lamp to an ember, and out; and a shade that grows towards the floor."""
    across: dict[str, str | float] = {
        "gradientUnits": "userSpaceOnUse",
        "x1": _LEFT,
        "x2": _RIGHT,
        "y1": 0.0,
        "y2": 0.0,
    }
    down: dict[str, str | float] = {"gradientUnits": "userSpaceOnUse", "x1": 0.0, "x2": 0.0, "y1": _HIGH, "y2": _FLOOR}
    light = ((0.0, "lamp"), (0.45, "warm"), (0.6, "ember"), (0.78, "ash"))
    shade = ((0.0, "clear"), (1.0, "ground"))
    return _gradient("light", light, across) + _gradient("shade", shade, down)


def _gradient(name: str, stops: tuple[tuple[float, str], ...], where: dict[str, str | float]) -> str:
    found = [element("stop", class_=called, offset=f"{share:g}") for share, called in stops]
    return element("linearGradient", "".join(found), id=name, **where)


def _night(dark: float, wake: float) -> Iterator[str]:
    """A moon and a few stars, where no lamp is."""
    x, y = dark + 0.5 * (wake - dark), 62.0
    yield element("path", class_="moon", d=f"M{x - 2:.1f} {y - 17:.1f}a17 17 0 1 0 16 22a13.5 13.5 0 0 1 -16 -22Z")
    for dx, dy, r in ((26.0, -22.0, 1.3), (-28.0, -14.0, 1.0), (-22.0, 26.0, 1.2), (29.0, 16.0, 0.9), (6.0, 38.0, 1.0)):
        yield element("circle", class_="star", cx=x + dx, cy=y + dy, r=r)


def _clocks(evening: Evening, words: Words, runway: float, bedtime: float, wake: float) -> Iterator[str]:
    for x, anchor, clock, name in (
        (runway, "start", evening.runway_clock, ""),
        (bedtime, "middle", evening.bedtime_clock, words("picture.bedtime")),
        (wake, "end", evening.wake_clock, words("picture.wake")),
    ):
        tick = x + (1 if anchor == "start" else -1 if anchor == "end" else 0)
        yield element("path", class_="tick", d=line([(tick, _FLOOR), (tick, _FLOOR + 6)]))
        yield text(clock, class_="clock", x=x, y=_FLOOR + 23, text_anchor=anchor)
        if name:
            yield text(name, class_="named", x=x, y=_FLOOR + 40, text_anchor=anchor)


def _now() -> str:
    """Drawn at the left; the page moves it."""
    stem = element("path", d=line([(0.0, _TOP), (0.0, _FLOOR)]))
    return stem + element("circle", cx=0.0, cy=_FLOOR, r=4.5)
