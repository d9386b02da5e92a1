"""A message that was heard: whom of the house it is for. It sends nothing, and knows of nothing that is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from winddown.clock import Instant
from winddown.core import hearing
from winddown.core.announcing import Announcing
from winddown.core.asking import Asking
from winddown.core.entering import enter
from winddown.core.lamp import Lamp
from winddown.core.power import Power
from winddown.core.quiet import Quiet
from winddown.core.room import Room
from winddown.core.sending import Sending
from winddown.core.trouble import tell_renamed, tell_touches
from winddown.core.turns import Turns
from winddown.model import Commanded, Effect, Event, Log, Received, Report


class Incoming:
    """All routes but the owner's."""

    def __init__(
        self,
        rooms: Mapping[str, Room],
        lamps: Mapping[str, Lamp],
        quiet: Quiet,
        asking: Asking,
        announcing: Announcing,
        sending: Sending,
        turns: Turns,
    ) -> None:
        self._rooms = rooms
        self._turns = turns
        self._lamps = lamps
        self._quiet = quiet
        self._asking = asking
        self._announcing = announcing
        self._sending = sending
        self.power = Power(rooms, lamps)

    def ahead(self, event: Event) -> list[Effect]:
        """What is heard before a clock that was set makes it another time: a thing that says how it is.

        Of a lamp it matters in which evening a hand was there. Of a thing it matters that nothing is put back over it.
        """
        return self._quiet.hear(event.topic, event.payload) if isinstance(event, Received) else []

    def take(self, route: hearing.Route, got: Received, now: Instant, *, late: bool) -> list[Effect]:
        """What is to be said at once; `late`: it may be out of a backlog."""
        match route:
            case hearing.ToLamp(key):
                return self._lamp(self._lamps[key], got, now, late=late)
            case hearing.FromButton():
                return self._asking.button(route, got, now, late=late, first=self._sending.play)
            case hearing.ToRoom():
                if route.name == "language":
                    self._announcing.again(route.room, now.boot)
                return self._asking.order(route, got, now, late=late, first=self._sending.play)
            case hearing.ToDiary(name):
                self._rooms[name].stir()
                return enter(self._rooms[name], route, got, now)
            case hearing.QuietSays():
                return self._quiet.hear(got.topic, got.payload)
            case hearing.WasQuiet(name):
                self._rooms[name].stir()
                if got.retain and got.payload == b"ON":
                    self._rooms[name].news.whys += self._quiet.lost(name)
            case hearing.SomebodyIn(name):
                self._rooms[name].stir()
                hours = self._rooms[name].hours
                wanted = hours.file.only_if
                hours.present = wanted is not None and got.payload.decode(errors="replace").strip() == wanted.is_
            case hearing.Neighbourhood():
                self._announcing.hear(got, now.boot)
            case hearing.Owner():
                pass  # the engine's own
            case _:
                assert_never(route)
        return []

    def _lamp(self, lamp: Lamp, got: Received, now: Instant, *, late: bool) -> list[Effect]:
        if got.topic in self._sending.topics and got.retain:
            return []
        heard = lamp.driver.decode(got.topic, got.payload, lamp.seen.profile)
        if heard is None:
            return [Log(f"{got.topic}: nothing to be made of {got.payload[:60]!r}", "debug")]
        if late:
            lamp.seen.connected(now.boot)  # where on its way it was when that was said nobody knows
        before, shown = (lamp.known.lost, lamp.known.renamed), lamp.seen.shown
        lamp.hear(heard, now)
        if lamp.known.lost and before != (True, lamp.known.renamed):
            tell_renamed(self._turns.rooms_of(lamp), lamp)
        if isinstance(heard, Report | Commanded):
            self.power.bright(lamp, shown, heard, now)
        if lamp.seen.touches:
            tell_touches(self._turns.rooms_of(lamp), lamp, now)
        return []
