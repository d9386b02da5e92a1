"""Sets up the whole house and takes it down again: broker, bedroom, onlooker, and the real daemon in a thread.

Everything that happens in it arrives in one queue. It shows nothing and presses nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from winddown import clock
from winddown.config import Config
from winddown.core.engine import Engine
from winddown.demo.bedroom import Bedroom
from winddown.demo.devices import Happening
from winddown.demo.onlooker import Onlooker, Published
from winddown.demo.plan import Plan, config_for
from winddown.demo.timing import Timing
from winddown.model import Alarm, Stop
from winddown.shell.address import Address
from winddown.shell.broker import Broker
from winddown.shell.inbox import Inbox
from winddown.shell.run import serve

_JOIN_S = 3.0

Seen = Happening | Published


class Daemon:
    """winddown itself, as `winddown run` has it, but for the signals: those belong to the main thread."""

    def __init__(self, config: Config, plan: Plan) -> None:
        self._inbox = Inbox()
        self._engine = Engine(config, shape=plan, instance="demo")
        address = Address(host="127.0.0.1", port=config.mqtt.port, client_id="winddown-demo", version=4)
        self._thread = threading.Thread(
            target=serve, args=(self._engine, address, self._inbox), name="daemon", daemon=True
        )

    def start(self) -> None:
        """Begin the evening."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """It has not ended by itself."""
        return self._thread.is_alive()

    def look(self) -> None:
        """The plan has changed: have it looked at now."""
        self._inbox.put(Alarm("plan"))

    def stop(self) -> None:
        """What SIGTERM does."""
        self._inbox.put(Stop())
        self._thread.join(_JOIN_S)
        self._inbox.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """The house while it stands."""

    port: int
    config: Config
    plan: Plan
    bedroom: Bedroom
    daemon: Daemon
    seen: SimpleQueue[Seen]


@contextmanager
def stage(language: str, zone_name: str, port: int, timing: Timing) -> Iterator[Stage]:
    """Everything runs as long as the block; UsageError where there can be no broker."""
    seen: SimpleQueue[Seen] = SimpleQueue()
    with ExitStack() as curtain:
        broker = Broker(port)
        port = broker.start()
        curtain.callback(broker.stop)
        bedroom, onlooker = Bedroom(port, seen.put), Onlooker(port, seen.put)
        bedroom.start()
        curtain.callback(bedroom.stop)
        onlooker.start()
        curtain.callback(onlooker.stop)
        now = clock.now()
        config = config_for(now, zone_name, language, port, timing)
        plan = Plan(config, now, timing)
        daemon = Daemon(config, plan)
        daemon.start()
        curtain.callback(daemon.stop)
        yield Stage(port, config, plan, bedroom, daemon, seen)
