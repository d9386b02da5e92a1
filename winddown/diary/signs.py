"""When a line about seeking help is due, from what a person says of the nights. It is no detector, and names nothing.

Only one of the signs is in the numbers: poor nights with tension, most of them, for three weeks. The others, pain,
fear, gloom, days that do not work any more, are for people to notice; the text about them is always there to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from winddown.diary.night import Line

WEEKS_DAYS = 21
AGAIN_S = 14 * 86_400.0
"""It is told once a fortnight at most."""
_MOST = WEEKS_DAYS // 2 + 1
_POOR, _TENSE = 2, 6


def three_weeks(lines: Iterable[Line], today: date) -> bool:
    """Poor sleep with tension on most of the last 21 nights; a night left blank counts for nothing."""
    since = today - timedelta(days=WEEKS_DAYS)
    return sum(_poor(line) and _tense(line) for line in lines if since <= line.evening < today) >= _MOST


def due(told_at: float | None, now: float) -> bool:
    """It has not been told for a fortnight."""
    return told_at is None or now - told_at >= AGAIN_S or now < told_at


def _poor(line: Line) -> bool:
    return line.said.quality is not None and line.said.quality <= _POOR


def _tense(line: Line) -> bool:
    felt = [one for one in (line.said.tension_before, line.said.tension_after) if one is not None]
    return bool(felt) and max(felt) >= _TENSE
