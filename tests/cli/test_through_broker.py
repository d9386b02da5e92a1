"""`run` as a process on a real broker, and the verbs that talk to it from outside."""

from __future__ import annotations

import json
import signal
import time

import pytest

STATUS = "winddown/status"
LAMP, TOLD = "home/lamp", "home/lamp/set"


@pytest.fixture
def home(mosquitto, neighbour, house, process):
    """A daemon that is online with its lamp on, its configuration, and a neighbour who hears lamp and status.

    Its bedtime is off: the tests run at any time of day, and for it it is always day.
    """
    other = neighbour(mosquitto.port, STATUS, TOLD)
    path = house(mosquitto.port, bedtime="off")
    daemon = process("run", path)
    assert other.hear() == (STATUS, "online")
    other.say(LAMP, json.dumps({"state": "ON", "brightness": 200}))
    return daemon, path, other


@pytest.fixture
def soon(monkeypatch):
    """Nobody is waited for longer than a test can."""
    monkeypatch.setattr("winddown.shell.remote.ANSWER_S", 0.3)


# ---------------------------------------------------------------- run


def test_a_finger_on_the_button_moves_the_lamp(home):
    _, _, other = home

    other.say("home/button", "one")

    topic, told = other.hear()
    assert topic == TOLD
    assert json.loads(told)["brightness"] > 0


def test_it_ends_within_a_second_and_says_so(home):
    daemon, _, other = home
    began = time.monotonic()

    daemon.send_signal(signal.SIGTERM)

    assert daemon.wait(5) == 0
    assert time.monotonic() - began < 1
    assert other.hear() == (STATUS, "offline")
    assert "Traceback" not in daemon.stderr.read()


def test_a_newer_daemon_takes_the_rooms_and_the_older_one_ends(home):
    daemon, _, other = home

    other.say(
        "winddown/owner", json.dumps({"instance": "new", "since": "2100-01-01T00:00:00+00:00", "rooms": ["bedroom"]})
    )

    assert daemon.wait(5) == 4
    assert "a newer winddown (new) has our rooms" in daemon.stderr.read()


def test_a_file_with_a_mistake_starts_nothing(winddown, house):
    ended = winddown("run", house(bedtime='"25:00"'))

    assert ended.code == 2
    assert "25:00" in ended.err


def test_a_daemon_warns_on_standard_error_before_it_begins(winddown, house, monkeypatch):
    monkeypatch.setattr("winddown.shell.run.run", lambda *_, **__: 0)
    path = house(more="    quiet: [{topic: home/smoke_alarm/set, mute: off, restore: on}]\n")

    assert "not what warns" in winddown("run", path).err


def test_the_code_of_the_daemon_is_that_of_the_process(winddown, house, monkeypatch):
    monkeypatch.setattr("winddown.shell.run.run", lambda *_, **__: 3)

    assert winddown("run", house()).code == 3


def test_a_room_s_own_cues_are_read_before_anything_begins(winddown, house, monkeypatch):
    path = house(bedtime='"22:45"\n    cues: own.yaml')
    path.with_name("own.yaml").write_text("release: {soft: Easy.}\n")
    engines = []
    monkeypatch.setattr("winddown.shell.run.run", lambda engine, *_, **__: engines.append(engine) or 0)

    winddown("run", path)

    assert dict(engines[0].voices["bedroom"].own) == {"release.soft": "Easy."}


# ---------------------------------------------------------------- press and send


def test_a_press_from_here_is_a_press_and_says_what_came_of_it(home, winddown):
    _, path, other = home

    ended = winddown("press", "bedroom", "--config", path)

    assert ended.code == 0
    assert "single press from mqtt" in ended.out
    assert "single in day: release" in ended.out
    assert other.hear()[0] == TOLD


def test_an_order_from_here_says_what_came_of_it(home, winddown):
    _, path, _ = home

    ended = winddown("send", "bedroom", "skip", "off", "-c", path)

    assert ended.code == 0
    assert "skip off: the evening was not skipped" in ended.out


def test_an_order_for_all_rooms_reaches_them(home, winddown):
    _, path, other = home

    ended = winddown("send", "all", "dark", "-c", path)

    assert "asked: dark" in ended.out
    assert json.loads(other.hear()[1])["state"] == "OFF"


def test_a_press_that_a_winddown_does_not_take_is_explained(mosquitto, neighbour, winddown, house, soon):
    neighbour(mosquitto.port).say(STATUS, "online", retain=True)

    ended = winddown("press", "bedroom", "-c", house(mosquitto.port))

    assert ended.code == 1
    assert "winddown is there, but did not take 'single'" in ended.err


@pytest.mark.parametrize("verb", [("press", "bedroom"), ("send", "bedroom", "dark"), ("watch", "--once")])
def test_where_nobody_answers_it_says_so(mosquitto, winddown, house, soon, verb):
    ended = winddown(*verb, "-c", house(mosquitto.port))

    assert ended.code == 1
    assert ended.err == f"winddown: no winddown answers on 127.0.0.1:{mosquitto.port}; is it running?\n"


@pytest.mark.parametrize("verb", [("press", "bedroom"), ("watch", "--once")])
def test_where_winddown_has_ended_it_says_so_at_once(mosquitto, neighbour, winddown, house, verb):
    neighbour(mosquitto.port).say(STATUS, "offline", retain=True)
    began = time.monotonic()

    ended = winddown(*verb, "-c", house(mosquitto.port))

    assert ended.code == 1
    assert "no winddown answers on 127.0.0.1" in ended.err
    assert time.monotonic() - began < 2


def test_where_there_is_no_broker_it_says_so(mosquitto_at_rest, winddown, house, monkeypatch):
    monkeypatch.setattr("winddown.shell.remote.CONNECT_S", 0.2)

    ended = winddown("press", "bedroom", "-c", house(mosquitto_at_rest.port))

    assert ended.code == 1
    assert ended.err == "winddown: no broker answers on 127.0.0.1 (Connection refused); is it running?\n"


def test_a_broker_that_refuses_us_is_named_at_once(mosquitto_at_rest, winddown, house):
    broker = mosquitto_at_rest.with_login("winddown", "right")

    ended = winddown("watch", "--once", "-c", house(broker.port))

    assert ended.code == 3
    assert "refuses a client without a username" in ended.err


@pytest.mark.parametrize("verb", [("press", "attic"), ("send", "attic", "dark"), ("watch", "attic")])
def test_a_room_that_is_not_there_gets_those_that_are(winddown, house, verb):
    ended = winddown(*verb, "-c", house())

    assert ended.code == 2
    assert "no room is called 'attic'; there is: bedroom" in ended.err


@pytest.mark.parametrize(
    ("verb", "says"),
    [
        (("send", "bedroom", "later", "300"), "whole minutes from 1 to 120"),
        (("send", "bedroom", "sleep"), "there are: go_to_bed"),
        (("press", "bedroom", "triple"), "'single', 'double', 'hold'"),
    ],
)
def test_what_nobody_understands_is_not_sent(winddown, house, verb, says):
    ended = winddown(*verb, "-c", house())

    assert ended.code == 2
    assert says in ended.err


# ---------------------------------------------------------------- watch


def test_a_look_tells_how_it_is(home, mosquitto, neighbour, winddown):
    _, path, _ = home
    looker = neighbour(mosquitto.port, "winddown/bedroom/state")
    while '"on":true' not in looker.hear()[1]:
        pass  # the lamp has spoken, the room has not yet

    ended = winddown("watch", "--once", "-c", path)

    online, bedroom = ended.out.splitlines()
    assert ended.code == 0
    assert online.endswith("winddown  online")
    assert "bedroom" in bedroom
    assert "lamp 78 %" in bedroom


def test_watching_follows_what_happens_until_it_is_interrupted(mosquitto, neighbour, house, process):
    other = neighbour(mosquitto.port)
    other.say(STATUS, "online", retain=True)
    watch = process("watch", "-c", house(mosquitto.port))
    assert watch.stdout.readline().endswith("winddown  online\n")

    other.say("winddown/bedroom/cue", json.dumps({"text": "Zacht.", "key": "release.soft"}))
    other.say("winddown/bedroom/press", json.dumps({"event_type": "hold", "source": "generic/button"}))

    lines = [line[10:] for line in (watch.stdout.readline(), watch.stdout.readline())]
    watch.send_signal(signal.SIGINT)
    assert lines == ["bedroom     “Zacht.”\n", "bedroom   hold press from generic/button\n"]
    assert watch.wait(5) == 130
    assert watch.stderr.read() == ""
