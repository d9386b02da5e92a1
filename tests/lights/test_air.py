"""How much a lamp may be sent: one radio for all lamps of a Zigbee2MQTT, ten commands a second for each on Wi-Fi."""

from __future__ import annotations

import pytest

from fuzz.spoken import LAMPS
from winddown.lights import LightDialect
from winddown.lights.zigbee2mqtt import Zigbee2MqttLight

ON_WIFI = [lamp.driver for lamp in LAMPS if lamp.driver.DIALECT != "zigbee2mqtt"]


def test_lamps_of_one_zigbee2mqtt_share_four_commands_a_second_and_eight_at_once() -> None:
    one, other = Zigbee2MqttLight(address="one").air(), Zigbee2MqttLight(address="gang", endpoint="l1").air()

    assert one == other
    assert (one.per_s, one.burst) == (4, 8)


def test_those_of_another_have_a_radio_of_their_own() -> None:
    attic = Zigbee2MqttLight(address="one", base="attic").air()

    assert attic.key != Zigbee2MqttLight(address="one").air().key


@pytest.mark.parametrize("lamp", ON_WIFI, ids=repr)
def test_a_lamp_on_wifi_has_ten_commands_a_second_for_itself(lamp: LightDialect) -> None:
    assert lamp.air().per_s == 10
    assert lamp.air().key == lamp.key
