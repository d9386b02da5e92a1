"""A paho client as we want one: prompt on the network, fit to be written with by two threads. It connects nothing."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any

from paho.mqtt.client import Client, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from winddown.clock import now
from winddown.model import Message
from winddown.shell.address import Address, Version

_log = logging.getLogger(__name__)

_TOPICS_A_PACKET = 100
_SILENCE_S = 4.0
"""How long the network may leave our bytes unacknowledged before the connection counts as lost."""


class _Line(Client):
    """A client that two threads may write with. paho itself leaves all writing to one, which a beat would wait for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._writing = threading.Lock()

    def loop_write(self) -> MQTTErrorCode:
        """Write what is queued, packet after packet."""
        with self._writing:
            return super().loop_write()


@cache
def share_tables() -> None:
    """Make properties cheap: for each message of MQTT 5 paho writes three tables of them anew, and looks through them
    for what to forget. That is most of what hearing one costs, and hardly any message has properties.

    A paho that keeps them otherwise is left as it is.
    """
    kind: Any = Properties  # it has no place for a class of ours
    tables = {name: one for name, one in vars(kind(PacketTypes.PUBLISH)).items() if name != "packetType"}
    if tables.keys() != {"types", "names", "properties"}:
        return
    unpack = kind.unpack

    def begin(self: Properties, packet_type: int) -> None:
        vars(self).update(tables, packetType=packet_type)

    def read(self: Properties, buffer: bytes) -> Any:
        fresh = len(vars(self)) == len(tables) + 1
        return (self, 1) if fresh and buffer[:1] == b"\0" else unpack(self, buffer)

    kind.__init__, kind.unpack = begin, read


def new_client(
    address: Address, version: Version, will: Message, tls: ssl.SSLContext | None, *, writes: bool = False
) -> Client:
    """One for one connection; it never connects again by itself. `writes`: what is published, in that same thread."""
    share_tables()
    client = _Line(
        CallbackAPIVersion.VERSION2,
        client_id=address.client_id,
        clean_session=None if version == 5 else True,
        protocol=MQTTProtocolVersion(version),
        reconnect_on_failure=False,
    )
    client.suppress_exceptions = True
    client.will_set(will.topic, will.payload, will.qos, will.retain)
    if address.username is not None:
        client.username_pw_set(address.username, address.password)
    if tls is not None:
        client.tls_set_context(tls)
    client.on_socket_open = _prompt
    if not writes:  # set, it keeps publish() from writing, which is not for two threads where the socket is encrypted
        client.on_socket_register_write = _nothing
    return client


def send(client: Client, message: Message, *, writes: bool) -> MQTTMessageInfo | None:
    """Hand one message to the client, and to its socket if this thread `writes`; None: it is gone, or takes it not."""
    try:
        info = client.publish(message.topic, message.payload, message.qos, message.retain)
    except ValueError as error:
        _log.warning("cannot be published on %r: %s", message.topic, error)
        return None
    if writes and client.want_write():
        client.loop_write()
    return info if info.rc == MQTTErrorCode.MQTT_ERR_SUCCESS else None


def deliver(client: Client, message: Message, within_s: float) -> int | None:
    """Say it at QoS 1 and wait for the broker's reason code; None: none came. For who can wait, never for the loop."""
    said: SimpleQueue[tuple[int, int]] = SimpleQueue()
    client.on_publish = lambda _client, _userdata, mid, code, _properties: said.put((mid, code.value))
    sent, until_boot = client.publish(message.topic, message.payload, 1), now().boot + within_s
    try:
        while True:
            mid, code = said.get(timeout=max(until_boot - now().boot, 0.0))
            if mid == sent.mid:
                return code
    except Empty:
        return None
    finally:
        client.on_publish = None


def in_packets(topics: Iterable[str]) -> Iterator[Sequence[str]]:
    """As many topics as one SUBSCRIBE may carry, again and again: of a large house they are never all here at once."""
    left = iter(topics)
    while packet := tuple(islice(left, _TOPICS_A_PACKET)):
        yield packet


def _prompt(_client: Client, _userdata: Any, sock: Any) -> None:
    """Send small packets at once (a burst waits 40 ms else), and notice a dead network in seconds, not in minutes."""
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if (option := getattr(socket, "TCP_USER_TIMEOUT", None)) is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, int(_SILENCE_S * 1000))
    except OSError as error:
        _log.debug("socket option not taken: %s", error)


def _nothing(_client: Client, _userdata: Any, _sock: Any) -> None:
    """`loop()` is woken by its own pipe."""
