"""`discover` through the real way in, on a real broker."""

from __future__ import annotations

import json
import signal
import time

import pytest

from cli.known import DEVICES, HOUSE


@pytest.fixture
def house_on_air(mosquitto, neighbour):
    """A neighbour who left its devices with the broker."""
    other = neighbour(mosquitto.port, "shellies/command")
    other.say(DEVICES, HOUSE, retain=True)
    return other


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """A broker on this machine is quiet sooner."""
    monkeypatch.setattr("winddown.shell.gather.QUIET_S", 0.15)


def at(broker):
    return ("--host", "127.0.0.1", "--port", broker.port)


def test_in_a_pipe_it_is_a_line_each_as_the_yaml_has_it(house_on_air, mosquitto, winddown):
    ended = winddown("discover", *at(mosquitto))

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "lamp\tzigbee2mqtt/bed\tdims · fades\tAcme B1",
        "lamp\tzigbee2mqtt/reading lamp/left\tdims · fades\tAcme R1",
        "plug\tzigbee2mqtt/socket\ton/off only\tAcme P1",
        "button\tzigbee2mqtt/knop\tsingle, hold\tAcme K1",
        "other\tzigbee2mqtt/blind\tno: a cover; winddown leaves blinds alone\tAcme C1",
    ]


def test_as_json_it_is_an_object_each(house_on_air, mosquitto, winddown):
    lines = [json.loads(line) for line in winddown("discover", *at(mosquitto), "--json").out.splitlines()]

    assert [line["kind"] for line in lines] == ["lamp", "lamp", "plug", "button", "other"]
    assert lines[3] == {
        "kind": "button",
        "address": "zigbee2mqtt/knop",
        "name": "zigbee2mqtt/knop",
        "can": "single, hold",
        "presses": ["single", "hold"],
        "model": "Acme K1",
        "why_not": None,
    }
    assert (lines[4]["address"], lines[4]["why_not"]) == (None, "a cover; winddown leaves blinds alone")


def test_shellies_are_asked_and_their_answers_heard(house_on_air, mosquitto, process):
    found = process("discover", *at(mosquitto))
    assert house_on_air.hear() == ("shellies/command", "announce")

    house_on_air.say("shellies/announce", '{"id": "shellydimmer2-A1", "model": "SHDM-2"}')
    house_on_air.say("shellies/announce", '{"id": "shellyvintage-B2", "model": "SHVIN-1"}')

    out, _ = found.communicate(timeout=15)
    assert "shelly1/shellydimmer2-A1" in out
    assert "shelly1/shellyvintage-B2" in out


def test_it_takes_the_broker_and_the_base_topic_of_a_configuration(house_on_air, mosquitto, winddown, tmp_path):
    path = tmp_path / "winddown.yaml"
    path.write_text(
        f"mqtt: {{host: 127.0.0.1, port: {mosquitto.port}, zigbee2mqtt: up/z}}\n"
        'rooms: {bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/x]}}\n'
    )

    ended = winddown("discover", path)

    assert "{zigbee2mqtt: bed, base: zigbee2mqtt}" in ended.out


def test_without_a_configuration_it_says_where_it_looks(mosquitto, winddown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("winddown.shell.remote.CONNECT_S", 0.2)

    ended = winddown("discover")

    assert "no configuration here, so the broker of this machine" in ended.err


def test_two_ways_to_name_the_broker_are_one_too_many(winddown, house):
    ended = winddown("discover", house(), "--host", "elsewhere")

    assert ended.code == 2
    assert "leave out either" in ended.err


def test_an_empty_broker_is_no_fault_and_is_said(mosquitto, winddown):
    ended = winddown("discover", *at(mosquitto))

    assert (ended.code, ended.out) == (0, "")
    assert "tells of no lamp and no button" in ended.err


def test_a_broker_that_is_not_there_is_named(mosquitto_at_rest, winddown, monkeypatch):
    monkeypatch.setattr("winddown.shell.remote.CONNECT_S", 0.2)

    ended = winddown("discover", *at(mosquitto_at_rest))

    assert (ended.code, ended.out) == (1, "")
    assert "no broker answers on 127.0.0.1" in ended.err


def test_a_broker_that_wants_a_password_takes_it_from_the_environment(
    mosquitto_at_rest, neighbour, winddown, monkeypatch
):
    broker = mosquitto_at_rest.with_login("me", "right")
    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", "wrong")
    refused = winddown("discover", *at(broker), "--username", "me")

    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", "right")
    taken = winddown("discover", *at(broker), "--username", "me")

    assert (refused.code, taken.code) == (3, 0)
    assert "refuses user 'me'" in refused.err
    assert "right" not in refused.err + taken.err + taken.out


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--host", "mqtt://x"), "--host is more than a name"),
        (("--listen", "soon"), "'soon' is no duration, write for example 90 s"),
        (("--listen", "30"), "'30' has no unit, write 30 s"),
        (("--port", "0"), "greater than or equal to 1"),
    ],
)
def test_an_option_that_cannot_be_is_told(winddown, option, says):
    ended = winddown("discover", *option)

    assert ended.code == 2
    assert says in " ".join(ended.err.replace("│", " ").split())


def test_a_thousand_and_more_stored_messages_are_all_heard(mosquitto, neighbour, winddown):
    other = neighbour(mosquitto.port)
    for number in range(1200):
        config = {"schema": "json", "cmd_t": f"lamp{number}/set", "brightness": True, "dev": {"name": "x" * 500}}
        other.say(f"homeassistant/light/n/{number}/config", json.dumps(config), retain=True)

    ended = winddown("discover", *at(mosquitto))

    assert len(ended.out.splitlines()) == 1200


# ---------------------------------------------------------------- press it now


def test_the_button_that_is_pressed_is_named(house_on_air, mosquitto, process):
    listening = process("discover", *at(mosquitto), "--listen", "20 s")
    while "Press a button now" not in listening.stderr.readline():
        pass

    for action in ("single", "brightness_stop"):
        house_on_air.say("zigbee2mqtt/knop", json.dumps({"action": action}))

    lines = [listening.stdout.readline() for _ in range(7)][5:]
    listening.send_signal(signal.SIGINT)
    assert [line[10:] for line in lines] == [
        "zigbee2mqtt/knop  “single” is a single press\n",
        "zigbee2mqtt/knop  “brightness_stop” is no press\n",
    ]
    assert listening.wait(5) == 130
    assert "Traceback" not in listening.stderr.read()


def test_listening_ends_with_its_time_and_says_that_nothing_came(house_on_air, mosquitto, winddown):
    began = time.monotonic()

    ended = winddown("discover", *at(mosquitto), "--listen", "0.2 s")

    assert ended.code == 0
    assert "No button was heard. A battery button sleeps" in ended.err
    assert time.monotonic() - began < 5


def test_presses_too_come_as_json(house_on_air, mosquitto, process):
    listening = process("discover", *at(mosquitto), "--listen", "20 s", "--json")
    while "Press a button now" not in listening.stderr.readline():
        pass

    house_on_air.say("zigbee2mqtt/knop", '{"action": "hold"}')

    lines = [json.loads(listening.stdout.readline()) for _ in range(6)]
    assert lines[5] == {"button": "zigbee2mqtt/knop", "said": "hold", "press": "hold"}


def test_a_newer_shelly_is_asked_what_it_is(mosquitto, neighbour, process):
    shelly = neighbour(mosquitto.port, "shellydimmer-a1/rpc")
    shelly.say("shellydimmer-a1/online", "true", retain=True)
    found = process("discover", *at(mosquitto))

    for result in ({"light:0": {}, "input:0": {"type": "button"}}, {"app": "DimmerG3"}):
        topic, question = shelly.hear()
        asked = json.loads(question)
        answer = {"id": asked["id"], "src": "shellydimmer-a1", "dst": asked["src"], "result": result}
        shelly.say(f"{asked['src']}/rpc", json.dumps(answer))

    out, _ = found.communicate(timeout=15)
    assert topic == "shellydimmer-a1/rpc"
    assert out.splitlines() == [
        "lamp\tshelly2/shellydimmer-a1\tdims · fades\tDimmerG3",
        "button\tshelly2/shellydimmer-a1/0\tsingle, double, hold\tDimmerG3",
    ]
