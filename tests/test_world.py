"""The fake world is as the real one was seen to be: its clock, its broker, the life of its daemon."""

from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest

from winddown.model import Alarm, Connected, Disconnected, Exit, Message, Publish, Remember, RoomMemory, Stop, Wake
from world import ZigbeeLamp
from world.puppet import Stage

LAMP = "zigbee2mqtt/lamp"
SET = f"{LAMP}/set"
GET = f"{LAMP}/get"
ALL = {"state": "", "brightness": "", "color_temp": ""}


def stage(**habits: object) -> Stage:
    bulb = {"level": 100, "mired": 300, **habits}
    return Stage(ZigbeeLamp("lamp", **bulb), topics=(LAMP, SET))


def said(stage: Stage, topic: str = LAMP) -> list[dict[str, object]]:
    return [json.loads(message.payload) for message in stage.puppet.messages(topic)]


# ---------------------------------------------------------------- time


def test_waiting_until_a_time_stops_at_that_time_of_the_wall_clock():
    world = stage().world

    world.run_until("22:45")

    assert f"{world.local:%Y-%m-%d %H:%M:%S}" == "2026-11-22 22:45:00"


def test_a_time_that_is_past_means_tomorrow():
    world = stage().world

    world.run_until("07:00")

    assert f"{world.local:%Y-%m-%d %H:%M}" == "2026-11-23 07:00"


def test_a_night_with_a_clock_change_is_an_hour_longer():
    autumn = Stage(at="2026-10-24 22:00").world
    boot = autumn.boot

    autumn.run_until("07:00")

    assert autumn.boot - boot == 10 * 3600


def test_the_engine_is_asked_at_its_deadline_and_never_waits_longer_than_it_said():
    s = stage()

    s.world.run_for(minutes=5)

    gaps = [after - before for before, after in pairwise(s.puppet.ticks)]
    assert max(gaps) == 30


def test_a_machine_wakes_a_little_late_and_the_same_seed_is_late_alike():
    def ticks(seed: int) -> list[float]:
        s = Stage(late_s=0.002)
        s.world.random.seed(seed)
        s.world.run_for(minutes=5)
        return s.puppet.ticks

    assert ticks(1) == ticks(1)
    assert ticks(1) != ticks(2)
    assert all(0 < after - before - 30 < 0.003 for before, after in pairwise(ticks(1)[1:]))


def test_an_engine_that_asks_for_now_again_and_again_is_told_so():
    s = stage()
    s.puppet.deadline = lambda now: now.boot  # type: ignore[method-assign]

    with pytest.raises(AssertionError, match="again and again"):
        s.world.run_for(seconds=1)


def test_an_engine_that_wants_to_sleep_too_long_is_told_so():
    s = stage()
    s.puppet.deadline = lambda now: now.boot + 31  # type: ignore[method-assign]

    with pytest.raises(AssertionError, match="at most 30"):
        s.world.run_for(seconds=1)


def test_a_step_of_the_wall_clock_leaves_the_other_clock_alone():
    world = stage().world
    world.run_for(seconds=10)
    boot = world.boot

    world.step_wall(3600)

    assert (world.boot, world.clock) == (boot, "22:00:10")


def test_an_alarm_rings_at_its_instant_and_a_newer_one_replaces_it():
    s = stage()
    s.world.run_for(seconds=1)
    wall = s.world.wall
    s.puppet.due = [(s.world.boot, [Wake((("old", wall + 5),)), Wake((("bedtime", wall + 7),))])]
    s.world.daemon.due()

    s.world.run_for(seconds=10)

    assert [event for _, event in s.puppet.heard if isinstance(event, Alarm)] == [Alarm("bedtime")]


# ---------------------------------------------------------------- broker


def test_what_the_engine_publishes_comes_back_on_a_topic_that_it_hears():
    s = stage()

    s.tell(SET, {"brightness": 50})

    (echo,) = s.puppet.messages(SET)
    assert (json.loads(echo.payload), echo.retain) == ({"brightness": 50}, False)


def test_what_is_retained_comes_after_the_connection_and_says_so():
    s = Stage(topics=("home/x",))
    s.world.broker.publish("home/x", "1", retain=True)

    s.world.run_for(seconds=1)

    connected, first = (event for _, event in s.puppet.heard)
    assert (connected, first.payload, first.retain) == (Connected(), b"1", True)


def test_an_empty_retained_message_clears_the_topic():
    world = stage().world

    world.say("home/x", "1", retain=True)
    world.say("home/x", "", retain=True)

    assert "home/x" not in world.broker.retained


def test_while_the_broker_is_down_everything_is_lost_and_then_the_connection_returns():
    s = stage()
    s.world.run_for(seconds=1)
    s.world.broker_down()
    s.puppet.due = [(s.world.boot, [Publish(Message(SET, '{"brightness":1}'))])]
    s.world.run_for(minutes=10)

    s.world.broker_up()
    s.world.run_for(seconds=5)

    links = [event for _, event in s.puppet.heard if isinstance(event, Connected | Disconnected)]
    assert links == [Connected(), Disconnected(), Connected()]
    assert len(s.world.daemon.lost) == 1
    assert s.world.lamp("lamp").shows().level == 100


def test_a_broker_that_hangs_delivers_everything_in_one_burst():
    s = stage()
    s.world.run_for(seconds=1)
    s.world.broker_hangs()
    s.tell(SET, {"brightness": 50})
    s.tell(SET, {"brightness": 40})
    assert s.puppet.messages(SET) == []

    s.world.run_for(seconds=10)
    s.world.broker_resumes()
    s.world.run_for(seconds=1)

    assert [json.loads(message.payload)["brightness"] for message in s.puppet.messages(SET)] == [50, 40]
    assert s.world.lamp("lamp").shows().level == 40
    assert Disconnected() not in [event for _, event in s.puppet.heard]


def test_a_broker_that_hangs_for_half_a_minute_loses_the_connection():
    s = stage()
    s.world.run_for(seconds=1)
    s.world.broker_hangs()
    s.world.run_for(seconds=30)

    s.world.broker_resumes()
    s.world.run_for(seconds=5)

    links = [event for _, event in s.puppet.heard if isinstance(event, Connected | Disconnected)]
    assert links == [Connected(), Disconnected(), Connected()]
    assert s.world.broker.retained["winddown/status"] == "offline"


# ---------------------------------------------------------------- the daemon's life


def test_a_kill_publishes_the_will_and_the_next_start_gets_what_was_remembered():
    s = stage()
    memory = RoomMemory()
    s.world.run_for(seconds=1)
    s.puppet.due = [(s.world.boot, [Remember("room/bedroom", memory)])]
    s.world.daemon.due()

    s.world.kill()
    s.world.run_for(minutes=1)
    s.world.start()

    assert s.world.broker.retained["winddown/status"] == "offline"
    assert s.puppet.memories[-1] == {"room/bedroom": memory}


def test_a_start_that_forgets_gets_nothing():
    s = stage()
    s.world.run_for(seconds=1)
    s.world.journal["room/bedroom"] = RoomMemory()
    s.world.kill()

    s.world.start(forget=True)

    assert s.puppet.memories[-1] == {}


def test_a_kill_between_two_effects_keeps_what_came_before():
    s = stage()
    s.world.run_for(seconds=1)
    s.world.daemon.die_after(2)
    lines = [Remember("room/bedroom", RoomMemory()), Publish(Message("a", "1")), Publish(Message("b", "1"))]
    s.puppet.due = [(s.world.boot, lines)]

    s.world.daemon.due()

    assert list(s.world.journal) == ["room/bedroom"]
    assert (len(s.world.sent("a")), len(s.world.sent("b"))) == (1, 0)
    assert not s.world.daemon.runs


def test_a_stop_lets_the_engine_speak_and_publishes_no_will():
    s = stage()
    s.world.run_for(seconds=1)
    s.puppet.next_effects = [Publish(Message("winddown/status", "gone", retain=True))]

    s.world.stop()

    assert s.puppet.heard[-1][1] == Stop()
    assert s.world.broker.retained["winddown/status"] == "gone"


def test_an_exit_ends_the_process_with_its_code():
    s = stage()
    s.world.run_for(seconds=1)
    s.puppet.due = [(s.world.boot, [Exit(4, "owned"), Publish(Message("a", "1"))])]

    s.world.daemon.due()

    assert (s.world.exit_code, s.world.daemon.runs, s.world.sent("a")) == (4, False, [])


def test_nothing_is_asked_of_a_machine_that_sleeps_and_all_that_waited_comes_when_it_wakes():
    s = stage()
    s.world.run_for(seconds=1)
    s.world.after(5, lambda: s.world.broker.publish(LAMP, '{"state":"ON"}'))
    before = len(s.puppet.ticks)

    s.world.suspend(20)

    assert len(s.puppet.messages(LAMP)) == 1
    assert min(s.puppet.ticks[before:]) == pytest.approx(1021, abs=0.1)


def test_after_a_reboot_the_boot_time_clock_begins_anew():
    s = stage()
    s.world.run_for(hours=1)
    s.world.kill()
    s.world.daemon.rebooted()

    s.world.start()
    s.world.run_for(seconds=1)

    assert s.puppet.ticks[-1] < 10


# ---------------------------------------------------------------- speed


def test_a_night_of_twelve_hours_with_ten_minutes_of_frames_takes_no_time():
    s = stage(fades=False)
    s.world.run_for(seconds=1)
    start = s.world.boot + 60
    for n in range(6000):
        level = 10 + n % 40
        s.puppet.due.append((start + n * 0.1, [Publish(Message(SET, f'{{"state":null,"brightness":{level}}}'))]))
    due = sorted(s.puppet.due, key=lambda one: one[0], reverse=True)
    s.puppet.tick = lambda now: due.pop()[1] if due and due[-1][0] <= now.boot else []  # type: ignore[method-assign]
    s.puppet.deadline = lambda now: min(due[-1][0] if due else now.boot + 30, now.boot + 30)  # type: ignore[method-assign]
    s.world.promises.watches = [watch for watch in s.world.promises.watches if type(watch).__name__ != "Darker"]
    began = time.process_time()

    s.world.run_for(hours=12)

    assert len(s.world.ours(SET)) == 6000
    assert time.process_time() - began < 2
