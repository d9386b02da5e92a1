"""The first file: it says what was answered, and the loader takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from winddown.buttons import ButtonDialect
from winddown.config import Config, load
from winddown.survey import Answers, Finding, starter
from winddown.survey.finding import button, lamp

SIMPLE = Answers("localhost", "bedroom", "22:45", ("zigbee2mqtt/bed",), timezone="Europe/Amsterdam")


def read(said: Answers, folder: Path) -> Config:
    file = folder / "winddown.yaml"
    file.write_text(starter(said), encoding="utf-8")
    return load(file, {}).config


def test_the_least_is_right_and_says_only_what_was_answered(tmp_path: Path) -> None:
    by_hand = tmp_path / "by_hand.yaml"
    by_hand.write_text(
        "timezone: Europe/Amsterdam\nmqtt: {host: localhost}\n"
        'rooms: {bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/bed]}}\n'
    )

    assert read(SIMPLE, tmp_path).model_dump() == load(by_hand, {}).config.model_dump()


def test_everything_that_can_be_said_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "secrets.yaml").write_text("mqtt_password: geheim\n")
    said = Answers(
        host="10.0.0.2",
        room="kids_room",
        bedtime="off",
        lights=("{zigbee2mqtt: bed, base: attic}", "zigbee2mqtt/bed", '"zigbee2mqtt/Küche ☀"', "json/home/x/set"),
        buttons=("zigbee2mqtt/a", "{tasmota: bed, button: 2}"),
        port=8884,
        tls=True,
        username="who am: i",
        secret="mqtt_password",
        timezone="Europe/Brussels",
        language="nl",
    )

    house = read(said, tmp_path)

    room = house.rooms["kids_room"]
    assert (house.mqtt.host, house.mqtt.port, house.mqtt.tls, house.mqtt.username) == (
        "10.0.0.2",
        8884,
        True,
        "who am: i",
    )
    assert house.mqtt.password is not None
    assert house.mqtt.password.get_secret_value() == "geheim"
    assert list(room.lights) == ["bed", "bed_2", "küche", "x"]
    assert [button.key for button in room.buttons] == ["zigbee2mqtt/a", "tasmota/bed"]
    assert room.language == "nl"


@pytest.mark.parametrize(
    "found",
    [
        lamp("zigbee2mqtt", "reading lamp/left", ""),
        lamp("zigbee2mqtt", "on", ""),
        lamp("zigbee2mqtt", 'say "hi", {x}: 1', ""),
        lamp("zigbee2mqtt", "no", "", beside={"base": "12"}),
        lamp("generic", "shellies/s/relay/0/command", "", beside={"on": "on", "off": "off"}),
        lamp("generic", "1/2", "", beside={"level_topic": "true", "scale": 10}),
        lamp("tasmota", "shelf", "", beside={"full_topic": "%topic%/%prefix%/"}),
        lamp("shelly1", "rgbw2", "", beside={"output": "white/3"}),
        lamp("shelly2", "up/x", "", beside={"white": True}),
        lamp("esphome", "node/strip", ""),
        lamp("wled", "a1b2c3", ""),
        lamp("json", "home/x/set", "", beside={"state": "home/says"}),
    ],
    ids=lambda found: found.written,
)
def test_a_lamp_that_was_found_is_read_as_the_same(found: Finding, tmp_path: Path) -> None:
    said = Answers("localhost", "bedroom", "22:45", (found.written,))

    (read_back,) = read(said, tmp_path).rooms["bedroom"].lights.values()

    assert read_back.driver == found.driver


@pytest.mark.parametrize(
    "found",
    [
        button("zigbee2mqtt", "knop: 1", None),
        button("shelly1", "i3", None, beside={"button": 2}),
        button("shelly2", "up/x/3", None),
        button("generic", "home/e", None, beside={"path": "event_type"}),
        button("esphome", "node/key", None),
    ],
    ids=lambda found: found.written,
)
def test_a_button_that_was_found_is_read_as_the_same(found: Finding, tmp_path: Path) -> None:
    said = Answers("localhost", "bedroom", "22:45", ("wled/x",), (found.written,))

    (read_back,) = read(said, tmp_path).rooms["bedroom"].buttons

    assert isinstance(found.driver, ButtonDialect)
    assert read_back.key == found.driver.key
    assert read_back.topics() == found.driver.topics()


def test_what_is_commented_out_is_right_once_it_is_taken_in(tmp_path: Path) -> None:
    lines = starter(SIMPLE).splitlines()
    file = tmp_path / "winddown.yaml"
    file.write_text("\n".join(line.replace("    #", "    ", 1) if line.startswith("    #") else line for line in lines))

    room = load(file, {}).config.rooms["bedroom"]

    assert [target.topic for target in room.quiet] == ["home/speaker/volume/set", "home/phone/dnd/set"]
    assert len(room.buttons) == 1
