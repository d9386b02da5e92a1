"""The app for Home Assistant: what the Supervisor reads, and its first minute against a Supervisor on paper.

The rules are those of the Supervisor's own checks (2026.08). The image is not built here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from ruamel.yaml import YAML

from test_deployment import answers, free_port, program
from winddown.config import Listen, Web

ROOT = Path(__file__).parent.parent
APP = ROOT / "configs/home-assistant/app"
MUST = frozenset({"name", "version", "slug", "description", "arch"})
MAY = frozenset({"stage", "startup", "timeout", "services", "map", "options", "schema"}) | {
    "ingress",
    "ingress_port",
    "panel_icon",
}
"""Those used here, of the many there are."""
ELEMENT = re.compile(
    r"(bool|email|url|port|str(\(\d*,\d*\))?|password(\(\d*,\d*\))?|int(\(-?\d*,-?\d*\))?|match\(.*\)|list\(.+\))\??"
)
PATIENCE_S = 20.0


def read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path)


def config() -> dict[str, Any]:
    found: dict[str, Any] = read(APP / "config.yaml")
    return found


# ---------------------------------------------------------------- what the Supervisor reads


def test_the_store_finds_one_app_and_the_name_of_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    apps = [name for name in listed if re.fullmatch(r"config\.(ya?ml|json)", Path(name).name)]

    assert apps in ([], ["configs/home-assistant/app/config.yaml"])  # none where this is no checkout
    assert read(ROOT / "repository.yaml")["name"] == "winddown"
    assert (APP / "Dockerfile").is_file()


def test_the_app_says_what_it_must_in_words_that_the_supervisor_knows() -> None:
    said = config()

    assert said.keys() >= MUST
    assert said.keys() <= MUST | MAY
    assert re.fullmatch(r"[-_.A-Za-z0-9]+", said["slug"])
    assert set(said["arch"]) == {"aarch64", "amd64"}
    assert said["startup"] in {"initialize", "system", "services", "application", "once"}
    assert said["stage"] in {"stable", "experimental", "deprecated"}
    assert 10 <= said["timeout"] <= 300
    assert said["services"] == ["mqtt:need"]
    assert said["map"] == [{"type": "addon_config", "read_only": False}]


def test_the_panel_leads_to_where_the_page_of_the_first_file_listens() -> None:
    said, starter = config(), (APP / "winddown.yaml").read_text()
    (listen,) = re.findall(r"^web: {listen: (\S+)}", starter, re.MULTILINE)

    assert said["ingress"] is True
    assert re.fullmatch(r"mdi:[a-z-]+", said["panel_icon"])
    assert Web.model_validate({"listen": listen}).listen == Listen("ingress", said["ingress_port"])


def test_the_version_is_that_of_the_project_and_of_what_is_built() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert config()["version"] == project["version"]
    assert {one.name.split("-")[1] for one in APP.glob("*.whl")} <= {project["version"]}


def test_every_option_has_a_kind_and_a_default_that_is_one_of_it() -> None:
    said = config()

    assert said["options"].keys() == said["schema"].keys()
    assert all(ELEMENT.fullmatch(kind) for kind in said["schema"].values())
    assert said["options"]["log_level"] in said["schema"]["log_level"][len("list(") : -1].split("|")
    assert said["options"]["discover"] is False


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_option_is_named_and_explained(language: str) -> None:
    words = read(APP / f"translations/{language}.yaml")

    assert words.keys() == {"configuration"}
    assert words["configuration"].keys() == config()["schema"].keys()
    for one in words["configuration"].values():
        assert one.keys() == {"name", "description"}
        assert all(isinstance(text, str) and text for text in one.values())


@pytest.mark.parametrize(("name", "size"), [("icon", (128, 128)), ("logo", (250, 100))])
def test_its_pictures_have_the_size_of_the_store(name: str, size: tuple[int, int]) -> None:
    png = (APP / f"{name}.png").read_bytes()

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == size


def test_everything_the_image_runs_is_in_its_folder() -> None:
    text = (APP / "Dockerfile").read_text()

    assert re.findall(r"^COPY (.*)$", text, re.MULTILINE) == [". ."]
    (command,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    _, script, _, options, file = json.loads(command)
    assert (APP / Path(script).name).is_file()
    assert (options, file) == ("/data/options.json", "/config/winddown.yaml")


# ---------------------------------------------------------------- its first minute

USER, PASSWORD, TOKEN = "addons", 'a "pass: word" #1', "token-of-the-supervisor"


@dataclass
class Supervisor:
    """Answers as the Supervisor does: a broker for whoever has the token, once there is one."""

    url: str = ""
    broker: Mapping[str, object] | None = None
    asked: list[str] = field(default_factory=list)
    """With which authorization."""

    @contextmanager
    def open(self) -> Iterator[Supervisor]:
        desk = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                desk.asked.append(self.headers.get("Authorization", ""))
                code, said = desk.answer(self.path, desk.asked[-1])
                self.send_response(code)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
            self.url = f"http://127.0.0.1:{server.server_port}"
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            try:
                yield self
            finally:
                server.shutdown()

    def answer(self, path: str, authorization: str) -> tuple[int, Mapping[str, object]]:
        if path != "/services/mqtt" or authorization != f"Bearer {TOKEN}":
            return 403, {"result": "error", "message": "No access to mqtt service!"}
        if self.broker is None:
            return 400, {"result": "error", "message": "Service not enabled"}
        return 200, {"result": "ok", "data": self.broker}


@contextmanager
def mosquitto(folder: Path) -> Iterator[dict[str, object]]:
    """A broker that wants a name and a password, as the Supervisor tells of it."""
    port, passwords = free_port(), folder / "passwords"
    passwords.touch(mode=0o600)
    subprocess.run([program("mosquitto_passwd"), "-b", passwords, USER, PASSWORD], check=True)
    file = folder / "mosquitto.conf"
    file.write_text(f"listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {passwords}\nuser root\n")
    with subprocess.Popen([program("mosquitto"), "-c", file], stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: answers(port))
            who = {"username": USER, "password": PASSWORD}
            yield {
                "addon": "core_mosquitto",
                "host": "127.0.0.1",
                "port": port,
                "ssl": False,
                "protocol": "3.1.1",
            } | who
        finally:
            process.terminate()


def until(so: Any) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.02)  # another program cannot tell us


@dataclass
class House:
    """The folders of the app."""

    supervisor: Supervisor
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "config/winddown.yaml"

    @property
    def said(self) -> str:
        """Its log so far."""
        return (self.folder / "log").read_text()

    @contextmanager
    def running(self, **options: object) -> Iterator[subprocess.Popen[bytes]]:
        """The app, started as its image does; ended as the Supervisor does."""
        given = self.folder / "options.json"
        given.write_text(json.dumps({"log_level": "info", "discover": False, **options}))
        self.file.parent.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MQTT_")}
        environment |= {"SUPERVISOR_TOKEN": TOKEN, "TZ": "Europe/Amsterdam", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, APP / "start.py", self.supervisor.url, given, self.file]
        with (
            (self.folder / "log").open("wb") as log,
            subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process,
        ):
            try:
                yield process
            finally:
                process.send_signal(signal.SIGTERM)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    program("mosquitto")
    with Supervisor().open() as supervisor:
        yield House(supervisor, tmp_path)


@contextmanager
def ear(broker: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """What was last said on each topic."""
    heard: dict[str, str] = {}

    def hear(_client: Client, _userdata: object, message: MQTTMessage) -> None:
        heard[message.topic] = message.payload.decode()

    client = Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set(USER, PASSWORD)
    client.on_message = hear
    client.on_connect = lambda listener, *_: listener.subscribe("#")
    client.connect("127.0.0.1", broker["port"])
    client.publish("zigbee2mqtt/bridge/devices", json.dumps([LAMP]), retain=True)
    client.loop_start()
    try:
        yield heard
    finally:
        client.disconnect()
        client.loop_stop()


LAMP = {
    "ieee_address": "0x0017880103e6a1b2",
    "friendly_name": "reading lamp",
    "type": "Router",
    "supported": True,
    "interview_completed": True,
    "definition": {
        "model": "8718696598283",
        "vendor": "Philips",
        "exposes": [
            {
                "type": "light",
                "features": [
                    {"name": "state", "property": "state", "type": "binary", "value_on": "ON", "value_off": "OFF"},
                    {"name": "brightness", "property": "brightness", "type": "numeric", "value_max": 254},
                ],
            }
        ],
    },
}


def test_the_first_start_writes_a_file_lists_the_lamps_and_comes_online(house: House) -> None:
    with mosquitto(house.folder) as broker, ear(broker) as heard:
        house.supervisor.broker = broker

        with house.running() as app:
            until(lambda: heard.get("winddown/status") == "online")
            until(lambda: "homeassistant/device/winddown/bedroom/config" in heard)

        assert app.returncode == 0
        until(lambda: heard["winddown/status"] == "offline")
        assert set(house.supervisor.asked) == {f"Bearer {TOKEN}"}
        assert house.file.read_text() == (APP / "winddown.yaml").read_text()
        assert "zigbee2mqtt/reading lamp" in house.said
        assert PASSWORD not in house.said


def test_a_file_that_is_there_stays_as_it_is_and_only_an_option_lists_again(house: House) -> None:
    with mosquitto(house.folder) as broker, ear(broker) as heard:
        house.supervisor.broker = broker
        house.file.parent.mkdir()
        mine = (APP / "winddown.yaml").read_text().replace("bedroom:", "attic:")
        house.file.write_text(mine)

        with house.running():
            until(lambda: "winddown/attic/state" in heard)
        silent = house.said
        with house.running(discover=True):
            until(lambda: "zigbee2mqtt/reading lamp" in house.said)

        assert "reading lamp" not in silent
        assert house.file.read_text() == mine


def test_without_a_broker_it_says_what_to_do_and_goes_on_when_there_is_one(house: House) -> None:
    with mosquitto(house.folder) as broker, house.running(), ear(broker) as heard:
        until(lambda: "Install the app Mosquitto broker" in house.said)
        assert "Service not enabled" in house.said

        house.supervisor.broker = broker

        until(lambda: heard.get("winddown/status") == "online")


def test_who_names_a_broker_of_his_own_is_asked_for_no_other(house: House) -> None:
    with mosquitto(house.folder) as broker, ear(broker) as heard:
        shutil.copytree(APP, house.folder / "config", ignore=lambda *_: ["translations", "start.py"])
        text = house.file.read_text().replace("!env MQTT_PASSWORD", "!secret mqtt_password")
        text = text.replace("!env MQTT_HOST", "127.0.0.1").replace("!env MQTT_PORT", str(broker["port"]))
        house.file.write_text(text.replace("!env MQTT_TLS", "false").replace("!env MQTT_USERNAME", USER))
        secrets = house.file.with_name("secrets.yaml")
        secrets.write_text(f"mqtt_password: '{PASSWORD}'\n")

        with house.running():
            until(lambda: heard.get("winddown/status") == "online")

        assert house.supervisor.asked == []


def test_its_page_answers_nobody_but_the_supervisor(house: House) -> None:
    with mosquitto(house.folder) as broker, ear(broker) as heard:
        house.supervisor.broker = broker
        house.file.parent.mkdir()
        port, starter = free_port(), (APP / "winddown.yaml").read_text()
        house.file.write_text(starter.replace("listen: ingress", f"listen: ingress:{port}"))

        with house.running():
            until(lambda: heard.get("winddown/status") == "online" and answers(port))
            with pytest.raises(HTTPError) as refused:
                urlopen(f"http://127.0.0.1:{port}/bedroom/")

        assert refused.value.code == 403
        assert "answers Home Assistant alone" in refused.value.read().decode()
        assert "stays empty" not in house.said


def test_whoever_has_a_file_without_a_page_is_told_why_the_panel_is_empty(house: House) -> None:
    with mosquitto(house.folder) as broker, ear(broker) as heard:
        house.supervisor.broker = broker
        house.file.parent.mkdir()
        house.file.write_text(re.sub(r"^web:.*$", "", (APP / "winddown.yaml").read_text(), flags=re.MULTILINE))

        with house.running():
            until(lambda: heard.get("winddown/status") == "online")

        assert "winddown.yaml has no line `web: {listen: ingress}`" in house.said


def test_a_mistake_in_the_file_is_in_the_log_and_ends_it(house: House) -> None:
    with mosquitto(house.folder) as broker:
        house.supervisor.broker = broker
        house.file.parent.mkdir()
        house.file.write_text((APP / "winddown.yaml").read_text().replace('"22:45"', '"25:45"', 1))

        with house.running() as app:
            until(lambda: app.poll() is not None)

        assert app.returncode == 2
        assert "winddown.yaml:18: rooms.bedroom.bedtime" in house.said
