"""Whatever arrives over MQTT is data: nothing of it is evaluated, opened, made a topic, or let loose on a terminal."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from rich.console import Console

from cli.conftest import house, it_is, logging_as_it_was, process, winddown  # noqa: F401  fixtures
from winddown import RELEASED_AT
from winddown.cli.lamp_view import Told, show_lamps
from winddown.clock import Instant
from winddown.config import Config
from winddown.core.engine import Engine
from winddown.model import Catalogue, Connected, Log, Publish, Received
from winddown.survey import Places, questions, survey

NASTY = (
    "\x1b[2J\x1b]0;owned\x07",
    "a\nb\r2026-01-01 00:00:00 all is well",
    "\x9b31m\u202egnp.exe\u2028\u2029\x85",
    "up/../../etc/passwd",
    "lamp/+/#",
    "nul\0nul",
    "\ud800",
    "{{ states('lock.front_door') }}{% raw %}${7*7}$(touch /tmp/owned)`id`%s%(x)s{0.__class__}",
    "__import__('os').system('true')",
    "!!python/object/apply:os.system [true]",
    "x" * 70_000,
)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def payloads(text: str) -> Iterator[bytes]:
    """The same text in every place where something might look."""
    yield text.encode(errors="surrogatepass")
    yield as_json(text)
    yield as_json({"state": text, "brightness": text, "action": text, "event_type": text, text: text})
    yield as_json({"state": "ON", "brightness": 120, "color_mode": text, "friendly_name": text})
    yield as_json([{"friendly_name": text, "ieee_address": text, "type": text, "definition": {"exposes": [text]}}])
    yield as_json({"instance": text, "since": "2026-01-01T00:00:00+00:00", "rooms": [text]})


# ---------------------------------------------------------------- in the daemon


HOUSE = Config.model_validate(
    {
        "timezone": "Europe/Amsterdam",
        "mqtt": {"host": "hub"},
        "rooms": {
            "bedroom": {
                "bedtime": "22:45",
                "lights": [
                    "zigbee2mqtt/lamp", "json/home/shelf/set", "esphome/node/light", "tasmota/plug", "wled/strip",
                    "shelly1/old", "shelly2/new",
                ],
                "button": ["zigbee2mqtt/button", "shelly2/new", "tasmota/plug"],
                "quiet": [{"topic": "home/phone/set", "state": "home/phone", "mute": "on"}],
                "only_if": {"topic": "home/someone", "is": "on"},
            }
        },
    }
)  # fmt: skip
ACTS = ("open", "exec", "compile", "import", "subprocess.Popen", "os.system", "socket.connect", "os.remove", "os.mkdir")
_watching: list[list[str]] = []


def _hook(event: str, _arguments: object) -> None:
    if _watching and event in ACTS:
        _watching[-1].append(event)


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What this process opens, compiles, imports or starts meanwhile."""
    _watching.append([])
    try:
        yield _watching[-1]
    finally:
        _watching.pop()


def everything_said(engine: Engine) -> list[Any]:
    """Every nasty payload on every topic that is heard, live and stored; what the engine makes of it all."""
    boot = 1000.0
    effects = [
        *engine.begin(Instant(RELEASED_AT + boot, boot)),
        *engine.handle(Connected(), Instant(RELEASED_AT, boot)),
    ]
    for topic in engine.subscriptions():
        for text in NASTY:
            for payload in payloads(text):
                for retain in (False, True):
                    boot += 0.5
                    now = Instant(RELEASED_AT + boot, boot)
                    effects += engine.handle(Received(topic, payload, retain), now)
                    effects += engine.tick(Instant(now.wall + 0.1, now.boot + 0.1))
    return effects


def test_nothing_that_is_heard_is_opened_or_evaluated_or_becomes_a_topic() -> None:
    everything_said(Engine(HOUSE))  # what is loaded when it is first needed is loaded now

    with watched() as acts:
        effects = everything_said(Engine(HOUSE))

    assert acts == []
    said = {one.message.topic for one in effects if isinstance(one, Publish)}
    known = (
        "winddown/",
        "homeassistant/device/winddown/",
        "homeassistant/time/winddown-",
        "zigbee2mqtt/lamp/",
        "home/",
        "node/",
        "cmnd/plug/",
        "wled/strip",
        "shellies/old/",
        "new/",
    )
    assert [topic for topic in said if not topic.startswith(known)] == []
    assert not any(char in topic for topic in said for char in "+#\0\x1b\n")


def test_what_it_says_of_them_is_one_line_that_can_be_seen() -> None:
    effects = everything_said(Engine(HOUSE))

    whys = [one.message.payload for one in effects if isinstance(one, Publish) and one.message.topic.endswith("/why")]
    logs = [one.text for one in effects if isinstance(one, Log)]
    assert whys
    assert [text for text in (*whys, *logs) if not text.isprintable()] == []
    assert max(map(len, (*whys, *logs))) < 500


# ---------------------------------------------------------------- in a survey


@pytest.mark.parametrize(
    "topic",
    [
        "wled/{}/status",
        "{}/light/{}/state",
        "{}/bridge/devices",
        "shellies/{}/info",
        "{}/online",
        "homeassistant/light/{}/config",
    ],
)
def test_a_survey_of_a_broker_that_takes_any_topic_names_only_what_can_be_seen(topic: str) -> None:
    messages = [
        Received(topic.format(text[:60_000], text[:60_000]), payload)
        for text in NASTY
        for payload in (b"online", b"true", *payloads(text))
    ]

    found = survey(messages, Places())
    asked = questions(messages)

    assert all(
        text.isprintable() and len(text) < 70_000
        for one in found
        for text in (one.written, one.can, one.model, one.why_not)
    )
    assert not any(char in one.topic for one in asked for char in "+#\0")


# ---------------------------------------------------------------- in a terminal


def only_lines(text: str) -> bool:
    """Nothing but characters that can be seen, ends of lines, and the tabs between columns."""
    return all(line.isprintable() for line in text.replace("\t", "\n").split("\n"))


@pytest.fixture
def crowded(mosquitto, neighbour):  # type: ignore[no-untyped-def]
    """A broker where everything that is stored is nasty."""
    other = neighbour(mosquitto.port)
    devices = [
        {
            "friendly_name": text[:60_000],
            "ieee_address": text[:100],
            "type": "Router",
            "model_id": text[:100],
            "definition": {
                "vendor": text[:100],
                "model": text[:100],
                "exposes": [{"type": kind, "name": name, "values": [text[:50], "single"], "features": []}],
            },
        }
        for text in NASTY
        for kind, name in (("light", "light"), ("enum", "action"))
    ]
    other.say("zigbee2mqtt/bridge/devices", json.dumps(devices), retain=True)
    other.say("zigbee2mqtt/bridge/state", NASTY[0], retain=True)
    for n, text in enumerate(NASTY):
        announced = {"name": text, "command_topic": text, "state_topic": text, "schema": "json", "dev": {"name": text}}
        other.say(f"homeassistant/light/n{n}/x/config", json.dumps(announced), retain=True)
        other.say(f"homeassistant/event/n{n}/x/config", json.dumps({**announced, "event_types": [text]}), retain=True)
        tasmota = {"t": text, "dn": text, "ft": text, "tp": [text]}
        other.say(f"tasmota/discovery/{n}/config", json.dumps(tasmota), retain=True)
    for text in (NASTY[3], NASTY[7]):  # a mosquitto takes no topic with characters that cannot be seen
        other.say(f"wled/{text.replace('/', '')}/status", "online", retain=True)
        other.say(f"{text.replace('/', '')}/light/x/state", '{"state": "ON"}', retain=True)
    other.say(f"homeassistant/light/{'x' * 65_000}/config", "{}", retain=True)
    other.say("winddown/status", "online", retain=True)
    state = {"phase": NASTY[0], "lights": {NASTY[1]: {"on": True, "level": NASTY[2]}}, "problem": NASTY[1]}
    other.say("winddown/bedroom/state", json.dumps(state), retain=True)
    return mosquitto.port, other


@pytest.mark.parametrize(
    "verb",
    [("discover",), ("discover", "--json"), ("doctor",), ("plan", "-v"), ("watch", "--once", "-c")],
    ids=" ".join,
)
def test_no_verb_lets_a_stranger_play_with_the_terminal(winddown, house, crowded, verb) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    port, _ = crowded
    path = house(port)
    path.write_text(path.read_text().replace("json/home/lamp/set", "zigbee2mqtt/not_there"))

    ended = winddown(*verb, path)

    assert ended.out
    assert only_lines(ended.out + ended.err)


def test_who_watches_sees_lines_and_nothing_else(process, house, mosquitto, neighbour) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    other = neighbour(mosquitto.port)
    other.say("winddown/status", "online", retain=True)
    watching = process("watch", "-c", house(mosquitto.port))
    assert "online" in watching.stdout.readline()

    for text in NASTY[:-1]:
        other.say("winddown/bedroom/why", text.encode(errors="replace"))
        other.say("winddown/bedroom/cue", json.dumps({"text": text}))
        other.say("winddown/bedroom/press", json.dumps({"event_type": text, "source": text}))
        other.say("winddown/bedroom/state", json.dumps({"phase": text, "problem": text, "lights": {text: {"on": 1}}}))
    other.say("winddown/bedroom/why", "22:00 the end")
    seen = [watching.stdout.readline()]
    while "the end" not in seen[-1]:
        seen.append(watching.stdout.readline())

    assert len(seen) > 3 * len(NASTY[:-1])
    assert all(line[2] == ":" and line[:-1].isprintable() for line in seen)


@pytest.mark.parametrize("form", ["text", "json"])
def test_who_reads_the_log_of_a_daemon_sees_lines_and_nothing_else(process, house, mosquitto, neighbour, form) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    other = neighbour(mosquitto.port, "winddown/status", "winddown/bedroom/why")
    daemon = process("run", house(mosquitto.port, bedtime="off"), "--log-level", "debug", "--log", form)
    other.hear_until("winddown/status", "online")

    for text in NASTY:
        for payload in payloads(text):
            for topic in ("winddown/bedroom/command", "winddown/bedroom/bedtime/set", "home/button", "home/lamp"):
                other.say(topic, payload)
    other.say("winddown/bedroom/command", "the end")
    heard = [other.hear()]
    while "the end" not in heard[-1][1]:
        heard.append(other.hear())
    daemon.send_signal(signal.SIGTERM)
    _, said = daemon.communicate(timeout=10)

    assert all(payload.isprintable() for _, payload in heard)
    assert only_lines(said)
    assert "Traceback" not in said
    assert form == "text" or all(json.loads(line)["text"] for line in said.splitlines())


@pytest.mark.parametrize("text", NASTY)
def test_what_a_bridge_calls_its_lamps_is_shown_on_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told({"zigbee2mqtt/lamp": Catalogue((text,))})

    show_lamps(Console(highlight=False, width=240), HOUSE.rooms["bedroom"], told)

    said = capsys.readouterr().out
    assert "not known to its bridge" in said
    assert only_lines(said)
    assert len(said) < 30_000
