"""From the configuration's words to an address."""

from __future__ import annotations

from pathlib import Path

import pytest

from winddown.config import Mqtt
from winddown.shell.address import Address, Tls, address_of, embedded_broker


def test_the_smallest_configuration_is_enough():
    assert address_of(Mqtt(host="localhost"), "winddown-1") == Address(host="localhost", client_id="winddown-1")


def test_everything_that_the_file_says_arrives():
    mqtt = Mqtt.model_validate(
        {
            "host": "h",
            "version": "3.1.1",
            "username": "u",
            "password": "hush",
            "tls": {"ca": "/ca.pem", "insecure": "true"},
        }
    )

    address = address_of(mqtt, "c")

    assert (address.port, address.version, address.username, address.password) == (8883, 4, "u", "hush")
    assert address.tls == Tls(ca=Path("/ca.pem"), insecure=True)


@pytest.mark.parametrize(("word", "tls"), [(True, Tls()), (False, None)])
def test_encryption_by_one_word(word, tls):
    assert address_of(Mqtt.model_validate({"host": "h", "tls": word}), "c").tls == tls


def test_the_embedded_broker_is_called_in_the_version_that_it_speaks():
    address = address_of(Mqtt(host="embedded"), "c")

    assert address == Address(host="127.0.0.1", port=1883, client_id="c", version=4)


@pytest.mark.parametrize(("listen", "host"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "::1")])
def test_the_embedded_broker_is_told_its_password_where_there_is_one(listen, host):
    address = address_of(Mqtt(host="embedded", listen=listen, username="u", password="p"), "c")

    assert address == Address(host=host, port=1883, client_id="c", version=4, username="u", password="p")


def test_no_broker_is_started_for_a_host_that_has_one(monkeypatch):
    monkeypatch.setattr("winddown.shell.broker.Broker.start", lambda self: pytest.fail("started"))

    with embedded_broker(Mqtt(host="localhost")):
        pass
