"""A whole process around `run`, with an engine that echoes: `python daemon.py HOST PORT`."""

from __future__ import annotations

import sys

from winddown.clock import Instant
from winddown.model import Connected, Effect, Event, Log, Message, Publish, Received, Stop, Wake
from winddown.shell.address import Address
from winddown.shell.log import log_to_stderr
from winddown.shell.run import run


class Echo:
    """Says `online` and `offline`, answers each `ping` with a `pong`, and rings once."""

    def subscriptions(self) -> tuple[str, ...]:
        return ("ping",)

    def begin(self, now: Instant) -> list[Effect]:
        return [Wake((("soon", now.wall),))]

    def tick(self, now: Instant) -> list[Effect]:
        return []

    def handle(self, event: Event, now: Instant) -> list[Effect]:
        match event:
            case Connected():
                return [Publish(Message("winddown/status", "online", qos=1, retain=True))]
            case Stop():
                return [Publish(Message("winddown/status", "offline", qos=1, retain=True))]
            case Received(payload=b"poison"):
                raise RuntimeError("cannot digest")
            case Received(payload=payload):
                return [Publish(Message("pong", payload.decode()))]
            case _:
                return [Log(f"heard {event}")]

    def deadline(self, now: Instant) -> float:
        return now.boot + 30


if __name__ == "__main__":
    log_to_stderr()
    sys.exit(run(Echo(), Address(host=sys.argv[1], port=int(sys.argv[2]), client_id="winddown-test")))
