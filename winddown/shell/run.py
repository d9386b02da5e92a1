"""The daemon: one loop in the main thread waits on one inbox, asks the engine, and carries out what it answers.

Everybody else (the line to the broker, the alarm clock, the signals) only posts into the inbox. What is to be done, and
when, is never decided here.
"""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from queue import Empty
from types import FrameType
from typing import Protocol

from winddown import clock
from winddown.clock import Instant
from winddown.model import (
    Alarm,
    Connected,
    DiaryRead,
    Disconnected,
    Effect,
    Event,
    Exit,
    Message,
    Received,
    Stop,
    Trouble,
    say,
)
from winddown.shell.address import Address
from winddown.shell.alarms import Alarms
from winddown.shell.engine import Engine
from winddown.shell.inbox import Inbox, Item
from winddown.shell.journal import Journal, Kept
from winddown.shell.line import Line
from winddown.shell.link import PATIENT, Patience
from winddown.shell.mishaps import CRASHES, Stumbles, crashed
from winddown.shell.outbox import PATIENCE_S, Outbox
from winddown.shell.rereading import ReadAgain, Reread, Rereader, Successor
from winddown.shell.systemd import Notice, Watched

_log = logging.getLogger(__name__)

OUR_FAULT = 1
"""The exit code."""
_LOOK_S = 30.0
"""The longest wait, whatever the engine says: a wall clock that was stepped is noticed by then."""
_LINE_FIRST_S = 1.0
"""The line has the processor first, then the alarm clock is wound. Until then the engine's own deadlines do."""
_AHEAD_S = 0.002
"""What is due is thought out so long before, and goes out to the instant: a processor that has rested is slow at first.
Nothing is heard meanwhile."""
_AFTER_MISHAP_S = 1.0
"""An engine whose `tick` raises is asked again, but not in a circle."""


class Waiting(Protocol):
    """What the loop needs of an inbox."""

    def get(self, timeout: float) -> Item:
        """The next item; `queue.Empty` after `timeout` seconds without any."""

    def rest(self, for_s: float) -> None:
        """Wait so long, whatever comes."""


def loop(
    engine: Engine,
    inbox: Waiting,
    outbox: Outbox,
    now: Callable[[], Instant] = clock.now,
    reread: Callable[[], object] = lambda: None,
) -> tuple[Successor, Engine] | None:
    """Turn events into effects until somebody says `Stop`, or the engine, or another thread, says `Exit`.

    A `Successor`: another engine goes on, at its address. `reread` begins to read the file again, and waits not.
    """
    stumbles = Stumbles(lambda says: _tell(engine, Trouble(says, lasts=True), outbox, now()))
    outbox.carry_out(_begun(engine, now(), stumbles))
    awaited_boot = float("-inf")
    while outbox.exit is None:
        if stumbles.enough is not None:
            outbox.carry_out([Exit(OUR_FAULT, stumbles.enough)])
            return None
        due_boot = awaited_boot = min(_tick(engine, outbox, inbox, now, stumbles, awaited_boot), outbox.hurry(now()))
        try:
            item = inbox.get(timeout=_until(due_boot, now()))
        except Empty:
            continue
        awaited_boot = float("-inf")
        match item:
            case Received() | Connected() | Disconnected() | Alarm() | Stop() | Trouble() | DiaryRead():
                _handle(engine, item, outbox, now(), stumbles)
                if isinstance(item, Disconnected):
                    outbox.forget()
                if isinstance(item, Stop):
                    return None
            case Kept(number):
                outbox.kept(number)
            case ReadAgain():
                reread()
            case Successor():
                if (new := _taken_over(engine, item, outbox, now())) is not None:
                    return item, new
            case _:
                outbox.carry_out((item,))
    return None


def run(
    engine: Engine,
    address: Address,
    *,
    prefix: str = "winddown",
    patience: Patience = PATIENT,
    journal: Journal | None = None,
    reread: Reread | None = None,
) -> int:
    """Run until a signal or an `Exit`; the exit code. From the main thread only: signals come there."""
    inbox = Inbox()
    gc.freeze()  # what is here now stays: it need not be searched for rubbish while a lamp waits
    gc.enable()
    with closing(inbox), _signals(inbox):
        return serve(engine, address, inbox, prefix=prefix, patience=patience, journal=journal, reread=reread)


def serve(
    engine: Engine,
    address: Address,
    inbox: Inbox,
    *,
    prefix: str = "winddown",
    patience: Patience = PATIENT,
    journal: Journal | None = None,
    reread: Reread | None = None,
) -> int:
    """Run in any thread, until there is a `Stop` in the inbox or an `Exit`; the exit code.

    Without a journal, which is open, memory lasts as long as the process.
    """
    alarms = Alarms(inbox.put)
    line = Line(inbox, patience)
    outbox = Outbox(publish=line.publish, wake=alarms.set, journal=journal)
    line.open(address, prefix, engine.subscriptions())
    try:
        if journal is not None:
            journal.start(inbox.put)
        alarms.start(_LINE_FIRST_S)
        watched = Watched(inbox, Notice())
        again = Rereader(reread, inbox.put).begin
        while (following := loop(engine, watched, outbox, reread=again)) is not None:
            _settle(outbox, journal)
            line.close()
            by, engine = following
            prefix = by.prefix
            line.open(by.address, prefix, engine.subscriptions())
        if outbox.exit is not None and outbox.exit.code == OUR_FAULT:
            _fall(line, prefix, journal)
        _settle(outbox, journal)
    except BaseException:
        _fall(line, prefix, journal)
        raise
    finally:
        line.close()
        alarms.stop()
        if journal is not None:
            journal.stop()
    return 0 if outbox.exit is None else outbox.exit.code


def _taken_over(engine: Engine, by: Successor, outbox: Outbox, at: Instant) -> Engine | None:
    """The engine that goes on; None: it cannot, and everything stays as it was."""
    try:
        effects, new = by.take_over(engine, at)
    except Exception as error:  # noqa: BLE001  the old one goes on
        _log.exception("the file that was read again cannot be used; everything stays as it was")
        _tell(engine, Trouble(say("file.stays", why=repr(error))), outbox, at)
        return None
    outbox.carry_out(effects)
    return new


def _settle(outbox: Outbox, journal: Journal | None) -> None:
    """Whatever is to be kept is, and whatever waits for it is said."""
    if journal is not None:
        journal.settle(PATIENCE_S)
    outbox.send_held()


def _fall(line: Line, prefix: str, journal: Journal | None) -> None:
    """We end by our own fault: nobody is to believe that we are here, and the next of us is to know."""
    line.publish(Message(f"{prefix}/status", "offline", qos=1, retain=True))
    if journal is not None:
        journal.keep([crashed(journal.memory.get(CRASHES), clock.now().boot)])


def _begun(engine: Engine, at: Instant, stumbles: Stumbles) -> list[Effect]:
    try:
        return engine.begin(at)
    except Exception as error:  # noqa: BLE001  presses and quiet may work all the same
        stumbles.dropped(say("trouble.during_memory"), error, at.boot)
        return []


def _tell(engine: Engine, trouble: Trouble, outbox: Outbox, at: Instant) -> None:
    """Let people know, as far as the engine can."""
    with suppress(Exception):
        outbox.carry_out(engine.handle(trouble, at))


def _tick(
    engine: Engine,
    outbox: Outbox,
    inbox: Waiting,
    now: Callable[[], Instant],
    stumbles: Stumbles,
    awaited_boot: float,
) -> float:
    """Let the engine do what is due, or will be in a moment that was waited for; the boot-time second of the next."""
    try:
        at = now()
        if at.boot < awaited_boot <= at.boot + _AHEAD_S:
            at = Instant(at.wall_at(awaited_boot), awaited_boot)
        effects = engine.tick(at)
        if (left_s := at.boot - now().boot) > 0:
            inbox.rest(left_s)
        outbox.carry_out(effects)
        due_boot = engine.deadline(now())
    except Exception as error:  # noqa: BLE001  the next look may go better
        stumbles.failed(error, now().boot)
        return now().boot + _AFTER_MISHAP_S
    stumbles.went_well()
    return due_boot


def _until(due_boot: float, at: Instant) -> float:
    """How long to wait for what is due; a moment less where it can be thought out in that moment."""
    left_s = due_boot - at.boot
    return min(left_s - _AHEAD_S if left_s > _AHEAD_S else max(left_s, 0.0), _LOOK_S)


def _handle(engine: Engine, event: Event, outbox: Outbox, at: Instant, stumbles: Stumbles) -> None:
    try:
        outbox.carry_out(engine.handle(event, at))
    except Exception as error:  # noqa: BLE001  one poisoned message must not end the night
        if isinstance(event, Received):
            during = say("trouble.during_message", topic=event.topic)
        else:
            during = say("trouble.during_event", event=type(event).__name__)
        stumbles.dropped(during, error, at.boot)


@contextmanager
def _signals(inbox: Inbox) -> Iterator[None]:
    """Post what the system says into the inbox."""

    def end(_number: int, _frame: FrameType | None) -> None:
        inbox.put(Stop())

    def again(_number: int, _frame: FrameType | None) -> None:
        inbox.put(ReadAgain())

    wanted = {signal.SIGTERM: end, signal.SIGINT: end, signal.SIGHUP: again}
    before = {number: signal.signal(number, action) for number, action in wanted.items()}
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)
