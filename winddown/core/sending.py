"""Lamp commands on their way out: when any may go, which lamps have some, as which messages. It plans none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter

from winddown.clock import Instant
from winddown.core.figures import Figures
from winddown.core.lamp import Lamp
from winddown.core.link import Link, stamped
from winddown.core.pace import Pace, Urgency, Waiting
from winddown.core.trouble import tell_refusal, tell_touches
from winddown.core.turns import Turns
from winddown.model import Ask, Dim, Effect, LampCommand, Message, Off, Publish
from winddown.value import value


@value()
class _Held:
    """Messages that wait."""

    lamp: Lamp
    touched: frozenset[str]
    """What was a hand's when they were made."""
    messages: list[Message]
    beat: bool


class Sending:
    """All lamps, towards one broker."""

    def __init__(
        self, lamps: Mapping[str, Lamp], turns: Turns, link: Link, effects: list[Effect], figures: Figures
    ) -> None:
        self.topics = frozenset(topic for lamp in lamps.values() for topic in lamp.driver.command_topics())
        """On which lamps are told, by us or by others."""
        self.usable = False
        """The connection is ours to use."""
        self._turns = turns
        self._lamps = lamps
        self._lapsed = False
        """Nothing may be sent, and every lamp knows."""
        self._link = link
        self._effects = effects
        self._figures = figures
        self._at_once: list[Effect] = []
        self._pace = Pace()
        self._held: dict[tuple[str, bool], _Held] = {}
        """What waits for airtime, by lamp and whether it is a question."""

    def may(self, now: Instant) -> bool:
        """What is sent now is carried out now."""
        return self.usable and self._link.live(now.boot)

    def play(self, now: Instant, lamps: Iterable[Lamp] | None = None) -> None:
        """Send what is due for these lamps, or for all whose turn it is."""
        if not self.may(now):
            self._lapse()
            return
        if self._lapsed:
            self._know(lapsed=False)
        if self._held:
            self._send_held(now)
        wanted: list[tuple[Urgency, Lamp, list[LampCommand]]] = []
        turn = self._turns.lamps(now.boot) if lamps is None else lamps
        for lamp in turn:
            if lamp.idle(now.boot):
                continue
            before, commands = lamp.played, lamp.tick(now)
            if commands:
                wanted.append((_urgency(lamp, commands, pressed=lamps is not None), lamp, commands))
            if (after := lamp.played) is not None and after is not before:
                some = bool(commands) and not isinstance(commands[0], Ask)
                self._figures.stepped(before, after, after[0].now(now), now.boot, some=some)
            if lamp.seen.touches:
                tell_touches(self._turns.rooms_of(lamp), lamp, now)
            if (off := lamp.seen.off) is not None and off.refused and not off.complained:
                off.complained = True
                tell_refusal(self._turns.rooms_of(lamp), lamp)
        for urgency, lamp, commands in sorted(wanted, key=itemgetter(0)) if len(wanted) > 1 else wanted:
            self._send(lamp, commands, urgency, now)
        if lamps is None:
            self._turns.played(turn, now.boot)

    def ask(self, lamp: Lamp, commands: list[LampCommand], now: Instant) -> None:
        """The questions of a new connection."""
        if commands:
            self._send(lamp, commands, Urgency.ASK, now)

    def deadline(self) -> float:
        """Boot-time seconds at which something that waits for airtime may go."""
        return self._pace.deadline()

    def disconnect(self) -> None:
        """The line is gone, and what waited for it."""
        self.usable = False
        self._lapse()

    def _lapse(self) -> None:
        self._pace.clear()
        self._held.clear()
        if not self._lapsed:
            self._know(lapsed=True)

    def _know(self, *, lapsed: bool) -> None:
        """Nothing may be sent any more, or again: either way what lamps were told before is not the present."""
        self._lapsed = lapsed
        for lamp in self._lamps.values():
            lamp.lapse()

    def _send(self, lamp: Lamp, commands: list[LampCommand], urgency: Urgency, now: Instant) -> None:
        beat = isinstance(commands[0], Dim) and lamp.seen.beating
        messages = [message for command in commands for message in lamp.driver.encode(command, lamp.seen.profile)]
        wanted = Waiting(lamp.key, urgency, len(messages), now.boot)
        place = (wanted.key, urgency is Urgency.ASK)
        if self._pace.admits(lamp.air, wanted, now.boot):
            self._held.pop(place, None)
            self._publish(messages, now, asks=place[1], beat=beat)
        else:
            self._held[place] = _Held(lamp, lamp.seen.touched, messages, beat)

    def _send_held(self, now: Instant) -> None:
        due = {(one.key, one.urgency is Urgency.ASK) for one in self._pace.due(now.boot)}
        for place in due:
            held = self._held.pop(place)
            if held.touched == held.lamp.seen.touched:  # else a hand was there meanwhile
                self._publish(held.messages, now, asks=place[1], beat=held.beat)
        for place in self._pace.gone():
            lamp = self._held.pop(place).lamp
            lamp.seen.aims.untold()
            lamp.reach.untold()

    def _publish(self, messages: list[Message], now: Instant, *, asks: bool, beat: bool) -> None:
        if not asks:
            self._figures.told(now.boot)
        for unstamped in messages:
            message = stamped(unstamped, now.wall)
            if message.topic in self.topics:
                self._link.sent(message, now.boot)
            (self._at_once if beat else self._effects).append(Publish(message))

    def at_once(self) -> list[Effect]:
        """The beats for lamps that are on, since this was last asked."""
        told, self._at_once = self._at_once, []
        return told


def _urgency(lamp: Lamp, commands: list[LampCommand], *, pressed: bool) -> Urgency:
    match commands[0]:
        case Off():
            return Urgency.OFF
        case Ask():
            return Urgency.ASK
        case Dim(mired=None) if lamp.seen.beating and not pressed:
            return Urgency.BEAT
    return Urgency.PRESS if pressed or lamp.seen.beating else Urgency.STEP  # its light and its warmth are said once
