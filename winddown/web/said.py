"""What a room's published state says, read as the words of a stranger: what is not clean is as not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from winddown.core.breathing import breaths
from winddown.model import Origin, Phase

_MOST_BREATHS = 2000
_LONGEST_BREATH_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Breath:
    """What the lamp breathes."""

    since: float
    """POSIX seconds."""
    beats: tuple[tuple[float, float, float], ...]
    """Of each breath its begin, in seconds since, its inhale and its exhale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A room, as it is. Instants are POSIX seconds."""

    phase: Phase
    origin: Origin
    until: float | None = None
    cue: str | None = None
    problem: str | None = None
    language: str | None = None
    bedtime: float | None = None
    """Of tonight; None: there is no evening."""
    wake: float | None = None
    bedtime_clock: str = ""
    """As people there write it."""
    wake_clock: str = ""
    runway_s: float = 0.0
    breathing_s: float = 0.0
    next_start: float | None = None
    skipped: bool = False
    enabled: bool = True
    breath: Breath | None = None


def read(state: Mapping[str, Any]) -> Said | None:
    """A state in its parts; None where it does not even say its phase."""
    try:
        phase, origin = Phase(str(state.get("phase"))), Origin(str(state.get("origin")))
    except ValueError:
        return None
    tonight = _mapping(state.get("tonight"))
    bedtime, wake = _at(tonight.get("bedtime")), _at(tonight.get("wake"))
    if bedtime is None or wake is None:
        bedtime = wake = None
    return Said(
        phase=phase,
        origin=origin,
        until=_at(state.get("until")),
        cue=_text(state.get("cue")),
        problem=_text(state.get("problem")),
        language=_text(state.get("language")),
        bedtime=bedtime,
        wake=wake,
        bedtime_clock=_clock(tonight.get("bedtime")),
        wake_clock=_clock(tonight.get("wake")),
        runway_s=_number(state.get("runway"), 180) * 60,
        breathing_s=_number(state.get("breathing"), 120) * 60,
        next_start=_at(state.get("next_start")),
        skipped=tonight.get("skipped") is True,
        enabled=state.get("enabled") is not False,
        breath=_breath(state.get("breath")),
    )


def _breath(said: Any) -> Breath | None:
    """Every beat of a breathing; reckoned as the lamp's are."""
    if not isinstance(said, dict):
        return None
    since, count = _at(said.get("since")), int(_number(said.get("breaths"), _MOST_BREATHS))
    inhale, exhale = (_number(said.get(name), _LONGEST_BREATH_S) for name in ("inhale_s", "exhale_s"))
    if since is None or not (count and inhale and exhale):
        return None
    pace = _number(said.get("start_pace"), 60.0) or 60 / (inhale + exhale)
    long_s = count * (inhale + exhale)  # no breath begins later, and how many there are is known
    planned = breaths(inhale_s=inhale, exhale_s=exhale, for_s=long_s, start_pace=pace, peak=1, floor=0)
    beats = tuple((round(one.begin_s, 4), round(one.inhale_s, 4), round(one.exhale_s, 4)) for one in planned[:count])
    return Breath(since=since, beats=beats)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _at(value: Any) -> float | None:
    try:
        moment = datetime.fromisoformat(value)
        return None if moment.tzinfo is None else moment.timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _clock(value: Any) -> str:
    return "" if _at(value) is None else datetime.fromisoformat(value).strftime("%H:%M")


def _number(value: Any, most: float) -> float:
    """Of a positive one; 0: there is none."""
    return float(value) if type(value) in (int, float) and 0 < value <= most else 0.0


def _text(value: Any) -> str | None:
    return value[:500] if isinstance(value, str) and value else None
