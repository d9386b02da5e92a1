"""The diary as rows: for people, with what was seen marked as estimated, and for programs. It prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from winddown.diary.entry import FIELDS, MARKS, Said, as_kept
from winddown.diary.night import Line, contradictions, estimated, sleep
from winddown.diary.words import Words

ESTIMATED = "~"
"""Stands before what nobody has confirmed."""
_SEEN_COLUMNS = ("runway_kept", "presses", "night_presses", "finished", "touched", "moments", "answered")
COLUMNS = (
    "room", "evening", *FIELDS, "in_bed_min", "asleep_total_min", "efficiency", "estimated", *_SEEN_COLUMNS,
)  # fmt: skip
"""Of an export."""


def row(line: Line, zone: ZoneInfo, words: Words) -> list[str]:
    """A night, for people: as many cells as there are headings."""
    seen, guess, told = line.seen, estimated(line, zone), line.said
    slept = sleep(line, zone)
    presses = "" if seen is None or not seen.presses else f"{ESTIMATED}{len(seen.presses)}"
    runway = "" if seen is None or seen.runway_kept is None else words.whole if seen.runway_kept else words.cut
    return [
        f"{line.evening:%a} {words.day(line.evening)}" if words.decimal == "." else words.day(line.evening),
        _either(told, guess, "to_bed"),
        _either(told, guess, "lights_out"),
        _minutes(told.asleep_min),
        " ".join(filter(None, (_times(told, guess), _minutes(told.awake_min)))),
        _either(told, guess, "woke"),
        _either(told, guess, "up"),
        "" if slept is None else f"{slept.efficiency:.0f} %",
        "" if told.quality is None else f"{told.quality}/5",
        _tension(told),
        presses,
        f"{ESTIMATED}{runway}" if runway else "",
        ", ".join(words.marks[name] for name in MARKS if getattr(told, name) is not None),
    ]


def remarks(line: Line, zone: ZoneInfo) -> Iterator[str]:
    """What does not go together in a line that was put together from several entries."""
    yield from (f"{line.evening}: {one}" for one in contradictions(line.evening, line.said, zone))


def exported(line: Line, zone: ZoneInfo) -> dict[str, object]:
    """A night, for programs: what was said, what follows, and apart from it what was seen."""
    slept, guess = sleep(line, zone), as_kept(estimated(line, zone))
    told = as_kept(line.said)
    return {
        "room": line.room,
        "evening": line.evening.isoformat(),
        "confirmed": told,
        "estimated": {name: value for name, value in guess.items() if name not in told},
        "sleep": None
        if slept is None
        else {
            "in_bed_min": round(slept.in_bed_min),
            "asleep_min": round(slept.asleep_min),
            "efficiency": round(slept.efficiency, 1),
        },
        "seen": None if line.seen is None else _seen(line, zone),
    }


def flat(line: Line, zone: ZoneInfo) -> dict[str, object]:
    """A night in the columns of a table: an estimate stands where nothing was said, and `estimated` names it."""
    told, guess, slept, seen = as_kept(line.said), as_kept(estimated(line, zone)), sleep(line, zone), line.seen
    guessed = [name for name in FIELDS if name in guess and name not in told]
    found: dict[str, object] = {"room": line.room, "evening": line.evening.isoformat(), **guess, **told}
    found["estimated"] = " ".join(guessed)
    if slept is not None:
        found |= {"in_bed_min": round(slept.in_bed_min), "asleep_total_min": round(slept.asleep_min)}
        found["efficiency"] = round(slept.efficiency, 1)
    if seen is not None:
        found |= {"runway_kept": seen.runway_kept, "presses": len(seen.presses)}
        found["night_presses"] = sum(press.night for press in seen.presses)
        found |= {"finished": " ".join(seen.finished), "touched": " ".join(seen.touched)}
        found |= {"moments": seen.moments, "answered": seen.answered}
    return {name: found.get(name) for name in COLUMNS}


def blank(lines: Iterable[Line]) -> bool:
    """There is nothing in any of them."""
    return all(line.seen is None and line.said.blank for line in lines)


def _seen(line: Line, zone: ZoneInfo) -> dict[str, object]:
    seen = asdict(line.seen) if line.seen is not None else {}
    del seen["evening"]
    for name in [name for name in seen if name.endswith("_at")]:
        seen[name] = _iso(seen[name], zone)
    seen["presses"] = [{**press, "at": _iso(press["at"], zone)} for press in seen["presses"]]
    return seen


def _iso(at: float | None, zone: ZoneInfo) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, zone).isoformat(timespec="seconds")


def _either(told: Said, guess: Said, name: str) -> str:
    if getattr(told, name) is not None:
        return f"{getattr(told, name):%H:%M}"
    return "" if getattr(guess, name) is None else f"{ESTIMATED}{getattr(guess, name):%H:%M}"


def _times(told: Said, guess: Said) -> str:
    if told.awakenings is not None:
        return f"{told.awakenings}x"
    return f"{ESTIMATED}{guess.awakenings}x" if guess.awakenings else ""


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes} min"


def _tension(told: Said) -> str:
    if told.tension_before is None and told.tension_after is None:
        return ""
    before, after = ("?" if one is None else str(one) for one in (told.tension_before, told.tension_after))
    return before if told.tension_after is None else f"{before} → {after}"
