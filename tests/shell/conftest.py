"""A stand-in for the engine, and a line to the broker that a test may call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import pytest

from winddown.clock import Instant
from winddown.model import Effect, Event, Message, Publish
from winddown.shell.address import Address
from winddown.shell.link import Link, Patience

HEAR_S = 5.0
WILL = Message("winddown/status", "offline", qos=1, retain=True)
IMPATIENT = Patience(first_s=0.01, longest_s=0.05, refused_s=0.2)


@dataclass
class StubEngine:
    """Answers every event with what `answer` makes of it; wants to be called at `due_boot`."""

    answer: Callable[[Event], list[Effect]] = lambda _event: []
    on_begin: list[Effect] = field(default_factory=list)
    on_tick: Callable[[Instant], list[Effect]] = lambda _now: []
    due_boot: float = float("inf")
    topics: tuple[str, ...] = ()
    calls: list[tuple[str, float]] = field(default_factory=list)
    """What was called, and when by the boot-time clock."""
    events: list[Event] = field(default_factory=list)

    def subscriptions(self) -> tuple[str, ...]:
        return self.topics

    def begin(self, now: Instant) -> list[Effect]:
        self.calls.append(("begin", now.boot))
        return self.on_begin

    def tick(self, now: Instant) -> list[Effect]:
        self.calls.append(("tick", now.boot))
        return self.on_tick(now)

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        self.calls.append(("handle", now.boot))
        self.events.append(event)
        return self.answer(event)

    def deadline(self, now: Instant) -> float:
        return self.due_boot


@pytest.fixture
def engine() -> StubEngine:
    return StubEngine()


@pytest.fixture
def publish() -> Callable[..., Publish]:
    """`publish("topic", "payload")` as an effect."""

    def make(topic: str, payload: str = "", qos: int = 0, *, retain: bool = False) -> Publish:
        return Publish(Message(topic, payload, qos, retain))

    return make


@pytest.fixture
def call() -> Iterator[Callable[..., tuple[Link, SimpleQueue[Event]]]]:
    """`call(port, "topic", ...)`: a started link, and the inbox it posts to."""
    links: list[Link] = []

    def start(
        port: int, *topics: str, patience: Patience = IMPATIENT, **address: Any
    ) -> tuple[Link, SimpleQueue[Event]]:
        inbox: SimpleQueue[Event] = SimpleQueue()
        where = Address(host="127.0.0.1", port=port, client_id=f"winddown-{len(links)}", **address)
        link = Link(where, topics, WILL, inbox.put, patience)
        link.start()
        links.append(link)
        return link, inbox

    yield start
    for link in links:
        link.stop()


@pytest.fixture
def wait_for_line(caplog: pytest.LogCaptureFixture) -> Callable[[str], None]:
    """`wait_for_line("part")`: until another thread has logged a line with this in it."""

    def wait(part: str) -> None:
        deadline = time.monotonic() + HEAR_S
        while not any(part in line for line in list(caplog.messages)):
            assert time.monotonic() < deadline, f"{part!r} was not logged but {caplog.messages}"
            time.sleep(0.002)  # a log is no queue

    return wait
