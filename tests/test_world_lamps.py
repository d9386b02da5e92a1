"""The fake lamps and things behave, and misbehave, as real ones were seen to."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from world import GangLamp, GenericLamp, JsonLamp, Phone, Speaker, ZigbeeLamp
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


# ---------------------------------------------------------------- Zigbee lamps


def test_a_fade_is_told_at_its_start_and_shown_over_its_time():
    s = stage()

    s.tell(SET, {"state": None, "brightness": 50, "transition": 10})

    assert [message["brightness"] for message in said(s)] == [50]
    lamp = s.world.lamp("lamp")
    s.world.run_for(seconds=4.826)
    assert lamp.shows().level == pytest.approx(75, abs=0.5)
    s.world.run_for(seconds=10)
    assert lamp.shows().level == 50


def test_a_chatty_lamp_reports_half_way_and_its_state_goes_back_and_forth():
    s = stage(chatty=True)

    s.tell(SET, {"brightness": 50, "transition": 5})
    s.world.run_for(seconds=10)

    assert [message["brightness"] for message in said(s)] == [50, 90, 80, 70, 60, 50]


def test_brightness_without_a_state_lights_a_lamp_that_is_off_and_with_null_it_does_not():
    s = stage(on=False)
    lamp = s.world.lamp("lamp")

    s.tell(SET, {"state": None, "brightness": 50})
    assert (lamp.lit, said(s)[-1]["brightness"], said(s)[-1]["state"]) == (False, 50, "OFF")

    s.world.promises.watches.clear()
    s.tell(SET, {"brightness": 50})
    assert (lamp.lit, said(s)[-1]["state"]) == (True, "ON")


def test_after_a_hand_that_told_nobody_the_echo_of_null_still_says_on():
    s = stage()
    lamp = s.world.lamp("lamp")
    lamp.by_hand(on=False, reports=False)

    s.tell(SET, {"state": None, "brightness": 50})

    assert (lamp.lit, said(s)[-1]["state"]) == (False, "ON")


def test_only_the_last_answer_to_a_question_is_whole():
    s = stage()
    s.world.lamp("lamp").by_hand(on=False, level=80, mired=400, reports=False)

    s.tell(GET, ALL)

    answers = [(message["brightness"], message["state"]) for message in said(s)]
    assert answers == [(80, "ON"), (80, "OFF"), (80, "OFF")]


def test_a_lamp_that_answers_once_says_all_of_it_and_one_that_never_answers_nothing():
    once, never = stage(answers="once"), stage(answers="never")
    once.world.lamp("lamp").by_hand(level=80, reports=False)

    once.tell(GET, ALL)
    never.tell(GET, ALL)

    assert [message["brightness"] for message in said(once)] == [80]
    assert said(never) == []


def test_a_plain_on_returns_to_the_last_level():
    s = stage()
    s.world.promises.watches.clear()
    s.tell(SET, {"state": "OFF"})

    s.tell(SET, {"state": "ON"})

    assert s.world.lamp("lamp").shows().level == 100


def test_off_with_a_fade_ends_off():
    s = stage()

    s.tell(SET, {"state": "OFF", "transition": 2})

    lamp = s.world.lamp("lamp")
    assert (lamp.lit, said(s)[-1]["state"]) == (True, "OFF")
    s.world.run_for(seconds=3)
    assert not lamp.lit


def test_an_ikea_lamp_jumps_when_level_and_warmth_come_together():
    s = stage(jumps=True)

    s.tell(SET, {"brightness": 50, "color_temp": 400, "transition": 10})

    shown = s.world.lamp("lamp").shows()
    assert shown.level == 50
    assert shown.mired is not None
    assert shown.mired < 310


def test_a_frozen_lamp_does_not_hear_off():
    s = stage(freezes=True)
    s.tell(SET, {"color_temp": 400, "transition": 10})

    s.tell(SET, {"state": "OFF"})

    assert s.world.lamp("lamp").lit


def test_a_lamp_that_is_turned_off_in_mid_fade_may_light_itself_again_unless_its_fade_was_stopped():
    lit, dark = stage(relights=True), stage(relights=True)
    for s in (lit, dark):
        s.tell(SET, {"brightness": 50, "transition": 10})
        s.world.run_for(seconds=2)

    lit.tell(SET, {"state": "OFF"})
    dark.tell(SET, {"brightness_move": "stop"})
    dark.tell(SET, {"state": "OFF"})
    for s in (lit, dark):
        s.world.run_for(seconds=20)

    assert (lit.world.lamp("lamp").lit, dark.world.lamp("lamp").lit) == (True, False)


def test_a_lamp_that_is_lit_with_a_fade_may_begin_with_what_it_showed_last():
    flashes, rises = stage(flashes=True, on=False, level=200), stage(on=False, level=200)

    for s in (flashes, rises):
        s.world.promises.watches.clear()
        s.tell(SET, {"state": "ON", "brightness": 5, "transition": 2})

    assert [s.world.lamp("lamp").brightest(0) > 190 for s in (flashes, rises)] == [True, False]


def test_the_lamps_of_one_device_are_told_of_together_and_commanded_apart():
    left, right = GangLamp("gang", "l1", level=100, warm=None), GangLamp("gang", "l2", level=50, warm=None)
    s = Stage(left, topics=("zigbee2mqtt/gang",))
    s.world.add(right)

    s.tell("zigbee2mqtt/gang/l2/set", {"brightness": 20})

    assert (left.shows().level, right.shows().level) == (100, 20)
    assert said(s, "zigbee2mqtt/gang")[-1] == {
        "brightness_l1": 100,
        "state_l1": "ON",
        "brightness_l2": 20,
        "state_l2": "ON",
        "linkquality": 132,
    }


def test_a_lamp_without_fades_jumps():
    s = stage(fades=False)

    s.tell(SET, {"brightness": 50, "transition": 10})

    assert s.world.lamp("lamp").shows().level == 50


def test_warmth_is_clamped_and_ignored_while_off():
    s = stage(warm=(250, 454))
    s.tell(SET, {"color_temp": 999})
    assert s.world.lamp("lamp").shows().mired == 454

    s.tell(SET, {"state": "OFF"})
    s.tell(SET, {"color_temp": 300})

    assert s.world.lamp("lamp").shows().mired == 454


@pytest.mark.parametrize(
    "payload",
    ["{broken", {"brightness": 999}, {"brightness": 10, "transition": 7200}, {"brightness": True}],
    ids=["not JSON", "too bright", "too long", "no number"],
)
def test_what_cannot_be_done_is_complained_about_and_not_done(payload: object):
    s = stage()

    s.tell(SET, payload)

    lamp = s.world.lamp("lamp")
    assert (len(lamp.complaints), lamp.shows().level, said(s)) == (1, 100, [])


def test_frames_to_one_lamp_wait_in_line():
    s = stage()
    for level in (90, 80):
        s.tell(SET, {"brightness": level}, settles=False)

    s.world.run_for(seconds=1)

    at = [boot for boot, event in s.puppet.heard if getattr(event, "topic", "") == LAMP]
    assert [round(later - earlier, 3) for earlier, later in pairwise(at)] == [0.05]


def test_bad_habits_of_speech():
    late, twice, deaf, silent, liar = (
        stage(late_s=3.0),
        stage(duplicates=True),
        stage(deaf_to_off=1),
        stage(forgets_off=1),
        stage(lies_by=7),
    )
    for s in (late, twice, deaf, silent):
        s.tell(SET, {"state": "OFF"})
    liar.tell(GET, {"brightness": ""})

    assert (len(said(late)), len(said(twice)), len(said(silent))) == (0, 2, 0)
    assert (deaf.world.lamp("lamp").lit, silent.world.lamp("lamp").lit) == (True, False)
    assert said(liar)[0]["brightness"] == 107
    late.world.run_for(seconds=3)
    assert len(said(late)) == 1


def test_a_hand_that_reports_says_on_and_off_first_with_the_old_level():
    s = stage(on=False)
    s.world.run_for(seconds=1)

    s.world.lamp("lamp").by_hand(on=True, level=200)
    s.world.run_for(seconds=1)

    assert [(message["state"], message["brightness"]) for message in said(s)] == [("ON", 100), ("ON", 200)]


def test_a_lamp_without_power_says_nothing_and_comes_back_with_an_old_level():
    s = stage()
    lamp = s.world.lamp("lamp")
    lamp.power_off()
    s.tell(SET, {"brightness": 50})
    s.world.run_for(minutes=1)
    assert (said(s), len(lamp.complaints)) == ([], 1)

    lamp.power_on()
    s.world.run_for(seconds=3)
    assert said(s) == [
        {"brightness": 100, "color_mode": "color_temp", "color_temp": 300, "linkquality": 132, "state": "ON"}
    ]
    s.world.run_for(minutes=9)
    assert said(s)[-1]["brightness"] == 254


def test_the_bridge_lists_its_lamps():
    s = Stage(ZigbeeLamp("lamp", warm=(250, 454)), ZigbeeLamp("plain", warm=None, fades=False))

    coordinator, lamp, plain = json.loads(s.world.broker.retained["zigbee2mqtt/bridge/devices"])

    assert "definition" not in coordinator
    features = {feature["name"]: feature for feature in lamp["definition"]["exposes"][0]["features"]}
    assert (features["color_temp"]["value_min"], features["color_temp"]["value_max"]) == (250, 454)
    assert [option["name"] for option in lamp["definition"]["options"]] == ["transition"]
    assert plain["definition"]["options"] == []


def test_history_has_every_corner():
    s = stage()
    s.tell(SET, {"brightness": 50, "transition": 10})
    s.world.run_for(seconds=20)

    s.tell(SET, {"state": "OFF"})

    corners = [(shown.on, shown.level) for _, shown in s.world.lamp("lamp").history]
    assert list(dict.fromkeys(corners)) == [(True, 100), (True, 50), (False, 50)]


# ---------------------------------------------------------------- other lamps and things


def test_a_json_lamp_lights_on_state_and_keeps_its_state_with_the_broker():
    s = Stage(JsonLamp("home/lamp", on=False, level=10), topics=("home/lamp",))
    s.world.promises.watches.clear()
    s.tell("home/lamp/set", {"brightness": 200})
    assert not s.world.lamp("home/lamp").lit

    s.tell("home/lamp/set", {"state": "ON", "brightness": 200, "transition": 0})

    assert s.world.lamp("home/lamp").shows().level == 200
    assert json.loads(s.world.broker.retained["home/lamp"])["state"] == "ON"


def test_a_generic_lamp_understands_its_two_topics():
    lamp = GenericLamp("home/a/switch", "home/a/level", state_topic="home/a", level=80)
    s = Stage(lamp)

    s.tell("home/a/level", "30")
    assert (lamp.shows().level, s.world.broker.retained["home/a"]) == (30, "30")
    s.tell("home/a/switch", "OFF")

    assert (lamp.lit, s.world.broker.retained["home/a"]) == (False, "OFF")


def test_a_speaker_says_what_it_is_set_to_and_a_phone_without_state_says_nothing():
    speaker, phone = Speaker("home/speaker/set", "home/speaker"), Phone("home/phone/set")
    s = Stage(things=(speaker, phone))
    s.world.promises.watches.clear()

    s.tell("home/speaker/set", "0")
    s.tell("home/phone/set", "priority_only")

    assert (speaker.value, s.world.broker.retained["home/speaker"], phone.value) == ("0", "0", "priority_only")
