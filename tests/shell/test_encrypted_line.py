"""An encrypted line to a real mosquitto: who is trusted on it, and how the loop's own thread reads and writes it."""

from __future__ import annotations

import logging
import socket
import ssl
import time
from pathlib import Path
from queue import Empty

import pytest

from authority import Authority
from shell.conftest import HEAR_S, IMPATIENT, WILL
from winddown.errors import ConfigError
from winddown.model import Connected, Disconnected, Message, Received
from winddown.shell.address import Address, Tls
from winddown.shell.inbox import Inbox
from winddown.shell.link import Link

HERE = "IP:127.0.0.1"

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # a handshake that fails leaves paho's socket to the collector


@pytest.fixture
def house(tmp_path):
    return Authority(tmp_path)


@pytest.fixture
def encrypted(mosquitto_at_rest):
    """`encrypted(papers)`: a mosquitto that shows these papers."""

    def start(papers, *lines):
        mosquitto_at_rest.start(f"certfile {papers.cert}", f"keyfile {papers.key}", *lines)
        return mosquitto_at_rest

    return start


# ---------------------------------------------------------------- who is trusted


def test_a_broker_of_our_own_authority_is_taken(house, encrypted, call):
    broker = encrypted(house.signs("broker", HERE))

    _, inbox = call(broker.port, tls=Tls(ca=house.cert))

    assert inbox.get(timeout=HEAR_S) == Connected()


@pytest.mark.parametrize(
    ("name", "days", "reason"),
    [
        ("DNS:elsewhere", 2, "IP address mismatch"),
        (HERE, -1, "certificate has expired"),
    ],
)
def test_a_broker_of_another_name_or_another_time_is_not_taken(
    house, encrypted, call, wait_for_line, name, days, reason
):
    broker = encrypted(house.signs("broker", name, days=days))

    _, inbox = call(broker.port, tls=Tls(ca=house.cert))

    wait_for_line(reason)
    with pytest.raises(Empty):
        inbox.get(timeout=0.1)


@pytest.mark.parametrize("insecure", [False, True])
def test_a_broker_of_a_stranger_is_not_taken_not_even_where_its_name_does_not_matter(
    tmp_path, house, encrypted, call, wait_for_line, insecure
):
    broker = encrypted(Authority(tmp_path, "stranger").signs("broker", HERE))

    call(broker.port, tls=Tls(ca=house.cert, insecure=insecure))

    wait_for_line("certificate verify failed")


def test_without_files_only_what_the_machine_trusts_is_taken(house, encrypted, call, wait_for_line):
    broker = encrypted(house.signs("broker", HERE))

    call(broker.port, tls=Tls())

    wait_for_line("certificate verify failed")


def test_a_broker_that_does_not_encrypt_is_not_taken_in_the_clear(house, mosquitto, call, wait_for_line):
    call(mosquitto.port, tls=Tls(ca=house.cert), username="winddown", password="hush")

    wait_for_line("not there")


# ---------------------------------------------------------------- who we are


def test_a_broker_that_wants_our_certificate_gets_it(house, encrypted, call):
    broker = encrypted(house.signs("broker", HERE), f"cafile {house.cert}", "require_certificate true")
    ours = house.signs("winddown")

    _, inbox = call(broker.port, tls=Tls(house.cert, ours.cert, ours.key))

    assert inbox.get(timeout=HEAR_S) == Connected()


def test_without_a_certificate_we_are_not_let_in_where_one_is_wanted(house, encrypted, call, caplog, wait_for_line):
    broker = encrypted(house.signs("broker", HERE), f"cafile {house.cert}", "require_certificate true")

    _, inbox = call(broker.port, tls=Tls(house.cert))

    wait_for_line("not there")
    with pytest.raises(Empty):
        inbox.get(timeout=0.1)


def test_a_certificate_of_a_stranger_does_not_let_us_in(tmp_path, house, encrypted, call, wait_for_line):
    broker = encrypted(house.signs("broker", HERE), f"cafile {house.cert}", "require_certificate true")
    forged = Authority(tmp_path, "stranger").signs("winddown")

    _, inbox = call(broker.port, tls=Tls(house.cert, forged.cert, forged.key))

    wait_for_line("not there")
    with pytest.raises(Empty):
        inbox.get(timeout=0.1)


def test_a_key_that_wants_a_password_is_a_mistake_in_the_file_and_nobody_is_asked_for_it(house, call):
    ours = house.signs("winddown", password="hush")

    with pytest.raises(ConfigError, match=r"mqtt\.tls: .*winddown\.key cannot be used"):
        call(1, tls=Tls(house.cert, ours.cert, ours.key))


def test_a_key_that_is_not_there_is_a_mistake_in_the_file(house, call):
    ours = house.signs("winddown")

    with pytest.raises(ConfigError, match=r"/nowhere/us\.key cannot be used: .*No such file"):
        call(1, tls=Tls(house.cert, ours.cert, Path("/nowhere/us.key")))


# ---------------------------------------------------------------- the loop reads and writes it


@pytest.fixture
def line(house, encrypted):
    """An encrypted line as the daemon has it: its inbox reads the socket. With the broker, and who else may come."""
    broker = encrypted(house.signs("broker", HERE), "max_queued_messages 0", "max_inflight_messages 0")
    inbox = Inbox()
    where = Address(host="127.0.0.1", port=broker.port, client_id="winddown-1", tls=Tls(house.cert))
    link = Link(where, ("lamp", "news"), WILL, inbox.put, IMPATIENT, inbox.read_from)
    link.start()
    assert inbox.get(timeout=HEAR_S) == Connected()
    yield link, inbox, broker
    link.stop()
    inbox.close()


def heard(inbox, count):
    events = [inbox.get(timeout=HEAR_S) for _ in range(count)]
    assert all(isinstance(event, Received) for event in events)
    return [event.payload for event in events]


def test_a_burst_of_small_messages_arrives_whole_and_in_order(line):
    link, inbox, _ = line
    sent = [str(n).encode() for n in range(3000)]

    for payload in sent:
        link.publish(Message("lamp", payload.decode(), qos=1))

    assert heard(inbox, len(sent)) == sent


def test_what_fills_many_records_arrives_though_nothing_more_comes(line):
    link, inbox, _ = line

    for size in (1, 16_383, 16_384, 16_385, 3_000_000, 1):
        link.publish(Message("lamp", "x" * size, qos=1))

        assert [len(payload) for payload in heard(inbox, 1)] == [size]


def test_many_messages_in_one_record_are_all_read_at_once(house):
    """Bytes that are decrypted already wake no `select`: each of them must be asked for."""
    papers = house.signs("broker", HERE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.cert, papers.key)
    record = b"".join(b"\x30\x08\x00\x04lamp" + f"{n:02}".encode() for n in range(50))
    inbox = Inbox()

    with socket.create_server(("127.0.0.1", 0)) as server:
        where = Address(host="127.0.0.1", port=server.getsockname()[1], client_id="w", version=4, tls=Tls(house.cert))
        link = Link(where, ("lamp",), WILL, inbox.put, IMPATIENT, inbox.read_from)
        link.start()
        with context.wrap_socket(server.accept()[0], server_side=True) as caller:
            caller.recv(4096)
            caller.sendall(b"\x20\x02\x00\x00")
            caller.sendall(b"\x90\x03" + caller.recv(4096)[2:4] + b"\x01")
            assert inbox.get(timeout=HEAR_S) == Connected()
            caller.sendall(record)
            began = time.monotonic()

            payloads = heard(inbox, 50)

            assert time.monotonic() - began < 1.0
            link.stop(acknowledged_within_s=0.0)
    inbox.close()
    assert payloads == [f"{n:02}".encode() for n in range(50)]


def test_what_a_hung_broker_does_not_take_is_sent_when_it_does(line):
    link, inbox, broker = line
    broker.freeze()

    assert all(link.publish(Message("news", "x" * 100_000, qos=1)) for _ in range(60))  # 6 MB: no socket takes it
    with pytest.raises(Empty):
        inbox.get(timeout=0.2)
    broker.thaw()

    assert [len(payload) for payload in heard(inbox, 60)] == [100_000] * 60


def test_both_directions_at_once(line):
    """Each message that is heard says two more: reading and writing are never far apart."""
    link, inbox, _ = line
    link.publish(Message("lamp", "0"))
    seen = 0

    while seen < 2000:
        (payload,) = heard(inbox, 1)
        seen += 1
        if payload.isdigit():
            link.publish(Message("news", "x" * 5000, qos=1))
            link.publish(Message("lamp", str(seen)))

    assert seen == 2000


def test_an_idle_line_waits_without_working(line):
    _, inbox, _ = line
    began_s, cpu_s = time.monotonic(), time.thread_time()

    with pytest.raises(Empty):
        inbox.get(timeout=0.5)

    assert time.monotonic() - began_s >= 0.5
    assert time.thread_time() - cpu_s < 0.1


def test_the_last_words_arrive_though_the_line_is_full(line):
    link, inbox, _ = line
    for _ in range(60):
        link.publish(Message("news", "x" * 100_000, qos=1))

    link.publish(Message("lamp", "goodbye", qos=1))
    link.stop(acknowledged_within_s=5.0)

    payloads = []
    while b"goodbye" not in payloads:  # they were read while it said goodbye
        payloads += heard(inbox, 1)


def test_an_outage_ends_as_it_does_in_the_clear(line, house, encrypted, caplog):
    caplog.set_level(logging.INFO)
    _, inbox, broker = line

    broker.kill()
    assert inbox.get(timeout=HEAR_S) == Disconnected()
    encrypted(house.signs("again", HERE))

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert len([text for text in caplog.messages if "lost:" in text]) == 1
