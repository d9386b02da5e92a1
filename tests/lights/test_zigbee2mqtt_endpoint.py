"""One lamp of a device that has several, behind Zigbee2MQTT. Every payload is one that Zigbee2MQTT 2.14.1 sent.

The device is a Handshake Finland 2619839, a dimmer for two lamps (converters 26.105), on a simulated radio.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from winddown.lights.layers import resolve
from winddown.lights.zigbee2mqtt import Zigbee2MqttLight
from winddown.model import Ask, Catalogue, Commanded, Dim, Heard, Light, Message, Off, Report

LEFT = Zigbee2MqttLight(address="gang", endpoint="l1")
RIGHT = Zigbee2MqttLight(address="gang", endpoint="l2")
DEVICE = Path(__file__).with_name("two_gang.json").read_bytes().strip()
BOTH = b'{"brightness_l1":47,"brightness_l2":40,"linkquality":132,"state_l1":"OFF","state_l2":"ON"}'


def hear(lamp: Zigbee2MqttLight, topic: str, payload: bytes) -> Heard | None:
    return lamp.decode(f"zigbee2mqtt/{topic}", payload, lamp.profile())


@pytest.mark.parametrize(
    ("command", "topic", "payload"),
    [
        (Dim(100, None, 4), "gang/l1/set", '{"state":null,"brightness":100,"transition":4}'),
        (Light(2, None), "gang/l1/set", '{"brightness":2,"state":"ON","transition":0}'),
        (Off(), "gang/l1/set", '{"state":"OFF"}'),
        (Ask(), "gang/l1/get", '{"state":"","brightness":""}'),
    ],
)
def test_it_is_commanded_and_asked_on_its_own_topic(command: Dim | Light | Off | Ask, topic: str, payload: str) -> None:
    assert LEFT.encode(command, LEFT.profile()) == (Message(f"zigbee2mqtt/{topic}", payload),)


def test_each_hears_what_is_said_of_itself() -> None:
    assert hear(LEFT, "gang", BOTH) == Report(on=False, level=47)
    assert hear(RIGHT, "gang", BOTH) == Report(on=True, level=40)


def test_what_is_said_of_the_other_or_of_none_of_them_is_not_for_it() -> None:
    assert hear(LEFT, "gang", b'{"brightness_l2":40,"linkquality":132,"state_l2":"ON"}') is None
    assert hear(LEFT, "gang", b'{"brightness":254,"linkquality":132,"state":"OFF"}') is None


def test_what_others_command_is_heard_on_its_own_topic_and_on_that_of_the_device() -> None:
    assert hear(LEFT, "gang/l1/set", b'{"state":"ON","brightness":200}') == Commanded(on=True, level=200)
    assert hear(LEFT, "gang/set", b'{"state_l1":"OFF"}') == Commanded(on=False)
    assert hear(LEFT, "gang/set", b'{"brightness_l1":200}') == Commanded(on=True, level=200)
    assert hear(LEFT, "gang/set", b'{"state_l2":"OFF"}') is None
    assert hear(LEFT, "gang/l2/set", b'{"state":"OFF"}') is None
    assert set(LEFT.command_topics()) == {"zigbee2mqtt/gang/l1/set", "zigbee2mqtt/gang/set"}


@pytest.mark.parametrize("lamp", [LEFT, RIGHT])
def test_what_it_can_do_its_bridge_says_by_endpoint(lamp: Zigbee2MqttLight) -> None:
    told = hear(lamp, "bridge/devices", b"[" + DEVICE + b"]")

    assert isinstance(told, Catalogue)
    profile = resolve(told.layers, lamp.profile()).profile
    assert (profile.dims, profile.can_ask, profile.max_fade_s, profile.warmest_mired) == (True, True, 6553, None)
    assert told.identity == "0x00158d0000000015"


def test_who_names_the_device_alone_is_shown_what_there_is() -> None:
    told = hear(Zigbee2MqttLight(address="gang"), "bridge/devices", b"[" + DEVICE + b"]")

    assert isinstance(told, Catalogue)
    assert told.names == ("gang (endpoint: l1)", "gang (endpoint: l2)")
    assert told.layers == ()


def test_the_two_are_two_lamps() -> None:
    assert (LEFT.key, RIGHT.key) == ("zigbee2mqtt/gang/l1", "zigbee2mqtt/gang/l2")
    assert (LEFT.short_name, RIGHT.short_name) == ("gang_l1", "gang_l2")
    assert Zigbee2MqttLight(address="gang", endpoint="l1", base="up").key == "zigbee2mqtt/gang/l1@up"


@pytest.mark.parametrize("endpoint", ["", "l 1", "l1/l2", "+"])
def test_an_endpoint_is_one_word(endpoint: str) -> None:
    with pytest.raises(ValueError, match="endpoint"):
        Zigbee2MqttLight(address="gang", endpoint=endpoint)
