"""`preview` through the real entry point, the real engine and a real broker: what the lamp shows, then as before."""

from __future__ import annotations

import json
import signal

import pytest

from cli.lamps import in_house
from winddown import clock
from winddown.config import read_findings


@pytest.fixture
def home(mosquitto, tmp_path):
    yield from in_house(mosquitto.port, tmp_path)


def heard(other):
    """What was heard until now."""
    while not other.heard.empty():
        yield other.hear()


def says(message: tuple[str, str]) -> int | None:
    """The percentage that a lamp says it shows."""
    level = json.loads(message[1]).get("brightness") if message[0] == "zigbee2mqtt/bedside" else None
    return None if level is None else round(level / 2.54)


def tomorrow(hours: float) -> str:
    """An instant as the state has it, so many hours from now."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(clock.now().wall + hours * 3600, UTC).isoformat()


def test_an_evening_sinks_warms_breathes_goes_out_and_is_as_before(home, mosquitto, neighbour):
    other = neighbour(mosquitto.port, "winddown/#", "home/#", "homeassistant/#")
    before = home.lamp()

    code, out, err = home.run("preview", "bedroom", "--in", "15 s")

    told = home.told()
    off = next(n for n, one in enumerate(told) if one.percent == 0)
    runway = [one for one in told[:off] if one.kelvin is not None and one.fade_s > 4]
    assert (code, err) == (0, "")
    assert [one.percent for one in runway] == sorted((one.percent for one in runway), reverse=True)
    assert [one.kelvin for one in runway] == sorted((one.kelvin for one in runway), reverse=True)
    assert max(one.percent for one in told[:off]) < before.level * 100
    assert [one.percent for one in told[off + 1 :]] == [1, 90]
    assert home.lamp() == before
    assert "the runway: lamps sink and turn warm" in out
    assert "bedtime: one lamp breathes" in out
    assert list(heard(other)) == [], "nothing is said in the room's name, and nothing is muted"


def test_interrupted_in_the_runway_the_lamp_is_as_it_was(home):
    before = home.lamp()
    verb = home.begin("preview", "bedroom")
    home.wait_until_told()

    verb.send_signal(signal.SIGINT)

    assert verb.wait(15) == 130
    assert home.lamp() == before
    assert verb.stderr.read() == "\nputting the lamps back …\n"


def test_a_lamp_that_a_hand_changes_meanwhile_stays_as_the_hand_has_it(home, mosquitto, neighbour):
    other = neighbour(mosquitto.port)
    verb = home.begin("preview", "bedroom", "--in", "15 s")
    home.wait_until_told()

    other.say("zigbee2mqtt/bedside/set", json.dumps({"brightness": 250}))

    out, err = verb.communicate(timeout=60)
    assert (verb.returncode, err) == (0, "")
    assert round(home.lamp().level * 254) == 250
    assert "bedside is yours" in out


def test_when_the_broker_goes_away_it_is_said_and_the_lamp_is_put_back_when_it_is_there(home, mosquitto):
    verb = home.begin("preview", "bedroom")
    home.wait_until_told()

    mosquitto.stop()
    verb.stderr.readline()
    verb.stderr.readline()
    assert "The broker is away." in verb.stderr.readline()
    mosquitto.start()

    assert verb.wait(30) == 1
    assert "the broker went away in the middle" in verb.stderr.read()
    assert round(home.lamp().level * 254) == 228


def test_beside_a_running_winddown_by_day_both_go_on(home, mosquitto, neighbour):
    other = neighbour(mosquitto.port, "winddown/status", "winddown/bedroom/why", "winddown/bedroom/quiet")
    daemon = home.begin("run")
    while other.hear() != ("winddown/bedroom/quiet", "OFF"):
        pass
    before = home.lamp()
    verb = home.begin("preview", "bedroom", "--in", "15 s")
    home.wait_until_told()

    verb.send_signal(signal.SIGINT)

    assert verb.wait(15) == 130
    assert daemon.poll() is None
    assert home.lamp() == before
    assert list(heard(other)) == [], "the daemon takes nothing for a hand's, and does nothing"


def test_once_somebody_presses_the_lamps_are_the_running_winddown_s(home, mosquitto, neighbour):
    other = neighbour(mosquitto.port, "winddown/bedroom/quiet", "winddown/bedroom/why", "zigbee2mqtt/bedside")
    home.begin("run")
    while other.hear() != ("winddown/bedroom/quiet", "OFF"):
        pass
    verb = home.begin("preview", "bedroom")
    told = home.wait_until_told()
    while says(other.hear()) != told.percent:
        pass  # else the press overtakes the lamp's word of it

    other.say("home/button", "one")

    _, err = verb.communicate(timeout=15)
    assert verb.returncode == 1
    assert "bedroom is in its release" in err
    assert "this ends here, and the lamps stay with it. It was: bedside 90 % 3846 K" in err
    assert "bedside is yours" not in "".join(text for _, text in heard(other))


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"phase": "runway", "until": "2026-11-30T22:45:00+01:00"}, "bedroom is in its runway until 22:45"),
        ({"phase": "night"}, "bedroom is in its night: nothing is tried on its lamps then"),
        ({"phase": "day", "next_start": tomorrow(0.02)}, "the evening of bedroom begins at"),
    ],
)
def test_in_an_evening_or_just_before_nothing_is_shown(home, mosquitto, neighbour, state, says):
    other = neighbour(mosquitto.port)
    other.say("winddown/status", "online", retain=True)
    other.say("winddown/bedroom/state", json.dumps(state), retain=True)

    code, _, err = home.run("preview", "bedroom")

    assert code == 2
    assert says in err
    assert home.told() == []


def test_where_every_lamp_is_off_it_says_what_to_do(home, mosquitto, neighbour):
    neighbour(mosquitto.port).say("zigbee2mqtt/bedside/set", json.dumps({"state": "OFF"}))
    home.wait_until_told()

    code, _, err = home.run("preview", "bedroom")

    assert code == 1
    assert "no lamp of bedroom is on" in err
    assert home.told() == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("attic",), "no room is called 'attic'; there is: bedroom"),
        (("bedroom", "--in", "5 s"), "--in 5 s is too short: write 30 s to 15 min"),
        (("bedroom", "--in", "1 h"), "too long"),
        (("bedroom", "--in", "60"), "60 s"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_tried(home, winddown, arguments, says):
    ended = winddown("preview", *arguments, "-c", home.path)

    assert ended.code == 2
    assert says in ended.err
    assert home.told() == []


# ---------------------------------------------------------------- the curve


def test_a_person_chooses_the_curve_by_two_swatches_and_it_is_kept(home):
    before = home.lamp()
    verb = home.begin("preview", "bedroom", "--curve")
    verb.stdin.write("second\n")
    verb.stdin.flush()
    while "the runway" not in verb.stdout.readline():
        pass
    told = home.told()

    verb.send_signal(signal.SIGINT)

    assert verb.wait(15) == 130
    assert read_findings(home.findings).lamps["zigbee2mqtt/bedside"].curve == "linear"
    assert [one.percent for one in told].count(2) == 2, "both ways go down to the floor"
    assert home.lamp() == before


def test_a_curve_that_the_configuration_says_is_not_kept_beside_it(home):
    home.path.write_text(home.path.read_text().replace("zigbee2mqtt/bedside", "{zigbee2mqtt: bedside, curve: eye}"))

    verb = home.begin("preview", "bedroom", "--curve")
    verb.stdin.write("second\n")
    verb.stdin.flush()

    while "curve:" not in (line := verb.stdout.readline()):
        pass
    verb.send_signal(signal.SIGINT)

    assert verb.wait(15) == 130
    assert line == "bedside: curve: linear, but the configuration wins: change it there\n"
    assert not home.findings.exists()
