"""`probe` through the real entry point and a real broker: what it keeps, and that the lamp ends as it began."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest

from cli.lamps import in_house
from winddown.config import read_findings


@pytest.fixture
def home(mosquitto, tmp_path):
    yield from in_house(mosquitto.port, tmp_path)


def test_what_a_person_sees_is_kept_and_the_lamp_ends_as_it_began(home):
    before = home.lamp()

    code, out, err = home.run("probe", "bedside", answers="what\nno\nno\nyes\nno\n")

    assert (code, err) == (0, "")
    assert "please answer yes or no" in out
    assert read_findings(home.findings).lamps["zigbee2mqtt/bedside"].facts(254) == {"min_level": 4, "max_fade_s": 0.0}
    assert home.lamp() == before
    assert "\nTo forget it: winddown probe bedside --forget" in out


def test_a_lamp_that_was_off_is_off_afterwards_and_was_never_bright(home, mosquitto, neighbour):
    neighbour(mosquitto.port).say("zigbee2mqtt/bedside/set", json.dumps({"state": "OFF"}))

    code, _, _ = home.run("probe", "bedroom/bedside", answers="y\nn\ny\n")

    assert code == 0
    assert home.lamp().level == 0
    assert max(one.percent for one in home.told()) <= 34


def test_what_was_found_is_forgotten_without_a_broker_or_a_lamp(home, winddown):
    home.findings.write_text("zigbee2mqtt/bedside: {smallest: 2%, curve: linear}\nwled/shelf: {smallest: 3%}\n")

    ended = winddown("probe", "zigbee2mqtt/bedside", "--forget", "-c", home.path)

    assert ended.out == "zigbee2mqtt/bedside: what was found is forgotten\n"
    assert list(read_findings(home.findings).lamps) == ["wled/shelf"]
    assert "nothing was kept" in winddown("probe", "bedside", "--forget", "-c", home.path).out


def test_a_second_probe_tries_anew_what_the_first_found_and_keeps_the_curve(home):
    home.findings.write_text("zigbee2mqtt/bedside: {smallest: 9%, longest_fade: 0 s, curve: linear}\n")

    code, out, _ = home.run("probe", "bedside", answers="y\nn\ny\n")

    found = read_findings(home.findings).lamps["zigbee2mqtt/bedside"]
    assert code == 0
    assert "Level 2 of 254" in out
    assert found.facts(254) == {"min_level": 2, "curve": "linear"}


def test_the_configuration_that_wins_is_named(home):
    home.path.write_text(home.path.read_text().replace("zigbee2mqtt/bedside", "{zigbee2mqtt: bedside, smallest: 2%}"))

    _, out, _ = home.run("probe", "bedside", answers="y\nn\nn\nn\ny\n")

    assert "The configuration says `smallest` for bedside too, and wins." in out


# ---------------------------------------------------------------- ending early


def asked(verb: subprocess.Popen[str]) -> None:
    """Read until it has asked something."""
    text = ""
    while "see it now?" not in text:
        letter = verb.stdout.read(1)
        assert letter, text + verb.stderr.read()
        text += letter


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
def test_interrupted_at_a_question_the_lamp_is_as_it_was_and_nothing_is_kept(home, number, code):
    before = home.lamp()
    verb = home.begin("probe", "bedside")
    asked(verb)
    assert home.lamp().level < 0.02

    verb.send_signal(number)

    assert verb.wait(15) == code
    assert home.lamp() == before
    assert not home.findings.exists()
    assert "Traceback" not in verb.stderr.read()


def test_when_the_answers_end_the_lamp_is_as_it_was_and_nothing_is_kept(home):
    before = home.lamp()

    code, _, err = home.run("probe", "bedside", answers="no\n")

    assert code == 2
    assert "nobody answers any more (standard input is closed); nothing was kept" in err
    assert home.lamp() == before
    assert not home.findings.exists()


def test_without_anybody_to_ask_the_lamp_is_not_touched_at_all(home, winddown, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)

    ended = winddown("probe", "bedside", "-c", home.path)

    assert ended.code == 2
    assert "standard input is closed: run it in a terminal" in ended.err
    assert home.told() == []


def test_when_the_broker_goes_away_it_is_said_and_the_lamp_is_put_back_when_it_is_there(home, mosquitto):
    verb = home.begin("probe", "bedside")
    asked(verb)

    mosquitto.stop()
    verb.stdin.write("no\n")
    verb.stdin.flush()
    assert "The broker is away." in "".join(verb.stderr.readline() for _ in range(3))
    mosquitto.start()

    assert verb.wait(30) == 1
    assert "the broker went away in the middle" in verb.stderr.read()
    assert round(home.lamp().level * 254) == 228


def test_a_lamp_that_is_never_seen_is_put_back_and_nothing_is_kept(home):
    before = home.lamp()

    code, _, err = home.run("probe", "bedside", answers="no\n" * 20)

    assert code == 1
    assert "is it this lamp? Nothing was kept" in err
    assert home.lamp() == before


# ---------------------------------------------------------------- what cannot be


def test_a_lamp_that_never_answers_is_named_with_those_there_are(home):
    home.path.write_text(home.path.read_text().replace("zigbee2mqtt/bedside", "zigbee2mqtt/bedsid"))

    code, _, err = home.run("probe", "bedside")

    assert code == 1
    assert "bedside (zigbee2mqtt/bedsid) does not say what it shows" in err
    assert "is its name right? Its bridge knows bedside" in err


@pytest.mark.parametrize(
    ("lamp", "says"),
    [
        ("shelf", "no lamp is called 'shelf'; there is: bedside; or write DIALECT/ADDRESS"),
        ("attic/bedside", "no lamp is called 'attic/bedside'"),
        ("zigbee2mqtt/", "LAMP 'zigbee2mqtt/' names no lamp"),
        ("zigbee2mqtt/a+b", "LAMP"),
        ("", "no lamp is called ''"),
    ],
)
def test_what_names_no_lamp_is_told(home, winddown, lamp, says):
    ended = winddown("probe", lamp, "-c", home.path)

    assert ended.code == 2
    assert says in ended.err


def test_two_lamps_of_one_name_are_told_apart_by_their_rooms(home, winddown):
    attic = "  attic:\n    bedtime: off\n    lights: {bedside: wled/attic}\n"
    home.path.write_text(home.path.read_text() + attic)

    ended = winddown("probe", "bedside", "--forget", "-c", home.path)

    assert "two lamps are called 'bedside': say which, bedroom/bedside or attic/bedside" in ended.err
    assert winddown("probe", "attic/bedside", "--forget", "-c", home.path).out.startswith("wled/attic")


def test_a_lamp_that_says_nothing_of_itself_is_not_tried(home):
    code, _, err = home.run("probe", "json/home/other/command")

    assert code == 1
    assert "never says what it shows, so nobody could put it back" in err


# ---------------------------------------------------------------- beside a winddown


def test_beside_a_running_winddown_by_day_both_go_on(home, mosquitto, neighbour):
    other = neighbour(mosquitto.port, "winddown/status", "winddown/owner", "winddown/bedroom/why")
    daemon = home.begin("run")
    while other.hear() != ("winddown/status", "online"):
        pass
    before = home.lamp()

    code, _, _ = home.run("probe", "bedside", answers="y\nn\ny\n")

    assert code == 0
    assert daemon.poll() is None
    assert home.lamp() == before
    assert [topic for topic, _ in iter_heard(other)] == ["winddown/owner"]


def iter_heard(other):
    """What was heard until now."""
    while not other.heard.empty():
        yield other.hear()


def test_in_the_night_nothing_is_tried(home, mosquitto, neighbour):
    other = neighbour(mosquitto.port)
    other.say("winddown/status", "online", retain=True)
    night = {"phase": "night", "until": "2026-11-30T07:00:00+01:00"}
    other.say("winddown/bedroom/state", json.dumps(night), retain=True)

    code, _, err = home.run("probe", "bedside", answers="y\n")

    assert code == 2
    assert "bedroom is in its night until 07:00: nothing is tried on its lamps then. Try again by day" in err
    assert home.told() == []
