"""A line to the broker for a person at the command line: says a word, hears what comes of it. It decides nothing.

Most verbs hear exact topics only, so they need no more rights than winddown has; only a survey of the broker asks for
patterns, and hears as much as its user may.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from winddown import clock
from winddown.config import Mqtt
from winddown.errors import BrokerError, WinddownError
from winddown.model import Connected, Event, Exit, Message, Received
from winddown.shell.address import address_of
from winddown.shell.link import Link, Patience

CONNECT_S = 5.0
"""A broker that is there takes us sooner."""
ANSWER_S = 5.0
"""And a winddown that is there answers sooner."""
_IMPATIENT = Patience(refused_s=0.0)
"""A person at the keyboard wants to know at once that the password is wrong."""


class Remote:
    """Connected as long as the block lasts."""

    def __init__(self, mqtt: Mqtt, topics: Iterable[str], qos: int = 1) -> None:
        self.host = mqtt.host
        self._heard: SimpleQueue[Event | Exit] = SimpleQueue()
        # A line wants a will. Ours tells nothing, to nobody.
        will = Message(f"{mqtt.prefix}/bridge/remote", "gone")
        address = address_of(mqtt, f"{mqtt.prefix}-remote-{os.getpid()}")
        self._link = Link(address, tuple(dict.fromkeys(topics)), will, self._heard.put, _IMPATIENT, qos=qos)

    def __enter__(self) -> Self:
        self._link.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.stop()

    def connect(self, within_s: float = CONNECT_S) -> None:
        """Wait until the broker took us. WinddownError where none is there, BrokerError where it refuses us."""
        until_boot = clock.now().boot + within_s
        while (left_s := until_boot - clock.now().boot) > 0:
            if isinstance(self.next(left_s), Connected):
                return
        why = self._link.trouble
        raise WinddownError(f"no broker answers on {self.host}{f' ({why})' if why else ''}; is it running?")

    def say(self, topic: str, text: str) -> None:
        """Send a word, never stored by the broker."""
        self.send(Message(topic, text, qos=1))

    def send(self, message: Message) -> bool:
        """Send it now; False where it was dropped because the broker is away."""
        return self._link.publish(message)

    def deliver(self, topic: str, text: str) -> int | None:
        """Send a word and wait for the broker's reason code; None: it gave none."""
        return self._link.deliver(Message(topic, text, qos=1), ANSWER_S)

    @property
    def version(self) -> int:
        """Of MQTT, as it is spoken: 4 is 3.1.1."""
        return self._link.version

    @property
    def refused(self) -> tuple[str, ...]:
        """Topics that the broker does not let us hear."""
        return self._link.refused

    def hear(self, within_s: float | None) -> Received | None:
        """The next message; None: nothing came. Without a limit it waits for ever, across outages."""
        until_boot = None if within_s is None else clock.now().boot + within_s
        while until_boot is None or clock.now().boot < until_boot:
            event = self.next(None if until_boot is None else max(until_boot - clock.now().boot, 0.0))
            if isinstance(event, Received):
                return event
        return None

    def next(self, within_s: float | None) -> Event | None:
        """What happens next: a message, the broker goes or comes; None: nothing. BrokerError where it refuses us."""
        try:
            event = self._heard.get(timeout=within_s)
        except Empty:
            return None
        if isinstance(event, Exit):
            raise BrokerError(event.reason)
        return event
