"""The diary as a form: what stands in its fields, what of it is kept, and why something is not. It judges no night.

Every field is taken or refused by itself; what was typed into a refused one stays there to be corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from winddown.config import Room
from winddown.core.whose_night import evening_meant, tension_meant
from winddown.diary.entry import FIELDS, MARKS, TIMES, Refusal, as_kept, read
from winddown.diary.night import Line, estimated, taken
from winddown.diary.signs import told
from winddown.model import Enter
from winddown.shell.diary import enter, lines, sign_to_tell
from winddown.web.words import Words

FIRST = ("quality", "tension_after", "tension_before")
"""Ten seconds with one thumb."""
MORE = ("where", *MARKS, "note", *TIMES[:2], "asleep_min", "awakenings", "awake_min", *TIMES[2:])
_OLDEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Field:
    """One of them."""

    name: str
    label: str
    value: str = ""
    seen: str = ""
    """What winddown saw of it, in a sentence; nothing where a person has said it."""
    error: str = ""

    @property
    def kind(self) -> str:
        """How it is filled in."""
        if self.name in TIMES:
            return "time"
        if self.name == "quality" or self.name.startswith("tension"):
            return "scale"
        if self.name in MARKS:
            return "mark"
        return {"where": "text", "note": "note"}.get(self.name, "number")

    @property
    def scale(self) -> range:
        """From the least to the most of a scale."""
        return range(1, 6) if self.name == "quality" else range(11)


@dataclass(frozen=True, slots=True)
class Form:
    """A night to be filled in."""

    evening: date
    fields: Mapping[str, Field]
    message: str = ""
    sign: str = ""
    """A line about seeking help."""
    earlier: date | None = None
    later: date | None = None

    @property
    def failed(self) -> bool:
        """Something was refused."""
        return any(one.error for one in self.fields.values())

    @property
    def opened(self) -> bool:
        """More than the first questions is to be seen at once."""
        return any(self.fields[name].error for name in MORE)


@dataclass(frozen=True, slots=True)
class Diary:
    """A room's diary, at one moment."""

    journal: Path
    name: str
    room: Room
    zone: ZoneInfo
    now: float
    words: Words
    sentences: Mapping[str, str] = field(default_factory=dict)
    """What is said in this room."""

    @property
    def latest(self) -> date:
        """The newest night that can be filled in."""
        meant = evening_meant(self.room, self.zone, self.now)
        return max(meant, tension_meant(self.room, self.zone, self.now)[0])

    def night(self, wanted: str | None) -> date | None:
        """The night that is asked for, by default the one that is meant; None: there is no such night."""
        if not wanted:
            return evening_meant(self.room, self.zone, self.now)
        try:
            found = date.fromisoformat(wanted)
        except ValueError:
            return None
        return found if self.latest - _OLDEST <= found <= self.latest else None

    def form(self, evening: date, *, kept: bool = False) -> Form:
        """A night as it is kept."""
        line = self._line(evening)
        return self._filled(line, {}, {}, self.words("morning.saved") if kept else "")

    def fill_in(self, evening: date, typed: Mapping[str, str]) -> Form:
        """Keep what was typed, as far as it can be."""
        line = self._line(evening)
        before = {name: str(value) for name, value in as_kept(line.said).items()}
        given = {name: typed[name] for name in FIELDS if name in typed and typed[name].strip() != before.get(name, "")}
        wanted, refused = read(given)
        new, contradicting = taken(evening, line.said, wanted, self.zone)
        errors = {one.field: self._why(one) for one in (*refused, *contradicting)}
        if new:
            enter(self.journal, Enter(self.name, evening.isoformat(), said=new))
        message = "morning.partly" if errors else "morning.saved"
        wrong = {name: given[name] for name in errors if name in given}
        return self._filled(self._line(evening), wrong, errors, self.words(message), sign=self.sign() if new else "")

    def sign(self) -> str:
        """A line about seeking help, where the nights are such, once a fortnight at most."""
        today = datetime.fromtimestamp(self.now, self.zone).date()
        found = sign_to_tell(self.journal, self.name, today, self.now)
        return "" if found is None else told(found, self.sentences)

    def _filled(
        self, line: Line, typed: Mapping[str, str], errors: Mapping[str, str], message: str, sign: str = ""
    ) -> Form:
        said, seen = as_kept(line.said), as_kept(estimated(line, self.zone))
        found = {
            name: Field(
                name,
                self.words(f"morning.{name}"),
                typed.get(name, str(said.get(name, ""))),
                self.words("morning.seen", value=seen[name]) if name in seen and name not in said else "",
                errors.get(name, ""),
            )
            for name in FIELDS
        }
        day = timedelta(days=1)
        earlier, later = line.evening - day, line.evening + day
        return Form(
            line.evening,
            found,
            message,
            sign,
            earlier if earlier >= self.latest - _OLDEST else None,
            later if later <= self.latest else None,
        )

    def _line(self, evening: date) -> Line:
        found = lines(self.journal, self.name, evening, evening)
        return found[0] if found else Line(self.name, evening)

    def _why(self, refusal: Refusal) -> str:
        """A refusal as a sentence in the page's language."""
        others = [self.words(f"morning.{name}").lower() for name in refusal.beside if name != refusal.field]
        if others:
            return self.words("refused.beside", others=", ".join(others))
        if refusal.field in TIMES:
            return self.words("refused.time")
        known = {"asleep_min": "minutes", "awake_min": "minutes", **dict.fromkeys(MARKS, "mark")}
        return self.words(f"refused.{known.get(refusal.field, refusal.field.partition('_')[0])}")
