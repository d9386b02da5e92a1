"""The process as the system sees it: signals, exit codes, standard error, and what the broker says of it."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATUS = "winddown/status"


@pytest.fixture
def daemon(mosquitto, neighbour):
    """A daemon that is online, and a neighbour that hears what it says."""
    other = neighbour(mosquitto.port, STATUS, "pong")
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("daemon.py")), mosquitto.host, str(mosquitto.port)],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        try:
            assert other.hear() == (STATUS, "online")
            yield process, other
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_says_so_within_a_second(daemon, how):
    process, other = daemon
    began = time.monotonic()

    process.send_signal(how)

    assert process.wait(5) == 0
    assert time.monotonic() - began < 1.0
    assert other.hear() == (STATUS, "offline")
    assert "Traceback" not in process.stderr.read()


def test_the_broker_says_it_when_the_process_is_killed(daemon):
    process, other = daemon

    process.kill()

    assert other.hear() == (STATUS, "offline")


def test_it_answers_and_survives_a_message_that_its_engine_cannot_digest(daemon):
    process, other = daemon

    for text in ("one", "poison", "poison", "two"):
        other.say("ping", text)

    assert [other.hear(), other.hear()] == [("pong", "one"), ("pong", "two")]
    process.terminate()
    assert process.stderr.read().count("RuntimeError: cannot digest") == 1


def test_a_hangup_is_one_line_and_no_end(daemon):
    process, other = daemon

    process.send_signal(signal.SIGHUP)

    other.say("ping", "still there?")
    assert other.hear() == ("pong", "still there?")
    process.terminate()
    lines = process.stderr.read().splitlines()
    assert sum("there is no file to read again" in line for line in lines) == 1
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S", line) for line in lines)


def test_its_alarms_ring(daemon):
    process, _ = daemon

    line = next(line for line in process.stderr if "heard" in line)

    assert "Alarm(name='soon')" in line
