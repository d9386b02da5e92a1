"""What people have said of the night that is meant now, said back on `ROOM/diary`: what shows it shows the truth.

It keeps no diary. Only figures are said back and stored; a note is said back once, where it was typed into a field of
its own, and the broker stores it for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from winddown.clock import Instant
from winddown.core.calendar import Night
from winddown.core.room import Room
from winddown.core.whose_night import evening_meant, next_turn_at
from winddown.model import Memory, NightSaid
from winddown.payload import compact
from winddown.value import shared

FIGURES = ("quality", "tension_before", "tension_after")
"""What is said back."""


class Retelling:
    """One room's."""

    __slots__ = ("_holds", "_meant", "_night", "_nights", "_note", "_reread", "_room", "_says_note")

    def __init__(self, room: Room, said: Iterable[NightSaid]) -> None:
        self._room = room
        self._nights = {one.evening: one for one in said}
        self._meant = ""
        """The evening of the night that is meant now."""
        self._holds = (0.0, 0.0)
        """From when until when that is so, while the room's hours stay as they are."""
        self._night: Night | None = None
        self._note: str | None = None
        """What was last said back of the note; None: nobody here knows what the field shows."""
        self._says_note = False
        self._reread = False
        """The diary was read again, and it says something else."""

    @property
    def memory(self) -> dict[str, Memory]:
        """What was said of this night, and of one that comes."""
        return {f"said/{self._room.name}/{evening}": one for evening, one in self._nights.items()}

    @property
    def until(self) -> float:
        """When another night will be meant (POSIX seconds)."""
        return self._holds[1]

    def again(self) -> None:
        """Somebody has come who does not know the note."""
        self._says_note = self._note is not None

    def read(self, said: Iterable[NightSaid]) -> bool:
        """The diary as it stands in the journal, after another hand wrote into it; True: it is to be said again."""
        before = self.figures()
        self._nights = {one.evening: one for one in said if one.evening >= self._meant}
        self._reread |= self.figures() != before
        return self._reread

    def look(self, now: Instant) -> bool:
        """Take in what was said, and which night is meant; True: what stands there is to be said again."""
        news = self._room.news
        held = self._holds[0] <= now.wall < self._holds[1] and self._night is self._room.hours.night
        if held and not self._reread and not news.entries and news.note is None and not news.misheard:
            return False
        changed = self._turn(now) or self._reread
        for one in news.entries:
            self._enter(one)
            changed |= one.evening == self._meant
        if news.note is not None:
            self._note, self._says_note = news.note, True
        self._says_note |= news.misheard
        changed |= news.misheard
        news.entries, news.note, news.misheard, self._reread = [], None, False, False
        return changed

    def figures(self) -> str:
        """As published; null: not said."""
        night = self._nights.get(self._meant)
        said = {name: None if night is None else night.fields.get(name) for name in FIGURES}
        return compact({"evening": self._meant, **said})

    def note(self) -> str | None:
        """What the field for a note is to show now; None: what it shows."""
        says, self._says_note = self._says_note, False
        return self._note or "" if says else None

    def _turn(self, now: Instant) -> bool:
        hours, before = self._room.hours, self._meant
        meant = evening_meant(hours.config, hours.zone, now.wall)
        self._meant, self._night = shared(meant.isoformat()), hours.night
        self._holds = (now.wall, next_turn_at(hours.config, hours.zone, now.wall))
        self._nights = {evening: one for evening, one in self._nights.items() if evening >= self._meant}
        if before not in ("", self._meant):
            self._note, self._says_note = "", True
        return before != self._meant

    def _enter(self, entry: NightSaid) -> None:
        if entry.evening < self._meant:
            return
        before = self._nights.get(entry.evening)
        fields = {**(before.fields if before else {}), **entry.fields}
        self._nights[entry.evening] = NightSaid(entry.evening, fields)
