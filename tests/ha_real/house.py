"""What the tests of discovery want besides the lab: an ear that is a Home Assistant on paper, three lamps, winddown."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from paho.mqtt.client import Client, MQTTMessage

from ha_real.lab import Ear, HomeAssistant, wait
from homeassistant.receiver import Receiver

PATIENCE_S = 15.0
CONFIGURATION = """\
homeassistant: {{name: Lab, time_zone: Europe/Amsterdam, latitude: 52.37, longitude: 4.89, unit_system: metric}}
http: {{server_host: 127.0.0.1, server_port: {port}}}
api:
config:
automation: !include automations.yaml
logger: {{default: warning}}
"""


def furnish(config: Path, port: int) -> None:
    """The configuration of a Home Assistant with nothing in it."""
    (config / "configuration.yaml").write_text(CONFIGURATION.format(port=port))
    (config / "automations.yaml").write_text("[]\n")


def wait_for(what: str, true: Callable[[], object], within_s: float = PATIENCE_S) -> None:
    """Until it is so."""
    wait(true, within_s, lambda: f"not within {within_s:g} s: {what}")


@dataclass
class Listener(Ear):
    """Hears everything, answers for three lamps, and is a Home Assistant on paper beside the real one."""

    paper: Receiver = field(default_factory=Receiver)

    def __enter__(self) -> Self:
        super().__enter__()
        for lamp in ("bedside", "ceiling", "desk"):
            self.say(f"test/{lamp}", {"state": "ON", "brightness": 200}, retain=True)
        return self

    def last(self, topic: str) -> str | None:
        """What was said there last."""
        return next((payload for _, one, payload in reversed(self.heard) if one == topic), None)

    def since(self, moment: float, topic: str) -> list[tuple[float, str]]:
        """What was said there after a moment."""
        return [(at, payload) for at, one, payload in self.heard if one == topic and at >= moment]

    def _on_message(self, client: Client, userdata: object, message: MQTTMessage) -> None:
        super()._on_message(client, userdata, message)
        text = message.payload.decode(errors="replace")
        self.paper.hear(message.topic, text, retained=message.retain, stores=True)
        if message.topic.startswith("test/") and message.topic.endswith("/set") and not message.retain:
            client.publish(message.topic.removesuffix("/set"), text, 1, True)


class Daemon:
    """`winddown run`."""

    def __init__(self, folder: Path, port: int, file: str, study: str) -> None:
        now = datetime.now(ZoneInfo("Europe/Amsterdam"))
        times: dict[str, object] = {
            "bedtime": f"{now + timedelta(hours=3):%H:%M}",
            "wake": f"{now + timedelta(hours=11):%H:%M}",
        }
        self.bedtime, self.wake = str(times["bedtime"]), str(times["wake"])
        self._times = {"port": port, **times}
        self._file, self._study = file, study
        self._config = folder / "winddown.yaml"
        self._log = folder / "winddown.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def start(self, *, study: bool = True, discovery: bool = True) -> None:
        """Begin, with or without the second room, announced or not."""
        text = self._file + (self._study if study else "")
        self._config.write_text(text.format(discovery=str(discovery).lower(), **self._times))
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "winddown", "run", str(self._config)]
            self._process = subprocess.Popen(command, stderr=log, stdout=log)

    def diary(self) -> list[dict[str, Any]]:
        """The nights of the bedroom, as `winddown diary export` says them."""
        command = [sys.executable, "-m", "winddown", "diary", "export", "bedroom", "--format", "json"]
        said = subprocess.run([*command, "--config", str(self._config)], capture_output=True, check=True)
        found: list[dict[str, Any]] = json.loads(said.stdout)
        return found

    def stop(self) -> None:
        """SIGTERM."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait(PATIENCE_S)

    def kill(self) -> None:
        """As a power cut."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(PATIENCE_S)

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()


@dataclass
class House:
    """All of it."""

    home: HomeAssistant
    broker: Listener
    daemon: Daemon
