"""Messages of MQTT 5 with properties: what winddown makes cheaper in paho reads and writes them as paho does."""

from __future__ import annotations

import importlib.util
import struct

import pytest
from paho.mqtt import properties as ours
from paho.mqtt.exception import MQTTException
from paho.mqtt.packettypes import PacketTypes

from winddown.shell.client import share_tables


@pytest.fixture(scope="module")
def bare():
    """paho's own module, as it is installed."""
    spec = importlib.util.find_spec("paho.mqtt.properties")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    share_tables()
    assert module.Properties.unpack is not ours.Properties.unpack
    assert "share_tables" in ours.Properties.unpack.__qualname__
    return module


def of(module, packet_type=PacketTypes.PUBLISH, **values):
    made = module.Properties(packet_type)
    for name, value in values.items():
        setattr(made, name, value)
    return made


SAID = [
    {},
    {"MessageExpiryInterval": 30},
    {"ContentType": "application/json", "PayloadFormatIndicator": 1},
    {"UserProperty": [("a", "1"), ("b", "2")], "TopicAlias": 7, "CorrelationData": b"\x00\x01"},
    {"SubscriptionIdentifier": [3, 300], "ResponseTopic": "a/b"},
]


@pytest.mark.parametrize("values", SAID, ids=lambda values: ",".join(values) or "none")
def test_what_one_writes_the_other_reads(bare, values):
    packed = of(bare, **values).pack()

    read, length = ours.Properties(PacketTypes.PUBLISH).unpack(packed + b"payload")

    assert of(ours, **values).pack() == packed
    assert (read.json(), length) == (of(bare, **values).json(), len(packed))


def test_what_was_read_before_is_forgotten(bare):
    read, _ = ours.Properties(PacketTypes.PUBLISH).unpack(of(bare, TopicAlias=7).pack())

    again, length = read.unpack(b"\x00payload")

    assert (again.isEmpty(), length) == (True, 1)


def test_what_is_told_of_one_message_is_not_told_of_another():
    of(ours, TopicAlias=7)

    assert ours.Properties(PacketTypes.PUBLISH).isEmpty()


@pytest.mark.parametrize("damaged", [b"", b"\x03\x23", b"\xff\xff\xff\xff\xff", b"\x02\x63\x00"], ids=repr)
def test_damage_is_refused_as_before(bare, damaged):
    with pytest.raises((MQTTException, KeyError, struct.error)) as before:
        bare.Properties(PacketTypes.PUBLISH).unpack(damaged)

    with pytest.raises(before.type):
        ours.Properties(PacketTypes.PUBLISH).unpack(damaged)


def test_a_property_that_belongs_to_another_packet_is_refused_as_before():
    with pytest.raises(MQTTException, match="does not apply"):
        of(ours, PacketTypes.PUBLISH, ReceiveMaximum=5)
