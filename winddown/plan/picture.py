"""Draws an evening as an SVG by hand: a lane for each lamp, quiet below, the clock under it. Nothing in it is random.

The background is transparent and every colour lies half-way between black and white, so it reads on both.
"""

from __future__ import annotations

from datetime import datetime

from winddown.model import Phase
from winddown.plan.axis import Axis, Tick, axis, bands, ticks
from winddown.plan.lane import Lane, gradient, lane_shapes
from winddown.plan.rehearsal import Rehearsal
from winddown.plan.words import WORDS, Words
from winddown.svg import INK, Attributes, element, line, number, small, spoken, text

_WIDTH = 960.0
_LEFT, _RIGHT = 112.0, 944.0
_TOP = 66.0
_PACING_HEIGHT, _LAMP_HEIGHT, _GAP = 124.0, 56.0, 24.0
_QUIET_HEIGHT = 14.0
_BELOW = 52.0
_LONGEST_NAME = 12
"""Wider ones would leave the picture."""
_QUIET = "#7a86c9"
_STYLE = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',Arial,sans-serif"


def picture(evening: Rehearsal) -> str:
    """The whole of it, as a file."""
    words = WORDS[evening.room.language]
    across = axis(evening, _LEFT, _RIGHT)
    lanes = _lanes(evening)
    floor = lanes[-1].bottom
    bottom = floor + _GAP + _QUIET_HEIGHT if evening.quiet() else floor
    times = ticks(evening, across, words.bedtime, words.wake)
    parts = [
        *_spoken(evening, words),
        element("defs", "".join(gradient(evening.tracks[lane.name], across, lane) for lane in lanes)),
        *_grid(times, bottom),
        *_headings(evening, across, words),
        *(
            shape
            for lane in lanes
            for shape in (_name(lane.name, lane.bottom), *lane_shapes(evening, across, words, lane))
        ),
        *_moon(evening, across),
        *_quiet(evening, across, words, bottom),
        *_clock(times, bottom),
    ]
    size: Attributes = {
        "width": _WIDTH,
        "height": bottom + _BELOW,
        "viewBox": f"0 0 {number(_WIDTH)} {number(bottom + _BELOW)}",
    }
    named = {"role": "img", "aria_labelledby": "title desc", "style": _STYLE}
    return element("svg", "\n" + "\n".join(parts) + "\n", xmlns="http://www.w3.org/2000/svg", **size, **named) + "\n"


def _lanes(evening: Rehearsal) -> list[Lane]:
    """One for each lamp; the one that breathes first."""
    names = [evening.pacing, *(name for name in evening.tracks if name != evening.pacing)]
    lanes: list[Lane] = []
    top = _TOP
    for n, name in enumerate(names):
        bottom = top + (_LAMP_HEIGHT if n else _PACING_HEIGHT)
        lanes.append(Lane(name, f"light{n}", top, bottom))
        top = bottom + _GAP
    return lanes


def _spoken(evening: Rehearsal, words: Words) -> list[str]:
    """For who cannot see it."""
    planned = evening.evening
    title = words.title.format(room=evening.room.name, day=words.day(planned.date))
    tells = words.tells.format(
        lamps=", ".join(evening.tracks),
        runway=_hour(evening, planned.runway_at),
        bedtime=_hour(evening, planned.bedtime_at),
        wake=_hour(evening, planned.wake_at),
    )
    return [spoken("title", title), spoken("desc", tells)]


def _headings(evening: Rehearsal, across: Axis, words: Words) -> list[str]:
    says = {
        Phase.RUNWAY: (words.runway, words.runway_says),
        Phase.BREATHING: (words.breathing, words.breathing_says),
        Phase.NIGHT: (words.night, words.night_says),
    }
    shapes = []
    for phase, begin, _ in bands(evening):
        x, (name, tells) = across.x(begin) + 8, says[phase]
        shapes.append(text(name, x=x, y=22.0, font_size=17.0, font_weight="600", fill=INK))
        shapes.append(small(tells, x, 42))
    return shapes


def _grid(times: list[Tick], bottom: float) -> list[str]:
    """A line at every time, a whole one at those with a name; where a phase begins it goes up to the heading."""
    shapes = []
    for tick in times:
        path = line([(tick.x, 8 if tick.begins else _TOP - 8), (tick.x, bottom + 8)])
        how = {"stroke_opacity": "0.5"} if tick.names else {"stroke_opacity": "0.35", "stroke_dasharray": "1 4"}
        shapes.append(element("path", d=path, fill="none", stroke=INK, **how))
    return shapes


def _clock(times: list[Tick], bottom: float) -> list[str]:
    shapes = []
    for tick in times:
        weight = {"font_weight": "600"} if tick.names else {}
        shapes.append(small(tick.text, tick.x, bottom + 27, text_anchor="middle", **weight))
        if tick.names:
            shapes.append(small(tick.names, tick.x, bottom + 44, text_anchor="middle"))
    return shapes


def _quiet(evening: Rehearsal, across: Axis, words: Words, bottom: float) -> list[str]:
    span = evening.quiet()
    if span is None:
        return []
    x = across.x(span[0])
    place: Attributes = {"x": x, "y": bottom - _QUIET_HEIGHT, "width": across.x(span[1]) - x, "height": _QUIET_HEIGHT}
    bar = element("rect", **place, rx=7.0, fill=_QUIET, fill_opacity="0.6")
    return [_name(words.quiet, bottom), bar]


def _moon(evening: Rehearsal, across: Axis) -> list[str]:
    """Over the night, where no lamp is."""
    span = evening.span(Phase.NIGHT)
    if span is None:
        return []
    x, y = across.x(span[0]) + 0.76 * (across.x(span[1]) - across.x(span[0])), _TOP + 50
    crescent = f"M{number(x)} {number(y - 20)}a20 20 0 1 0 19 26a16 16 0 0 1 -19 -26Z"
    stars = ((31.0, -18.0, 1.6), (38.0, 12.0, 1.1), (-38.0, -22.0, 1.2), (-40.0, 16.0, 1.5), (8.0, 38.0, 1.1))
    dots = [element("circle", cx=x + dx, cy=y + dy, r=r, fill=_QUIET, fill_opacity="0.8") for dx, dy, r in stars]
    return [element("path", d=crescent, fill=_QUIET, fill_opacity="0.6"), *dots]


def _name(name: str, bottom: float) -> str:
    how: Attributes = {"font_size": 14.5, "font_weight": "600", "text_anchor": "end"}
    name = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    return text(name, x=_LEFT - 12, y=bottom - 2, fill=INK, **how)


def _hour(evening: Rehearsal, at: float) -> str:
    return datetime.fromtimestamp(at, evening.zone).strftime("%H:%M")
