"""When a line about seeking help is due, from what a person says of nights and days. It detects and names nothing.

Of figures it reads poor nights with tension, and no more; the other signs are marks that somebody made. The text about
all of them is always there to be read, and needs no diary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from winddown.diary.night import Line

WEEKS_DAYS = 21
AGAIN_S = 14 * 86_400.0
"""It is told once a fortnight at most."""
_MOST = WEEKS_DAYS // 2 + 1
_POOR, _TENSE = 2, 6
MARKED_DAYS = 14
"""The questionnaires that doctors use (PHQ-9, GAD-7) ask of so many days, and whether it was more than half of them."""
_MOST_MARKED = MARKED_DAYS // 2 + 1
_GRAVEST_FIRST = ("fear_or_gloom", "hardly_functioned", "much_pain")


def sign(lines: Sequence[Line], today: date) -> str | None:
    """The key of the sentence that the last nights are a reason for, of several the gravest; None: they are not."""
    near = [line.said for line in lines if today - timedelta(days=MARKED_DAYS) <= line.evening < today]
    for mark in _GRAVEST_FIRST:
        if sum(getattr(said, mark) is not None for said in near) >= _MOST_MARKED:
            return f"sign.{mark}"
    return "sign.three_weeks" if three_weeks(lines, today) else None


def told(found: str, sentences: Mapping[str, str]) -> str:
    """A sign as it is said."""
    return f"{sentences[found]} {sentences['sign.yours']}"


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
