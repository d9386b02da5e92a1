"""Whose turn it is: rooms and lamps whose time has come, or to which something has happened. It does nothing to them.

A house may have thousands of rooms, so nobody asks all of them. Whatever changes a lamp or a room says so (`due_boot`,
`stir`); whatever time changes is on an agenda.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from winddown.core.agenda import Agenda
from winddown.core.due import NOW
from winddown.core.lamp import Lamp
from winddown.core.outlook import Outlook, outlook
from winddown.core.room import Room

ROOMS_AT_ONCE, LAMPS_AT_ONCE = 32, 64
"""Where more are due at the same instant the others come next: in between, a press is heard."""


class Turns:
    """All rooms and lamps of a house."""

    def __init__(self, rooms: Mapping[str, Room], lamps: Mapping[str, Lamp]) -> None:
        self._rooms = rooms
        self._lamps = lamps
        self._number = {name: number for number, name in enumerate(rooms)}
        self._lamp_number = {lamp: number for number, lamp in enumerate(lamps.values())}
        """The order in which they have their turn."""
        self._stirred: dict[str, None] = {}
        """In the order in which it happened."""
        self._later: dict[str, None] = {}
        """Rooms that are to see what their lamps were told, when all lamps have been told."""
        self._moved: set[Lamp] = set()
        """Lamps that are due at another time than before."""
        self._due: dict[Lamp, None] = {}
        self._outlooks: dict[Lamp, Outlook] = {}
        """As the rooms last saw their lamps."""
        self._agenda = Agenda[str]()
        self._lamp_agenda = Agenda[Lamp]()
        of: dict[Lamp, list[Room]] = {}
        for room in rooms.values():
            room.stirred = self._stirred
            for lamp in room.bedside.lamps.values():
                of.setdefault(lamp, []).append(room)
        self._rooms_of = {lamp: tuple(found) for lamp, found in of.items()}
        for lamp in lamps.values():
            lamp.moved = self._moved
        self.stir_all()

    def rooms_of(self, lamp: Lamp) -> tuple[Room, ...]:
        """The rooms that have a lamp."""
        return self._rooms_of[lamp]

    def stir_all(self) -> None:
        """Everybody is to be looked at."""
        self.stir_rooms()
        for lamp in self._lamps.values():
            lamp.due_boot = NOW

    def stir_rooms(self, names: Iterable[str] | None = None) -> None:
        """These rooms are, or every one."""
        self._stirred.update(dict.fromkeys(self._rooms if names is None else names))

    def lamps(self, boot: float) -> list[Lamp]:
        """Those whose turn it is, the first of them."""
        self.settle(boot)
        for lamp in self._lamp_agenda.take(boot):
            self._due[lamp] = None
        if len(self._due) < 2:
            return [*self._due]
        return sorted(islice(self._due, LAMPS_AT_ONCE), key=self._lamp_number.__getitem__)

    def played(self, lamps: Iterable[Lamp], boot: float) -> None:
        """These have had their turn, and each has said when it is due again. Now their rooms may want to know."""
        for lamp in lamps:
            self._due.pop(lamp, None)
            if self._is_news(lamp, boot):
                self._later.update(dict.fromkeys(room.name for room in self._rooms_of[lamp]))

    def look(self, lamp: Lamp, boot: float) -> None:
        """The rooms that have a lamp are to have their turn, if there is something to see in it."""
        if self._is_news(lamp, boot):
            for room in self._rooms_of[lamp]:
                room.stir()

    def _is_news(self, lamp: Lamp, boot: float) -> bool:
        before, seen = self._outlooks.get(lamp), outlook(lamp, boot)
        self._outlooks[lamp] = seen
        return before != seen

    def rooms(self, boot: float) -> list[str]:
        """Those whose turn it is, the first of them."""
        for name in self._agenda.take(boot):
            self._stirred[name] = None
        if not self._due:
            self._stirred.update(self._later)
            self._later.clear()
        if len(self._stirred) < 2:
            return [*self._stirred]
        return sorted(islice(self._stirred, ROOMS_AT_ONCE), key=self._number.__getitem__)

    def waits(self, name: str, boot: float) -> bool:
        """Something has happened to the room, or is due in it, since it had its turn."""
        return name in self._stirred or self._agenda.at(name) <= boot

    def contested(self, room: Room) -> None:
        """Which of two wishes for a lamp is the darkest changes as they fade: it has its turn with its rooms."""
        self._due.update(dict.fromkeys(lamp for lamp in room.bedside.lamps.values() if len(lamp.courses) > 1))

    def done(self, names: Iterable[str]) -> None:
        """These rooms have had their turn: they have seen what there is, and told it."""
        for name in names:
            self._stirred.pop(name, None)

    def put(self, name: str, boot: float) -> None:
        """When the room has something to do by itself."""
        self._agenda.put(name, boot)

    def next_boot(self, boot: float, *, lamps: bool) -> float:
        """When the next turn is; `lamps`: theirs too."""
        if self._stirred or (self._later and not self._due):
            return NOW
        self.settle(boot)
        due = self._agenda.next_boot()
        if not lamps:
            return due
        return NOW if self._due else min(due, self._lamp_agenda.next_boot())

    def settle(self, boot: float) -> None:
        """Lamps to which something has happened: when they are due, and whether their rooms are."""
        for lamp in self._moved:
            self._lamp_agenda.put(lamp, lamp.due_boot)
            if lamp.due_boot == NOW:
                self.look(lamp, boot)
        self._moved.clear()
