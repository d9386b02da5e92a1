"""The things in the virtual bedroom behave as their likes do in real ones."""

from __future__ import annotations

import json

import pytest

from winddown.demo.devices import BUTTON_TOPIC, Phone, PhoneIs, Shown, SteppedLamp, Told, ZigbeeLamp, pressed
from winddown.lights import Zigbee2MqttLight
from winddown.lights.layers import resolve
from winddown.model import Press

SET, GET = "zigbee2mqtt/bedside/set", "zigbee2mqtt/bedside/get"


def tell(lamp: ZigbeeLamp, boot: float, **body: object):
    return lamp.hear(SET, json.dumps(body).encode(), boot)


def test_a_zigbee_lamp_fades_by_itself_and_says_the_goal_at_once():
    lamp = ZigbeeLamp(level=200, mired=250)

    (said,), told = tell(lamp, 10.0, state=None, brightness=100, color_temp=450, transition=10)

    assert json.loads(said.payload)["brightness"] == 100
    assert told == Told("bedside", 39, 2220, 10.0)
    assert lamp.shows(15.0).level == pytest.approx(150 / 254)
    assert lamp.shows(15.0).kelvin == pytest.approx(1_000_000 / 350)
    assert lamp.shows(30.0).level == pytest.approx(100 / 254)


def test_a_zigbee_lamp_that_is_asked_says_what_it_shows_mid_fade():
    lamp = ZigbeeLamp(level=200)
    tell(lamp, 0.0, state=None, brightness=100, transition=10)

    answers, told = lamp.hear(GET, b'{"state":"","brightness":""}', 5.0)

    assert [json.loads(answer.payload)["brightness"] for answer in answers] == [100, 150]
    assert told is None


def test_a_zigbee_lamp_that_is_off_is_not_lit_by_a_null_and_is_by_a_plain_brightness():
    lamp = ZigbeeLamp()
    tell(lamp, 0.0, state="OFF")

    tell(lamp, 1.0, state=None, brightness=100, transition=0)
    dark = lamp.shows(2.0).level
    tell(lamp, 3.0, brightness=127, transition=0)

    assert dark == 0.0
    assert lamp.shows(4.0).level == 0.5


def test_its_bridge_knows_what_it_can_do():
    devices = next(message for message in ZigbeeLamp().begin() if message.topic.endswith("devices"))
    driver = Zigbee2MqttLight(address="bedside")

    catalogue = driver.decode(devices.topic, devices.payload.encode(), driver.profile())

    assert catalogue.names == ("bedside",)
    profile = resolve(catalogue.layers, driver.profile()).profile
    assert (profile.coolest_mired, profile.warmest_mired) == (250, 454)
    assert profile.max_fade_s > 60


def test_a_stepped_lamp_is_where_it_is_put_at_once():
    lamp = SteppedLamp(level=70)

    (said,), told = lamp.hear("home/shelf/level", b"30", 0.0)

    assert json.loads(said.payload) == {"state": "ON", "brightness": 30}
    assert told == Told("shelf", 30, None, 0.0)
    assert lamp.shows(0.0).level == 0.3
    assert lamp.hear("home/shelf/switch", b"OFF", 0.0)[1] == Told("shelf", 0, None, 0.0)
    assert lamp.shows(0.0) == Shown(0.0, 2500)


def test_a_phone_says_when_it_is_muted_and_is_not_surprised_by_a_second_time():
    phone = Phone()

    first = phone.hear("home/phone/dnd/set", b"priority_only", 0.0)
    second = phone.hear("home/phone/dnd/set", b"priority_only", 0.0)

    assert first[1] == PhoneIs(muted=True)
    assert first[0][0].payload == "priority_only"
    assert second[1] is None


@pytest.mark.parametrize("payload", [b"", b"\xff", b"[]", b"NaN", b'{"brightness": 1e9}', b'{"transition": "soon"}'])
def test_nonsense_changes_nothing(payload):
    lamp, shelf = ZigbeeLamp(), SteppedLamp()
    before = lamp.shows(0.0), shelf.shows(0.0)

    lamp.hear(SET, payload, 0.0)
    shelf.hear("home/shelf/level", payload, 0.0)

    assert (lamp.shows(9.0), shelf.shows(9.0)) == before


def test_a_press_is_what_zigbee2mqtt_would_say():
    message = pressed(Press.DOUBLE)

    assert message.topic == BUTTON_TOPIC
    assert json.loads(message.payload)["action"] == "double"
    assert not message.retain
