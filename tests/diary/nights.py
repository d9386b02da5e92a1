"""Nights for these tests, in Amsterdam. They assert nothing."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from winddown.diary.entry import Said, read, said
from winddown.diary.night import Line

ZONE = ZoneInfo("Europe/Amsterdam")
EVENING = date(2026, 11, 22)
WHOLE = {
    "to_bed": "22:50", "lights_out": "23:05", "asleep_min": 20, "awakenings": 2, "awake_min": 25,
    "woke": "06:40", "up": "07:00",
}  # fmt: skip


def night(**fields: object) -> Said:
    """A night as a person tells it."""
    kept, refused = read(fields)
    assert not refused
    return said(kept)


def row(count: int, **fields: object) -> list[Line]:
    """So many nights, the last of them EVENING; a callable is asked for each."""
    return [
        Line(
            "bedroom",
            EVENING - timedelta(days=count - 1 - n),
            said=night(**{name: one(n) if callable(one) else one for name, one in fields.items()}),
        )
        for n in range(count)
    ]
