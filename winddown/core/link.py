"""Is the broker alive? It takes note of what went out and what came back; it sends nothing.

A broker that hangs leaves the connection open, and would deliver minutes of light commands in one burst. So we hear our
own commands on the lamps' command topics, and when the last one has not come back in two seconds, no more are sent.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace

from winddown.model import Message
from winddown.payload import compact

SILENT_S = 2.0
"""An echo that takes longer means a broker that hangs."""
BURST_S = 1.0
"""After an echo that came late, what arrives comes out of the same backlog for so long."""
OVERSLEPT_S = 5.0
"""Whoever is called so long after it was due has slept, or hung, and with it all that arrived."""
FORGET_S = 30.0
"""After this the keepalive would have ended a dead connection: the echo itself was lost."""


class Link:
    """The way to the broker, as far as it can be seen from our side."""

    def __init__(self) -> None:
        self.connected = False
        self._echoing: set[str] = set()
        """Command topics that have come back on this connection; another may be forbidden to us."""
        self._out: deque[tuple[str, bytes, float]] = deque()
        self._backlog_until_boot = float("-inf")
        self.due_boot = float("inf")
        """When we want to be called at the latest."""

    def woken(self, boot: float) -> None:
        """We are called. Long after that was due, what arrives may be as old."""
        if boot - self.due_boot > OVERSLEPT_S:
            self._backlog_until_boot = boot + BURST_S

    def connect(self) -> None:
        """A new connection: nothing is under way."""
        self.connected = True
        self._echoing.clear()
        self._out.clear()

    def disconnect(self) -> None:
        """The connection is gone, and all that was under way."""
        self.connected = False
        self._out.clear()

    def sent(self, message: Message, boot: float) -> None:
        """A lamp command goes out."""
        self._out.append((message.topic, message.payload.encode(), boot))

    def came_back(self, topic: str, payload: bytes, boot: float) -> bool:
        """True: it is our own command. What went out before it is no longer waited for: the broker keeps the order."""
        for n, (sent_topic, sent_payload, sent_boot) in enumerate(self._out):
            if sent_topic == topic and sent_payload == payload:
                self._echoing.add(topic)
                if boot - sent_boot > SILENT_S:
                    self._backlog_until_boot = boot + BURST_S
                for _ in range(n + 1):
                    self._out.popleft()
                return True
        return False

    def fresh(self, boot: float) -> bool:
        """What arrives now was sent now, as far as we can know."""
        return self.live(boot) and boot >= self._backlog_until_boot

    def live(self, boot: float) -> bool:
        """A command sent now would be carried out now."""
        if not self._out:
            return self.connected
        while self._out and (boot - self._out[0][2] > FORGET_S):
            self._out.popleft()
        return self.connected and not self._overdue(boot)

    def _overdue(self, boot: float) -> bool:
        """An echo that was to be here by now is not. They stand in the order in which they went out."""
        for topic, _, sent_boot in self._out:
            if boot - sent_boot <= SILENT_S:
                return False
            if topic in self._echoing:
                return True
        return False


def stamped(message: Message, wall: float) -> Message:
    """The message as it goes out now: with its `ts`, where whoever hears it must know how old it is."""
    if not message.stamp:
        return message
    payload = compact({"ts": round(wall, 3), **json.loads(message.payload)})
    return replace(message, payload=payload, stamp=False)
