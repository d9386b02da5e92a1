"""The daemon: one loop in the main thread waits on one inbox, asks the engine, and carries out what it answers.

Everybody else (the line to the broker, the alarm clock, the signals) only posts into the inbox. What is to be done, and
when, is never decided here.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from queue import Empty
from types import FrameType
from typing import Protocol

from winddown import clock
from winddown.clock import Instant
from winddown.model import (
    Alarm,
    Connected,
    Disconnected,
    Effect,
    Event,
    Log,
    Message,
    Received,
    Stop,
)
from winddown.shell.address import Address
from winddown.shell.alarms import Alarms
from winddown.shell.inbox import Inbox, Item
from winddown.shell.journal import Journal, Kept
from winddown.shell.link import PATIENT, Link, Patience
from winddown.shell.outbox import PATIENCE_S, Mishaps, Outbox
from winddown.shell.systemd import Notice, Watched

_LOOK_S = 30.0
"""The longest wait, whatever the engine says: a wall clock that was stepped is noticed by then."""
_AFTER_MISHAP_S = 1.0
"""An engine whose `tick` raises is asked again, but not in a circle."""


class Engine(Protocol):
    """What the loop needs of the core."""

    def subscriptions(self) -> tuple[str, ...]:
        """The exact topics to hear."""

    def begin(self, now: Instant) -> list[Effect]:
        """Called once, before anything else."""

    def tick(self, now: Instant) -> list[Effect]:
        """What is due."""

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        """What follows of an event; of `Stop`, the last words."""

    def deadline(self, now: Instant) -> float:
        """The boot-time second at which `tick` wants to be called."""


class Waiting(Protocol):
    """What the loop needs of an inbox."""

    def get(self, timeout: float) -> Item:
        """The next item; `queue.Empty` after `timeout` seconds without any."""


def loop(engine: Engine, inbox: Waiting, outbox: Outbox, now: Callable[[], Instant] = clock.now) -> None:
    """Turn events into effects until somebody says `Stop`, or the engine, or another thread, says `Exit`."""
    mishaps = Mishaps()
    outbox.carry_out(engine.begin(now()))
    while outbox.exit is None:
        due_boot = min(_tick(engine, outbox, now, mishaps), outbox.hurry(now()))
        try:
            item = inbox.get(timeout=min(max(due_boot - now().boot, 0.0), _LOOK_S))
        except Empty:
            continue
        match item:
            case Received() | Connected() | Disconnected() | Alarm() | Stop():
                _handle(engine, item, outbox, now(), mishaps)
                if isinstance(item, Disconnected):
                    outbox.forget()
                if isinstance(item, Stop):
                    return
            case Kept(number):
                outbox.kept(number)
            case _:
                outbox.carry_out((item,))


def run(
    engine: Engine,
    address: Address,
    *,
    prefix: str = "winddown",
    patience: Patience = PATIENT,
    journal: Journal | None = None,
) -> int:
    """Run until a signal or an `Exit`; the exit code. From the main thread only: signals come there."""
    inbox = Inbox()
    gc.freeze()  # what is here now stays: it need not be searched for rubbish while a lamp waits
    with closing(inbox), _signals(inbox):
        return serve(engine, address, inbox, prefix=prefix, patience=patience, journal=journal)


def serve(
    engine: Engine,
    address: Address,
    inbox: Inbox,
    *,
    prefix: str = "winddown",
    patience: Patience = PATIENT,
    journal: Journal | None = None,
) -> int:
    """Run in any thread, until there is a `Stop` in the inbox or an `Exit`; the exit code.

    Without a journal, which is open, memory lasts as long as the process.
    """
    will = Message(f"{prefix}/status", "offline", qos=1, retain=True)
    link = Link(address, engine.subscriptions(), will, inbox.put, patience, inbox.read_from)
    alarms = Alarms(inbox.put)
    outbox = Outbox(publish=link.publish, wake=alarms.set, journal=journal)
    link.start()
    try:
        if journal is not None:
            journal.start(inbox.put)
        alarms.start()
        loop(engine, Watched(inbox, Notice()), outbox)
        if journal is not None:
            journal.settle(PATIENCE_S)
        outbox.send_held()
    finally:
        link.stop()
        alarms.stop()
        if journal is not None:
            journal.stop()
    return 0 if outbox.exit is None else outbox.exit.code


def _tick(engine: Engine, outbox: Outbox, now: Callable[[], Instant], mishaps: Mishaps) -> float:
    """Let the engine do what is due; the boot-time second of the next time."""
    try:
        outbox.carry_out(engine.tick(now()))
        return engine.deadline(now())
    except Exception as error:  # noqa: BLE001  the next look may go better
        mishaps.tell("what was due", error)
        return now().boot + _AFTER_MISHAP_S


def _handle(engine: Engine, event: Event, outbox: Outbox, at: Instant, mishaps: Mishaps) -> None:
    try:
        outbox.carry_out(engine.handle(event, at))
    except Exception as error:  # noqa: BLE001  one poisoned message must not end the night
        mishaps.tell(f"a message on {event.topic}" if isinstance(event, Received) else type(event).__name__, error)


@contextmanager
def _signals(inbox: Inbox) -> Iterator[None]:
    """Post what the system says into the inbox."""

    def end(_number: int, _frame: FrameType | None) -> None:
        inbox.put(Stop())

    def read_again(_number: int, _frame: FrameType | None) -> None:
        inbox.put(Log("the file is read when winddown starts; restart it to read it again", "warning"))

    wanted = {signal.SIGTERM: end, signal.SIGINT: end, signal.SIGHUP: read_again}
    before = {number: signal.signal(number, action) for number, action in wanted.items()}
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)
