"""Goes round the rooms whose turn it is: to where they should be by now, then what is new in them. It sends nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from winddown.clock import Instant
from winddown.core.agenda import NEVER
from winddown.core.care import Care
from winddown.core.keeping import Keeping
from winddown.core.muting import Muting
from winddown.core.room import Room
from winddown.core.trouble import problem
from winddown.core.turns import Turns
from winddown.core.voice import Voice
from winddown.model import Effect, NightSaid, Trouble


class Rounds:
    """All rooms of a house, with what speaks for them and cares for them."""

    def __init__(
        self,
        rooms: Mapping[str, Room],
        voices: Mapping[str, Voice],
        care: Mapping[str, Care],
        turns: Turns,
        muting: Muting,
        keeping: Keeping,
    ) -> None:
        self._rooms = rooms
        self._voices = voices
        self._care = care
        self._turns = turns
        self._muting = muting
        self._keeping = keeping

    def bring_up(self, names: Iterable[str], now: Instant) -> None:
        """These rooms to where they should be by now."""
        for name in names:
            room = self._rooms[name]
            room.tick(now)
            self._turns.contested(room)
            self._muting.look(room, now)

    def before_asking(self, asked: str | None, now: Instant) -> None:
        """The room that is asked, or all, as far as they are not there yet."""
        self._turns.settle(now.boot)
        names = self._rooms if asked is None else (asked,)
        self.bring_up([name for name in names if self._turns.waits(name, now.boot)], now)

    def read(self, said: Mapping[str, Iterable[NightSaid]]) -> None:
        """The diary, as another hand has left it."""
        for name, voice in self._voices.items():
            if voice.retelling.read(said.get(name, ())):
                self._rooms[name].stir()

    def tell(
        self, names: Collection[str], now: Instant, *, live: bool, usable: bool, trouble: Trouble | None
    ) -> list[Effect]:
        """What is new in these rooms; and it is noted when they have something to do by themselves."""
        if not names:
            return self._keeping.alarms((), now)
        effects: list[Effect] = []
        for name in names:
            room, voice, care = self._rooms[name], self._voices[name], self._care[name]
            effects += care.look(now)
            effects += voice.news(now, live=live)
            if usable:
                effects += voice.present(now, problem(room, now, trouble))
            due_boot = min(room.deadline(now), care.deadline(now), voice.deadline(now) if usable else NEVER)
            self._turns.put(name, due_boot)
        self._turns.done(names)
        return effects + self._keeping.alarms((self._rooms[name] for name in names), now)
