"""An evening before it comes: the week ahead, the evening as a table, the evening as a picture. It sends nothing.

Nothing is computed a second time here: the daemon's own engine plays the evening on lamps of paper.
"""

from __future__ import annotations

from winddown.plan.paper import Start
from winddown.plan.picture import picture
from winddown.plan.rehearsal import Rehearsal, Told, rehearse
from winddown.plan.table import Cell, Row, every_command, rows
from winddown.plan.track import Track
from winddown.plan.week import Ahead, next_evening, next_runway_at, week

__all__ = [
    "Ahead",
    "Cell",
    "Rehearsal",
    "Row",
    "Start",
    "Told",
    "Track",
    "every_command",
    "next_evening",
    "next_runway_at",
    "picture",
    "rehearse",
    "rows",
    "week",
]
