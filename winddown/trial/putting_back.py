"""How a lamp is put back to what it showed, and whether it is there. A person's wish: the one way that may go up."""

from __future__ import annotations

from winddown.core.fade import BACK_S
from winddown.core.touch import LEVEL_BAND, LEVEL_BAND_STEPS, WARMTH_BAND_MIRED
from winddown.model import Dim, LampCommand, Light, Off, Profile, Report


def back(profile: Profile, before: Report, *, dark: bool) -> tuple[LampCommand, ...]:
    """The commands; from dark the lamp is lit at its least level first, and comes up from there.

    Its white goes with the second: many a lamp drops a fade of its level for a white that comes after it.
    """
    if before.on is not True:
        return (Off(),)
    level = profile.scale if before.level is None else before.level
    lit = (Light(profile.min_level, None),) if dark else ()
    return (*lit, Dim(level, before.mired, BACK_S))


def is_back(profile: Profile, before: Report, shown: Report) -> bool:
    """It says what it said before, as nearly as lamps do."""
    if shown.on is not before.on:
        return False
    if not before.on:
        return True
    near = _near(before.level, shown.level, max(LEVEL_BAND * profile.scale, LEVEL_BAND_STEPS))
    return near and _near(before.mired, shown.mired, WARMTH_BAND_MIRED)


def showing(profile: Profile, report: Report) -> str:
    """What a lamp shows, in words."""
    if report.on is None:
        return "unknown"
    if not report.on:
        return "off"
    level = "on" if report.level is None else f"{round(100 * report.level / profile.scale)} %"
    return level if not report.mired else f"{level} {1_000_000 / report.mired:.0f} K"


def _near(before: int | None, shown: int | None, by: float) -> bool:
    return before is None or shown is None or abs(before - shown) <= by
