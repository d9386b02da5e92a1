"""The three rows of a picture of nights: tension, quality, presses in the night. It only picks the numbers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from winddown.diary.night import Line
from winddown.diary.trend import night_presses, nights_kept, trend
from winddown.diary.words import Words

MOST_PRESSES = 5
"""More in a night are drawn as so many."""

Value = float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: a scale, and a value for each date, None where there is none."""

    name: str
    low: int
    high: int
    step: int
    """Between two numbers that are written beside it."""
    values: tuple[Value, ...]
    beside: tuple[Value, ...] = ()
    """A second value for each date, drawn hollow."""
    legend: tuple[str, ...] = ()
    """What the two are called."""
    says: str = ""
    bars: bool = False

    @property
    def told(self) -> bool:
        """There is something to draw."""
        return any(value is not None for value in (*self.values, *self.beside))


@dataclass(frozen=True, slots=True)
class Chart:
    """All of it."""

    title: str
    days: tuple[date, ...]
    measures: tuple[Measure, ...]


def chart(lines: Sequence[Line], first: date, last: date, room: str, words: Words) -> Chart:
    """The nights from one date to another, both included; a date without a line is blank."""
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    by_day = {line.evening: line for line in lines}

    def row(pick: Callable[[Line], Value]) -> tuple[Value, ...]:
        return tuple(pick(by_day[day]) if day in by_day else None for day in days)

    before, quality = row(lambda line: line.said.tension_before), row(lambda line: line.said.quality)
    after, pressed = row(lambda line: line.said.tension_after), row(night_presses)
    most = tuple(None if value is None else min(value, MOST_PRESSES) for value in pressed)
    title = words.title.format(room=room, first=words.day(first), last=words.day(last))
    kept = words.kept_says(nights_kept(lines))
    all_of_them = (
        Measure(words.tension, 0, 10, 5, before, after, (words.before, words.after), _says(before, words)),
        Measure(words.quality, 1, 5, 2, quality, says=_says(quality, words)),
        Measure(words.night_presses, 0, MOST_PRESSES, 5, most, says=kept, bars=True),
    )
    return Chart(title, days, tuple(measure for measure in all_of_them if measure.told))


def _says(values: Sequence[Value], words: Words) -> str:
    return words.says(trend([value for value in values if value is not None]))
