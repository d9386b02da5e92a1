"""The watches leave an engine alone that keeps its promises. The engine here is a puppet."""

from __future__ import annotations

import pytest

from world import GenericLamp, JsonLamp
from world.bedside import SET, TONIGHT, VOLUME, Play, bedside, dim, runway
from world.puppet import Stage

# ---------------------------------------------------------------- an engine that keeps them


def a_quiet_evening(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    for level in range(95, 1, -5):
        dim(s, level, 30)
        s.world.run_for(seconds=30)
    s.tell(SET, {"state": "OFF"})
    s.state("night", **TONIGHT)
    s.world.run_until("07:00")
    s.tell(VOLUME, "35", settles=False)
    s.state("day")
    s.world.run_for(hours=1)


def a_pulse_of_ten_minutes(s: Stage) -> None:
    s.state("breathing", **TONIGHT)
    for n in range(60):
        s.later(1 + n * 10, SET, '{"state":null,"brightness":20,"transition":4}')
        s.later(5 + n * 10, SET, '{"state":null,"brightness":3,"transition":6}')
    s.world.run_for(minutes=11)


def a_press_lights_the_lamp_in_the_night(s: Stage) -> None:
    s.state("night", **TONIGHT)
    s.tell(SET, {"state": "OFF"})
    s.world.run_for(hours=2)
    s.world.press("double")
    s.tell(SET, {"state": "ON", "brightness": 3, "color_temp": 500})
    s.world.run_for(minutes=10)


def a_stop_before_bedtime_puts_the_lamp_back(s: Stage) -> None:
    runway(s)
    dim(s, 50)
    s.world.run_for(minutes=5)
    s.world.command("bedroom", "stop")
    s.state("day")
    s.tell(SET, {"state": "ON", "brightness": 100, "transition": 2})


def a_dim_after_a_hand_that_told_nobody(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=90, reports=False)
    dim(s, 60)
    s.world.lamp("lamp").by_hand(on=False, reports=False)
    dim(s, 50)


def a_handed_back_lamp(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    s.world.press("single")
    dim(s, 90)


def somebody_turns_the_speaker_up(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.world.things[VOLUME].by_hand("20")
    s.tell(SET, {"state": "OFF"})
    s.state("night", **TONIGHT)
    s.world.run_until("07:00")
    s.state("day")
    s.world.run_for(minutes=1)


def a_kill_over_wake(s: Stage) -> None:
    runway(s)
    s.tell(VOLUME, "0")
    s.world.kill()
    s.world.run_until("09:00")
    s.world.start()
    s.world.run_for(seconds=1)
    s.tell(VOLUME, "35", settles=False)
    s.state("day")
    s.world.run_for(minutes=1)


def a_lamp_of_the_next_evening_by_a_clock_that_was_set(s: Stage) -> None:
    runway(s)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    s.world.step_wall(86_400)
    s.state("runway", tonight={"bedtime": "2026-11-23T22:45:00+01:00", "wake": "2026-11-24T07:00:00+01:00"})
    dim(s, 90)


def a_lamp_given_back_though_something_was_asked_while_nobody_could_hear(s: Stage) -> None:
    s.state("day")
    s.world.press("single")
    dim(s, 20)
    s.world.kill()
    s.world.run_for(seconds=5)
    s.world.set("bedroom", "bedtime", "22:30")
    s.world.start()
    s.state("release", quiet=False, origin="day")
    s.state("day", origin="day")
    s.tell(SET, {"state": "ON", "brightness": 100, "transition": 2})


def a_lamp_given_back_that_had_no_power_when_the_rest_began(s: Stage) -> None:
    s.state("day")
    s.world.lamp("lamp").power_off()
    s.world.press("double")
    s.state("runway", quiet=False, origin="day")
    s.world.lamp("lamp").power_on()
    s.world.run_for(minutes=10)
    dim(s, 5)
    s.state("day", origin="day")
    s.tell(SET, {"state": "ON", "brightness": 100, "transition": 2})


def killed_right_after_the_first_beat_at_the_end_of_a_rest_by_day(s: Stage) -> None:
    s.state("day")
    s.world.press("double")
    s.state("runway", quiet=False, origin="day", until="2026-11-22T21:45:00+01:00")
    dim(s, 5)
    s.world.run_until("21:45:00")
    s.tell(SET, {"state": None, "brightness": 38, "transition": 2}, settles=False)
    s.world.kill()
    s.world.run_for(seconds=1)


def a_lamp_of_an_evening_that_a_clock_brings_into_a_rest_by_day(s: Stage) -> None:
    s.state("runway", quiet=False, origin="day")
    s.world.run_for(seconds=3)
    s.world.lamp("lamp").by_hand(level=200)
    s.world.run_for(minutes=1)
    s.world.step_wall(2 * 3600)
    s.state("breathing", **TONIGHT)
    dim(s, 38)


def killed_again_right_after_a_mute_is_said_again(s: Stage) -> None:
    s.state("day", quiet=False)
    for _ in range(2):
        s.tell(VOLUME, "0", settles=False)
        s.world.kill()
        s.world.run_for(seconds=5)
        s.world.start()
        s.world.run_for(seconds=1)


def a_lamp_given_back_at_a_stop_right_after_which_a_bedtime_is_set(s: Stage) -> None:
    runway(s)
    dim(s, 50)
    s.world.run_for(minutes=5)
    s.world.command("bedroom", "stop")
    s.tell(SET, {"state": "ON", "brightness": 100, "transition": 2}, settles=False)
    s.state("day", settles=False)
    s.world.set("bedroom", "bedtime", "22:50")
    s.world.run_for(seconds=1)


GOOD = (
    a_quiet_evening,
    a_pulse_of_ten_minutes,
    a_press_lights_the_lamp_in_the_night,
    a_stop_before_bedtime_puts_the_lamp_back,
    a_dim_after_a_hand_that_told_nobody,
    a_handed_back_lamp,
    somebody_turns_the_speaker_up,
    a_kill_over_wake,
    a_lamp_of_the_next_evening_by_a_clock_that_was_set,
    a_lamp_given_back_though_something_was_asked_while_nobody_could_hear,
    a_lamp_given_back_that_had_no_power_when_the_rest_began,
    killed_right_after_the_first_beat_at_the_end_of_a_rest_by_day,
    a_lamp_of_an_evening_that_a_clock_brings_into_a_rest_by_day,
    killed_again_right_after_a_mute_is_said_again,
    a_lamp_given_back_at_a_stop_right_after_which_a_bedtime_is_set,
)


@pytest.mark.parametrize("play", GOOD, ids=lambda play: play.__name__)
def test_a_good_engine_is_left_alone(play: Play):
    s = bedside()

    play(s)

    assert s.world.promises.broken == []


# ---------------------------------------------------------------- lamps that cannot be asked


def test_a_lamp_that_cannot_be_asked_is_held_against_what_it_was_told():
    lamp = GenericLamp("home/a/switch", "home/a/level", level=80)
    s = Stage(lamp)
    runway(s)
    s.tell("home/a/level", "60")
    lamp.by_hand(level=20, reports=False)

    s.tell("home/a/level", "55")

    assert s.world.promises.broken == []


def test_a_lamp_that_cannot_be_asked_is_not_raised_above_what_it_was_told():
    lamp = JsonLamp("home/lamp", level=80)
    s = Stage(lamp)
    runway(s)

    with pytest.raises(AssertionError, match=r"1\. home/lamp was raised from 80\.0 to 90"):
        s.tell("home/lamp/set", {"state": "ON", "brightness": 90})


def test_a_lamp_that_a_hand_switched_off_in_secret_goes_back_to_what_anybody_must_take_it_to_have_shown():
    lamp = JsonLamp("home/lamp", level=80)
    s = Stage(lamp)
    s.state("day")
    lamp.by_hand(on=False, reports=False)
    s.world.press("single")
    s.tell("home/lamp/set", {"state": "ON", "brightness": 20}, settles=False)
    s.state("release", quiet=False, origin="day")
    s.world.run_for(seconds=10)

    s.state("day", origin="day")
    s.tell("home/lamp/set", {"state": "ON", "brightness": 80})

    assert s.world.promises.broken == []
