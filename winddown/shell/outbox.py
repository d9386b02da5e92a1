"""Carries out what the engine wants: publishes, keeps, logs. It decides nothing, knows no clock, and never waits.

What is to be remembered is kept before what follows it is published; so messages are held back until the journal says
that it is safe. A word that is to arrive (a mute, a state, a sentence: QoS 1) waits for all that was remembered before
it. A light command (QoS 0) waits only for its own batch: beats remember nothing, and go at once whatever the disk does.
On a topic on which something waits everything stands behind that, so that a lamp is told things in their order.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, assert_never

from winddown.clock import Instant
from winddown.model import Effect, Enter, Exit, Log, Message, Note, Publish, Remember, Wake
from winddown.shell.mishaps import Mishaps

_log = logging.getLogger(__name__)

PATIENCE_S = 1.0
"""A disk that takes longer hangs: an evening that is told late is worse than one that a power cut might forget."""


class Keeper(Protocol):
    """What the outbox needs of the journal."""

    def keep(self, memories: Iterable[Remember]) -> int:
        """Have it kept; a number that grows."""

    def note(self, note: Note | Enter) -> None:
        """Have it written down some time."""


@dataclass(slots=True)
class _Held:
    """A message that waits for the journal."""

    number: int
    message: Message
    until_boot: float | None = None


class Outbox:
    """Carries out effects, in order, until there is an `Exit`."""

    def __init__(
        self,
        publish: Callable[[Message], object],
        wake: Callable[[tuple[tuple[str, float], ...]], object],
        journal: Keeper | None = None,
    ) -> None:
        self.exit: Exit | None = None
        """Set by an `Exit`; from then on nothing is carried out."""
        self._publish = publish
        self._wake = wake
        self._journal = journal
        self._mishaps = Mishaps()
        self._held: deque[_Held] = deque()
        self._topics: Counter[str] = Counter()
        """Of what is held."""
        self._unhurried: deque[_Held] = deque()
        """Those of which nobody knows yet until when they wait."""
        self._asked = self._kept = 0
        """The number of the last batch that was to be kept, and of the last that is."""
        self._hangs = False
        """The disk was too slow, and has not answered since: nothing waits for it."""
        self._told_slow = False

    def carry_out(self, effects: Iterable[Effect]) -> None:
        """One that fails is told and does not keep the next from being carried out."""
        if self.exit is not None:
            return
        batch = [*effects]
        memories = [effect for effect in batch if isinstance(effect, Remember)]
        waits_for = None
        for effect in batch:
            if self.exit is not None:
                return
            if memories and isinstance(effect, Remember):
                waits_for, memories = self._keep(memories), []
            try:
                self._carry_out(effect, waits_for)
            except Exception as error:  # noqa: BLE001  the lamp after it is not to suffer
                self._mishaps.tell(type(effect).__name__, error)

    def kept(self, number: int) -> None:
        """The journal has everything up to this number."""
        self._kept, self._hangs = number, False
        while self._held and self._held[0].number <= number:
            self._send_next()

    def hurry(self, now: Instant) -> float:
        """Let go of what has waited too long; the boot-time second of the next time."""
        while self._unhurried:
            self._unhurried.popleft().until_boot = now.boot + PATIENCE_S
        while self._held and (self._held[0].until_boot or 0.0) <= now.boot:
            self._hangs = True
            self._send_next()
            if not self._told_slow:
                self._told_slow = True
                _log.warning("journal: the disk takes longer than %g s; the evening does not wait for it", PATIENCE_S)
        return self._held[0].until_boot or now.boot if self._held else float("inf")

    def forget(self) -> None:
        """The connection is gone: what waited is not for the next one; the engine decides anew."""
        self._forget()

    def send_held(self) -> None:
        """The end: whatever still waits goes now."""
        while self._held:
            self._send_next()

    def _forget(self) -> None:
        for held in (self._held, self._unhurried, self._topics):
            held.clear()

    def _keep(self, memories: list[Remember]) -> int | None:
        """What the messages that follow have to wait for; None: nothing."""
        if self._journal is None or not memories:
            return None
        self._asked = self._journal.keep(memories)
        return None if self._hangs else self._asked

    def _carry_out(self, effect: Effect, waits_for: int | None) -> None:
        match effect:
            case Publish(message):
                self._publish_or_hold(message, waits_for)
            case Wake(at):
                self._wake(at)
            case Log(text, level):
                _log.log(logging.getLevelNamesMapping()[level.upper()], "%s", text)
            case Exit(code, reason):
                self.exit = effect
                self._forget()
                _log.log(logging.ERROR if code else logging.INFO, "%s", reason)
            case Note() | Enter():
                if self._journal is not None:
                    self._journal.note(effect)
            case Remember():
                pass  # kept already, with the others of its batch
            case _:
                assert_never(effect)

    def _publish_or_hold(self, message: Message, waits_for: int | None) -> None:
        if message.qos and self._asked > self._kept and not self._hangs:
            waits_for = self._asked
        elif waits_for is None and message.topic in self._topics:
            waits_for = self._held[-1].number
        if waits_for is None:
            self._publish(message)
        else:
            held = _Held(waits_for, message)
            self._held.append(held)
            self._unhurried.append(held)
            self._topics[message.topic] += 1

    def _send_next(self) -> None:
        message = self._held.popleft().message
        self._topics[message.topic] -= 1
        if not self._topics[message.topic]:
            del self._topics[message.topic]
        if not self._held:
            self._topics.clear()  # for a dict keeps the room of the most that it ever held
        try:
            self._publish(message)
        except Exception as error:  # noqa: BLE001  the lamp after it is not to suffer
            self._mishaps.tell("Publish", error)
