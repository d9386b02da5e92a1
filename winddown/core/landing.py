"""The landing strip and the posture check: which sentence is said when. A choice by date, without chance or memory.

Three suggestions an evening, each of which fits the time left. Evenings that follow each other share none: each takes
the next three of its list, and lists have at least six.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from winddown.config.body import Body
from winddown.core.evening import Evening
from winddown.programmes import below

SLOTS = 3
FIRST_S = 20.0
"""The first one comes when the words at the runway's beginning have been said."""
SHORTEST_S = 600.0
"""A runway shorter than any that can be configured is a demonstration."""
_LONG_S, _MIDDLE_S = 25 * 60.0, 12 * 60.0


def slots(evening: Evening) -> tuple[float, ...]:
    """When suggestions are due (POSIX seconds): at the runway's start, and at each third of it."""
    length_s = evening.bedtime_at - evening.runway_at
    if length_s < SHORTEST_S:
        return ()
    return tuple(evening.runway_at + max(FIRST_S, n * length_s / SLOTS) for n in range(SLOTS))


def suggestion(known: Iterable[str], day: date, slot: int, left_s: float) -> str | None:
    """The key of the one that fits; None: there is none."""
    length = "long" if left_s >= _LONG_S else "middle" if left_s >= _MIDDLE_S else "short"
    fitting = below(known, f"landing.{length}")
    return fitting[(SLOTS * day.toordinal() + slot) % len(fitting)] if fitting else None


def posture(body: Body, day: date) -> str | None:
    """The key of tonight's check: about one complaint, the next evening about the next."""
    if not body.complaints:
        return None
    return f"posture.{body.complaints[day.toordinal() % len(body.complaints)]}.{body.sleeps_on}"
