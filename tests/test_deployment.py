"""What a house installs: the broker's configuration on a real mosquitto, the container, the unit, the lock.

Docker is not needed here, and nothing is built.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest
from packaging.requirements import Requirement
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.subscribeoptions import SubscribeOptions
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
PASSWORDS = {"winddown": "w", "homeassistant": "h", "zigbee2mqtt": "z", "visitor": "v"}
DENIED = 135

# ---------------------------------------------------------------- the broker


def program(name: str) -> str:
    """Where a Debian program is; its test is skipped without it, and fails where CI promised it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        complain = pytest.fail if os.environ.get("CI") else pytest.skip
        complain(f"{name} is not installed: apt install mosquitto")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def settled_in(house: Path, port: int) -> Path:
    """The shipped configuration, moved out of its container, with a password for everybody."""
    shutil.copy(ROOT / "configs/mosquitto/acl", house)
    shipped = (ROOT / "configs/mosquitto/mosquitto.conf").read_text()
    moved = shipped.replace("/mosquitto/config/", f"{house}/").replace("/mosquitto/data/", f"{house}/")
    moved = re.sub(r"^listener 1883$", f"listener {port} 127.0.0.1", moved, flags=re.MULTILINE)
    config = house / "mosquitto.conf"
    config.write_text(f"{moved}\nuser root\n")  # so that a test run by root can read its own folder; else it is ignored
    (house / "passwords").touch(mode=0o600)
    for user, password in PASSWORDS.items():
        subprocess.run([program("mosquitto_passwd"), "-b", house / "passwords", user, password], check=True)
    return config


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A mosquitto with the shipped configuration; the port it listens on."""
    mosquitto, number = program("mosquitto"), free_port()
    config = settled_in(tmp_path_factory.mktemp("mosquitto"), number)
    log = config.with_suffix(".log")
    with log.open("wb") as said, subprocess.Popen([mosquitto, "-c", config], stdout=said, stderr=said) as broker:
        give_up_at = time.monotonic() + 5
        while not answers(number):
            ended = broker.poll() is not None or time.monotonic() > give_up_at
            assert not ended, f"mosquitto does not accept the shipped configuration:\n{log.read_text()}"
        yield number
        broker.terminate()


@dataclass
class Guest:
    """Somebody at the broker, on one thread: `until` runs the network until something is so."""

    port: int
    user: str | None = None
    answers: list[int] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connected: int | None = None

    def __post_init__(self) -> None:
        self.client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        if self.user:
            self.client.username_pw_set(self.user, PASSWORDS[self.user])
        self.client.on_connect = lambda _c, _u, _f, code, _p: setattr(self, "connected", code.value)
        self.client.on_publish = lambda _c, _u, _m, code, _p: self.answers.append(code.value)
        self.client.on_subscribe = lambda _c, _u, _m, codes, _p: self.answers.append(codes[0].value)
        self.client.on_message = self.on_message

    def on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        self.heard.append(message.topic)

    def __enter__(self) -> Self:
        self.client.connect("127.0.0.1", self.port)
        self.until(lambda: self.connected is not None)
        return self

    def __exit__(self, *_: object) -> None:
        self.client.disconnect()

    def until(self, done: Callable[[], bool]) -> None:
        give_up_at = time.monotonic() + 5
        while not done():
            assert time.monotonic() < give_up_at, "the broker did not answer in 5 s"
            self.client.loop(0.05)

    def may_say(self, topic: str) -> bool:
        before = len(self.answers)
        self.client.publish(topic, "x", qos=1)
        self.until(lambda: len(self.answers) > before)
        return self.answers[-1] != DENIED

    def listen(self, topic: str) -> None:
        before = len(self.answers)
        self.client.subscribe(topic, options=SubscribeOptions(qos=1))
        self.until(lambda: len(self.answers) > before)


def test_nobody_comes_in_without_a_name(port: int) -> None:
    with Guest(port) as stranger:
        assert stranger.connected == DENIED


def test_a_known_name_that_the_acl_does_not_name_may_say_and_hear_nothing(port: int) -> None:
    with Guest(port, "visitor") as visitor, Guest(port, "winddown") as winddown:
        visitor.listen("#")

        assert winddown.may_say("winddown/bedroom/cue")
        assert not visitor.may_say("winddown/bedroom/command")
        assert not visitor.may_say("zigbee2mqtt/lamp/set")
        assert visitor.heard == []


@pytest.mark.parametrize(
    ("user", "topic"),
    [
        ("winddown", "winddown/status"),
        ("winddown", "winddown/bridge/bedroom/light/bedside/request"),
        ("winddown", "zigbee2mqtt/lamp/set"),
        ("winddown", "zigbee2mqtt/lamp/get"),
        ("winddown", "zigbee2mqtt/bedroom/lamp/set"),
        ("winddown", "zigbee2mqtt/upstairs/bedroom/lamp/set"),
        ("winddown", "zigbee2mqtt/upstairs/bedroom/lamp/get"),
        ("winddown", "homeassistant/device/winddown/bedroom/config"),
        ("winddown", "homeassistant/time/winddown_bedroom_bedtime/config"),
        ("homeassistant", "homeassistant/status"),
        ("homeassistant", "zigbee2mqtt/lamp/set"),
        ("homeassistant", "winddown/bedroom/command"),
        ("homeassistant", "winddown/all/command"),
        ("homeassistant", "winddown/bedroom/press/set"),
        ("homeassistant", "winddown/bridge/bedroom/light/bedside/state"),
        ("zigbee2mqtt", "zigbee2mqtt/bridge/devices"),
        ("zigbee2mqtt", "zigbee2mqtt/bedroom/lamp"),
        ("zigbee2mqtt", "homeassistant/light/0x001788010c2e1f3a/light/config"),
    ],
)
def test_what_each_user_needs_is_allowed(port: int, user: str, topic: str) -> None:
    with Guest(port, user) as guest:
        assert guest.may_say(topic)


@pytest.mark.parametrize(
    ("user", "topic"),
    [
        ("winddown", "zigbee2mqtt/bridge/request/permit_join"),
        ("winddown", "zigbee2mqtt/bridge/request/device/remove"),
        ("winddown", "zigbee2mqtt/lamp"),
        ("winddown", "homeassistant/status"),
        ("winddown", "homeassistant/light/lamp/config"),
        ("homeassistant", "winddown/status"),
        ("homeassistant", "winddown/bedroom/state"),
        ("zigbee2mqtt", "winddown/bedroom/command"),
        ("zigbee2mqtt", "homeassistant/status"),
    ],
)
def test_what_no_user_needs_is_refused(port: int, user: str, topic: str) -> None:
    with Guest(port, user) as guest:
        assert not guest.may_say(topic)


def test_winddown_hears_lamps_buttons_and_what_others_command(port: int) -> None:
    topics = ["zigbee2mqtt/bedside_button", "zigbee2mqtt/bedroom/lamp/set", "winddown/bedroom/command"]
    with Guest(port, "winddown") as winddown, Guest(port, "homeassistant") as somebody:
        for topic in topics:
            winddown.listen(topic)

        assert all(somebody.may_say(topic) for topic in topics)

        winddown.until(lambda: len(winddown.heard) == len(topics))
        assert winddown.heard == topics


# ---------------------------------------------------------------- the container


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    return loaded


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text().replace("\\\n", "")


def test_the_compose_file_uses_only_words_of_the_specification() -> None:
    document = compose()
    known = {"build", "cap_drop", "depends_on", "environment", "healthcheck", "image", "logging", "ports", "read_only"}
    known |= {"restart", "security_opt", "tmpfs", "user", "volumes"}

    assert set(document) == {"x-small-logs", "services", "volumes"}
    for name, service in document["services"].items():
        assert set(service) <= known, name
        assert set(service["healthcheck"]) <= {"test", "interval", "timeout", "start_period", "retries"}
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["mosquitto", "winddown"])
def test_each_service_comes_back_by_itself_and_can_write_only_where_it_must(name: str) -> None:
    service = compose()["services"][name]

    assert service["restart"] == "unless-stopped"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service["user"].startswith(("0", "root"))


def test_every_volume_and_every_mounted_folder_is_there() -> None:
    document = compose()
    for service in document["services"].values():
        for mount in service["volumes"]:
            source = mount.split(":")[0]
            if source != "./house":  # the user's own, made as the file's head says
                assert source in document["volumes"] or (ROOT / source).is_dir(), source


def test_winddown_knows_its_zone_waits_for_the_broker_and_has_one_health_check() -> None:
    service = compose()["services"]["winddown"]
    in_image = re.search(r"^HEALTHCHECK .*CMD (\[.*\])$", dockerfile(), re.MULTILINE)

    assert service["environment"]["TZ"] == "${TZ:-Europe/Amsterdam}"
    assert service["depends_on"] == {"mosquitto": {"condition": "service_healthy"}}
    assert service["healthcheck"]["test"] == ["CMD", "winddown", "doctor", "--quick"]
    assert in_image is not None
    assert in_image[1] == '["winddown", "doctor", "--quick"]'


def test_the_image_runs_as_nobody_in_particular_and_copies_only_what_the_build_may_see() -> None:
    last_stage = dockerfile().rsplit("\nFROM ", 1)[1]
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile(), re.MULTILINE)
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert "USER 10001:10001" in last_stage
    assert 'ENTRYPOINT ["winddown"]' in last_stage
    assert {name for line in copied for name in line.split()} == allowed
    assert all((ROOT / name).exists() for name in allowed)


def test_the_image_installs_the_lock_and_nothing_that_is_not_in_it() -> None:
    installs = re.findall(r"pip install ([^&\n]+)", dockerfile())

    assert [line.strip() for line in installs] == ["--only-binary :all: --no-deps -r requirements.lock", "--no-deps ."]
    assert "&& pip check" in dockerfile()


def test_the_lock_pins_every_dependency_to_a_version_that_the_project_accepts() -> None:
    lines = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if not line.startswith("#")]
    pins = dict(line.lower().replace("_", "-").split("==") for line in lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    for wanted in map(Requirement, project["dependencies"] + project["optional-dependencies"]["web"]):
        assert pins[wanted.name.lower()] in wanted.specifier, wanted.name


# ---------------------------------------------------------------- systemd

UNIT = ROOT / "configs/winddown.service"


def test_the_unit_restarts_except_where_a_restart_mends_nothing() -> None:
    settings = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.MULTILINE))

    assert (settings["Type"], settings["TimeoutStartSec"]) == ("notify", "infinity")
    assert settings["WatchdogSec"] == "2min"
    assert settings["Restart"] == "always"
    assert settings["RestartPreventExitStatus"] == "2 4"
    assert settings["ExecStart"].endswith("winddown run /etc/winddown/winddown.yaml")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    here = tmp_path / "winddown.service"
    here.write_text(UNIT.read_text().replace("/opt/winddown/bin/winddown", sys.executable))

    said = subprocess.run(["systemd-analyze", "verify", "--man=no", here], capture_output=True, text=True, check=False)

    ours = [line for line in said.stderr.splitlines() if here.name in line]
    assert (said.returncode, ours) == (0, [])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_is_shut_in_as_far_as_it_says() -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in said.stderr:
        pytest.skip("this systemd-analyze reads no unit that is not installed")

    exposure = float(said.stdout.split("exposure level for winddown.service: ")[1].split()[0])

    assert exposure <= 1.0
    assert "says 1.0" in UNIT.read_text()


# ---------------------------------------------------------------- the workshop


def test_make_alone_lists_every_errand() -> None:
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split()

    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)

    listed = re.findall(r"^  ([\w-]+) ", said.stdout, re.MULTILINE)
    assert listed == targets


def test_the_whole_check_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert (ROOT / ".ci/run").read_text().startswith("#!/usr/bin/env bash\n")
