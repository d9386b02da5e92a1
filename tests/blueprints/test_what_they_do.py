"""What the blueprints do, one thing that happens at a time. The same in a real Home Assistant: `ha_real`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from blueprints.household import ZONE, Call, Household, State

NOW = datetime(2026, 11, 22, 22, 0, 0, tzinfo=ZONE)
TS = NOW.timestamp()


def message(payload: object, key: str = "request", topic: str = "") -> dict[str, Any]:
    """An MQTT message as a trigger."""
    text = payload if isinstance(payload, str) else json.dumps(payload)
    trigger: dict[str, Any] = {"platform": "mqtt", "id": key, "idx": "0", "topic": topic, "payload": text}
    try:
        return trigger | {"payload_json": json.loads(text)}
    except ValueError:
        return trigger


def change(
    entity: str, state: str, *, before: str | None = "x", key: str = "changed", **attributes: Any
) -> dict[str, Any]:
    """A state that changed as a trigger."""
    from_state = None if before is None else State(before)
    to = State(state, attributes)
    return {"platform": "state", "id": key, "idx": "0", "entity_id": entity, "from_state": from_state, "to_state": to}


def published(calls: list[Call]) -> list[tuple[str, Any]]:
    return [(data["topic"], read(data["payload"])) for action, data in calls if action == "mqtt.publish"]


def read(payload: Any) -> Any:
    try:
        return json.loads(payload) if isinstance(payload, str) else payload
    except ValueError:
        return payload


STALE = [
    {"ts": TS - 31},
    {"ts": TS + 31},
    {"ts": None},
    {"ts": str(TS)},
    {},
]

# ---------------------------------------------------------------- a light

LIGHT = {"light": "light.tree"}
STATE = "winddown/bridge/bedroom/light/tree/state"
TREE = {
    "brightness": 120,
    "color_mode": "color_temp",
    "color_temp_kelvin": 2700,
    "supported_features": 44,
    "supported_color_modes": ["color_temp", "xy"],
    "min_color_temp_kelvin": 2000,
    "max_color_temp_kelvin": 6535,
}
SHOWN = {"state": "ON", "brightness": 120, "color_mode": "color_temp", "color_temp_kelvin": 2700}
ABLE = {key: value for key, value in TREE.items() if "supported" in key or key[0] == "m"}


def tree(state: str = "on") -> Household:
    attributes = (
        {**TREE} if state == "on" else {**TREE, "brightness": None, "color_mode": None, "color_temp_kelvin": None}
    )
    return Household(NOW, {"light.tree": State(state, attributes)})


def test_a_light_listens_where_winddown_asks() -> None:
    topics = [one.get("topic") for one in tree().triggers("light", LIGHT)]
    named = [one.get("topic") for one in tree().triggers("light", {**LIGHT, "lamp": "fairy", "room": "attic"})]

    assert topics[0] == "winddown/bridge/bedroom/light/tree/request"
    assert named[0] == "winddown/bridge/attic/light/fairy/request"


def test_a_light_that_is_on_is_dimmed_as_asked() -> None:
    asked = {"ts": TS, "state": "ON", "only_if_on": True, "brightness": 50, "color_temp_kelvin": 2200, "transition": 30}

    calls = tree().run("light", LIGHT, message(asked))

    shown = {"brightness": 50, "color_temp_kelvin": 2200, "transition": 30}
    assert calls == [("light.turn_on", {"entity_id": ["light.tree"], **shown})]


def test_of_a_group_that_is_on_only_those_that_are_on_are_dimmed() -> None:
    members = {"light.left": State("on"), "light.right": State("off")}
    home = Household(NOW, {"light.tree": State("on", {**TREE, "entity_id": [*members]}), **members})

    calls = home.run("light", LIGHT, message({"ts": TS, "state": "ON", "only_if_on": True, "brightness": 50}))

    assert calls == [("light.turn_on", {"entity_id": ["light.left"], "brightness": 50})]


def test_a_light_that_is_off_is_not_lit_by_a_dim_and_says_that_it_is_off() -> None:
    calls = tree("off").run("light", LIGHT, message({"ts": TS, "state": "ON", "only_if_on": True, "brightness": 50}))

    assert [action for action, _ in calls] == ["mqtt.publish"]
    assert published(calls)[0] == (
        STATE,
        {"state": "OFF", "brightness": None, "color_mode": None, "color_temp_kelvin": None},
    )


def test_a_light_that_a_person_wants_is_lit_from_off() -> None:
    calls = tree("off").run("light", LIGHT, message({"ts": TS, "state": "ON", "brightness": 3, "transition": 0}))

    assert calls == [("light.turn_on", {"entity_id": "light.tree", "brightness": 3, "transition": 0})]


def test_a_light_that_was_off_already_says_so_for_nothing_will_change() -> None:
    calls = tree("off").run("light", LIGHT, message({"ts": TS, "state": "OFF"}))

    assert calls[0] == ("light.turn_off", {"entity_id": "light.tree"})
    assert published(calls)[-1][1]["state"] == "OFF"


def test_a_light_that_is_asked_says_all_of_it_each_in_a_message_of_its_own() -> None:
    calls = tree().run("light", LIGHT, message({"ts": TS, "ask": True}))

    assert published(calls) == [(STATE, {"available": True}), (STATE, ABLE), (STATE, SHOWN)]


def test_a_light_that_changes_says_what_it_shows() -> None:
    calls = tree().run("light", LIGHT, change("light.tree", "on", before="off"))

    assert published(calls) == [(STATE, SHOWN)]


def test_a_light_that_goes_away_says_so_and_nothing_else() -> None:
    calls = tree("unavailable").run("light", LIGHT, change("light.tree", "unavailable", before="on"))

    assert published(calls) == [(STATE, {"available": False})]


@pytest.mark.parametrize(
    "begins",
    [
        change("light.tree", "on", before="unavailable"),
        change("light.tree", "on", before=None),
        {"platform": "homeassistant", "id": "begins", "idx": "2"},
    ],
)
def test_a_light_that_is_back_says_all_of_it(begins: dict[str, Any]) -> None:
    assert [said for _, said in published(tree().run("light", LIGHT, begins))] == [{"available": True}, ABLE, SHOWN]


@pytest.mark.parametrize("stale", STALE)
def test_an_old_request_lights_nothing_and_answers_nothing(stale: dict[str, Any]) -> None:
    assert tree().run("light", LIGHT, message({**stale, "state": "ON", "brightness": 255})) == []
    assert tree().run("light", LIGHT, message({**stale, "ask": True})) == []


@pytest.mark.parametrize("rubbish", ["", "ON", "[]", "3", '{"state": "ON"}', "null"])
def test_rubbish_lights_nothing(rubbish: str) -> None:
    assert tree().run("light", LIGHT, message(rubbish)) == []


def test_what_is_no_number_is_left_out() -> None:
    asked = {"ts": TS, "state": "ON", "brightness": "full", "effect": "rainbow", "color_temp_kelvin": None}

    assert tree().run("light", LIGHT, message(asked)) == [("light.turn_on", {"entity_id": "light.tree"})]


# ---------------------------------------------------------------- a phone

PHONE = {"phone": "notify.mobile_app_pixel", "until": "input_datetime.phone", "dnd_sensor": "sensor.dnd"}
WAKE = NOW + timedelta(hours=9)
OURS = WAKE.timestamp() + 1
MUTE = {"ts": TS, "mode": "priority_only", "until": WAKE.isoformat()}
UNMUTE = {"ts": TS, "mode": "off", "until": None}
ON_MUTE = ("notify.mobile_app_pixel", {"message": "command_dnd", "data": {"command": "priority_only"}})
ON_UNMUTE = ("notify.mobile_app_pixel", {"message": "command_dnd", "data": {"command": "off"}})
FORGOTTEN = ("input_datetime.set_datetime", {"entity_id": "input_datetime.phone", "datetime": "2000-01-01 00:00:00"})
OVER = {"platform": "time", "id": "over", "idx": "2"}


def phone(until: float = 946_681_200.0, dnd: str = "off", call: str = "idle", now: datetime = NOW) -> Household:
    entities = {
        "input_datetime.phone": State("", {"timestamp": until}),
        "sensor.dnd": State(dnd),
        "sensor.call": State(call),
    }
    return Household(now, entities)


def test_a_phone_is_muted_and_the_end_is_written_down_first() -> None:
    calls = phone().run("phone_quiet", PHONE, message(MUTE))

    written = ("input_datetime.set_datetime", {"entity_id": "input_datetime.phone", "timestamp": OURS})
    assert calls == [written, ON_MUTE]


def test_a_mute_without_an_end_ends_after_half_a_day() -> None:
    calls = phone().run("phone_quiet", PHONE, message({**MUTE, "until": None}))

    assert 0 < calls[0][1]["timestamp"] - TS - 43_200 < 61


def test_a_do_not_disturb_of_ones_own_is_left_as_it_is() -> None:
    assert phone(dnd="alarms_only").run("phone_quiet", PHONE, message(MUTE)) == []


def test_a_mute_is_taken_away_when_winddown_says_so() -> None:
    assert phone(OURS, "priority_only").run("phone_quiet", PHONE, message(UNMUTE)) == [ON_UNMUTE, FORGOTTEN]


def test_an_unmute_without_a_mute_of_ours_does_nothing() -> None:
    assert phone(dnd="priority_only").run("phone_quiet", PHONE, message(UNMUTE)) == []


def test_a_new_helper_is_no_mute_of_ours() -> None:
    midnight = NOW.replace(hour=0).timestamp()

    assert phone(midnight).run("phone_quiet", PHONE, {"platform": "homeassistant", "id": "over", "idx": "3"}) == []


def test_what_the_person_set_in_the_night_stays() -> None:
    assert phone(OURS, "total_silence").run("phone_quiet", PHONE, message(UNMUTE)) == [FORGOTTEN]


@pytest.mark.parametrize("event", ["time", "homeassistant"])
def test_a_mute_ends_by_itself_also_at_the_next_start(event: str) -> None:
    later = WAKE + timedelta(hours=1 if event == "homeassistant" else 0, seconds=1)

    calls = phone(OURS, "priority_only", now=later).run("phone_quiet", PHONE, {**OVER, "platform": event})

    assert calls == [ON_UNMUTE, FORGOTTEN]


def test_a_start_in_the_night_leaves_the_mute() -> None:
    assert phone(OURS, "priority_only").run("phone_quiet", PHONE, {**OVER, "platform": "homeassistant"}) == []


def test_a_wake_that_moves_moves_the_end() -> None:
    later = WAKE + timedelta(hours=2)

    calls = phone(OURS).run("phone_quiet", PHONE, message({"quiet": True, "quiet_until": later.isoformat()}, "state"))

    assert calls == [
        ("input_datetime.set_datetime", {"entity_id": "input_datetime.phone", "timestamp": later.timestamp() + 1})
    ]


def test_a_state_that_says_the_same_does_nothing_so_that_a_wait_goes_on() -> None:
    same = {"quiet": True, "quiet_until": WAKE.isoformat()}

    assert phone(OURS).run("phone_quiet", PHONE, message(same, "state")) == []
    assert phone().run("phone_quiet", PHONE, message(same, "state")) == []


def test_a_quiet_that_ended_while_home_assistant_was_down_is_seen_in_the_state() -> None:
    calls = phone(OURS, "priority_only").run("phone_quiet", PHONE, message({"quiet": False}, "state"))

    assert calls == [ON_UNMUTE, FORGOTTEN]


def test_the_state_that_follows_a_request_does_not_unmute_once_more() -> None:
    just_now = (NOW - timedelta(milliseconds=5)).isoformat()

    state = message({"quiet": False}, "state")

    assert phone(OURS, "priority_only").run("phone_quiet", PHONE, state, last=just_now) == []


def test_nothing_is_muted_in_a_call() -> None:
    calling = {**PHONE, "call_sensor": "sensor.call"}

    assert phone(call="offhook").run("phone_quiet", calling, message(MUTE)) == []
    assert ON_MUTE in phone().run("phone_quiet", calling, message(MUTE))


def test_the_ringer_comes_before_the_do_not_disturb_that_it_would_undo() -> None:
    calls = phone().run("phone_quiet", {**PHONE, "ringer": "vibrate"}, message(MUTE))
    back = phone(OURS, "priority_only").run("phone_quiet", {**PHONE, "ringer": "vibrate"}, message(UNMUTE))

    assert [data["data"]["command"] for action, data in calls if action.startswith("notify")] == [
        "vibrate",
        "priority_only",
    ]
    assert [data["data"]["command"] for action, data in back if action.startswith("notify")] == ["off", "normal"]


def test_without_a_phone_only_ones_own_actions_are_done() -> None:
    own = {
        "until": "input_datetime.phone",
        "also_mute": [{"action": "script.hush"}],
        "also_unmute": [{"action": "script.up"}],
    }

    assert [action for action, _ in phone().run("phone_quiet", own, message(MUTE))][1:] == ["script.hush"]
    assert [action for action, _ in phone(OURS).run("phone_quiet", own, message(UNMUTE))][1:] == ["script.up"]


@pytest.mark.parametrize("stale", STALE)
def test_an_old_request_mutes_nothing_and_unmutes_nothing(stale: dict[str, Any]) -> None:
    for request in (MUTE, UNMUTE):
        kept = {key: value for key, value in request.items() if key != "ts"}
        assert phone(OURS).run("phone_quiet", PHONE, message({**kept, **stale})) == []


# ---------------------------------------------------------------- cues

VOICE = {"voice": "tts.voice", "player": "media_player.speaker"}


class Obedient(Household):
    """Its loudspeaker does as it is told, unless a hand is at the knob."""

    hand: float | None = None

    def obey(self, action: str, data: Mapping[str, Any]) -> None:
        speaker = self.entities["media_player.speaker"]
        if action == "media_player.volume_set":
            speaker.attributes["volume_level"] = data["volume_level"]
        elif self.hand is not None:
            speaker.attributes["volume_level"] = self.hand


def speaker(volume: float | None = 0.5, hand: float | None = None) -> Household:
    home = Obedient(NOW, {"media_player.speaker": State("idle", {"volume_level": volume})})
    home.hand = hand
    return home


def test_a_cue_is_said_softly() -> None:
    calls = speaker().run("say", VOICE, message({"ts": TS, "text": "Let go.", "language": "en"}))

    assert calls[:2] == [
        ("media_player.volume_set", {"entity_id": "media_player.speaker", "volume_level": 0.15}),
        (
            "tts.speak",
            {
                "entity_id": "tts.voice",
                "media_player_entity_id": "media_player.speaker",
                "message": "Let go.",
                "cache": True,
            },
        ),
    ]


def test_the_volume_is_put_back_unless_somebody_changed_it() -> None:
    told = message({"ts": TS, "text": "Let go."})

    assert speaker(0.5).run("say", VOICE, told)[-1][1]["volume_level"] == 0.5
    assert speaker(0.5, hand=0.3).run("say", VOICE, told)[-1][0] == "tts.speak"
    assert speaker(None).run("say", VOICE, told)[-1][0] == "tts.speak"


@pytest.mark.parametrize("stale", [*STALE, {"ts": TS, "text": ""}, {"ts": TS, "text": 3}])
def test_a_late_cue_is_worse_than_none(stale: dict[str, Any]) -> None:
    assert speaker().run("say", VOICE, message({"text": "Let go.", **stale})) == []


# ---------------------------------------------------------------- a button

KNOB = {"events": ["event.knob"], "single": [{}], "double": [{}, {}], "hold": [{}]}


def knob(**devices: str) -> Household:
    return Household(NOW, {}, {entity: {"manufacturer": maker} for entity, maker in devices.items()})


def pressed(
    kind: str, *, entity: str = "event.knob", at: datetime = NOW, before: str | None = "unknown"
) -> dict[str, Any]:
    return change(entity, at.isoformat(), before=before, key="event", event_type=kind)


@pytest.mark.parametrize(
    ("said", "press"),
    [
        ("single", "single"),
        ("short_release", "single"),
        ("multi_press_2", "double"),
        ("long_press", "hold"),
        ("off", "hold"),
    ],
)
def test_an_event_is_a_press(said: str, press: str) -> None:
    assert published(knob().run("button", KNOB, pressed(said))) == [("winddown/bedroom/press/set", press)]


@pytest.mark.parametrize("said", ["initial_press", "long_release", "rotate_left", ""])
def test_an_event_that_is_no_press_is_none(said: str) -> None:
    assert knob().run("button", KNOB, pressed(said)) == []


def test_what_comes_back_when_home_assistant_starts_is_no_press() -> None:
    assert knob().run("button", KNOB, pressed("single", before="unavailable")) == []
    assert knob().run("button", KNOB, pressed("single", before=None)) == []
    assert knob().run("button", KNOB, pressed("single", at=NOW - timedelta(hours=3))) == []
    assert knob().run("button", KNOB, change("event.knob", "unavailable", key="event")) == []


def test_winddowns_own_button_entity_is_left_alone() -> None:
    ours = "event.winddown_bedroom_button"
    assert knob().run("button", KNOB, pressed("single", entity=ours)) == []
    renamed = Household(NOW, {}, {"event.bed": {"manufacturer": "winddown"}})
    assert renamed.run("button", KNOB, pressed("single", entity="event.bed")) == []
    echo = {**message("{}", "", "winddown/bedroom/press"), "idx": "4"}
    assert knob().run("button", KNOB, echo) == []


@pytest.mark.parametrize(("index", "press"), [("1", "single"), ("2", "double"), ("3", "double"), ("4", "hold")])
def test_anything_else_is_the_press_that_it_was_chosen_for(index: str, press: str) -> None:
    happened = {"platform": "event", "id": index, "idx": index}

    assert published(knob().run("button", KNOB, happened)) == [("winddown/bedroom/press/set", press)]


# ---------------------------------------------------------------- the alarm of a phone

ALARM = {"alarm": "sensor.next_alarm", "sleep": 8}
SEVEN = datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)


def clock(rings: datetime | str, now: datetime = NOW - timedelta(hours=2)) -> Household:
    return Household(now, {"sensor.next_alarm": State(rings if isinstance(rings, str) else rings.isoformat())})


CHANGED = change("sensor.next_alarm", "")
LOOK = {"platform": "time", "id": "look", "idx": "1"}


def test_the_next_alarm_is_wake_and_the_bedtime_from_it() -> None:
    assert published(clock(SEVEN).run("wake_time", ALARM, CHANGED)) == [
        ("winddown/bedroom/wake/set", "07:00"),
        ("winddown/bedroom/bedtime/set", "23:00"),
    ]


def test_the_bedtime_is_left_alone_unless_one_wants_it_and_when_it_has_gone_by() -> None:
    awake = NOW.replace(hour=23, minute=30)

    assert published(clock(SEVEN).run("wake_time", {**ALARM, "sleep": 0}, CHANGED)) == [
        ("winddown/bedroom/wake/set", "07:00")
    ]
    assert published(clock(SEVEN, awake).run("wake_time", ALARM, CHANGED)) == [("winddown/bedroom/wake/set", "07:00")]


@pytest.mark.parametrize(
    "rings",
    [SEVEN + timedelta(days=1), SEVEN.replace(hour=14), SEVEN.replace(hour=3), "unavailable", "unknown", ""],
)
def test_an_alarm_that_is_not_that_of_the_coming_morning_moves_nothing(rings: datetime | str) -> None:
    assert clock(rings).run("wake_time", ALARM, CHANGED) == []


def test_what_the_phone_does_in_the_morning_moves_nothing() -> None:
    """At half past six the alarm of today is dismissed, and the next is that of tomorrow."""
    tomorrow = SEVEN + timedelta(hours=1, days=1)

    assert clock(tomorrow.replace(hour=6), SEVEN - timedelta(minutes=30)).run("wake_time", ALARM, CHANGED) == []


def test_at_the_end_of_the_morning_the_next_one_is_looked_for() -> None:
    eleven = SEVEN.replace(hour=11)

    assert published(clock(SEVEN + timedelta(days=1), eleven).run("wake_time", ALARM, LOOK))[0][1] == "07:00"
    assert clock("unavailable", eleven).run("wake_time", ALARM, LOOK) == []
    free = published(clock("unavailable", eleven).run("wake_time", {**ALARM, "otherwise": "09:30"}, LOOK))
    assert [said for _, said in free] == ["09:30", "01:30"]


# ---------------------------------------------------------------- not tonight, and alarms

GUESTS = {
    "reason": [{"condition": "state", "entity_id": "input_boolean.guests", "state": "on"}],
    "too_late": "22:00:00",
}
SIX = NOW.replace(hour=18)


class Leaving(Household):
    """The guests leave at eight."""

    def holds(self, conditions: Any, names: dict[str, Any]) -> bool:
        self.entities["input_boolean.guests"].state = "on" if self.now.hour < 20 else "off"
        return super().holds(conditions, names)


def test_no_evening_with_guests() -> None:
    home = Household(SIX, {"input_boolean.guests": State("on")})

    assert published(home.run("skip", GUESTS, {"platform": "time"})) == [("winddown/bedroom/command", "skip")]
    assert home.now.strftime("%H:%M") == "22:00"


def test_an_evening_after_all_when_they_leave_in_time() -> None:
    home = Leaving(SIX, {"input_boolean.guests": State("on")})

    assert [said for _, said in published(home.run("skip", GUESTS, {"platform": "time"}))] == ["skip", "skip off"]


def test_an_evening_as_ever_without_guests() -> None:
    home = Household(SIX, {"input_boolean.guests": State("off")})

    assert home.run("skip", GUESTS, {"platform": "time"}) == []


def test_an_alarm_lets_go_of_all_rooms() -> None:
    calls = Household(NOW).run("alarm", {}, change("binary_sensor.smoke", "on"))

    assert published(calls) == [("winddown/all/command", "stop")]


# ---------------------------------------------------------------- Sleep as Android

APP = {"events": ["event.sleep"], "phone": "notify.mobile_app_pixel"}


def slept(kind: str, at: datetime = NOW, before: str | None = "unknown") -> dict[str, Any]:
    return change("event.sleep", at.isoformat(), before=before, key="told", event_type=kind)


@pytest.mark.parametrize(
    ("said", "verb"),
    [("time_to_bed_alarm_alert", "start"), ("started", "dark"), ("alert_dismiss", "stop")],
)
def test_what_the_app_tells_becomes_what_one_chose(said: str, verb: str) -> None:
    assert published(Household(NOW).run("sleep_as_android", APP, slept(said))) == [("winddown/bedroom/command", verb)]


@pytest.mark.parametrize(
    "told",
    [
        slept("stopped"),
        slept("rem"),
        slept("started", NOW - timedelta(minutes=1)),
        slept("started", before="unavailable"),
        slept("started", before=None),
    ],
)
def test_what_is_old_or_means_nothing_does_nothing(told: dict[str, Any]) -> None:
    assert Household(NOW).run("sleep_as_android", APP, told) == []


def test_a_night_that_begins_is_tracked_once() -> None:
    night = message({"phase": "night", "since": NOW.isoformat()}, "state")

    first = Household(NOW).run("sleep_as_android", APP, night, last=(NOW - timedelta(days=1)).isoformat())
    again = Household(NOW + timedelta(seconds=9)).run(
        "sleep_as_android", APP, night, last=(NOW + timedelta(seconds=1)).isoformat()
    )

    assert [data["message"] for _, data in first] == ["command_broadcast_intent"]
    assert again == []


@pytest.mark.parametrize(
    "state",
    [
        {"phase": "runway", "since": NOW.isoformat()},
        {"phase": "night", "since": (NOW - timedelta(hours=1)).isoformat()},
        {"phase": "night", "since": None},
        {},
    ],
)
def test_a_state_that_was_kept_by_the_broker_tracks_nothing(state: dict[str, Any]) -> None:
    assert Household(NOW).run("sleep_as_android", APP, message(state, "state")) == []
    assert Household(NOW).run("sleep_as_android", {**APP, "phone": ""}, message(state, "state")) == []
