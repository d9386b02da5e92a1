"""The embedded broker does what the demo needs of it: commands, retained messages, wills, both qualities."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from queue import SimpleQueue

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from winddown.config import Mqtt
from winddown.errors import UsageError
from winddown.model import Connected, Message, Received
from winddown.shell.address import Address, address_of, embedded_broker
from winddown.shell.broker import Broker
from winddown.shell.link import Link

HEAR_S = 5.0
WILL = Message("winddown/status", "offline", qos=1, retain=True)


@pytest.fixture
def port():
    pytest.importorskip("amqtt")
    broker = Broker()
    yield broker.start()
    broker.stop()


@pytest.fixture
def link(port):
    inbox = SimpleQueue()
    link = Link(Address(host="127.0.0.1", port=port, client_id="winddown-1", version=4), ("lamp",), WILL, inbox.put)
    link.inbox = inbox
    link.start()
    assert inbox.get(timeout=HEAR_S) == Connected()
    yield link
    link.stop()


@pytest.mark.parametrize("qos", [0, 1])
def test_a_message_goes_round(link, qos):
    link.publish(Message("lamp", "dim", qos))

    assert link.inbox.get(timeout=HEAR_S) == Received("lamp", b"dim")


def test_what_is_retained_waits_for_who_comes_later(link, port, neighbour):
    link.publish(Message("winddown/status", "online", qos=1, retain=True))
    link.publish(Message("lamp", "the broker has them both", qos=1))
    link.inbox.get(timeout=HEAR_S)

    late = neighbour(port, "winddown/status")

    assert late.hear() == ("winddown/status", "online")


def test_a_client_that_vanishes_leaves_its_will(port, neighbour):
    other = neighbour(port, "lamp/status")
    lamp = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    lamp.will_set("lamp/status", "offline", qos=1, retain=True)
    lamp.connect("127.0.0.1", port)
    lamp.loop_start()
    lamp.publish("lamp/status", "online", qos=1).wait_for_publish(HEAR_S)

    lamp.socket().shutdown(socket.SHUT_RDWR)

    other.hear_until("lamp/status", "offline")
    assert neighbour(port, "lamp/status").hear() == ("lamp/status", "offline")
    lamp.loop_stop()


def test_a_client_that_says_goodbye_leaves_none(link, port, neighbour):
    other = neighbour(port, "winddown/status", "lamp")

    link.stop()
    neighbour(port).say("lamp", "later")

    assert other.hear() == ("lamp", "later")


def test_a_port_that_is_taken_is_named(port):
    with pytest.raises(UsageError, match=rf"cannot have {port}: .*address already in use"):
        Broker(port).start()


def test_without_amqtt_the_mend_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "amqtt.broker", None)

    with pytest.raises(UsageError, match=r"pip install '\.\[demo\]'"):
        Broker().start()


# ---------------------------------------------------------------- who comes in


def connected(port, username=None, password=None, host="127.0.0.1"):
    """The return code to a visitor; 0: welcome."""
    codes = SimpleQueue()
    visitor = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    visitor.on_connect = lambda _client, _userdata, _flags, code, _properties: codes.put(code.is_failure)
    if username is not None:
        visitor.username_pw_set(username, password)
    visitor.connect(host, port)
    visitor.loop_start()
    try:
        return not codes.get(timeout=HEAR_S)
    finally:
        visitor.disconnect()
        visitor.loop_stop()


def listens_on(port):
    """The local addresses with this port, of the whole machine (as the kernel tells them)."""
    tables = [Path("/proc/net", name).read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    rows = [row.split() for table in tables for row in table]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}


def test_it_listens_on_this_machine_alone(port):
    assert listens_on(port) == {"0100007F"}


def test_with_a_password_only_who_knows_it_comes_in():
    pytest.importorskip("amqtt")
    broker = Broker(login=("winddown", "right"))
    port = broker.start()

    assert connected(port, "winddown", "right")
    assert not connected(port)
    assert not connected(port, "winddown", "wrong")
    assert not connected(port, "winddown", "")
    assert not connected(port, "somebody", "right")

    broker.stop()


def test_elsewhere_it_listens_only_with_a_password():
    pytest.importorskip("amqtt")
    with pytest.raises(UsageError, match=r"does not listen on 0\.0\.0\.0 without a password"):
        Broker(listen="0.0.0.0").start()

    broker = Broker(login=("winddown", "right"), listen="0.0.0.0")
    port = broker.start()

    assert listens_on(port) == {"00000000"}
    assert not connected(port)
    broker.stop()


def test_a_daemon_with_its_own_broker_and_a_password_gets_in():
    pytest.importorskip("amqtt")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mqtt = Mqtt.model_validate({"host": "embedded", "port": str(port), "username": "u", "password": "right"})
    inbox = SimpleQueue()

    with embedded_broker(mqtt):
        link = Link(address_of(mqtt, "winddown-1"), (), WILL, inbox.put)
        link.start()

        assert inbox.get(timeout=HEAR_S) == Connected()
        link.stop()
