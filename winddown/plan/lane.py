"""Draws one lamp of an evening: its light as the eye sees it, in the colour of its warmth. It knows nothing around it.

The few numbers beside it are the lamp's own percents.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from winddown.core.fade import lightness
from winddown.model import Phase
from winddown.plan.axis import Axis
from winddown.plan.rehearsal import Rehearsal
from winddown.plan.track import MOMENT_S, Track
from winddown.plan.words import Words
from winddown.svg import INK, Attributes, Point, area, element, line, number, simplified, small

_WARMTHS = ((454, "#d0662f"), (400, "#d47c33"), (333, "#d29a45"), (250, "#b9a172"), (153, "#8fa3b5"))
"""By mired: the colour of light, dark enough for white paper and bright enough for black."""
_NO_WARMTH = "#d29a45"


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a lamp is drawn."""

    name: str
    ink: str
    """The name of its gradient."""
    top: float
    bottom: float

    def y(self, track: Track, at: float) -> float:
        """How high its light stands."""
        share = track.level_at(at) / track.profile.scale
        seen = share if track.profile.curve == "linear" else lightness(share) / 100
        return self.bottom - (self.bottom - self.top) * seen


def lane_shapes(evening: Rehearsal, across: Axis, words: Words, lane: Lane) -> list[str]:
    """The lamp's light, what is written at it, and the floor it stands on."""
    floor = line([(across.left, lane.bottom), (across.right, lane.bottom)])
    shapes = [element("path", d=floor, stroke=INK, stroke_opacity="0.35")]
    breathing = evening.span(Phase.BREATHING) if lane.name == evening.pacing else None
    points = _lit(_curve(evening.tracks[lane.name], across, lane), lane.bottom)
    if len(points) > 1:
        split_x = across.x(breathing[0]) if breathing is not None else across.right
        shapes += _light(points, split_x, lane)
        shapes += _numbers(evening, across, words, lane, breathing)
    return shapes


def _light(points: list[Point], split_x: float, lane: Lane) -> list[str]:
    """The light itself, its edge finer where it breathes."""
    ink = f"url(#{lane.ink})"
    shapes = [element("path", d=area(points, lane.bottom), fill=ink, fill_opacity="0.26")]
    for piece, width in zip(_halves(points, split_x), (2.0, 1.1), strict=True):
        if len(piece) > 1:
            how: Attributes = {"fill": "none", "stroke": ink, "stroke_width": width, "stroke_linejoin": "round"}
            shapes.append(element("path", d=line(piece), **how))
    return shapes


def gradient(track: Track, across: Axis, lane: Lane) -> str:
    """The colour of a lamp's light from the left to the right."""
    begin, end = across.instants[1], across.instants[2]
    stops = []
    for at in (begin + (end - begin) * n / 4 for n in range(5)):
        share = (across.x(at) - across.left) / (across.right - across.left)
        stops.append(element("stop", offset=f"{number(100 * share)}%", stop_color=colour(track.mired_at(at))))
    where: Attributes = {"gradientUnits": "userSpaceOnUse", "x1": across.left, "x2": across.right, "y1": 0.0, "y2": 0.0}
    return element("linearGradient", "".join(stops), id=lane.ink, **where)


def colour(mired: int | None) -> str:
    """The colour of light of a warmth."""
    if mired is None:
        return _NO_WARMTH
    for (warmer, warm), (cooler, cool) in pairwise(_WARMTHS):
        if mired >= cooler:
            return _mixed(cool, warm, min(1.0, (mired - cooler) / (warmer - cooler)))
    return _WARMTHS[-1][1]


def _curve(track: Track, across: Axis, lane: Lane) -> list[Point]:
    """What it shows over time, as few points as it takes. A fade on the lamp's scale bends on the eye's."""
    begin, end = across.instants[0], across.instants[-1]
    instants = {begin, end}
    for stretch in track.stretches:
        steps = 4 if stretch.end - stretch.begin > 20 else 2
        instants |= {stretch.begin - 0.001, stretch.begin}
        instants |= {stretch.begin + (stretch.end - stretch.begin) * n / steps for n in range(1, steps + 1)}
    points = [(across.x(at), lane.y(track, at)) for at in sorted(instants) if begin <= at <= end]
    return simplified(points, 0.3)


def _lit(points: list[Point], bottom: float) -> list[Point]:
    """Up to where the lamp is off for good."""
    last = max((n for n, (_, y) in enumerate(points) if y < bottom), default=-1)
    return points[: last + 2] if last >= 0 else []


def _halves(points: list[Point], x: float) -> tuple[list[Point], list[Point]]:
    """What is left and what is right of a place, both with the point where they part."""
    cut = next((n for n, (at, _) in enumerate(points) if at > x), len(points))
    return points[:cut], points[max(cut - 1, 0) :]


# ---------------------------------------------------------------- numbers


def _numbers(
    evening: Rehearsal, across: Axis, words: Words, lane: Lane, breathing: tuple[float, float] | None
) -> list[str]:
    track, runway_at = evening.tracks[lane.name], evening.evening.runway_at
    shapes = []
    if track.level_at(runway_at):
        before = runway_at - MOMENT_S
        shapes.append(small(_shown(track, before), across.x(runway_at) + 8, lane.y(track, before) - 7))
    if breathing is not None:
        return [*shapes, *_pulse(evening, across, words, lane, breathing)]
    if offs := [stretch.begin for stretch in track.stretches if stretch.level == 0]:
        shapes.append(small(words.off, across.x(offs[-1]) + 7, lane.bottom - 7))
    return shapes


def _pulse(evening: Rehearsal, across: Axis, words: Words, lane: Lane, breathing: tuple[float, float]) -> list[str]:
    track, wanted = evening.tracks[lane.name], evening.room.breathing
    begin, before = breathing[0], breathing[0] - MOMENT_S
    peak_at = max((piece.end for piece in track.stretches if begin <= piece.begin < begin + 20), key=track.level_at)
    pace = words.paced(wanted.start_pace, 60 / (wanted.inhale_s + wanted.exhale_s))
    x = across.x(begin)
    reached = [small(_shown(track, before), x - 8, lane.bottom + 16, text_anchor="end")]
    return [
        *(reached if track.level_at(before) else []),
        small(f"{track.percent_at(peak_at):.0f} %", x + 8, lane.y(track, peak_at) - 7),
        small(pace, x + 8, lane.bottom + 16),
    ]


def _shown(track: Track, at: float) -> str:
    mired = track.mired_at(at)
    kelvin = "" if mired is None else f" · {round(1_000_000 / mired / 100) * 100} K"
    return f"{track.percent_at(at):.0f} %{kelvin}"


def _mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
