"""One client of the broker that is no winddown: the things in the room have one, whoever watches has another."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode

from winddown.errors import BrokerError
from winddown.model import Message

_log = logging.getLogger(__name__)

_READY_S = 5.0

Heard = Callable[[str, bytes], None]


class Guest:
    """Listens to topics and says things, in a thread of its own."""

    def __init__(self, port: int, topics: Sequence[str], heard: Heard) -> None:
        self._port = port
        self._topics = topics
        self._heard = heard
        self._ready = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        self._client.on_message = self._on_message
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = lambda *_: self._ready.set()

    def start(self) -> None:
        """Come in and listen."""
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()
        if not self._ready.wait(_READY_S):
            raise BrokerError("the embedded broker does not answer; is another program in its way?")

    def say(self, message: Message) -> None:
        """Publish, and do not wait."""
        self._client.publish(message.topic, message.payload, message.qos, message.retain)

    def stop(self) -> None:
        """Leave."""
        self._client.disconnect()
        if self._client.loop_stop() is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            _log.debug("a guest had left before")

    def _on_connect(self, client: Client, *_: object) -> None:
        client.subscribe([(topic, 1) for topic in self._topics])

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        try:
            self._heard(message.topic, bytes(message.payload))
        except Exception:  # noqa: BLE001  one that leaves here would end paho's thread
            _log.exception("a message was dropped")
