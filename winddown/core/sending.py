"""Lamp commands on their way out: when any may go, which lamps have some, as which messages. It plans none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from winddown.clock import Instant
from winddown.core.figures import Figures
from winddown.core.lamp import Lamp
from winddown.core.link import Link, stamped
from winddown.core.room import Room
from winddown.core.trouble import tell_touches
from winddown.model import Ask, Dim, Effect, LampCommand, Light, Publish


class Sending:
    """All lamps, towards one broker."""

    def __init__(
        self, rooms: Mapping[str, Room], lamps: Mapping[str, Lamp], link: Link, effects: list[Effect], figures: Figures
    ) -> None:
        self.topics = frozenset(topic for lamp in lamps.values() for topic in lamp.driver.command_topics())
        """On which lamps are told, by us or by others."""
        self.usable = False
        """The connection is ours to use."""
        self._rooms = rooms
        self._lamps = lamps
        self._link = link
        self._effects = effects
        self._figures = figures
        self._at_once: list[Effect] = []

    def may(self, now: Instant) -> bool:
        """What is sent now is carried out now."""
        return self.usable and self._link.live(now.boot)

    def play(self, now: Instant, lamps: Iterable[Lamp] | None = None) -> None:
        """Send what is due for these lamps, or for all of them."""
        if not self.may(now):
            for lamp in self._lamps.values():
                lamp.lapse()
            return
        for lamp in self._lamps.values() if lamps is None else lamps:
            if lamp.idle(now.boot):
                continue
            before, commands = lamp.played, lamp.tick(now)
            self.send(lamp, commands, now)
            if (after := lamp.played) is not None:
                some = any(not isinstance(command, Ask) for command in commands)
                self._figures.stepped(before, after, after[0].now(now), now.boot, some=some)
            if lamp.seen.touches:
                tell_touches(self._rooms, lamp, now)

    def send(self, lamp: Lamp, commands: Iterable[LampCommand], now: Instant) -> None:
        """These commands, as messages, in order."""
        for command in commands:
            effects = self._at_once if isinstance(command, Dim | Light) else self._effects
            if not isinstance(command, Ask):
                self._figures.told(now.boot)
            for unstamped in lamp.driver.encode(command, lamp.seen.profile):
                message = stamped(unstamped, now.wall)
                if message.topic in self.topics:
                    self._link.sent(message, now.boot)
                effects.append(Publish(message))

    def at_once(self) -> list[Effect]:
        """What lamps are told of dimming and lighting since this was last asked."""
        told, self._at_once = self._at_once, []
        return told
