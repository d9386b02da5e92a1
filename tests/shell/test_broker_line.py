"""The line to a real mosquitto: a day like any other, the end, and outages."""

from __future__ import annotations

import logging
import time
from queue import Empty, SimpleQueue

import pytest

from winddown.model import Connected, Disconnected, Message, Received
from winddown.shell.address import Address
from winddown.shell.link import Link, Patience

HEAR_S = 5.0
WILL = Message("winddown/status", "offline", qos=1, retain=True)
ONLINE = Message("winddown/status", "online", qos=1, retain=True)
IMPATIENT = Patience(first_s=0.01, longest_s=0.05, refused_s=0.2)


# ---------------------------------------------------------------- a day like any other


def test_it_hears_its_topics_and_no_others(mosquitto, neighbour, call):
    other = neighbour(mosquitto.port)
    link, inbox = call(mosquitto.port, "lamp", "button")
    assert inbox.get(timeout=HEAR_S) == Connected()

    other.say("elsewhere", "no")
    other.say("button", "single", qos=0)
    other.say("lamp", b"\xff\x00", qos=1)

    assert inbox.get(timeout=HEAR_S) == Received("button", b"single")
    assert inbox.get(timeout=HEAR_S) == Received("lamp", b"\xff\x00")
    assert link.version == 5


def test_what_was_retained_comes_after_connected_and_says_so(mosquitto, neighbour, call):
    neighbour(mosquitto.port).say("lamp", "on", retain=True)

    _, inbox = call(mosquitto.port, "lamp")

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert inbox.get(timeout=HEAR_S) == Received("lamp", b"on", retain=True)


def test_it_hears_its_own_commands_come_back(mosquitto, call):
    link, inbox = call(mosquitto.port, "lamp/set")
    inbox.get(timeout=HEAR_S)

    assert link.publish(Message("lamp/set", "dim"))

    assert inbox.get(timeout=HEAR_S) == Received("lamp/set", b"dim")


def test_messages_leave_in_the_order_in_which_they_were_published(mosquitto, neighbour, call):
    other = neighbour(mosquitto.port, "beat")
    link, inbox = call(mosquitto.port)
    inbox.get(timeout=HEAR_S)

    for number in range(500):
        link.publish(Message("beat", str(number), qos=0))

    assert [other.hear()[1] for _ in range(500)] == [str(number) for number in range(500)]


def test_more_topics_than_one_packet_holds_are_all_heard(mosquitto, neighbour, call):
    other = neighbour(mosquitto.port)
    _, inbox = call(mosquitto.port, *(f"lamp/{number}" for number in range(250)), "lamp/7")
    inbox.get(timeout=HEAR_S)

    for number in (0, 7, 249):
        other.say(f"lamp/{number}", "on")

    assert [inbox.get(timeout=HEAR_S).topic for _ in range(3)] == ["lamp/0", "lamp/7", "lamp/249"]


def test_a_message_of_some_megabytes_arrives_whole(mosquitto, neighbour, call):
    _, inbox = call(mosquitto.port, "bridge/devices")
    inbox.get(timeout=HEAR_S)

    neighbour(mosquitto.port).say("bridge/devices", b"x" * 3_000_000)

    assert len(inbox.get(timeout=HEAR_S).payload) == 3_000_000


def test_a_topic_that_nobody_may_publish_on_is_refused_and_ends_nothing(mosquitto, call, caplog):
    link, inbox = call(mosquitto.port, "lamp")
    inbox.get(timeout=HEAR_S)

    assert not link.publish(Message("lamp/#", "x"))

    assert link.publish(Message("lamp", "y"))
    assert inbox.get(timeout=HEAR_S) == Received("lamp", b"y")
    assert "'lamp/#'" in caplog.text


@pytest.mark.parametrize("version", [5, 4])
def test_a_receiver_that_raises_loses_that_message_alone(mosquitto, neighbour, version, caplog):
    heard = SimpleQueue()

    def post(event):
        if isinstance(event, Received) and event.payload == b"poison":
            raise RuntimeError("cannot digest")
        heard.put(event)

    other = neighbour(mosquitto.port)
    where = Address(host="127.0.0.1", port=mosquitto.port, client_id="winddown-1", version=version)
    link = Link(where, ("lamp",), WILL, post, IMPATIENT)
    link.start()
    heard.get(timeout=HEAR_S)

    for text in ("poison", "poison", "good"):
        other.say("lamp", text)

    assert heard.get(timeout=HEAR_S) == Received("lamp", b"good")
    assert caplog.messages == ["a message from the broker was dropped"]
    link.stop()


# ---------------------------------------------------------------- the end


def test_the_last_words_arrive_and_the_will_is_kept(mosquitto, neighbour, call):
    other = neighbour(mosquitto.port, "winddown/status")
    link, inbox = call(mosquitto.port)
    inbox.get(timeout=HEAR_S)
    link.publish(ONLINE)
    other.hear_until("winddown/status", "online")

    link.publish(Message("winddown/status", "ended", qos=1, retain=True))
    link.stop()

    assert other.hear() == ("winddown/status", "ended")
    with pytest.raises(Empty):
        other.hear(timeout_s=0.05)


def test_it_ends_within_a_second_when_the_broker_hangs(mosquitto, call):
    link, inbox = call(mosquitto.port)
    inbox.get(timeout=HEAR_S)
    mosquitto.freeze()
    link.publish(Message("winddown/status", "offline", qos=1, retain=True))

    began = time.monotonic()
    link.stop()

    assert time.monotonic() - began < 1.0


def test_it_ends_at_once_when_nobody_is_there(mosquitto_at_rest, call, wait_for_line):
    link, _ = call(mosquitto_at_rest.port, patience=Patience(first_s=30.0))
    wait_for_line("not there")

    began = time.monotonic()
    link.stop()

    assert time.monotonic() - began < 0.25


# ---------------------------------------------------------------- outages


def test_after_an_outage_it_subscribes_again(mosquitto, neighbour, call):
    _, inbox = call(mosquitto.port, "lamp")
    inbox.get(timeout=HEAR_S)

    mosquitto.stop()
    assert inbox.get(timeout=HEAR_S) == Disconnected()
    mosquitto.start()

    assert inbox.get(timeout=HEAR_S) == Connected()
    neighbour(mosquitto.port).say("lamp", "on")
    assert inbox.get(timeout=HEAR_S) == Received("lamp", b"on")


@pytest.mark.parametrize("qos", [0, 1])
def test_nothing_published_while_the_broker_is_away_is_sent_later(mosquitto, neighbour, call, qos):
    link, inbox = call(mosquitto.port)
    inbox.get(timeout=HEAR_S)
    mosquitto.kill()
    assert inbox.get(timeout=HEAR_S) == Disconnected()

    assert not link.publish(Message("lamp", "late", qos))

    mosquitto.start()
    other = neighbour(mosquitto.port, "lamp")
    assert inbox.get(timeout=HEAR_S) == Connected()
    link.publish(Message("lamp", "present", qos))
    assert other.hear() == ("lamp", "present")


def test_what_a_dying_broker_did_not_acknowledge_is_not_sent_again(mosquitto, neighbour, call):
    link, inbox = call(mosquitto.port)
    inbox.get(timeout=HEAR_S)
    mosquitto.freeze()
    assert link.publish(Message("lamp", "late", qos=1))
    mosquitto.kill()
    assert inbox.get(timeout=HEAR_S) == Disconnected()

    mosquitto.start()
    other = neighbour(mosquitto.port, "lamp")
    assert inbox.get(timeout=HEAR_S) == Connected()
    link.publish(Message("lamp", "present", qos=1))

    assert other.hear() == ("lamp", "present")


def test_a_broker_that_is_not_there_is_one_line_and_its_return_another(mosquitto_at_rest, call, caplog):
    caplog.set_level(logging.INFO)
    _, inbox = call(mosquitto_at_rest.port)
    with pytest.raises(Empty):
        inbox.get(timeout=0.2)  # some dozen calls
    mosquitto_at_rest.start()
    assert inbox.get(timeout=HEAR_S) == Connected()
    mosquitto_at_rest.kill()
    assert inbox.get(timeout=HEAR_S) == Disconnected()
    with pytest.raises(Empty):
        inbox.get(timeout=0.1)
    mosquitto_at_rest.start()
    assert inbox.get(timeout=HEAR_S) == Connected()

    where = f"broker 127.0.0.1:{mosquitto_at_rest.port}: "
    assert [line.removeprefix(where) for line in caplog.messages] == [
        "not there: Connection refused; calling until it is",
        "connected (MQTT 5)",
        "lost: connection lost; calling again",
        "back (MQTT 5)",
    ]
