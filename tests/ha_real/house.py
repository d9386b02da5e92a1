"""The programs of a real house, started and ended: mosquitto, Home Assistant out of its lab, winddown.

The lab is a folder with `home_assistant.sh` (start PORT, stop) and `home_assistant.py` (its API), named by
HOME_ASSISTANT_LAB. Its Home Assistant begins anew each time: what it stored before is moved aside.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from homeassistant.receiver import Receiver

API = ("127.0.0.1", 8123)
START_S, PATIENCE_S = 120.0, 15.0
ROOT = Path(os.environ.get("HA_ROOT", "/opt/ha-lab"))


def wait_for(what: str, true: Callable[[], object], within_s: float = PATIENCE_S, *, pause_s: float = 0.1) -> float:
    """Until it is so; how many seconds it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within_s, f"not within {within_s:g} s: {what}"
        time.sleep(pause_s)  # another program cannot tell us
    return time.monotonic() - began


def listens(host: str, port: int) -> bool:
    """Somebody answers there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


class Mosquitto:
    """A broker on a free port."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        config = folder / "mosquitto.conf"
        config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
        self._process = subprocess.Popen([program, "-c", str(config)], stderr=subprocess.DEVNULL)
        wait_for("mosquitto", lambda: listens("127.0.0.1", self.port))

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(PATIENCE_S)


class HomeAssistant:
    """The real one."""

    def __init__(self, lab: Path) -> None:
        script, api = lab / "home_assistant.sh", lab / "home_assistant.py"
        if not (script.exists() and api.exists()):
            pytest.exit(f"HOME_ASSISTANT_LAB={lab}: there is no home_assistant.sh and home_assistant.py", 2)
        if not (ROOT / "opt/ha/bin/hass").exists():
            pytest.exit(f"no Home Assistant in {ROOT}: {script} setup makes one (HA_ROOT names another place)", 2)
        if listens(*API):
            pytest.exit(f"somebody answers on {API[0]}:{API[1]} already: end that first ({script} stop)", 2)
        self._script = script
        self._api = _module(api)
        self._token = ""
        self.log = ""
        """Of the runs that have ended."""

    def __enter__(self) -> Self:
        stored = ROOT / "ha-config/.storage"
        if stored.exists():
            aside = stored.with_name(".storage-before")
            shutil.rmtree(aside, ignore_errors=True)
            stored.rename(aside)
        return self

    def start(self, port: int) -> None:
        """Begin, and connect to this broker."""
        command = ["bash", str(self._script), "start", str(port)]
        subprocess.run(command, check=True, capture_output=True, timeout=START_S)
        self._token = self._api.onboard()
        wait_for("Home Assistant", lambda: self.call("GET", "/api/config")["state"] == "RUNNING", START_S)

    def stop(self) -> None:
        """End it as its system does, and keep what it said."""
        pid = int((ROOT / "hass.pid").read_text())
        subprocess.run(["bash", str(self._script), "stop"], check=True, capture_output=True)
        wait_for("Home Assistant's end", lambda: not Path(f"/proc/{pid}").exists(), 60)
        self.log += (ROOT / "hass.log").read_text(errors="replace")

    def __exit__(self, *_: object) -> None:
        if listens(*API):
            self.stop()

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Its REST API."""
        return self._api.call(method, path, body, token=self._token)

    def states(self) -> dict[str, dict[str, Any]]:
        """Every entity of ours by its id."""
        found = self.call("GET", "/api/states")
        return {one["entity_id"]: one for one in found if ".winddown_" in one["entity_id"]}

    def state(self, entity_id: str) -> str:
        """What one shows."""
        return str(self.states()[entity_id]["state"])

    def do(self, service: str, entity_id: str, **data: object) -> None:
        """`number.set_value` and the like."""
        self.call("POST", f"/api/services/{service.replace('.', '/')}", {"entity_id": entity_id, **data})

    def template(self, text: str) -> str:
        """What a template renders to."""
        return str(self.call("POST", "/api/template", {"template": text}))

    def complaints(self) -> list[str]:
        """What it said of MQTT, or of us, that is a warning or worse; a traceback counts by its last lines."""
        log = self.log + ((ROOT / "hass.log").read_text(errors="replace") if listens(*API) else "")
        marks = ("components.mqtt", "components/mqtt", "helpers.template", "winddown")
        entries = log.replace("\n2", "\n\0\n2").split("\n\0\n")
        loud = [one for one in entries if " WARNING " in one or " ERROR " in one]
        return [one[:1500] for one in loud if any(mark in one for mark in marks)]


class Listener:
    """Hears everything on the broker, answers for three lamps, and is a Home Assistant on paper beside the real one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.paper = Receiver()
        self.heard: list[tuple[float, str, str]] = []
        """When (seconds of the monotonic clock), topic and payload."""
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._on_message

    def __enter__(self) -> Self:
        self._client.connect("127.0.0.1", self.port)
        self._client.subscribe("#", 1)
        self._client.loop_start()
        for lamp in ("bedside", "ceiling", "desk"):
            self.say(f"test/{lamp}", json.dumps({"state": "ON", "brightness": 200}), retain=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def say(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """Anybody publishes anything."""
        self._client.publish(topic, payload, 1, retain).wait_for_publish(PATIENCE_S)

    def last(self, topic: str) -> str | None:
        """What was said there last."""
        return next((payload for _, one, payload in reversed(self.heard) if one == topic), None)

    def since(self, moment: float, topic: str) -> list[tuple[float, str]]:
        """What was said there after a moment."""
        return [(at, payload) for at, one, payload in self.heard if one == topic and at >= moment]

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        text = message.payload.decode(errors="replace")
        self.heard.append((time.monotonic(), message.topic, text))
        self.paper.hear(message.topic, text, retained=message.retain, stores=True)
        if message.topic.startswith("test/") and message.topic.endswith("/set") and not message.retain:
            self._client.publish(message.topic.removesuffix("/set"), text, 1, True)


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


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("home_assistant_lab", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
