"""The arithmetic of `make bench-many`: what waited for airtime is no lateness, and what doubles is told so."""

from __future__ import annotations

import pytest

from bench.airtime import BURST, PER_S, Command, without_airtime
from bench.many import _as_commands
from bench.sizes import Size, report, steepness


def test_beats_that_a_base_can_carry_have_waited_for_nothing() -> None:
    commands = [Command("z0", "beat", 10.0, 10.003) for _ in range(int(BURST))]

    found = list(without_airtime(commands))

    assert [one.waited_s for one in found] == [0.0] * int(BURST)
    assert [one.error_s for one in found] == pytest.approx([0.003] * int(BURST))


def test_the_ninth_at_once_waits_for_airtime_and_is_not_late() -> None:
    commands = [Command("z0", "beat", 10.0, 10.001) for _ in range(int(BURST))]
    ninth = Command("z0", "beat", 10.0, 10.0 + 1 / PER_S + 0.002)

    *_, last = without_airtime([*commands, ninth])

    assert last.waited_s == pytest.approx(1 / PER_S)
    assert last.error_s == pytest.approx(0.002)


def test_another_base_has_air_of_its_own() -> None:
    commands = [Command(f"z{n}", "beat", 10.0, 10.001) for n in range(100)]

    assert all(one.waited_s == 0 for one in without_airtime(commands))


def test_a_command_after_a_press_answers_it_and_any_other_is_a_beat_or_nothing() -> None:
    heard = [
        (20.010, "z0/lamp1/set", b'{"brightness":9}'),
        (21.002, "z0/lamp2/set", b'{"brightness":9}'),
        (21.500, "z0/lamp2/get", b'{"state":""}'),
        (25.000, "z0/lamp2/set", b'{"brightness":9}'),
    ]
    due = {1: [21.0], 2: [21.0]}

    found = list(_as_commands(heard, due, [(20.0, 1)], untouched={2}))

    assert [(one.kind, one.due_at) for one in found] == [
        ("press", 20.0),
        ("beat", 21.0),
        ("other", 21.5),
        ("other", 25.0),
    ]


def test_what_grows_with_the_rooms_has_a_slope_of_one() -> None:
    assert steepness([(100, 2.0), (1000, 20.0), (10_000, 200.0)]) == pytest.approx(1)
    assert steepness([(100, 5.0), (1000, 5.0)]) == pytest.approx(0)
    assert steepness([(100, 5.0)]) is None


def size(rooms: int, uss_mb: float) -> Size:
    return Size(rooms, 1.0, [1.0], [0.0], 0.0, [2.0], [0.0], 0, 1.0, float(rooms), 1.0, uss_mb, 1.0)


def test_memory_is_told_by_room_beyond_the_first() -> None:
    table = report([size(1, 30.0), size(101, 31.0), size(1001, 40.0)])

    lines = {line.split("|")[1].strip(): line for line in table.splitlines()}
    assert [cell.strip() for cell in lines["- a room beyond the first"].split("|")[2:5]] == ["", "10.2 KB", "10.2 KB"]
    assert lines["processor, all breathing"].rstrip("| ").endswith("1.00")
