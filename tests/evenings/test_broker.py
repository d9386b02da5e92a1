"""The broker goes away, forgets, hangs: afterwards the present is sent."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    BEDSIDE,
    LOUD,
    MUTED,
    SPEAKER,
    Since,
    bedroom,
    by_day,
    in_breathing,
    in_night,
    in_runway,
    keys,
    level,
    phase,
    things,
    tonight,
)
from world import World, ZigbeeLamp


def test_ten_minutes_without_a_broker_in_the_runway_end_in_one_command_and_no_jump():
    world = in_runway()
    world.broker_down()
    world.run_for(minutes=10)
    shown = level(world, "bedside")
    since = Since(world)

    world.broker_up()
    world.run_for(seconds=8)

    assert len(since.ours(BEDSIDE)) == 1
    assert 0 < shown - level(world, "bedside") < shown / 2
    world.run_until("22:44:59")
    assert round(level(world, "bedside")) == 5


def test_without_a_broker_nothing_is_sent_at_all():
    world = in_runway()

    world.broker_down()
    world.run_for(minutes=10)

    assert world.daemon.lost == []


def test_a_broker_that_was_away_over_bedtime_finds_the_evening_where_it_is():
    world = in_runway()
    world.broker_down()
    world.run_until("23:30")

    world.broker_up()
    world.run_for(seconds=10)

    assert (phase(world), things(world), world.lamp("ceiling").lit) == ("night", MUTED, False)


def test_a_broker_that_was_away_over_wake_gets_back_what_was_muted():
    world = in_night()
    world.broker_down()
    world.run_until("08:00")

    world.broker_up()
    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("day", LOUD)


def test_a_broker_that_was_away_when_the_runway_began_gets_its_mute():
    world = by_day()
    world.broker_down()
    world.run_until("22:10")

    world.broker_up()
    world.run_for(seconds=10)

    assert (phase(world), things(world), keys(world)) == ("runway", MUTED, [])


def test_a_broker_that_forgot_is_told_everything_again():
    world = in_runway()
    world.broker_down(forgets=True)
    world.run_for(minutes=1)

    world.broker_up()
    world.run_for(seconds=5)

    retained = world.broker.retained
    assert retained["winddown/status"] == "online"
    assert {"winddown/owner", "winddown/bedroom/state", "winddown/bedroom/quiet"} <= retained.keys()


def test_a_pulse_into_a_broker_that_hangs_stops_and_comes_back_on_the_beat():
    world = in_breathing()
    begin = world.ours(BEDSIDE)[-1].boot
    world.broker_hangs()
    since = Since(world)

    world.run_for(seconds=20)
    sent = len(since.ours(BEDSIDE))
    world.broker_resumes()
    world.run_for(seconds=30)

    assert sent <= 1
    beats = [one.boot - begin for one in world.ours(BEDSIDE) if one.boot > world.boot - 20]
    assert len(beats) >= 3
    assert all(min(abs(beat % 10 - at) for at in (0, 4, 6, 10)) < 0.01 for beat in beats)


def test_a_broker_that_hung_for_longer_than_a_connection_lasts():
    world = in_breathing()
    world.broker_hangs()
    world.run_for(seconds=40)

    world.broker_resumes()
    world.run_for(seconds=15)

    assert (phase(world), world.broker.retained["winddown/status"]) == ("breathing", "online")
    assert len(world.ours(BEDSIDE)[-1:]) == 1


@pytest.mark.parametrize("into_breath_s", range(10))
def test_a_beat_that_a_hung_broker_delivered_late_is_no_hand(into_breath_s):
    world = in_breathing()
    world.run_for(seconds=into_breath_s)
    world.broker_hangs()
    world.run_for(seconds=65)

    world.broker_resumes()
    world.run_for(seconds=15)

    assert not any("is yours" in why for why in world.whys())


def test_a_press_out_of_a_backlog_is_not_acted_on():
    world = in_breathing()
    world.run_for(seconds=10)
    world.broker_hangs()
    world.run_for(seconds=12)
    world.press("hold")
    world.run_for(seconds=5)

    world.broker_resumes()
    world.run_for(seconds=2)

    assert (phase(world), world.presses()) == ("breathing", [])
    assert any("backlog" in why for why in world.whys())


def test_a_command_out_of_a_backlog_is_not_acted_on():
    world = in_breathing()
    world.run_for(seconds=10)
    world.broker_hangs()
    world.run_for(seconds=12)
    world.command("bedroom", "later 60")
    world.run_for(seconds=5)

    world.broker_resumes()
    world.run_for(seconds=2)

    assert (phase(world), tonight(world)["later_min"]) == ("breathing", 0)


def test_a_broker_that_is_not_there_at_first_is_waited_for():
    world = World(bedroom().config, at="2026-11-22 22:10")
    world.broker_down()
    world.run_for(minutes=5)

    world.broker_up()
    world.run_for(seconds=5)

    assert (phase(world), things(world)) == ("runway", MUTED)


def test_a_mute_that_went_into_a_dying_connection_is_said_again():
    world = by_day()
    world.run_until("21:59:59")
    world.broker_hangs()
    world.run_for(seconds=5)
    world.broker_down()
    world.broker.hung = False
    world.broker._stuck.clear()
    world.run_for(seconds=10)

    world.broker_up()
    world.run_for(seconds=10)

    assert things(world) == MUTED


def test_a_lamp_that_a_hand_dimmed_meanwhile_is_not_raised():
    world = in_runway()
    world.broker_down()
    world.run_for(minutes=2)
    world.lamp("bedside").by_hand(level=8, reports=False)
    world.run_for(minutes=2)

    world.broker_up()
    since = Since(world)
    world.run_for(minutes=10)

    assert since.brightest("bedside") <= 8


def test_a_lamp_that_a_hand_turned_off_meanwhile_stays_off():
    world = in_runway()
    world.broker_down()
    world.lamp("bedside").by_hand(on=False, reports=False)
    world.run_for(minutes=2)

    world.broker_up()
    since = Since(world)
    world.run_until("23:30")

    assert since.brightest("bedside") == 0


def test_a_machine_that_slept_through_bedtime_wakes_into_the_night():
    world = in_runway()

    world.suspend(3600)
    world.run_for(seconds=10)

    assert (phase(world), things(world)) == ("night", MUTED)


def test_what_a_lamp_said_on_its_way_while_the_machine_slept_is_no_hand():
    world = in_breathing(world={"lamps": [ZigbeeLamp("bedside", chatty=True, late_s=1.5), ZigbeeLamp("ceiling")]})
    told = len(world.ours(BEDSIDE))
    while len(world.ours(BEDSIDE)) == told:
        world.run_for(seconds=0.05)

    world.suspend(20)
    world.run_for(seconds=30)

    assert world.state()["touched"] == []
    assert len(world.ours(BEDSIDE)) > told + 4


def test_a_hand_while_the_machine_slept_is_one_all_the_same():
    world = in_breathing(world={"lamps": [ZigbeeLamp("bedside", chatty=True), ZigbeeLamp("ceiling")]})
    world.after(10, lambda: world.lamp("bedside").by_hand(level=200))

    world.suspend(20)
    world.run_for(seconds=30)

    assert world.state()["touched"] == ["bedside"]


def test_a_mute_that_arrived_is_not_said_twice():
    world = in_runway()
    world.broker_down()
    world.run_for(minutes=1)

    world.broker_up()
    world.run_for(seconds=10)

    assert [said for _, said in world.sent(SPEAKER)] == [0]
