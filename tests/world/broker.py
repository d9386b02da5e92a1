"""The broker, and the daemon's line to it: routes, retains, goes away, hangs. It looks into no payload."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from winddown.model import Connected, Disconnected, Received
from world.sent import Sent

if TYPE_CHECKING:
    from world.world import World

TO_THING_S = 0.001
TO_DAEMON_S = 0.002
KEEPALIVE_ENDS_S = 22.0
RECONNECT_S = 1.0
Listener = Callable[[Sent], object]


class Broker:
    """Exact topics only: nobody in this house subscribes to more."""

    def __init__(self, world: World) -> None:
        self.retained: dict[str, str] = {}
        self.up = True
        self.hung = False
        self.connected = False
        """The daemon has a connection; also true while the broker hangs."""
        self.live_boot: float | None = None
        """Since when the daemon can be heard and hears; None: it cannot."""
        self._world = world
        self._listeners: dict[str, list[Listener]] = {}
        self._topics: frozenset[str] = frozenset()
        self._connection = 0
        self._stuck: list[Callable[[], object]] = []
        self._hang = 0

    def listen(self, topic: str, listener: Listener) -> None:
        """A thing of the world hears a topic."""
        self._listeners.setdefault(topic, []).append(listener)

    def publish(self, topic: str, payload: str, *, retain: bool = False, ours: bool = False) -> Sent | None:
        """Take a message; None: there is no broker to take it."""
        if not self.up or (ours and not self.connected):
            return None
        world = self._world
        sent = Sent(world.boot, world.wall, topic, payload, retain, ours)
        world.trace.append(sent)
        world.promises.sent(sent)
        self._or_later(partial(self._route, sent))
        return sent

    def _or_later(self, action: Callable[[], object]) -> None:
        if self.hung:
            self._stuck.append(action)
        else:
            action()

    def _route(self, sent: Sent) -> None:
        now = sent.routed_boot = self._world.boot
        if sent.retain:
            if sent.payload:
                self.retained[sent.topic] = sent.payload
            else:
                self.retained.pop(sent.topic, None)
        for listener in self._listeners.get(sent.topic, ()):
            self._world.agenda.enter(now + TO_THING_S, partial(listener, sent))
        if self.connected and sent.topic in self._topics:
            self._to_daemon(Received(sent.topic, sent.payload.encode()))

    def _to_daemon(self, event: Received) -> None:
        self._world.after(TO_DAEMON_S, partial(self._arrive, self._connection, event))

    def _arrive(self, connection: int, event: Received) -> None:
        if connection != self._connection:
            return
        if self.hung:
            self._stuck.append(partial(self._arrive, connection, event))
        else:
            self._world.daemon.deliver(event)

    # ------------------------------------------------------------ the daemon's line

    def connect(self) -> None:
        """The daemon gets its connection, then what is retained."""
        daemon = self._world.daemon
        if not self.up or self.hung or self.connected or not daemon.runs:
            return
        self._topics = frozenset(daemon.subscriptions())
        self.connected = True
        self._connection += 1
        self.live_boot = self._world.boot
        stored = [
            Received(topic, self.retained[topic].encode(), retain=True)
            for topic in sorted(self._topics & self.retained.keys())
        ]
        daemon.deliver(Connected())
        for event in stored:
            self._to_daemon(event)

    def drop(self, *, will: bool, tell: bool = True) -> None:
        """The daemon's connection ends; with its will, unless it said goodbye."""
        if not self.connected:
            return
        self.connected = False
        self.live_boot = None
        self._connection += 1
        if will and self.up:
            self.publish(f"{self._world.house.prefix}/status", "offline", retain=True)
        if tell:
            self._world.daemon.deliver(Disconnected())

    # ------------------------------------------------------------ what befalls it

    def goes_down(self, *, forgets: bool = False) -> None:
        """No broker: what anybody publishes now is lost. `forgets`: it comes back without what it retained."""
        self.up = False
        if forgets:
            self.retained.clear()
        self.drop(will=False)

    def comes_up(self) -> None:
        """A broker again; everybody reconnects."""
        self.up = True
        for bridge in self._world.bridges.values():
            bridge.returns()
        self._world.after(RECONNECT_S, self.connect)

    def hangs(self) -> None:
        """It answers nothing and keeps everything; after 22 s the daemon's keepalive ends the connection."""
        self.hung = True
        self.live_boot = None
        self._hang = hang = self._hang + 1
        self._world.after(KEEPALIVE_ENDS_S, partial(self._keepalive_ends, hang))

    def _keepalive_ends(self, hang: int) -> None:
        if self.hung and hang == self._hang:
            self.drop(will=True)

    def resumes(self) -> None:
        """Everything that was stuck goes out in one burst."""
        self.hung = False
        stuck, self._stuck = self._stuck, []
        for action in stuck:
            action()
        if self.connected:
            self.live_boot = self._world.boot
        else:
            self._world.after(RECONNECT_S, self.connect)
