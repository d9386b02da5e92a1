"""The line to the broker. It moves messages both ways and judges none of them; with `client.py` it alone knows paho.

One client for each connection: a client that is kept sends again on the next connection what the last one did not
acknowledge. Who keeps calling again, and when it gives up, is in `link.py`.
"""

from __future__ import annotations

import logging
import select
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTMessageInfo
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from winddown.clock import now
from winddown.model import Connected, Event, Message, Received
from winddown.shell.address import Address, Version
from winddown.shell.arriving import Arriving
from winddown.shell.client import deliver, in_packets, new_client, send

_log = logging.getLogger(__name__)

P = ParamSpec("P")

_LOOK_S = 1.0
ANSWER_S = 5.0
"""How long a broker may think about our CONNECT; one that does not know the version may say nothing for ever."""
_KEEP_ALIVE_TIMEOUT = 141
_UNSUPPORTED_VERSION = 132
_BAD_LOGIN = frozenset({133, 134, 135, 138, 140})
"""Client identifier not valid, bad user name or password, not authorised, banned, bad authentication method."""


def _contained(callback: Callable[Concatenate[Connection, P], None]) -> Callable[Concatenate[Connection, P], None]:
    """An exception that leaves a callback ends the connection; so it is said, once a connection, and ends nothing."""

    @wraps(callback)
    def call(self: Connection, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            callback(self, *args, **kwargs)
        except Exception:  # noqa: BLE001  whatever it is, the line must live
            if callback.__name__ not in self.mishaps:
                self.mishaps.add(callback.__name__)
                _log.exception("a message from the broker was dropped")

    return call


class Connection:
    """One client, from its CONNECT until its socket is gone."""

    def __init__(
        self,
        address: Address,
        version: Version,
        topics: Iterable[str],
        will: Message,
        post: Callable[[Event], None],
        tls: ssl.SSLContext | None = None,
        read_from: Callable[[Connection | None], None] | None = None,
        qos: int = 1,
    ) -> None:
        self.address = address
        self.version = version
        self.topics = topics
        self.qos = qos
        """At which it is heard."""
        self.mishaps: set[str] = set()
        self.answer: ReasonCode | None = None
        """What the broker said to our CONNECT; None: nothing yet."""
        self.reason = "connection closed"
        """Why it ended, for people."""
        self.refused: tuple[str, ...] = ()
        """Topics that the broker does not let us hear."""
        self.open = threading.Event()
        """The broker took us and all subscriptions are made."""
        self._abandoned = threading.Event()
        self._over = threading.Event()
        self._read_from = read_from
        """Who reads once it is open; None: the thread that called."""
        self._announced = False
        self._post = post
        self._asked: dict[int, Sequence[str]] = {}
        self._early: list[Received] = []
        self._arriving = Arriving()
        self._unacknowledged: MQTTMessageInfo | None = None
        self._client = new_client(address, version, will, tls, writes=read_from is not None)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message
        self._client.on_disconnect = self._on_disconnect

    def run(self) -> None:
        """Connect, and return when it is over; OSError where there is no broker."""
        client = self._client
        try:
            client.connect(self.address.host, self.address.port, self.address.keepalive_s)
            answer_by_boot = now().boot + ANSWER_S
            while self._may_go_on(answer_by_boot):
                if self._turn(min(_LOOK_S, ANSWER_S)) != MQTTErrorCode.MQTT_ERR_SUCCESS:
                    return
                if self.open.is_set() and not self._announced:
                    self._announce()
        finally:
            self._let_go()

    def _turn(self, at_most_s: float) -> MQTTErrorCode:
        """Wait for the socket and see to it. Where others read later, not by paho's `loop`: once that was called, each
        publish sends a byte through a second connection, to wake somebody who would never fetch it."""
        client = self._client
        if self._read_from is None or client.socket() is None:
            return client.loop(at_most_s)
        self._wait(at_most_s)
        return client.loop_read() or (client.loop_write() if client.want_write() else client.loop_misc())

    def _wait(self, at_most_s: float) -> None:
        """For bytes to read, or for room to write what is left."""
        number = self.fileno()
        writes = [number] if self.wants_to_write() else []
        select.select([number], writes, (), 0.0 if self.has_read() else at_most_s)

    def _announce(self) -> None:
        """Open for use; and if somebody else is to read from here on, wait until it is over."""
        self._announced = True
        self._post(Connected())
        for event in self._early:  # some brokers send before they have acknowledged the subscriptions
            self._post(event)
        self._early.clear()
        if self._read_from is not None:
            self._read_from(self)
            self._over.wait()
            self._read_from(None)
            self._abandoned.set()

    def fileno(self) -> int:
        """Of the socket; -1: there is none any more."""
        sock = self._client.socket()
        return -1 if sock is None else sock.fileno()

    def has_read(self) -> bool:
        """An encrypted socket takes in more than it gives out."""
        sock = self._client.socket()
        return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0

    def wants_to_write(self) -> bool:
        """The socket would not take all of it at once."""
        return self._client.want_write()

    def tend(self) -> None:
        """Keep alive, and write what the socket would not take before. For whoever reads, as `read`."""
        client = self._client
        if client.loop_misc() or (client.want_write() and client.loop_write()):
            self._over.set()

    def read(self) -> None:
        """Read a packet, instead of the thread that called."""
        try:
            lost = self._client.loop_read()
            if self._arriving.waiting:
                self._arriving.go_on(self._send)
        except Exception as error:  # noqa: BLE001  nonsense from the other side must not end the night
            _log.debug("the connection broke on what it read", exc_info=True)
            self.reason, lost = f"it does not speak MQTT as we know it: {error!r}", MQTTErrorCode.MQTT_ERR_PROTOCOL
        if lost:
            self._over.set()

    def publish(self, message: Message) -> bool:
        """Hand one message to the socket; False where it is gone. Only from the thread of the loop."""
        if message.qos > 0 and self._read_from is not None:
            self._arriving.take(message, self._send)
            return True
        return self._send(message) is not None

    def _send(self, message: Message) -> MQTTMessageInfo | None:
        # an encrypted socket is not for two threads
        info = send(self._client, message, writes=self.address.tls is None or self._read_from is not None)
        self._unacknowledged = info if message.qos > 0 and info is not None else self._unacknowledged
        return info

    def deliver(self, message: Message, within_s: float) -> int | None:
        """Say it, and wait for the broker's reason code. Never from the thread that reads."""
        return deliver(self._client, message, within_s)

    def close(self, acknowledged_within_s: float) -> None:
        """Wait a little for what is under way, then say goodbye; the broker then keeps our will to itself."""
        if not self.taken:
            self._abandoned.set()
            return
        if self._unacknowledged is not None:
            try:
                self._wait_for(self._unacknowledged, acknowledged_within_s)
            except (ValueError, RuntimeError) as error:
                _log.debug("the last message was not taken: %s", error)
        self._client.disconnect()
        if self._read_from is not None:
            self._client.loop_write()
            self._over.set()

    def _wait_for(self, last: MQTTMessageInfo, at_most_s: float) -> None:
        if self._read_from is None:
            last.wait_for_publish(at_most_s)
            return
        until_boot = now().boot + at_most_s
        while not (self._arriving.all_here or self._over.is_set()) and (left_s := until_boot - now().boot) > 0:
            self.tend()
            self._wait(left_s)
            self.read()

    @property
    def taken(self) -> bool:
        """The broker took us."""
        return self.answer is not None and not self.answer.is_failure

    @property
    def login_refused(self) -> bool:
        """The broker does not know us, or does not let us in."""
        return self.answer is not None and self.answer.value in _BAD_LOGIN

    @property
    def version_refused(self) -> bool:
        """The broker does not speak this version."""
        return self.answer is not None and self.answer.value == _UNSUPPORTED_VERSION

    def _may_go_on(self, answer_by_boot: float) -> bool:
        if self.answer is None and now().boot > answer_by_boot:
            self.reason = "it does not answer"
            return False
        return not self._abandoned.is_set()

    def _let_go(self) -> None:
        """Close what is still open, and undo the circle of references that would keep it until the next collection."""
        client = self._client
        if (sock := client.socket()) is not None:
            sock.close()
        client.on_connect = client.on_subscribe = client.on_message = client.on_disconnect = None

    @_contained
    def _on_connect(
        self,
        client: Client,
        _userdata: Any,
        _flags: ConnectFlags,
        reason_code: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        self.answer = reason_code
        self.reason = str(reason_code)
        if reason_code.is_failure:
            return
        self.reason = "connection lost"
        for topics in in_packets(self.topics):
            _, mid = client.subscribe([(topic, self.qos) for topic in topics])
            if mid is not None:
                self._asked[mid] = topics
        self._open_when_subscribed()

    @_contained
    def _on_subscribe(
        self, _client: Client, _userdata: Any, mid: int, reason_codes: list[ReasonCode], _properties: Properties | None
    ) -> None:
        topics = self._asked.pop(mid, ())
        refused = [topic for topic, code in zip(topics, reason_codes, strict=False) if code.is_failure]
        self.refused += tuple(refused)
        if refused:
            _log.warning("the broker does not let us hear %s: see its access rules", ", ".join(refused))
        self._open_when_subscribed()

    def _open_when_subscribed(self) -> None:
        if not self._asked:
            self.open.set()

    @_contained
    def _on_message(self, _client: Client, _userdata: Any, message: MQTTMessage) -> None:
        event = Received(message.topic, bytes(message.payload), message.retain, message.dup)
        if self._announced:
            self._post(event)
        else:
            self._early.append(event)

    @_contained
    def _on_disconnect(
        self,
        _client: Client,
        _userdata: Any,
        flags: DisconnectFlags,
        reason_code: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if flags.is_disconnect_packet_from_server:
            self.reason = f"it said {str(reason_code).lower()!r}"
        elif reason_code.value == _KEEP_ALIVE_TIMEOUT:
            self.reason = "it answers no more"
