"""A verb that tries lamps, beside a bedside whose lamp is virtual and whose broker is real."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from winddown import clock
from winddown.demo.devices import Shown, Told, ZigbeeLamp

ROOT = Path(__file__).parents[2]

HOUSE = """
timezone: Europe/Amsterdam
mqtt: {{host: 127.0.0.1, port: {port}}}
rooms:
  bedroom:
    bedtime: {bedtime}
    lights:
      bedside: zigbee2mqtt/bedside{more}
    button: {{generic: {{topic: home/button, single: [one], double: [two], hold: [long]}}}}
    quiet: [{{topic: home/phone/dnd/set, state: home/phone/dnd, mute: priority_only}}]
"""

_HURRIED = """
import sys
from winddown.cli import preview, showing, trying
from winddown.core import fade
from winddown.trial import lapse, probing, putting_back, swatches
trying.STORED_S, trying.ANSWER_S, trying.BACK_S, trying.LOOK_S = 0.2, 0.2, 0.4, 1.0
fade.BACK_S, swatches._REST_S = 0.2, 0.05
putting_back.BACK_S, lapse.DARK_S, showing.DARK_S = 0.2, 0.5, 0.5
probing.SINK_S, probing.DARK_S, probing.FADE_S, swatches.SWATCH_S = 0.1, 0.05, 0.2, 1.0
preview._SHORTEST_S = 10
from winddown.__main__ import main
sys.exit(main())
"""
"""The verbs in a hurry: fades of a tenth of a second, and lamps that answer at once, as those here do."""

_WAIT_S = 20.0


class Bedside:
    """The demonstration's Zigbee lamp, on a client that comes back by itself when the broker does."""

    def __init__(self, port: int) -> None:
        self.told: SimpleQueue[Told] = SimpleQueue()
        self._lamp = ZigbeeLamp()
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda client, *_: client.subscribe([(topic, 1) for topic in self._lamp.topics])
        self._client.on_subscribe = self._begin
        self._client.on_message = self._obey
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        assert self._ready.wait(5)

    def shows(self) -> Shown:
        """What it truly shows."""
        with self._lock:
            return self._lamp.shows(clock.now().boot)

    def leave(self) -> None:
        """It loses its power."""
        self._client.disconnect()
        self._client.loop_stop()

    def _begin(self, *_: object) -> None:
        for message in self._lamp.begin():
            self._client.publish(message.topic, message.payload, message.qos, message.retain)
        self._ready.set()

    def _obey(self, _client: Client, _userdata: object, got: MQTTMessage) -> None:
        with self._lock:
            answers, happening = self._lamp.hear(got.topic, bytes(got.payload), clock.now().boot)
        for message in answers:
            self._client.publish(message.topic, message.payload, message.qos, message.retain)
        if isinstance(happening, Told):
            self.told.put(happening)


class House:
    """The bedside lamp, a configuration that names it, and verbs that run as processes."""

    def __init__(self, port: int, folder: Path) -> None:
        self.bedside = Bedside(port)
        self.path = folder / "winddown.yaml"
        self.port = port
        self.write()
        self._begun: list[subprocess.Popen[str]] = []

    def write(self, bedtime: str = "off", more: str = "") -> None:
        """The configuration. Without a bedtime it is always day."""
        self.path.write_text(HOUSE.format(port=self.port, bedtime=bedtime, more=more))

    @property
    def findings(self) -> Path:
        """Where a probe keeps what it found."""
        return self.path.with_name("winddown.lamps.yaml")

    def lamp(self) -> Shown:
        """What the lamp truly shows."""
        return self.bedside.shows()

    def told(self) -> list[Told]:
        """What the lamp was told since this was last asked."""
        told = []
        while not self.bedside.told.empty():
            told.append(self.bedside.told.get())
        return told

    def wait_until_told(self, *, percent_below: int = 101) -> Told:
        """The next thing that the lamp is told to show that is as dark as this."""
        until_boot = clock.now().boot + _WAIT_S
        while True:
            one = self.bedside.told.get(timeout=max(0.0, until_boot - clock.now().boot))
            if one.percent < percent_below:
                return one

    def begin(self, verb: str, *arguments: str) -> subprocess.Popen[str]:
        """A verb as a process."""
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
        file = [str(self.path)] if verb == "run" else ["-c", str(self.path)]
        command = [sys.executable, "-c", _HURRIED, verb, *arguments, *file]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self._begun.append(subprocess.Popen(command, env=env, encoding="utf-8", **pipes))
        return self._begun[-1]

    def run(self, *arguments: str, answers: str = "") -> tuple[int, str, str]:
        """A verb from beginning to end: its code, what it said, and what it complained of."""
        verb = self.begin(*arguments)
        out, err = verb.communicate(answers, timeout=90)
        return verb.returncode, out, err

    def leave(self) -> None:
        """Everybody goes."""
        for one in self._begun:
            with one, contextlib.suppress(ProcessLookupError):
                one.kill()
        self.bedside.leave()


def in_house(port: int, folder: Path) -> Iterator[House]:
    """A house while a test lasts."""
    house = House(port, folder)
    yield house
    house.leave()
