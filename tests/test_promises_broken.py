"""The watches catch an engine that breaks a promise. The engine here is a puppet."""

from __future__ import annotations

import pytest

from winddown.model import Message, Publish
from world.bedside import SET, TONIGHT, VOLUME, Play, bedside, dim, runway
from world.puppet import Stage

# ---------------------------------------------------------------- engines that break them


def raises_by_one(s: Stage) -> None:
    runway(s)
    dim(s, 101)


def raises_by_day_without_a_reason(s: Stage) -> None:
    s.state("day")
    dim(s, 120)


def raises_above_what_a_silent_hand_left(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=20, reports=False)
    s.world.run_for(seconds=30)
    dim(s, 60)


def puts_back_at_wake(s: Stage) -> None:
    runway(s)
    dim(s, 50)
    s.world.run_until("23:00")
    s.state("day")
    dim(s, 100)


def breathes_above_its_peak(s: Stage) -> None:
    dim(s, 5)
    s.state("breathing", **TONIGHT)
    dim(s, 80)


def lights_a_lamp_that_was_switched_off_in_secret(s: Stage) -> None:
    runway(s)
    s.world.press("double")
    s.world.lamp("lamp").by_hand(on=False, reports=False)
    s.world.run_for(seconds=30)
    s.tell(SET, {"brightness": 60})


def lights_a_lamp_that_was_switched_off_just_before(s: Stage) -> None:
    runway(s)
    s.world.press("double")
    s.world.lamp("lamp").by_hand(on=False, reports=False)
    s.tell(SET, {"brightness": 60})


def pulses_though_nobody_pressed(s: Stage) -> None:
    s.tell(SET, {"state": "OFF"})
    s.state("breathing", **TONIGHT)
    s.tell(SET, {"state": "ON", "brightness": 10})


def lights_at_bedtime_because_somebody_wanted_it_later(s: Stage) -> None:
    runway(s)
    s.tell(SET, {"state": "OFF"})
    s.world.press("double")
    s.world.run_for(minutes=5)
    s.state("breathing", **TONIGHT)
    s.tell(SET, {"state": "ON", "brightness": 10})


def lights_in_a_breath_what_a_hand_has_switched_off_since_the_press(s: Stage) -> None:
    runway(s)
    s.world.press("single")
    s.state("breathing", **TONIGHT)
    s.world.run_for(minutes=1)
    s.world.lamp("lamp").by_hand(on=False)
    s.world.run_for(seconds=10)
    s.tell(SET, {"state": "ON", "brightness": 10})


def lights_in_the_evening_because_of_a_press_in_the_afternoon(s: Stage) -> None:
    s.state("day")
    s.tell(SET, {"state": "OFF"})
    s.world.press("single")
    s.state("release", origin="day")
    s.state("day")
    s.world.run_for(hours=2)
    s.state("breathing", **TONIGHT)
    s.tell(SET, {"state": "ON", "brightness": 10})


def puts_lamps_back_when_the_evening_is_skipped(s: Stage) -> None:
    runway(s)
    dim(s, 50)
    s.world.command("bedroom", "skip")
    s.state("day")
    dim(s, 100)


def puts_lamps_back_when_a_runway_that_was_started_in_the_night_is_stopped(s: Stage) -> None:
    runway(s)
    dim(s, 20)
    s.tell(SET, {"state": "OFF"})
    s.state("night", **TONIGHT)
    s.world.run_until("23:00")
    s.world.command("bedroom", "start")
    s.state("runway", tonight={**TONIGHT["tonight"], "bedtime": "2026-11-22T23:45:00+01:00"})
    s.world.run_for(minutes=5)
    s.world.command("bedroom", "stop")
    s.state("day", tonight={**TONIGHT["tonight"], "bedtime": "2026-11-22T23:45:00+01:00"})
    s.tell(SET, {"state": "ON", "brightness": 100, "transition": 2})


def never_puts_back(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.state("day")
    s.world.run_for(seconds=10)


def puts_back_something_else(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.tell(VOLUME, "40", settles=False)
    s.state("day")


def puts_its_own_mute_back(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.tell(VOLUME, "0", settles=False)
    s.state("day")


def puts_back_twice(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.tell(VOLUME, "35", settles=False)
    s.state("day")
    s.tell(VOLUME, "35")


def puts_back_what_somebody_has_changed(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.world.things[VOLUME].by_hand("20")
    s.tell(VOLUME, "35", settles=False)
    s.state("day")


def mutes_again_what_somebody_turned_up(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.world.run_for(minutes=1)
    s.world.things[VOLUME].by_hand("20")
    s.tell(VOLUME, "0")


def mutes_again_because_somebody_wanted_it_later(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.world.run_for(minutes=1)
    s.world.things[VOLUME].by_hand("20")
    s.world.press("double")
    s.tell(VOLUME, "0")


def mutes_by_day(s: Stage) -> None:
    s.state("day")
    s.tell(VOLUME, "0")


def says_quiet_by_day(s: Stage) -> None:
    s.state("day", quiet=True)


def stays_quiet_after_wake(s: Stage) -> None:
    s.state("night", **TONIGHT)
    s.world.run_until("07:01")


def moves_the_wake(s: Stage) -> None:
    runway(s)
    s.world.press("double")
    s.world.run_for(seconds=5)
    later = {"bedtime": "2026-11-22T23:00:00+01:00", "wake": "2026-11-23T07:15:00+01:00"}
    s.state("runway", tonight=later)


def dims_a_touched_lamp(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    dim(s, 90)


def forgets_a_touch_over_a_restart(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    s.world.kill()
    s.world.start()
    s.world.run_for(minutes=1)
    dim(s, 90)


def hands_back_with_later(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    s.world.press("double")
    dim(s, 90)


def turns_off_at_bedtime_what_somebody_reads_by(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    s.tell(SET, {"state": "OFF"})


def fights_a_lamp_that_somebody_lit(s: Stage) -> None:
    s.tell(SET, {"state": "OFF"})
    s.state("night", **TONIGHT)
    s.world.run_for(minutes=30)
    s.world.lamp("lamp").by_hand(on=True)
    s.world.run_for(minutes=2)
    s.tell(SET, {"state": "OFF"})


def warms_what_somebody_made_cool(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(mired=160)
    s.world.run_for(minutes=1)
    s.tell(SET, {"color_temp": 400})


def overrides_an_app(s: Stage) -> None:
    runway(s)
    s.world.say(SET, {"brightness": 250})
    s.world.run_for(minutes=1)
    dim(s, 90)


def goes_on_into_a_broker_that_hangs(s: Stage) -> None:
    runway(s)
    dim(s, 95)
    s.world.broker_hangs()
    for level in range(90, 60, -5):
        dim(s, level)
        s.world.run_for(seconds=1)
    s.world.broker_resumes()


def sends_its_backlog(s: Stage) -> None:
    runway(s)
    for level in range(90, 60, -5):
        s.puppet.due.append((s.world.boot, [Publish(Message(SET, f'{{"state":null,"brightness":{level}}}'))]))
    s.world.daemon.due()


def acts_on_a_retained_press(s: Stage) -> None:
    s.puppet.topics += ("zigbee2mqtt/button",)
    s.world.broker.publish("zigbee2mqtt/button", '{"action":"single"}', retain=True)
    handle = s.puppet.handle

    def obeys(event, now):
        return [*handle(event, now), *([Publish(Message(SET, '{"state":"OFF"}'))] if hasattr(event, "topic") else [])]

    s.puppet.handle = obeys  # type: ignore[method-assign]
    s.world.run_for(seconds=1)


def drifts(s: Stage) -> None:
    s.state("breathing", **TONIGHT)
    for n in range(60):
        s.later(1 + n * 10.002, SET, '{"state":null,"brightness":20,"transition":4}')
        s.later(5 + n * 10.002, SET, '{"state":null,"brightness":3,"transition":6}')
    s.world.run_for(minutes=11)


def leaves_a_lamp_on_all_night(s: Stage) -> None:
    runway(s)
    dim(s, 5)
    s.state("breathing", **TONIGHT)
    s.state("night", **TONIGHT)
    s.world.run_for(minutes=20)


BAD = {
    "1.": (
        raises_by_one,
        raises_by_day_without_a_reason,
        raises_above_what_a_silent_hand_left,
        puts_back_at_wake,
        breathes_above_its_peak,
        lights_a_lamp_that_was_switched_off_in_secret,
        lights_a_lamp_that_was_switched_off_just_before,
        lights_at_bedtime_because_somebody_wanted_it_later,
        lights_in_a_breath_what_a_hand_has_switched_off_since_the_press,
        lights_in_the_evening_because_of_a_press_in_the_afternoon,
        puts_lamps_back_when_the_evening_is_skipped,
        puts_lamps_back_when_a_runway_that_was_started_in_the_night_is_stopped,
    ),
    "3.": (
        never_puts_back,
        puts_back_something_else,
        puts_its_own_mute_back,
        puts_back_twice,
        puts_back_what_somebody_has_changed,
        mutes_again_what_somebody_turned_up,
        mutes_again_because_somebody_wanted_it_later,
        mutes_by_day,
        says_quiet_by_day,
        stays_quiet_after_wake,
        moves_the_wake,
    ),
    "4.": (
        dims_a_touched_lamp,
        forgets_a_touch_over_a_restart,
        hands_back_with_later,
        turns_off_at_bedtime_what_somebody_reads_by,
        fights_a_lamp_that_somebody_lit,
        warms_what_somebody_made_cool,
        overrides_an_app,
    ),
    "5.": (goes_on_into_a_broker_that_hangs, sends_its_backlog, acts_on_a_retained_press),
    "6.": (leaves_a_lamp_on_all_night,),
    "7.": (drifts,),
    "8.": (pulses_though_nobody_pressed,),
}


def to_its_end(s: Stage, play: Play) -> None:
    play(s)
    s.world.run_for(seconds=5)


CASES = [pytest.param(number, play, id=play.__name__) for number, plays in BAD.items() for play in plays]


@pytest.mark.parametrize(("number", "play"), CASES)
def test_an_engine_that_breaks_a_promise_is_caught(number: str, play: Play):
    s = bedside()

    with pytest.raises(AssertionError, match=rf"broken promises:\n.* {number}"):
        to_its_end(s, play)
