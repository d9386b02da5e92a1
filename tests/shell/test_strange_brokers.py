"""Brokers of another age, and strangers that are none: a server that only pretends."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest

from winddown.model import Connected, Received

HEAR_S = 5.0


class Goodbye(bytes):
    """An answer after which the line is hung up."""


class Pretender:
    """A server that answers each packet with `answer(packet)`; None: it hangs up."""

    def __init__(self, answer):
        self._answer = answer
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(caller,), daemon=True).start()

    def _talk(self, caller):
        with caller, contextlib.suppress(ConnectionError):
            while packet := caller.recv(4096):
                answer = self._answer(packet)
                if answer is None:
                    return
                caller.sendall(answer)
                if isinstance(answer, Goodbye):
                    return

    def close(self):
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()


@pytest.fixture
def pretender():
    made = []

    def make(answer):
        made.append(Pretender(answer))
        return made[-1]

    yield make
    for one in made:
        one.close()


def version_of(connect: bytes) -> int:
    """The protocol level in a CONNECT packet."""
    return connect[connect.index(b"MQTT") + 4]


def old_broker(packet: bytes, to_version_5: bytes | None) -> bytes | None:
    """Speaks 3.1.1 only: CONNACK to that, SUBACK to a subscription of one topic."""
    if packet[0] == 0x10:
        return to_version_5 if version_of(packet) == 5 else b"\x20\x02\x00\x00"
    return b"\x90\x03" + packet[2:4] + b"\x01" if packet[0] == 0x82 else b""


@pytest.mark.parametrize(
    "to_version_5",
    [
        pytest.param(b"\x20\x03\x00\x84\x00", id="says reason 132"),
        pytest.param(b"\x20\x02\x00\x01", id="says it as of old"),
        pytest.param(None, id="hangs up"),
    ],
)
def test_a_broker_that_does_not_know_version_5_is_spoken_to_in_3_1_1(pretender, call, to_version_5):
    broker = pretender(lambda packet: old_broker(packet, to_version_5))

    link, inbox = call(broker.port, "lamp")

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert link.version == 4


def test_a_proxy_that_hangs_up_while_its_broker_starts_leaves_version_5_untouched(pretender, call):
    calls = []

    def answer(packet):
        calls.append(packet)
        return b"\x20\x03\x00\x00\x00" if len(calls) > 4 else None

    link, inbox = call(pretender(answer).port)

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert [version_of(packet) for packet in calls] == [5, 5, 4, 4, 5]
    assert link.version == 5


NONSENSE = {
    "a web server": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "an answer cut short": b"\x20\x00",
    "zeros": bytes(64),
    "a topic that is no UTF-8": b"\x30\x05\x00\x01\xffab",
    "a length without end": b"\x30\xff\xff\xff\xff\xff",
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_from_the_other_side_does_not_end_the_calling(pretender, call, nonsense):
    calls = []

    def answer(packet):
        calls.append(packet)
        return Goodbye(nonsense) if len(calls) == 1 else b"\x20\x03\x00\x00\x00"

    _, inbox = call(pretender(answer).port)

    assert inbox.get(timeout=HEAR_S) == Connected()


def test_a_broker_that_says_nothing_is_called_again(pretender, call, monkeypatch):
    monkeypatch.setattr("winddown.shell.mqtt.ANSWER_S", 0.02)
    broker = pretender(lambda packet: old_broker(packet, to_version_5=b""))

    link, inbox = call(broker.port, "lamp")

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert link.version == 4


def test_a_topic_that_the_broker_keeps_from_us_is_named(pretender, call, caplog):
    def answer(packet):
        return b"\x90\x03" + packet[2:4] + b"\x80" if packet[0] == 0x82 else old_broker(packet, None)

    _, inbox = call(pretender(answer).port, "secret/lamp", version=4)

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert "does not let us hear secret/lamp" in caplog.text


def test_what_a_broker_sends_a_second_time_bears_its_word_for_it(pretender, call):
    """One that has waited too long for our answer says it again, on the same connection."""
    said = b"\x0c\x00\x06button\x00\x07on"

    def answer(packet):
        heard = old_broker(packet, None)
        return heard + b"\x32" + said + b"\x3a" + said if packet[0] == 0x82 else heard

    _, inbox = call(pretender(answer).port, "button", version=4)

    assert inbox.get(timeout=HEAR_S) == Connected()
    assert inbox.get(timeout=HEAR_S) == Received("button", b"on")
    assert inbox.get(timeout=HEAR_S) == Received("button", b"on", again=True)
