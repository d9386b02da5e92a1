"""A whole evening without a terminal: what it prints, and what another client of its broker hears meanwhile."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from queue import SimpleQueue

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from winddown.programmes import phrases

SECONDS = 20
NL = phrases("nl")

Heard = tuple[str, str]


@pytest.fixture
def listen() -> Iterator[Callable[[int], SimpleQueue[Heard]]]:
    """`listen(port)`: everything that is said on that broker from now on."""
    clients: list[Client] = []

    def begin(port: int) -> SimpleQueue[Heard]:
        heard: SimpleQueue[Heard] = SimpleQueue()
        ready: SimpleQueue[int] = SimpleQueue()
        client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        client.on_message = lambda _client, _userdata, message: heard.put((message.topic, message.payload.decode()))
        client.on_connect = lambda *_: client.subscribe("#", 1)
        client.on_subscribe = lambda *_: ready.put(1)
        client.connect("127.0.0.1", port)
        client.loop_start()
        clients.append(client)
        ready.get(timeout=5)
        return heard

    yield begin
    for client in clients:
        client.disconnect()
        client.loop_stop()


def all_of(heard: SimpleQueue[Heard]) -> list[Heard]:
    messages = []
    while not heard.empty():
        messages.append(heard.get())
    return messages


def in_order(found: list[str], wanted: list[str]) -> None:
    """All of `wanted` are in `found`, in this order, with anything between them."""
    rest = iter(found)
    for each in wanted:
        assert each in rest, f"{each!r} is not there, or not in its place, in:\n" + "\n".join(found)


def meaning(message: Heard) -> str:
    """A message in a word or two, as far as its place in the evening matters."""
    topic, payload = message
    match topic.split("/"):
        case ["winddown", "bedroom", "cue"]:
            return "cue " + json.loads(payload)["text"]
        case ["winddown", "bedroom", "state"]:
            return "phase " + json.loads(payload)["phase"]
        case ["winddown", "bedroom", "press"]:
            return "press " + json.loads(payload)["event_type"]
        case ["zigbee2mqtt", "bedside_button"]:
            return "button " + json.loads(payload)["action"]
        case ["zigbee2mqtt", "bedside", "set"]:
            return "bedside off" if json.loads(payload).get("state") == "OFF" else "bedside dimmed"
        case _:
            return f"{topic} {payload}"


def test_a_whole_evening_is_told_in_dutch_and_is_there_for_anybody_to_hear(start_demo, listen):
    process = start_demo(f"'nl', seconds={SECONDS}", TERM="xterm-256color")
    first = process.stdout.readline()
    heard = listen(int(re.search(r"broker op 127\.0\.0\.1:(\d+)", first)[1]))
    *lines, last = (first + process.stdout.read()).splitlines()
    messages = all_of(heard)

    assert (process.wait(5), process.stderr.read()) == (0, "")
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d  \S.*", line) for line in lines)
    assert "winddown run" in last
    assert any(re.fullmatch(r"lamp bedlamp 2 % 2200 K in \d(,\d)? s", line[10:]) for line in lines)
    in_order(
        [line[10:] for line in lines],
        [
            "lamp bedlamp 90 % 3850 K", "telefoon mag overgaan", "winddown online", "telefoon stil", "fase afbouwen",
            "gedrukt kort", f"“{NL['release.shoulders.announce']}”", "fase loslaten",
            f"“{NL['release.hands.tense']}”", f"“{NL['release.toes.release']}”",
            f"“{NL['breathing.begin']}”", "fase ademen", "lamp bedlamp uit", "fase nacht",
            "telefoon mag overgaan", "fase dag",
        ],
    )  # fmt: skip
    said = [meaning(message) for message in messages]
    in_order(
        said,
        [
            "home/phone/dnd/set priority_only", "bedside dimmed", f"cue {NL['runway.begin']}", "phase runway",
            "button single", "press single",
            *(f"cue {NL[f'release.{area}.{part}']}" for area in ("shoulders", "hands", "toes")
              for part in ("announce", "tense", "release")),
            f"cue {NL['breathing.begin']}", "phase breathing",
            "bedside off", "phase night", "home/phone/dnd/set off", "phase day", "winddown/status offline",
        ],
    )  # fmt: skip
    in_order(said, [f"home/phone/dnd{each}" for each in ("/set priority_only", " priority_only", "/set off", " off")])
    only_darker_before_the_press(messages)
    assert [payload for topic, payload in messages if topic == "home/phone/dnd/set"] == ["priority_only", "off"]


def only_darker_before_the_press(messages: list[Heard]) -> None:
    before = messages[: next(n for n, message in enumerate(messages) if message[0] == "zigbee2mqtt/bedside_button")]
    shelf = [int(payload) for topic, payload in before if topic == "home/shelf/level"]
    bedside = [json.loads(payload) for topic, payload in before if topic == "zigbee2mqtt/bedside/set"]

    assert shelf == sorted(shelf, reverse=True)
    assert [each["brightness"] for each in bedside] == sorted((each["brightness"] for each in bedside), reverse=True)
    assert all(each["state"] is None for each in bedside), "it could have lit a lamp that is off"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to_without_a_word_of_complaint(start_demo, how):
    process = start_demo()
    process.stdout.readline()
    began = time.monotonic()

    process.send_signal(how)
    _, err = process.communicate(timeout=10)

    assert (process.returncode, err) == (128 + how, "")
    assert time.monotonic() - began < 3


def test_whoever_reads_may_go_away(start_demo):
    process = start_demo()
    process.stdout.readline()
    process.stdout.close()

    assert process.wait(timeout=20) == 0
    assert process.stderr.read() == ""


def test_the_port_may_be_said(start_demo, listen):
    found = start_demo().stdout.readline()
    taken = re.search(r"127\.0\.0\.1:(\d+)", found)[1]

    process = start_demo(WINDDOWN_DEMO_PORT=taken)

    assert f"cannot have {taken}" in process.communicate(timeout=20)[1]
