"""Counting our own mistakes, and what the next start makes of them; the last one with a whole process."""

from __future__ import annotations

import sqlite3

import pytest

from soak.evening import stage
from soak.process import Daemon
from winddown.model import CrashMemory, LampMemory
from winddown.shell.mishaps import crashed, recent, wants_safety


def after(*boots: float) -> CrashMemory:
    return CrashMemory(at_boot=boots)


@pytest.mark.parametrize(
    ("memory", "boot", "safe"),
    [
        (None, 100.0, False),
        (LampMemory(), 100.0, False),
        (after(90.0), 100.0, False),
        (after(10.0, 90.0), 100.0, True),
        (after(10.0, 90.0), 311.0, False),
        (after(5000.0, 5010.0), 100.0, False),
    ],
    ids=["no journal", "nonsense", "one", "two", "long ago", "before the machine booted"],
)
def test_two_ends_by_our_own_fault_within_five_minutes_make_a_safe_night(memory, boot, safe):
    assert wants_safety(memory, boot) is safe


def test_of_many_ends_the_last_two_are_kept():
    memory = None
    for boot in (1.0, 2.0, 3.0):
        memory = crashed(memory, boot).value

    assert recent(memory, 4.0) == (2.0, 3.0)


def test_a_real_daemon_that_fell_twice_begins_a_safe_night(mosquitto_at_rest):
    with stage(600.0, 60.0, 600.0) as on:
        begun(on.daemon, on)
        on.daemon.stop()
        fell(on.daemon, 2)

        begun(on.daemon, on)

        assert on.bedroom.wait(lambda: "safe night" in (on.bedroom.state.get("problem") or ""))
        assert on.bedroom.state["phase"] == "day"
        assert on.bedroom.wait(lambda: on.bedroom.speaker == "0")
        assert [lamp.commands for lamp in on.bedroom.lamps.values()] == [[], [], []]


def begun(daemon: Daemon, on) -> None:
    for lamp in on.bedroom.lamps.values():
        lamp.commands.clear()
    on.bedroom.state, on.bedroom.plan = {}, None
    daemon.start()
    assert on.bedroom.wait(lambda: on.bedroom.state), daemon.said()


def fell(daemon: Daemon, times: int) -> None:
    """As its journal has it."""
    from winddown import clock
    from winddown.shell.codec import encoded

    memory = None
    for _ in range(times):
        memory = crashed(memory, clock.now().boot).value
    row = encoded("crashes/daemon", memory)
    with sqlite3.connect(daemon.config.with_name("winddown.db")) as line:
        line.execute("INSERT OR REPLACE INTO memory VALUES (?, ?, ?, 0)", (row.key, row.kind, row.value))
    line.close()
