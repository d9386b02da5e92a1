"""Who is let in by a real mosquitto, and over which line."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from queue import Empty

import pytest

from winddown.errors import ConfigError
from winddown.model import Connected, Disconnected, Exit, Message
from winddown.shell.address import Address, Tls
from winddown.shell.link import Patience

HEAR_S = 5.0


def test_a_login_that_is_refused_for_long_enough_gives_up_with_one_line(mosquitto_at_rest, call, caplog):
    mosquitto_at_rest.with_login("winddown", "right")

    _, inbox = call(mosquitto_at_rest.port, username="winddown", password="wrong")

    end = inbox.get(timeout=HEAR_S)
    assert isinstance(end, Exit)
    assert end.code == 3
    assert end.reason == f"broker 127.0.0.1:{mosquitto_at_rest.port} refuses user 'winddown': Not authorized"
    assert len(caplog.messages) == 1
    assert "wrong" not in caplog.text


def test_a_login_that_was_right_once_is_tried_for_ever(mosquitto_at_rest, call, wait_for_line):
    mosquitto_at_rest.with_login("winddown", "right")
    _, inbox = call(mosquitto_at_rest.port, username="winddown", password="right", patience=Patience(0.01, 0.02, 0.05))
    assert inbox.get(timeout=HEAR_S) == Connected()

    mosquitto_at_rest.stop()
    mosquitto_at_rest.with_login("winddown", "changed")
    assert inbox.get(timeout=HEAR_S) == Disconnected()
    wait_for_line("refuses user 'winddown'")
    with pytest.raises(Empty):
        inbox.get(timeout=0.2)
    mosquitto_at_rest.stop()
    mosquitto_at_rest.with_login("winddown", "right")

    assert inbox.get(timeout=HEAR_S) == Connected()


def test_a_password_does_not_show():
    assert "hush" not in repr(Address(host="h", client_id="c", username="u", password="hush"))


# ---------------------------------------------------------------- encryption


@pytest.fixture
def certificate(tmp_path):
    """`certificate("name")`: a certificate of that name, signed by itself, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed: no certificate can be made")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"

    def make(name):
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=broker", "-addext", f"subjectAltName={name}",
             "-keyout", str(key), "-out", str(cert)],
            check=True, capture_output=True,
        )  # fmt: skip
        return cert, key

    return make


@pytest.mark.parametrize(("name", "insecure"), [("IP:127.0.0.1", False), ("DNS:elsewhere", True)])
def test_an_encrypted_line_hears_and_is_heard(mosquitto_at_rest, call, certificate, name, insecure):
    cert, key = certificate(name)
    mosquitto_at_rest.start(f"certfile {cert}", f"keyfile {key}")

    link, inbox = call(mosquitto_at_rest.port, "lamp", tls=Tls(ca=cert, insecure=insecure))
    assert inbox.get(timeout=HEAR_S) == Connected()
    link.publish(Message("lamp", "x" * 100_000))

    assert len(inbox.get(timeout=HEAR_S).payload) == 100_000


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # paho leaves the socket to the collector
def test_a_certificate_of_a_stranger_is_not_taken(mosquitto_at_rest, call, certificate, wait_for_line):
    cert, key = certificate("IP:127.0.0.1")
    mosquitto_at_rest.start(f"certfile {cert}", f"keyfile {key}")

    call(mosquitto_at_rest.port, tls=Tls())

    wait_for_line("certificate verify failed")


def test_an_authority_that_cannot_be_read_is_a_mistake_in_the_file(call):
    with pytest.raises(ConfigError, match=r"mqtt\.tls: /nowhere/ca\.pem cannot be used: .*No such file"):
        call(1, tls=Tls(ca=Path("/nowhere/ca.pem")))
