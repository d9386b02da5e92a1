"""Airtime: what may go at once, what waits, what is dropped."""

from __future__ import annotations

from winddown.core.pace import Pace, Urgency, Waiting
from winddown.lights.dialect import Air

AIR = Air("radio", 4.0, 8.0)


def wants(key: str, boot: float = 0.0, urgency: Urgency = Urgency.STEP, cost: int = 1) -> Waiting:
    return Waiting(key, urgency, cost, boot)


def full(pace: Pace, boot: float = 0.0) -> None:
    for n in range(8):
        assert pace.admits(AIR, wants(f"first{n}", boot), boot)


def test_eight_go_at_once_and_the_ninth_waits_a_quarter_of_a_second() -> None:
    pace = Pace()
    full(pace)

    assert not pace.admits(AIR, wants("ninth"), 0.0)
    assert pace.deadline() == 0.25
    assert [one.key for one in pace.due(0.24)] == []
    assert [one.key for one in pace.due(0.25)] == ["ninth"]
    assert pace.deadline() == float("inf")


def test_an_off_goes_before_a_press_a_beat_a_step_and_a_question() -> None:
    pace = Pace()
    full(pace)
    for urgency in reversed(Urgency):
        pace.admits(AIR, wants(urgency.name, 0.0, urgency), 0.0)

    went = [one.key for boot in (0.25, 0.29) for one in pace.due(boot)]
    rest = [one.key for one in pace.due(2.0)]

    assert went + rest == ["OFF", "PRESS", "STEP", "ASK"]
    assert pace.dropped == 1


def test_who_comes_later_does_not_go_before_those_that_wait() -> None:
    pace = Pace()
    full(pace)
    pace.admits(AIR, wants("ninth"), 0.0)

    assert not pace.admits(AIR, wants("tenth", 0.25), 0.25)
    assert [one.key for one in pace.due(0.25)] == ["ninth"]


def test_when_a_short_command_goes_before_its_turn_and_replaces_the_last_that_waits_nothing_is_due() -> None:
    pace = Pace()
    full(pace)
    pace.admits(AIR, wants("lamp", cost=2), 0.0)

    assert pace.admits(AIR, wants("lamp", 0.3, Urgency.OFF), 0.3)

    assert pace.deadline() == float("inf")
    assert [*pace.due(5.0)] == []


def test_what_is_newer_takes_the_place_of_what_waits_for_the_same_lamp() -> None:
    pace = Pace()
    full(pace)
    pace.admits(AIR, wants("lamp", 0.0), 0.0)
    pace.admits(AIR, wants("lamp", 0.1), 0.1)

    assert [one.since_boot for one in pace.due(5.0)] == [0.1]
    assert pace.replaced == 1


def test_a_question_does_not_take_the_place_of_a_step() -> None:
    pace = Pace()
    full(pace)
    pace.admits(AIR, wants("lamp"), 0.0)
    pace.admits(AIR, wants("lamp", urgency=Urgency.ASK), 0.0)

    assert [one.urgency for one in pace.due(5.0)] == [Urgency.STEP, Urgency.ASK]


def test_questions_leave_room_for_a_press() -> None:
    pace = Pace()
    asked = [pace.admits(AIR, wants(f"lamp{n}", urgency=Urgency.ASK), 0.0) for n in range(8)]

    assert asked == [True] * 6 + [False] * 2
    assert pace.admits(AIR, wants("bedside", urgency=Urgency.PRESS), 0.0)


def test_however_many_breathe_a_press_is_answered_at_once() -> None:
    pace = Pace()
    breathing = [pace.admits(AIR, wants(f"lamp{n}", urgency=Urgency.BEAT), 0.0) for n in range(10)]

    assert breathing == [True] * 7 + [False] * 3
    assert pace.admits(AIR, wants("bedside", urgency=Urgency.PRESS), 0.0)


def test_who_missed_a_beat_goes_first_the_next_time() -> None:
    pace = Pace()
    full(pace)
    for key in ("lucky", "unlucky"):
        pace.admits(AIR, wants(key, 0.4, Urgency.BEAT), 0.4)
    assert [one.key for boot in (0.5, 0.75) for one in pace.due(boot)] == ["lucky"]
    assert pace.gone() == [("unlucky", False)]

    full(pace, 10.0)
    pace.admits(AIR, wants("lucky", 10.4, Urgency.BEAT), 10.4)
    pace.admits(AIR, wants("unlucky", 10.45, Urgency.BEAT), 10.45)

    assert [one.key for one in pace.due(10.5)] == ["unlucky"]


def test_networks_do_not_wait_for_each_other() -> None:
    pace = Pace()
    full(pace)

    assert pace.admits(Air("wifi", 10.0, 10.0), wants("strip"), 0.0)


def test_when_the_line_is_down_nothing_waits_for_later() -> None:
    pace = Pace()
    full(pace)
    pace.admits(AIR, wants("ninth"), 0.0)

    pace.clear()

    assert (pace.deadline(), [*pace.due(9.0)]) == (float("inf"), [])


def test_a_command_that_goes_in_the_place_of_the_only_one_that_waits_leaves_nothing_to_wait_for() -> None:
    pace = Pace()
    for n in range(7):
        pace.admits(AIR, wants(f"first{n}"), 0.0)
    assert not pace.admits(AIR, wants("lamp", urgency=Urgency.STEP, cost=2), 0.0)

    assert pace.admits(AIR, wants("lamp", urgency=Urgency.OFF), 0.0)
    assert pace.deadline() >= 0.0

    assert (list(pace.due(10.0)), pace.deadline(), pace.replaced) == ([], float("inf"), 1)
