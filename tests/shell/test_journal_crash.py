"""A real daemon, killed in an evening on a real broker: what it comes back to. Lamp and speaker do as they are told."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from winddown import clock
from winddown.shell.database import newest_notes

ROOT = Path(__file__).parents[2]
HEAR_S = 8.0
LONG_S = 600.0
BEAT_S = 1.5

HOUSE = """
timezone: UTC
mqtt: {{host: 127.0.0.1, port: {port}}}
rooms:
  bedroom:
    bedtime: "{bedtime}"
    wake: "{wake}"
    lights: [json/home/lamp/set, json/home/shelf/set]
    quiet: [{{topic: home/speaker/set, state: home/speaker, mute: "0"}}]
    release: {{rounds: 1, areas: [toes], announce: 1 s, tense: 1 s, release: 60 s}}
    breathing: {{inhale: 1.5 s, exhale: 1.5 s, start_pace: 20, for: 30 min}}
"""
STATE, LAMP, SPEAKER = "winddown/bedroom/state", "home/lamp", "home/speaker"


class Bedroom:
    """The broker's other end: two lamps, a speaker, and whoever looks at the state."""

    def __init__(self, port):
        self.heard = []
        """(POSIX seconds, topic, payload)"""
        self.daemon = None
        """The process that is to say something; None: none runs."""
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._on_message
        self._client.on_socket_open = _without_delay
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe([("home/#", 0), ("winddown/#", 0)])
        for lamp in ("home/lamp", "home/shelf"):
            self.say(lamp, json.dumps({"state": "ON", "brightness": 200, "color_temp": 300}), retain=True)
        self.say(SPEAKER, "35", retain=True)

    def say(self, topic, payload, *, retain=False):
        self._client.publish(topic, payload, 1, retain).wait_for_publish(HEAR_S)

    def _on_message(self, client, _userdata, message):
        topic, payload = message.topic, message.payload.decode()
        self.heard.append((clock.now().wall, topic, payload))
        if topic == "home/speaker/set":
            client.publish(SPEAKER, payload, 1, retain=True)
        elif topic.startswith("home/") and topic.endswith("/set"):
            told = json.loads(payload)
            shown = {key: told[key] for key in ("state", "brightness", "color_temp") if key in told}
            client.publish(topic.removesuffix("/set"), json.dumps(shown), 1, retain=True)

    def told(self, topic, since=0):
        return [payload for _, one, payload in self.heard[since:] if one == topic]

    def until(self, what, topic, good=lambda _payload: True, since=0):
        """The first payload on a topic that will do."""
        give_up_at = time.monotonic() + HEAR_S
        while True:
            for payload in self.told(topic, since):
                if good(payload):
                    return payload
            assert time.monotonic() < give_up_at, f"{what}: {self.told(topic, since)[-3:]}"
            assert self.daemon is None or self.daemon.poll() is None, self.daemon.stderr.read()
            time.sleep(0.005)  # the heard are no queue

    def state(self, since=0, **fields):
        def fits(payload):
            said = json.loads(payload)
            return all(said.get(key) == value for key, value in fields.items())

        return json.loads(self.until(f"never {fields}", STATE, fits, since))

    def leave(self):
        self._client.disconnect()
        self._client.loop_stop()


class House:
    """The bedroom, and one daemon after another with one journal."""

    def __init__(self, folder, port):
        self.bedroom = Bedroom(port)
        self.journal = folder / "winddown.db"
        self.begin = clock.now().wall - 1.0
        self._config = folder / "winddown.yaml"
        bedtime, wake = ((self.begin + hours * 3600) for hours in (1, 9))
        written = {"bedtime": _clock(bedtime), "wake": _clock(wake)}
        self._config.write_text(HOUSE.format(port=port, **written))
        self.said = ""

    def start(self, runway_s=LONG_S, breathing_s=LONG_S, night_s=LONG_S, commit_s=0.0):
        """Another process in the same evening; the index of the first message after it."""
        since = len(self.bedroom.heard)
        lengths = (self.begin, runway_s, breathing_s, night_s, commit_s)
        self.bedroom.daemon = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("evening.py")), str(self._config), *map(str, lengths)],
            cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        return since

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def _end(self, how):
        process, self.bedroom.daemon = self.bedroom.daemon, None
        if process is not None:
            with process, contextlib.suppress(ProcessLookupError):
                process.send_signal(how)
                self.said += process.stderr.read()

    def command(self, text):
        self.bedroom.say("winddown/bedroom/command", text)


def _without_delay(_client, _userdata, sock):
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _instant(text):
    return datetime.fromisoformat(text).timestamp()


def _clock(wall):
    return time.strftime("%H:%M", time.gmtime(wall))


@pytest.fixture
def house(tmp_path, mosquitto_at_rest):
    it = House(tmp_path, mosquitto_at_rest.start("set_tcp_nodelay true").port)  # else it sends in bursts of 40 ms
    yield it
    it.kill()
    it.bedroom.leave()


@pytest.fixture
def in_runway(house):
    """The runway runs, the speaker is muted."""
    since = house.start()
    house.bedroom.state(since, phase="runway", quiet=True)
    house.bedroom.until("never muted", SPEAKER, lambda payload: payload == "0")
    return house


# ---------------------------------------------------------------- killed


def test_killed_in_the_runway_it_keeps_quiet_and_puts_back_what_was_before_its_own_mute(in_runway):
    house, bedroom = in_runway, in_runway.bedroom
    house.kill()

    since = house.start()
    bedroom.state(since, phase="runway", quiet=True)
    muted = bedroom.told("home/speaker/set", since)
    house.stop()

    assert muted == []
    assert bedroom.until("not put back", "home/speaker/set", since=since) == "35"


def test_killed_as_soon_as_it_has_muted_it_knows_what_was_before(house):
    since = house.start()
    house.bedroom.until("never muted", "home/speaker/set", since=since)
    house.kill()

    since = house.start()
    house.bedroom.state(since, phase="runway", quiet=True)
    house.stop()

    assert house.bedroom.until("not put back", SPEAKER, lambda payload: payload == "35", since) == "35"


def test_killed_and_back_after_wake_it_puts_back_what_it_had_muted(in_runway):
    house = in_runway
    house.kill()

    since = house.start(runway_s=0.1, breathing_s=0.1, night_s=0.1)

    house.bedroom.state(since, phase="day", quiet=False)
    assert house.bedroom.until("not put back", "home/speaker/set", since=since) == "35"


@pytest.mark.parametrize("verb", ["breathe", "release"])
def test_killed_in_a_sequence_it_goes_on_with_it(in_runway, verb):
    house, bedroom = in_runway, in_runway.bedroom
    house.command(verb)
    phase = {"breathe": "breathing"}.get(verb, verb)
    before = bedroom.state(phase=phase)
    house.kill()

    since = house.start()

    after = bedroom.state(since, phase=phase)
    assert _instant(after["since"]) == pytest.approx(_instant(before["since"]), abs=0.01)
    assert after["origin"] == before["origin"]
    assert {json.loads(one)["phase"] for one in bedroom.told(STATE, since)} == {phase}


def test_killed_after_a_touch_the_lamp_is_still_left_alone(in_runway):
    house, bedroom = in_runway, in_runway.bedroom
    bedroom.say("home/shelf/set", json.dumps({"state": "ON", "brightness": 250}))
    bedroom.state(touched=["shelf"])
    house.kill()

    since = house.start()

    assert bedroom.state(since, phase="runway")["touched"] == ["shelf"]


def test_killed_after_later_and_a_new_wake_both_still_hold(in_runway):
    house, bedroom = in_runway, in_runway.bedroom
    other_wake = _clock(house.begin + 8 * 3600)
    bedroom.say("winddown/bedroom/wake/set", other_wake)
    house.command("later 7")
    bedroom.until("never later", "winddown/bedroom/why", lambda payload: "later: bedtime is" in payload)
    house.kill()

    since = house.start()

    after = bedroom.state(since, phase="runway")
    assert (after["wake"], after["tonight"]["later_min"]) == (other_wake, 7)


def test_killed_in_the_dark_it_stays_dark_and_quiet(in_runway):
    house, bedroom = in_runway, in_runway.bedroom
    house.command("dark")
    bedroom.state(phase="night")
    bedroom.until("never off", LAMP, lambda payload: '"OFF"' in payload)
    house.kill()

    since = house.start()

    assert bedroom.state(since, phase="night")["quiet"] is True
    assert bedroom.told("home/lamp/set", since) == bedroom.told("home/speaker/set", since) == []


def test_ended_and_started_again_in_the_evening_it_mutes_again_and_remembers_the_true_before(in_runway):
    house, bedroom = in_runway, in_runway.bedroom
    house.stop()
    bedroom.until("not put back", SPEAKER, lambda payload: payload == "35", since=len(bedroom.heard) - 10)

    since = house.start()
    bedroom.until("not muted again", "home/speaker/set", lambda payload: payload == "0", since)
    house.stop()

    assert bedroom.until("not put back", SPEAKER, lambda payload: payload == "35", since) == "35"


def test_without_its_journal_it_is_in_the_same_evening_and_says_what_it_cannot_put_back(in_runway):
    house, bedroom = in_runway, in_runway.bedroom
    house.kill()
    for file in house.journal.parent.glob("winddown.db*"):
        file.write_bytes(b"spoiled" * 500)

    since = house.start()
    bedroom.state(since, phase="runway", quiet=True)
    bedroom.until("never said", "winddown/bedroom/why", lambda payload: "home/speaker/set may stay muted" in payload)
    house.stop()

    assert house.said.count("was damaged") == 1


POISON = {
    "when it is made": '{"settings": {"bedtime.someday": {"value": "22:00", "replaced": "-"}}}',
    "when it begins": '{"rest": {"begin_at": 0.0, "end_at": 1e300}}',
    "when it is connected": '{"tonight": {"evening": "%s", "bedtime_at": 1e300, "begun": true}}',
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_memory_that_makes_it_stumble_is_left_out_but_what_is_muted_is_put_back(in_runway, poison):
    house = in_runway
    house.kill()
    with sqlite3.connect(house.journal) as line:
        key = "room/bedroom"
        kept = json.loads(line.execute("SELECT value FROM memory WHERE key = ?", (key,)).fetchone()[0])
        value = poison.replace("%s", kept["tonight"]["evening"])
        line.execute("UPDATE memory SET value = ? WHERE key = ?", (value, key))
    line.close()

    since = house.start()
    house.bedroom.state(since, phase="runway", quiet=True)
    house.stop()

    assert house.bedroom.until("not put back", "home/speaker/set", since=since) == "35"
    assert "cannot be used, except what is muted" in house.said


# ---------------------------------------------------------------- seen from outside


def test_what_was_decided_is_in_the_journal_while_it_runs_and_afterwards(in_runway):
    house = in_runway
    house.command("later 7")
    house.bedroom.until("never later", "winddown/bedroom/why", lambda payload: "later: bedtime is" in payload)
    house.stop()

    notes = [note.text for note in newest_notes(house.journal, "bedroom", 0, 50)]
    assert any("runway until" in text for text in notes)
    assert any("later: bedtime is" in text for text in notes)


def test_a_second_daemon_on_the_same_journal_ends_and_says_why(in_runway):
    house = in_runway
    first = house.bedroom.daemon

    house.start()

    with house.bedroom.daemon as second:
        said = second.stderr.read()
    assert "UsageError: journal: another winddown writes into" in said
    house.bedroom.daemon = first


# ---------------------------------------------------------------- a slow disk


def test_with_commits_of_100_ms_beats_are_on_time_though_something_is_kept_all_the_time(house):
    bedroom, since = house.bedroom, house.start(commit_s=0.1)
    bedroom.state(since, phase="runway", quiet=True)
    house.command("breathe")
    begin = _instant(bedroom.state(since, phase="breathing")["since"])
    settings = 0
    while clock.now().wall < begin + 6 * BEAT_S + 0.5:
        settings += 1
        bedroom.say("winddown/bedroom/runway/set", str(30 + settings % 2))
        time.sleep(0.04)  # not to wait: so busy is this evening
    house.stop()

    told = [wall - begin for wall, topic, _ in bedroom.heard if topic == "home/lamp/set" and wall > begin + 1.0]
    late_s = [at - n * BEAT_S for n, at in enumerate(told[:6], 1)]
    assert settings > 50
    assert len(late_s) == 6
    assert sorted(map(abs, late_s))[-2] < 0.05, late_s  # one may be the machine's


def test_with_commits_of_100_ms_it_ends_within_a_second_and_puts_back(house):
    bedroom, since = house.bedroom, house.start(commit_s=0.1)
    bedroom.until("never muted", SPEAKER, lambda payload: payload == "0", since)
    began = time.monotonic()

    house.stop()

    assert time.monotonic() - began < 1.0
    assert bedroom.until("not put back", SPEAKER, lambda payload: payload == "35", since) == "35"
