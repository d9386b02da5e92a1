"""The arithmetic of `make bench-many`: what waited for airtime is no lateness, and what doubles is told so."""

from __future__ import annotations

import pytest

from bench.airtime import BURST, PER_S, Command, without_airtime
from bench.many import NEAR_S, _as_commands, _figures
from bench.pulse import schedule
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


def heard_of(begun_at: dict[int, float], until_at: float) -> list[tuple[float, str, bytes]]:
    """Every beat a millisecond after it was due, and the answer to a press, for as long as anybody listens."""
    beats = [(at + due_s + 0.001, room) for room, at in begun_at.items() for due_s in schedule(600)]
    told = sorted((at, room) for at, room in [*beats, (1045.001, 9)] if at < until_at + NEAR_S)
    return [(at, f"z0/lamp{room}/set", b'{"brightness":9}') for at, room in told]


def test_where_every_beat_was_heard_none_was_given_up_however_late_the_last_room_began() -> None:
    begun_at = {room: 1000.0 + 6 * room / 10 for room in range(10)}
    heard = heard_of(begun_at, 1060.0)

    found = _figures(10, 1.0, (1.0, 1.0, 1.0), 30.0, heard, [(1045.0, 9)], begun_at, 1060.0)

    assert found.given_up == pytest.approx(0)


def test_of_every_beat_that_was_not_heard_the_table_says_that_it_was_given_up() -> None:
    begun_at = {room: 1000.0 + 6 * room / 10 for room in range(10)}
    heard = [one for one in heard_of(begun_at, 1060.0) if one[1] != "z0/lamp4/set"]

    found = _figures(10, 1.0, (1.0, 1.0, 1.0), 30.0, heard, [(1045.0, 9)], begun_at, 1060.0)

    assert found.given_up == pytest.approx(1 / 9, abs=0.005)


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
