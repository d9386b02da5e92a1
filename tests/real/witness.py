"""Hears everything on the broker and remembers when. It waits for things, not for times, and says what is missing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

LONGEST_WAIT_S = 20.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A message; `t` is in seconds on the clock of `time.monotonic()`, as in the radio log."""

    t: float
    topic: str
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Witness:
    """A client of the broker that misses nothing."""

    def __init__(self, port: int) -> None:
        self.heard: list[Heard] = []
        self._refused: list[tuple[float, str]] = []
        self._news = threading.Condition()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._on_message
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe([("winddown/#", 0), ("zigbee2mqtt/#", 0), ("lab/#", 0)])

    def say(self, topic: str, payload: object = "") -> float:
        """Publish, text as it is and anything else as JSON; the instant before that."""
        text, before = payload if isinstance(payload, str) else json.dumps(payload), time.monotonic()
        self._client.publish(topic, text, qos=1).wait_for_publish(LONGEST_WAIT_S)
        return before

    def wait_for(
        self, what: str, is_it: Callable[[Heard], object], *, since: float, within_s: float = LONGEST_WAIT_S
    ) -> Heard:
        """The first message that is it, not older than `since`."""
        until, seen = time.monotonic() + within_s, 0
        with self._news:
            while True:
                for one in self.heard[seen:]:
                    if one.t >= since and is_it(one):
                        return one
                seen = len(self.heard)
                assert self._news.wait(until - time.monotonic()), f"{what} did not come within {within_s:g} s"

    def on(self, topic: str, *, since: float = 0.0, until: float = float("inf")) -> list[Heard]:
        """All that was said on a topic in that time."""
        with self._news:
            return [one for one in self.heard if one.topic == topic and since <= one.t <= until]

    def actions(self, *, since: float) -> list[Heard]:
        """What buttons have said."""
        with self._news:
            return [one for one in self.heard if one.t >= since and '"action":' in one.text]

    def refusals(self, *, since: float) -> list[str]:
        """What Zigbee2MQTT could not make anything of, or could not deliver."""
        with self._news:
            return [text for t, text in self._refused if t >= since]

    def leave(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _client: Client, _userdata: Any, message: MQTTMessage) -> None:
        if message.topic.endswith("/bridge/logging"):  # most of it says everything a second time
            said = json.loads(message.payload)
            if said["level"] in {"error", "warning"}:
                self._refused.append((time.monotonic(), said["message"]))
            return
        with self._news:
            self.heard.append(Heard(time.monotonic(), message.topic, message.payload.decode()))
            self._news.notify_all()
