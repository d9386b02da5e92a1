"""The alarm clock, on the real scheduler; instants are past or tenths of a second away."""

from __future__ import annotations

from queue import Empty, SimpleQueue

import pytest

from winddown import clock
from winddown.model import Alarm
from winddown.shell.alarms import BEHIND_S, Alarms

HEAR_S = 5.0


@pytest.fixture
def rung():
    return SimpleQueue()


@pytest.fixture
def alarms(rung):
    alarms = Alarms(rung.put)
    alarms.start()
    yield alarms
    alarms.stop()


def wall(in_s: float) -> float:
    return clock.now().wall + in_s


def test_an_alarm_rings_a_moment_behind_its_instant_where_it_is_in_the_way_of_no_beat(alarms, rung):
    at = wall(0.05)

    alarms.set((("bedtime", at),))

    assert rung.get(timeout=HEAR_S) == Alarm("bedtime")
    assert at + BEHIND_S <= clock.now().wall < at + BEHIND_S + HEAR_S


def test_an_instant_that_is_past_rings_at_once_however_late(alarms, rung):
    alarms.set((("bedtime", wall(-86_400)),))

    assert rung.get(timeout=HEAR_S) == Alarm("bedtime")


def test_an_alarm_that_is_asked_for_again_rings_once(alarms, rung):
    at = wall(-1)
    alarms.set((("bedtime", at),))
    rung.get(timeout=HEAR_S)

    alarms.set((("bedtime", at), ("wake", wall(0.05))))

    assert rung.get(timeout=HEAR_S) == Alarm("wake")


def test_what_is_no_longer_asked_for_does_not_ring(alarms, rung):
    alarms.set((("bedtime", wall(0.05)),))

    alarms.set((("later", wall(0.1)),))

    assert rung.get(timeout=HEAR_S) == Alarm("later")


def test_two_names_for_one_instant_both_ring(alarms, rung):
    at = wall(0.03)

    alarms.set((("one", at), ("two", at)))

    assert {rung.get(timeout=HEAR_S).name for _ in range(2)} == {"one", "two"}


def test_an_alarm_that_gets_another_name_rings_under_that(alarms, rung):
    at = wall(0.05)
    alarms.set((("one", at),))

    alarms.set((("two", at),))

    assert rung.get(timeout=HEAR_S) == Alarm("two")


def test_alarms_set_before_the_start_ring_after_it(rung):
    alarms = Alarms(rung.put)
    alarms.set((("early", wall(-1)),))

    alarms.start()

    assert rung.get(timeout=HEAR_S) == Alarm("early")
    alarms.stop()


def test_an_alarm_clock_that_sets_off_later_rings_what_was_set_meanwhile(rung):
    alarms = Alarms(rung.put)
    alarms.start(after_s=0.05)

    alarms.set((("early", wall(-1)),))

    assert rung.get(timeout=HEAR_S) == Alarm("early")
    alarms.stop()


def test_one_that_is_stopped_before_it_set_off_never_does(rung):
    alarms = Alarms(rung.put)
    alarms.set((("early", wall(-1)),))
    alarms.start(after_s=0.02)

    alarms.stop()

    with pytest.raises(Empty):
        rung.get(timeout=0.1)


def test_nothing_rings_after_the_stop(alarms, rung):
    alarms.set((("bedtime", wall(0.02)),))

    alarms.stop()

    with pytest.raises(Empty):
        rung.get(timeout=0.05)
