"""The link that the present configuration wants, and the way from it into the inbox. It judges nothing.

Another configuration gets another link. The old one says goodbye first, so that nobody takes us for gone; what it still
says after that is not heard.
"""

from __future__ import annotations

from collections.abc import Iterable

from winddown.model import Event, Exit, Message
from winddown.shell.address import Address
from winddown.shell.inbox import Inbox
from winddown.shell.link import Link, Patience
from winddown.shell.mqtt import Connection


class _Way:
    """From one link into the inbox, until it is closed."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox: Inbox | None = inbox

    def post(self, item: Event | Exit) -> None:
        if self._inbox is not None:
            self._inbox.put(item)

    def read_from(self, source: Connection | None) -> None:
        if self._inbox is not None:
            self._inbox.read_from(source)

    def close(self) -> None:
        self.read_from(None)
        self._inbox = None


class Line:
    """One link at a time."""

    def __init__(self, inbox: Inbox, patience: Patience) -> None:
        self._inbox = inbox
        self._patience = patience
        self._way: _Way | None = None
        self._link: Link | None = None

    def open(self, address: Address, prefix: str, topics: Iterable[str]) -> None:
        """Begin to call."""
        will = Message(f"{prefix}/status", "offline", qos=1, retain=True)
        self._way = _Way(self._inbox)
        self._link = Link(address, topics, will, self._way.post, self._patience, self._way.read_from)
        self._link.start()

    def publish(self, message: Message) -> bool:
        """Send it now; False where nobody is there. Only from the thread of the loop."""
        return self._link is not None and self._link.publish(message)

    def close(self) -> None:
        """Say goodbye."""
        link, way, self._link, self._way = self._link, self._way, None, None
        if link is not None:
            link.stop()
        if way is not None:
            way.close()
