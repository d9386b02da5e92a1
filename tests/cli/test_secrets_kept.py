"""A marked password goes through every verb and every way to fail, and is seen nowhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import ROOT

MARK = "m4rk3d-hush"
ROOMS = """
rooms:
  bedroom:
    bedtime: "22:45"
    lights: [zigbee2mqtt/lamp]
    quiet: [{topic: home/alarm/set, mute: "0", restore: "1"}]
"""
VERBS = (
    ("check",),
    ("plan",),
    ("plan", "-v"),
    ("plan", "--svg", "{folder}/evening.svg"),
    ("press", "bedroom", "-c"),
    ("send", "bedroom", "dark", "-c"),
    ("watch", "--once", "-c"),
    ("discover",),
    ("doctor",),
    ("doctor", "--quick"),
)
WRITTEN = (
    pytest.param(f"username: w, password: {MARK}", id="in the clear"),
    pytest.param("username: w, password: !secret word", id="a secret"),
    pytest.param("username: w, password: !env WORD", id="from the environment"),
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("winddown.shell.remote.ANSWER_S", 0.2)
    monkeypatch.setattr("winddown.shell.examine.ANSWER_S", 0.2)
    monkeypatch.setenv("WORD", MARK)
    monkeypatch.setenv("TZ", "Europe/Amsterdam")


@pytest.fixture
def home(tmp_path):
    """`home("username: w, password: x", port)`: a configuration with its secrets beside it, for everybody to read."""

    def write(mqtt, port=1, rooms=ROOMS):
        path = tmp_path / "winddown.yaml"
        path.write_text(f"mqtt: {{host: 127.0.0.1, port: {port}, {mqtt}}}{rooms}")
        (tmp_path / "secrets.yaml").write_text(f"word: {MARK}\n")
        path.chmod(0o644)
        (tmp_path / "secrets.yaml").chmod(0o644)
        return path

    return write


def unseen(ended, folder):
    said = ended.out + ended.err
    written = [file.read_text() for file in folder.glob("*.svg")]
    return MARK not in said and MARK.upper() not in said.upper() and all(MARK not in text for text in written)


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_verb_shows_it_when_the_broker_refuses_it(winddown, mosquitto_at_rest, home, tmp_path, verb, written):
    mosquitto_at_rest.with_login("w", "another")
    path = home(written, mosquitto_at_rest.port)

    ended = winddown(*(word.format(folder=tmp_path) for word in verb), path)

    assert unseen(ended, tmp_path)


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize(
    "mqtt",
    [
        pytest.param(f"password: {MARK}", id="no username"),
        pytest.param(f"username: w, password: [{MARK}]", id="a list"),
        pytest.param(f"username: w, password: {{{MARK}: {MARK}}}", id="a mapping"),
        pytest.param(f"username: w, passwort: {MARK}", id="a key misspelt"),
        pytest.param(f"username: w, password: {MARK}, password: {MARK}", id="twice"),
        pytest.param(f"username: w, password: '{MARK}", id="a quote that does not end"),
        pytest.param(f"username: w, password: !{MARK}", id="it looks like a tag"),
        pytest.param(f"username: w, password: !<{MARK}> x", id="it looks like a whole tag"),
        pytest.param(f"username: w, password: *{MARK}", id="it looks like an alias"),
        pytest.param(f"username: w, password: @{MARK}", id="it looks like nothing"),
        pytest.param("username: w, password: !secret wort", id="a secret misspelt"),
        pytest.param("username: !secret word, password: !secret word, tls: !secret word", id="in other places"),
        pytest.param("username: w, password: !secret word, prefix: !secret word, version: !secret word", id="more"),
    ],
)
def test_no_mistake_in_the_file_shows_it(winddown, home, tmp_path, monkeypatch, mqtt, debug):
    monkeypatch.setenv("WINDDOWN_DEBUG", debug)

    ended = winddown("check", home(mqtt))

    assert ended.code == 2
    assert unseen(ended, tmp_path)


def test_a_password_that_is_no_text_in_any_alphabet_is_not_shown_by_the_fault_that_it_makes(
    winddown, home, tmp_path, monkeypatch
):
    monkeypatch.setenv("WORD", os.fsdecode(MARK.encode() + b"\xff"))

    for verb in VERBS:
        ended = winddown(*(word.format(folder=tmp_path) for word in verb), home("username: w, password: !env WORD"))
        assert unseen(ended, tmp_path)


def test_an_address_with_a_password_in_it_is_not_repeated(winddown, tmp_path):
    path = tmp_path / "winddown.yaml"
    path.write_text(f"mqtt: {{host: 'mqtt://w:{MARK}@hub'}}{ROOMS}")

    ended = winddown("check", path)

    assert ended.code == 2
    assert MARK not in ended.err


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_daemon_that_is_refused_tells_who_and_not_what(mosquitto_at_rest, home, process, form):
    mosquitto_at_rest.with_login("w", "another")
    daemon = process("run", home(f"username: w, password: {MARK}", mosquitto_at_rest.port), "--log-level", "debug",
                     "--log", form)  # fmt: skip

    said = ""
    while "refuses user 'w'" not in said:
        said += daemon.stderr.readline()
    daemon.send_signal(signal.SIGTERM)
    rest = daemon.communicate(timeout=10)

    assert MARK not in said + "".join(rest)


def test_a_daemon_at_work_tells_it_to_nobody(mosquitto_at_rest, neighbour, home, process, tmp_path):
    mosquitto_at_rest.start()  # lets everybody in, so that all of it can be heard
    other = neighbour(mosquitto_at_rest.port, "#")
    daemon = process("run", home(f"username: w, password: {MARK}", mosquitto_at_rest.port), "--log-level", "debug")
    heard = other.hear_until("winddown/status", "online")
    other.say("winddown/bedroom/command", "dark")
    other.say("winddown/bedroom/command", f"nonsense {'{{'} password {'}}'}")
    daemon.send_signal(signal.SIGTERM)
    heard += other.hear_until("winddown/status", "offline")
    _, said = daemon.communicate(timeout=10)

    assert MARK not in said
    assert not any(MARK in payload for _, payload in heard)
    kept = [file for file in tmp_path.iterdir() if file.name not in ("winddown.yaml", "secrets.yaml")]
    assert not any(MARK.encode() in file.read_bytes() for file in kept if file.name.startswith("winddown"))


def test_help_shows_no_environment():
    env = {**os.environ, "WINDDOWN_MQTT_PASSWORD": MARK, "PYTHONPATH": str(ROOT)}
    for verb in ("run", "init", "discover", "doctor"):
        command = [sys.executable, "-m", "winddown", verb, "--help"]
        ended = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert MARK not in ended.stdout + ended.stderr


def test_a_first_file_has_it_only_among_its_secrets(winddown, mosquitto_at_rest, tmp_path, monkeypatch):
    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", MARK)
    file = tmp_path / "house" / "winddown.yaml"
    file.parent.mkdir()

    ended = winddown("init", file, "--username", "w", "--room", "bedroom", "--bedtime", "22:45", "--light",
                     "zigbee2mqtt/lamp", "--button", "none")  # fmt: skip

    assert ended.code == 0
    assert MARK not in ended.out + ended.err + file.read_text()
    assert Path(file.parent, "secrets.yaml").stat().st_mode & 0o077 == 0
