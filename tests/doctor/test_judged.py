"""What the doctor makes of facts: each ill alone in a house that is well."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from winddown import RELEASED_AT
from winddown.config import Config
from winddown.doctor import Facts, Verdict, is_online, judged, own_topics, questions, topics
from winddown.model import Received

HOUSE: dict[str, Any] = {
    "timezone": "Europe/Amsterdam",
    "mqtt": {"host": "hub", "username": "winddown", "password": "hush"},
    "rooms": {
        "bedroom": {
            "bedtime": "22:45",
            "lights": ["zigbee2mqtt/bedside", "json/home/shelf/set"],
            "button": "zigbee2mqtt/button",
            "quiet": [{"topic": "home/phone/set", "state": "home/phone", "mute": "on"}],
        }
    },
}
Z2M = "zigbee2mqtt"
DEVICES = [
    {"type": "Coordinator", "ieee_address": "0xc", "friendly_name": "Coordinator"},
    {"type": "Router", "ieee_address": "0x1", "friendly_name": "bedside"},
    {"type": "EndDevice", "ieee_address": "0x2", "friendly_name": "button"},
]
INFO = {
    "coordinator": {"ieee_address": "0xc"},
    "config": {"availability": {"enabled": True}, "devices": {"0x2": {"friendly_name": "button"}}},
}


def house(**changed: Any) -> Config:
    return Config.model_validate({**HOUSE, **changed})


def stored(topic: str, said: object) -> Received:
    return Received(topic, (said if isinstance(said, str) else json.dumps(said)).encode(), retain=True)


def well(config: Config | None = None) -> Facts:
    """A house without a complaint."""
    config = config or house()
    heard = (
        stored("winddown/status", "online"),
        stored("winddown/bedroom/state", {"phase": "day", "problem": None}),
        stored(f"{Z2M}/bridge/state", {"state": "online"}),
        stored(f"{Z2M}/bridge/devices", DEVICES),
        stored(f"{Z2M}/bridge/groups", []),
        stored(f"{Z2M}/bridge/info", INFO),
        stored(f"{Z2M}/bedside", {"state": "ON", "brightness": 100}),
        stored("home/shelf", {"state": "OFF"}),
        stored("home/phone", "off"),
    )
    said = (*own_topics(config), *(question.topic for question in questions(config)))
    return Facts(
        house=config,
        wall=RELEASED_AT + 86_400.0,
        synchronised=True,
        journal="ok",
        heard=heard,
        answers=dict.fromkeys(said, 0),
        returned=frozenset(own_topics(config)),
    )


def but(facts: Facts, *heard: Received) -> Facts:
    """The same, and these were heard instead."""
    new = {one.topic for one in heard}
    return replace(facts, heard=(*(one for one in facts.heard if one.topic not in new), *heard))


def complaint(facts: Facts) -> Verdict:
    (only,) = [verdict for verdict in judged(facts) if verdict.mark != "right"]
    return only


def test_a_house_that_is_well_has_no_complaint_and_a_line_for_everything():
    verdicts = judged(well())

    assert {verdict.mark for verdict in verdicts} == {"right"}
    assert [verdict.about for verdict in verdicts] == [
        "configuration", "clock", "journal", "broker", "rights", "winddown", "zigbee2mqtt",
        "bedroom.bedside", "bedroom.shelf", "Home Assistant",
    ]  # fmt: skip


def test_nothing_that_is_asked_moves_a_lamp():
    assert [(one.topic, one.payload) for one in questions(house())] == [
        (f"{Z2M}/bedside/get", '{"state":"","brightness":""}'),
        ("homeassistant/device/winddown/doctor/config", ""),
    ]


def test_it_hears_exact_topics_alone():
    assert not any(char in topic for topic in topics(house()) for char in "+#")


# ---------------------------------------------------------------- the machine


def test_a_clock_in_1970_is_wrong():
    verdict = complaint(replace(well(), wall=3600.0))

    assert (verdict.mark, verdict.about) == ("wrong", "clock")
    assert "1970-01-01" in verdict.text


def test_a_clock_that_no_time_server_has_set_is_told():
    assert complaint(replace(well(), synchronised=False)).mark == "watch"


def test_a_journal_that_is_broken_is_wrong_and_one_that_is_not_there_is_none():
    verdict = complaint(replace(well(), journal="database disk image is malformed"))

    assert (verdict.mark, verdict.about) == ("wrong", "journal")
    assert "set winddown.db" in verdict.mend
    assert not any(verdict.about == "journal" for verdict in judged(replace(well(), journal=None)))


def test_what_check_warns_of_is_told_here_too():
    assert complaint(replace(well(), warnings=("f:1: timezone: is not set",))).text == "f:1: timezone: is not set"


# ---------------------------------------------------------------- the broker


def test_without_a_broker_nothing_behind_it_is_judged():
    verdicts = judged(replace(well(), unreached="no broker answers on hub"))

    assert [verdict.about for verdict in verdicts] == ["configuration", "clock", "journal", "broker"]
    assert verdicts[-1].mark == "wrong"


def test_words_that_do_not_come_back_are_missing_rights():
    verdict = complaint(replace(well(), returned=frozenset(("winddown/bridge/doctor",))))

    assert (verdict.mark, verdict.about) == ("wrong", "rights")
    assert "winddown/bedroom/command" in verdict.text
    assert "winddown/#" in verdict.mend


def test_what_the_broker_does_not_let_us_say_is_named():
    facts = well()

    verdict = complaint(replace(facts, answers={**facts.answers, f"{Z2M}/bedside/get": 135}))

    assert verdict.about == "rights"
    assert f"{Z2M}/bedside/get" in verdict.text


def test_what_the_broker_does_not_let_us_hear_is_named():
    assert f"{Z2M}/bedside" in complaint(replace(well(), refused=(f"{Z2M}/bedside",))).text


@pytest.mark.parametrize("status", ["offline", ""])
def test_a_house_without_a_winddown_is_wrong(status):
    verdict = complaint(but(well(), stored("winddown/status", status)))

    assert (verdict.mark, verdict.about, verdict.mend) == ("wrong", "winddown", "winddown run")
    assert is_online(but(well(), stored("winddown/status", status))) == (verdict,)


def test_a_broker_that_cannot_tell_who_listens_is_told_and_nobody_is_accused():
    facts = well()

    assert complaint(replace(facts, version=4, answers=dict.fromkeys(facts.answers))).about == "listeners"


def test_what_winddown_itself_complains_of_is_told():
    state = stored("winddown/bedroom/state", {"problem": "bedside does not say that it is off"})

    assert complaint(but(well(), state)).text == "bedside does not say that it is off"


# ---------------------------------------------------------------- Zigbee2MQTT


def test_a_zigbee2mqtt_that_is_not_there_is_one_complaint_and_its_things_are_not_accused_of_it():
    facts = well()
    gone = replace(facts, heard=tuple(one for one in facts.heard if not one.topic.startswith(f"{Z2M}/bridge/")))

    verdict = complaint(gone)

    assert (verdict.mark, verdict.about) == ("wrong", Z2M)
    assert "base_topic" in verdict.mend


def test_a_zigbee2mqtt_that_said_goodbye_is_wrong():
    away = but(well(), stored(f"{Z2M}/bridge/state", {"state": "offline"}))

    verdict = complaint(replace(away, answers={**away.answers, f"{Z2M}/bedside/get": 16}))

    assert verdict.text == "its Zigbee2MQTT is offline"


def test_two_zigbee2mqtt_on_one_base_are_told_by_their_coordinators():
    verdict = complaint(but(well(), stored(f"{Z2M}/bridge/info", {**INFO, "coordinator": {"ieee_address": "0xd"}})))

    assert verdict.text == "two Zigbee2MQTT publish here, each over the other"


@pytest.mark.parametrize("availability", [False, {"enabled": False}, None])
def test_a_zigbee2mqtt_that_looks_after_no_lamp_is_told(availability):
    info = {**INFO, "config": {**INFO["config"], "availability": availability}}

    assert "availability: {enabled: true}" in complaint(but(well(), stored(f"{Z2M}/bridge/info", info))).mend


@pytest.mark.parametrize(
    "config",
    [
        {"devices": {"0x2": {"friendly_name": "button", "retain": True}}},
        {"devices": {"0x2": {"friendly_name": "button"}}, "device_options": {"retain": True}},
    ],
)
def test_a_button_that_is_retained_is_told(config):
    info = {**INFO, "config": {"availability": True, **config}}

    verdict = complaint(but(well(), stored(f"{Z2M}/bridge/info", info)))

    assert (verdict.mark, verdict.about) == ("watch", "zigbee2mqtt/button")
    assert "retain: false" in verdict.mend


@pytest.mark.parametrize("gone", ["bedside", "button"])
def test_a_thing_that_its_zigbee2mqtt_does_not_know_is_named_with_what_was_meant(gone):
    devices = [{**one, "friendly_name": one["friendly_name"].replace(gone, f"{gone}s")} for one in DEVICES]

    verdict = complaint(but(well(), stored(f"{Z2M}/bridge/devices", devices)))

    assert verdict.mark == "wrong"
    assert verdict.text == f"zigbee2mqtt has no {gone}"
    assert verdict.mend == f"did you mean {gone}s?"


# ---------------------------------------------------------------- the bedside


def test_a_lamp_that_nobody_answers_for_is_wrong():
    facts = well()

    verdict = complaint(replace(facts, answers={**facts.answers, f"{Z2M}/bedside/get": 16}))

    assert (verdict.mark, verdict.about) == ("wrong", "bedroom.bedside")
    assert verdict.text == f"nobody listens on {Z2M}/bedside/get"


def test_a_lamp_that_never_said_anything_is_told():
    verdict = complaint(but(well(), stored("home/shelf", "")))

    assert (verdict.mark, verdict.about) == ("watch", "bedroom.shelf")
    assert "left alone" in verdict.text


def test_a_lamp_that_cannot_be_reached_is_told():
    assert (
        complaint(but(well(), stored(f"{Z2M}/bedside/availability", {"state": "offline"}))).text == "cannot be reached"
    )


@pytest.mark.parametrize("topic", [f"{Z2M}/bedside/set", "home/shelf/set", "home/phone/set"])
def test_a_stored_command_is_wrong_and_the_mend_takes_it_away(topic):
    verdict = complaint(but(well(), stored(topic, '{"state": "ON"}')))

    assert (verdict.mark, verdict.about) == ("wrong", "stored command")
    assert verdict.mend == f"mosquitto_pub -h hub -p 1883 -u USER -P PASSWORD -r -n -t {topic}"


@pytest.mark.parametrize("topic", ["winddown/bedroom/command", "winddown/all/command", "winddown/bedroom/press/set"])
def test_a_stored_word_to_winddown_is_told(topic):
    verdict = complaint(but(well(), stored(topic, "dark")))

    assert (verdict.mark, verdict.text) == ("watch", f"{topic}: winddown ignores it")


def test_what_is_to_be_muted_and_never_said_how_it_is_is_told():
    verdict = complaint(but(well(), stored("home/phone", "")))

    assert verdict.about == "bedroom.quiet"
    assert "restore" in verdict.mend


def test_home_assistant_that_does_not_listen_is_told_unless_it_is_not_wanted():
    facts = well()
    alone = replace(facts, answers={**facts.answers, "homeassistant/device/winddown/doctor/config": 16})

    assert complaint(alone).about == "Home Assistant"
    assert all(one.mark == "right" for one in judged(well(house(home_assistant={"discovery": "false"}))))


# ---------------------------------------------------------------- strangers


def test_names_from_strangers_do_not_play_with_a_terminal():
    nasty = "\x1b[2J\n✓ all is well"
    devices = [{"friendly_name": nasty}]

    verdicts = judged(
        but(
            well(),
            stored(f"{Z2M}/bridge/devices", devices),
            stored("winddown/bedroom/state", {"problem": nasty}),
            stored(f"{Z2M}/bridge/info", {"coordinator": {"ieee_address": nasty}, "config": {"devices": [nasty]}}),
        )
    )

    assert all(text.isprintable() for verdict in verdicts for text in (verdict.about, verdict.text, verdict.mend))


def test_no_verdict_has_the_password():
    assert "hush" not in repr(judged(replace(well(), unreached="refused", warnings=("x",)))) + repr(well())


@pytest.mark.parametrize(
    "payload", ["", "null", "[]", "{}", "[[", '{"config": 1, "state": []}', "[1, null, {}]", "\x00"]
)
def test_rubbish_from_a_bridge_is_judged_without_stumbling(payload):
    names = ("state", "info", "devices", "groups")

    assert judged(but(well(), *(stored(f"{Z2M}/bridge/{name}", payload) for name in names)))
