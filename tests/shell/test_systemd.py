"""What systemd is told, on a socket like its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from queue import Empty

import pytest

from winddown.model import Connected, Disconnected, Exit, Stop
from winddown.shell.systemd import Notice, Watched

HEAR_S = 15.0


@pytest.fixture
def supervisor(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(HEAR_S)
        yield line


def told(supervisor):
    """Everything that has been said, in order."""
    supervisor.setblocking(False)
    words = []
    try:
        while True:
            words += supervisor.recv(4096).decode().split("\n")
    except BlockingIOError:
        return words


class Inbox:
    """Gives what it was given, then nothing; and notes how long it was to wait."""

    def __init__(self, *items):
        self.items = list(items)
        self.waited_s = []

    def get(self, timeout):
        self.waited_s.append(timeout)
        if not self.items:
            raise Empty
        return self.items.pop(0)


def turn(watched, times):
    for _ in range(times):
        try:
            watched.get(30.0)
        except Empty:
            continue


def test_it_is_ready_when_what_follows_of_the_connection_is_done(supervisor):
    watched = Watched(Inbox(Connected()), Notice({"NOTIFY_SOCKET": supervisor.getsockname()}))

    watched.get(30.0)
    assert told(supervisor) == []
    turn(watched, 1)

    assert told(supervisor) == ["READY=1", "STATUS=online"]


@pytest.mark.parametrize("end", [Stop(), Exit(3, "refused")])
def test_outages_and_the_end_are_told(supervisor, end):
    watched = Watched(Inbox(Connected(), Disconnected(), end), Notice({"NOTIFY_SOCKET": supervisor.getsockname()}))

    turn(watched, 3)

    assert told(supervisor)[2:] == ["STATUS=the broker is away; calling until it is back", "STOPPING=1"]


def test_a_watchdog_hears_from_it_in_time_also_when_nothing_happens(supervisor):
    inbox = Inbox()
    watched = Watched(inbox, Notice({"NOTIFY_SOCKET": supervisor.getsockname(), "WATCHDOG_USEC": "6000000"}))

    turn(watched, 3)

    assert told(supervisor) == ["WATCHDOG=1"]  # no time passed, so once
    assert inbox.waited_s == [2.0] * 3


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"WATCHDOG_USEC": "6000000"},
        {"NOTIFY_SOCKET": "/nowhere/notify"},
        {"NOTIFY_SOCKET": "/nowhere/notify", "WATCHDOG_USEC": "6000000", "WATCHDOG_PID": "1"},
        {"NOTIFY_SOCKET": "/nowhere/notify", "WATCHDOG_USEC": "soon"},
        {"NOTIFY_SOCKET": "\ud800" * 300},
    ],
)
def test_without_a_systemd_that_listens_it_waits_as_ever(env):
    inbox = Inbox(Connected())

    turn(Watched(inbox, Notice(env)), 2)

    assert inbox.waited_s == [30.0] * 2


def test_a_whole_daemon_is_ready_when_it_is_online_and_says_when_it_ends(supervisor, mosquitto):
    program = Path(__file__).with_name("daemon.py")
    env = {**os.environ, "NOTIFY_SOCKET": supervisor.getsockname(), "WATCHDOG_USEC": "60000000"}

    with subprocess.Popen([sys.executable, program, mosquitto.host, str(mosquitto.port)], env=env) as daemon:
        words = []
        try:
            while "READY=1" not in words:
                words += supervisor.recv(4096).decode().split("\n")
            daemon.send_signal(signal.SIGTERM)
            while "STOPPING=1" not in words:
                words += supervisor.recv(4096).decode().split("\n")
        except TimeoutError:
            daemon.kill()
            raise

    assert daemon.returncode == 0
    assert words == ["WATCHDOG=1", "READY=1", "STATUS=online", "STOPPING=1"]
