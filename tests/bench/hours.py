"""Bedtimes for a daemon that is to be in its day while it is measured, whatever the clock says."""

from __future__ import annotations

from datetime import UTC, datetime

BEDTIME_IN_S, NIGHT_S = 9 * 3600, 8 * 3600


def by_day(wall: float) -> str:
    """Bedtime and wake (UTC) so that at `wall` and hours around it is day, as keys of a room."""
    bedtime, wake = (
        f"{datetime.fromtimestamp(at, UTC):%H:%M}" for at in (wall + BEDTIME_IN_S, wall + BEDTIME_IN_S + NIGHT_S)
    )
    return f'bedtime: "{bedtime}", wake: "{wake}"'
