"""A real Home Assistant of its own, in a folder of the lab, with a broker of its own. It asserts nothing.

The lab is a Debian in a folder with Home Assistant in `/opt/ha` of it, started by chroot, so this wants root.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

LAB = "HOME_ASSISTANT_LAB"
"""Names the folder of the lab; without it these tests are skipped. README.md says what is in it."""
START_S = 240.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def broker() -> Iterator[int]:
    """A mosquitto that lets everybody in; its port."""
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    assert found, "mosquitto is not installed: apt install mosquitto"
    port = free_port()
    with subprocess.Popen([found, "-p", str(port)], stderr=subprocess.DEVNULL) as process:
        wait(lambda: listens(port), 10, lambda: "mosquitto does not answer")
        try:
            yield port
        finally:
            process.terminate()


def wait(so: Callable[[], object], seconds: float, complaint: Callable[[], str]) -> None:
    """Until something is so; the only way to wait here."""
    give_up_at = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < give_up_at, complaint()
        time.sleep(0.05)  # what is waited for is in another process


@dataclass
class Ear:
    """Hears everything on the broker, and says things on it."""

    port: int
    heard: list[tuple[float, str, str]] = field(default_factory=list)
    """When (by the wall), on what topic, what."""

    def __enter__(self) -> Self:
        self.client = Client(CallbackAPIVersion.VERSION2)
        self.client.on_message = self._on_message
        self.client.on_connect = lambda client, *_: client.subscribe("#")
        self.client.connect("127.0.0.1", self.port)
        self.client.loop_start()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        self.heard.append((time.time(), message.topic, message.payload.decode(errors="replace")))

    def say(self, topic: str, payload: object, *, retain: bool = False) -> None:
        text = payload if isinstance(payload, str) else json.dumps(payload)
        self.client.publish(topic, text, qos=1, retain=retain).wait_for_publish(5)

    def on(self, topic: str, since: float = 0.0) -> list[str]:
        """The payloads heard on a topic."""
        return [payload for at, where, payload in self.heard if where == topic and at >= since]

    def until(self, topic: str, payload: str, seconds: float = 10.0, since: float = 0.0) -> None:
        wait(
            lambda: payload in self.on(topic, since),
            seconds,
            lambda: f"{payload!r} was not said on {topic}, but {self.on(topic, since)[-5:]}",
        )

    def quiet_for(self, topic: str, seconds: float, since: float) -> bool:
        """Nothing is said there for so long."""
        time.sleep(seconds)  # that nothing happens can only be seen by letting time pass
        return self.on(topic, since) == []


@dataclass
class HomeAssistant:
    """One on a configuration inside the lab."""

    lab: Path
    config: Path
    port: int
    ear: Ear
    token: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.config / "hass.log"

    def start(self) -> None:
        """Until it runs; the first time a user is made, and MQTT set up."""
        inside = ["env", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt", "PATH=/opt/ha/bin:/usr/bin:/bin"]
        command = ["nice", "chroot", str(self.lab), *inside, "hass", "-c", f"/{self.config.relative_to(self.lab)}"]
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
        wait(lambda: answers(self.base_url), START_S, lambda: f"Home Assistant does not answer: {self.log}")
        if not self.token:
            self.token = onboarded(self.base_url)
            with_mqtt(self)
        running = partial(self.call, "GET", "/api/config")
        wait(lambda: running()["state"] == "RUNNING", START_S, lambda: f"it does not run: {self.log}")

    def stop(self) -> None:
        """As at a restart of its machine."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def call(self, method: str, path: str, body: object = None) -> Any:
        return request(self.base_url + path, method, body, self.token)

    def service(self, name: str, **data: object) -> None:
        self.call("POST", f"/api/services/{name.replace('.', '/')}", data)

    def state(self, entity: str) -> str:
        return str(self.call("GET", f"/api/states/{entity}")["state"])

    def until(self, entity: str, state: str, seconds: float = 10.0) -> None:
        wait(lambda: self.state(entity) == state, seconds, lambda: f"{entity} is {self.state(entity)!r}, not {state!r}")

    def states(self) -> dict[str, dict[str, Any]]:
        """Every entity of winddown's by its id."""
        found = self.call("GET", "/api/states")
        return {one["entity_id"]: one for one in found if ".winddown_" in one["entity_id"]}

    def do(self, service: str, entity_id: str, **data: object) -> None:
        """`number.set_value` and the like."""
        self.service(service, entity_id=entity_id, **data)

    def template(self, text: str) -> str:
        """What a template renders to."""
        return str(self.call("POST", "/api/template", {"template": text}))

    def complaints(self) -> list[str]:
        """What it said that is a warning or worse of MQTT, blueprints, templates or us; with the lines behind it."""
        words = (
            "automation",
            "blueprint",
            "components.mqtt",
            "components/mqtt",
            "template",
            "helpers.script",
            "winddown",
        )
        entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", self.log.read_text(errors="replace"))
        loud = [one for one in entries if " WARNING " in one or " ERROR " in one]
        return [one[:1500] for one in loud if any(word in one for word in words)]


def request(url: str, method: str, body: object, token: str | None, *, form: bool = False) -> Any:
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    data = None
    if body is not None:
        data = (urllib.parse.urlencode(body) if form else json.dumps(body)).encode()  # type: ignore[arg-type]  a form is a dict
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=60) as answer:
        text = answer.read().decode()
    return json.loads(text) if text[:1] in "{[" else text


def onboarded(base_url: str) -> str:
    """A token of the first user, who is made here."""
    client = {"client_id": f"{base_url}/"}
    who = {"name": "lab", "username": "lab", "password": "lab-password", "language": "en"}
    code = request(f"{base_url}/api/onboarding/users", "POST", {**client, **who}, None)["auth_code"]
    grant = {**client, "grant_type": "authorization_code", "code": code}
    return str(request(f"{base_url}/auth/token", "POST", grant, None, form=True)["access_token"])


def with_mqtt(home: HomeAssistant) -> None:
    """Its MQTT integration, as a person sets it up."""
    flows = "/api/config/config_entries/flow"
    step = home.call("POST", flows, {"handler": "mqtt"})
    for _ in range(4):
        match step["type"]:
            case "create_entry":
                return
            case "menu":
                answer: dict[str, object] = {"next_step_id": "broker"}
            case _:
                answer = {"broker": "127.0.0.1", "port": home.ear.port}
                if any(one["name"] == "other_settings" for one in step["data_schema"]):
                    answer["other_settings"] = {"set_client_cert": False, "set_ca_cert": "off"}
        step = home.call("POST", f"{flows}/{step['flow_id']}", answer)
    raise AssertionError(f"MQTT could not be set up: {step}")


def answers(base_url: str) -> bool:
    try:
        request(f"{base_url}/api/onboarding", "GET", None, None)
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


@contextmanager
def living(lab: Path, config: Path, ear: Ear, port: int) -> Iterator[HomeAssistant]:
    """One that runs as long as it is needed."""
    home = HomeAssistant(lab, config, port, ear)
    try:
        home.start()
        yield home
    finally:
        home.stop()


def lab_folder() -> Path:
    """The lab, or one skip of the whole file, when it is asked for at the top."""
    name = os.environ.get(LAB)
    if not name:
        pytest.skip(f"{LAB} names no folder with a Home Assistant in it", allow_module_level=True)
    lab = Path(name)
    if not (lab / "opt/ha/bin/hass").exists():
        pytest.exit(f"{LAB}={lab}: no Home Assistant there (opt/ha/bin/hass); tests/ha_real/README.md says how", 2)
    return lab
