"""Fades as courses: always from what the lamp shows to a goal, rounding down, so that none of them can raise a lamp.

The eye's scale is CIE 1976 lightness L* (CIE 15:2004): even steps in L* look even. A lamp that bends its level itself
(`curve: linear`) gets even steps of level instead.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

from winddown.core.course import Course, Move
from winddown.model import Profile, Report

LONGEST_STEP_S = 60.0
SHORTEST_STEP_S = 30.0
LEAST_STEP_S = 5.0
"""Closer steps to one lamp crowd a Zigbee network; see docs/lamps.md."""
OFF_FADE_S = 30.0
"""How long a lamp takes to its floor before it goes off, when somebody goes to bed early."""
BACK_S = 2.0
"""How long a lamp takes to what it was."""
FEET_S = 600.0
"""Light for the way, after the power came back in the night."""
SINK_S = 1200.0
"""How long a forgotten lamp takes."""
NOD_DOWN_S, NOD_UP_S = 1.0, 2.0
NOD_S = NOD_DOWN_S + NOD_UP_S
NOD_SHARE = 0.6
"""Of its level, at the lowest: to be seen from the corner of an eye, and not to be jumped at."""
OFF = Move(0, 0, 0)


def runway(
    profile: Profile,
    shown: Report,
    *,
    begin: float,
    end: float,
    goal: int,
    off_at: float | None = None,
) -> Course:
    """Down to `goal` and to the lamp's warmest, from what it shows at `begin`, until `end`; then off at `off_at`.

    Instants are POSIX seconds. A lamp below the goal keeps its level, one that is warmer keeps its warmth.
    """
    level = shown.level if shown.level is not None else profile.scale
    goal = min(goal, level)
    warmest = profile.warmest_mired if shown.mired is not None else None
    moves = _steps(profile, level, goal, shown.mired, warmest, end - begin)
    if off_at is not None:
        off_s = off_at - begin
        moves = [*(move for move in moves if move.begin < off_s), Move(off_s, off_s, 0)]
    return Course(tuple(moves), begin, on_wall=True, level=level)


def down(profile: Profile, shown: Report, *, goal: int, begin: float, off_at: float | None = None) -> Course:
    """To `goal` over 30 s, for somebody who goes to bed early; then off at `off_at`."""
    level = shown.level if shown.level is not None else profile.scale
    moves = split(profile, level, Move(0, OFF_FADE_S, goal)) if level > goal else ()
    if off_at is not None:
        off_s = max(OFF_FADE_S if moves else 0.0, off_at - begin)
        moves = (*moves, Move(off_s, off_s, 0))
    return Course(moves, begin, on_wall=True, level=level)


def off(now: float, *, on_wall: bool = True, resends: bool = False) -> Course:
    """Off at once."""
    return Course((OFF,), now, on_wall=on_wall, level=0, resends=resends)


def waiting(profile: Profile, off_at: float | None) -> Course:
    """Off at `off_at`, for a lamp of which nobody knows whether it is on; it is left as it is until then."""
    return Course(() if off_at is None else (OFF,), off_at or 0.0, on_wall=True, level=profile.scale)


def held(course: Course, at: float) -> Course:
    """The same, but from `at` until its first move the lamp stays where it is: a fade under way stops."""
    return replace(course, moves=(Move(at - course.at, at - course.at, course.level), *course.moves))


def back(profile: Profile, before: Report, at: float) -> Course:
    """As it was before the evening: a person's wish, the one fade that may go up."""
    if before.on is False:
        return off(at, resends=not profile.can_ask)
    level = before.level if before.level is not None else profile.scale
    there = Move(0, BACK_S, level, before.mired)
    return Course((there,), at, on_wall=True, level=level, rises=True, lights=True)


def nod(profile: Profile, shown: Report, at: float) -> Course | None:
    """Down a little and back to what it shows, never above; None: too dark for that, or it has no levels."""
    if not profile.dims or shown.level is None:
        return None
    low = max(profile.min_level, floor(shown.level * NOD_SHARE))
    if low >= shown.level:
        return None
    down = split(profile, shown.level, Move(0, NOD_DOWN_S, low))
    up = split(profile, low, Move(NOD_DOWN_S, NOD_S, shown.level))
    return Course((*down, *up), at, on_wall=True, level=shown.level, rises=True)


def glow(profile: Profile, begin_boot: float, for_s: float) -> Course:
    """The least light there is, for a while, for the way to the toilet."""
    lit = Move(0, 0, profile.min_level, profile.warmest_mired)
    return Course((lit, Move(for_s, for_s, 0)), begin_boot, on_wall=False, level=0, rises=True, lights=True)


def feet(profile: Profile, begin: float) -> Course:
    """For somebody whose feet are on the floor: the least light, and off after a while. It may only sink to that."""
    return Course(
        (Move(0, 0, profile.min_level, profile.warmest_mired), Move(FEET_S, FEET_S, 0)), begin, on_wall=True, level=0
    )


def sinking(profile: Profile, shown: Report, begin: float) -> Course:
    """A lamp that was forgotten: slowly to its least light, then off."""
    end = begin + SINK_S
    return runway(profile, shown, begin=begin, end=end, goal=profile.min_level, off_at=end)


def split(profile: Profile, level: int, move: Move) -> tuple[Move, ...]:
    """A move that is longer than the lamp can fade by itself, as the moves that it can."""
    length_s = move.end - move.begin
    if length_s <= profile.max_fade_s or length_s <= 0:
        return (move,)
    if profile.max_fade_s > 0:
        pieces = ceil(length_s / profile.max_fade_s)
        own_fade = True
    else:
        pieces = max(1, floor(min(length_s / profile.frame_s, abs(move.level - level))))
        own_fade = False
    return tuple(_piece(move, level, k, pieces, own_fade) for k in range(1, pieces + 1))


def _piece(move: Move, level: int, k: int, pieces: int, own_fade: bool) -> Move:
    part_s = (move.end - move.begin) / pieces
    begin = move.begin + (k - 1) * part_s
    at = level + (move.level - level) * k / pieces
    reached = move.level if k == pieces else (ceil(at) if move.level > level else floor(at))
    return Move(
        begin,
        move.begin + k * part_s if own_fade else begin,
        reached,
        move.mired if k == 1 or own_fade else None,
    )


def _steps(
    profile: Profile, level: int, goal: int, mired: int | None, warmest: int | None, length_s: float
) -> list[Move]:
    count = _how_many(profile, length_s)
    moves: list[Move] = []
    shown = (level, mired)
    for k in range(1, count + 1):
        share = k / count
        now = (min(shown[0], _level(profile, level, goal, share)), _mired(mired, warmest, share))
        if now != shown:
            begin, end = length_s * (k - 1) / count, length_s * k / count
            mired_then = now[1] if now[1] != shown[1] else None
            moves.append(Move(begin, end if profile.max_fade_s else begin, now[0], mired_then))
        shown = now
    return moves


def _how_many(profile: Profile, length_s: float) -> int:
    """Steps of 30 to 60 s, of what the lamp can fade where that is less, and at least five in what little is left."""
    if length_s <= 0:
        return 1
    step_s = min(max(length_s / 60, SHORTEST_STEP_S), LONGEST_STEP_S)
    step_s = max(LEAST_STEP_S, min(step_s, profile.max_fade_s or LEAST_STEP_S))
    return max(1, ceil(length_s / step_s), min(5, int(length_s // LEAST_STEP_S)))


def _level(profile: Profile, start: int, goal: int, share: float) -> int:
    if not profile.dims or start <= goal:
        return start
    if share >= 1:
        return goal
    if profile.curve == "linear":
        at = start + (goal - start) * share
    else:
        bright, dark = lightness(start / profile.scale), lightness(goal / profile.scale)
        at = profile.scale * luminance(bright + (dark - bright) * share)
    return max(goal, floor(at))


def _mired(start: int | None, warmest: int | None, share: float) -> int | None:
    if start is None or warmest is None or warmest <= start:
        return start
    return floor(start + (warmest - start) * share)


def lightness(luminance_: float) -> float:
    """CIE 1976 L* (0-100) of a relative luminance (0-1)."""
    return 116 * luminance_ ** (1 / 3) - 16 if luminance_ > 216 / 24389 else luminance_ * 24389 / 27


def luminance(lightness_: float) -> float:
    """The relative luminance (0-1) of a CIE 1976 L* (0-100)."""
    return float(((lightness_ + 16) / 116) ** 3) if lightness_ > 8 else lightness_ * 27 / 24389
