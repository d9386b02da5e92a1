"""Tasmota, Shelly, WLED, ESPHome without discovery, our own bridge. From documentation: no device was at hand."""

from __future__ import annotations

import json

import pytest

from survey.broker import Payload, as_bytes, found, only, retained
from winddown.model import Message, Press, Received
from winddown.survey import Finding, Places, questions, survey

# ---------------------------------------------------------------- Tasmota


def tasmota(**more: object) -> dict[str, Payload]:
    said: dict[str, object] = {
        "t": "shelf",
        "ft": "%prefix%/%topic%/",
        "tp": ["cmnd", "stat", "tele"],
        "md": "Generic",
        "dn": "Shelf",
        "rl": [2, 0, 0],
        "lt_st": 2,
        "so": {"4": 0, "73": 0, "114": 0},
        "btn": [0, 0],
        "swc": [-1, -1],
    }
    return {"tasmota/discovery/A1B2C3/config": said | more}


def test_a_tasmota_lamp_with_two_whites_says_its_range() -> None:
    one = only(tasmota())

    assert (one.written, one.can) == ("tasmota/shelf", "dims · 2000–6500 K · fades up to 20 s")
    assert one.model == "Generic · Shelf"


def test_a_tasmota_dimmer_has_no_warmth() -> None:
    assert only(tasmota(lt_st=1)).can == "dims · fades up to 20 s"


def test_a_changed_topic_is_written() -> None:
    assert only(tasmota(ft="%topic%/%prefix%/")).written == '{tasmota: shelf, full_topic: "%topic%/%prefix%/"}'


def test_tasmota_relays_are_plugs_by_their_own_topics() -> None:
    one = only(tasmota(rl=[1]))
    two = found(tasmota(rl=[1, 1]))

    assert one.written == "{generic: {on_topic: cmnd/shelf/POWER, state_topic: stat/shelf/POWER}}"
    assert "{generic: {on_topic: cmnd/shelf/POWER2, state_topic: stat/shelf/POWER2}}" in two


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"rl": [2, 2]}, "2 lamps in one device"),
        ({"rl": [1, 2]}, "not its first relay"),
        ({"so": {"4": 1}}, "SetOption4 0"),
        ({"tp": ["c", "s", "t"]}, "prefixes"),
        ({"rl": [3, 3]}, "shutter"),
    ],
)
def test_a_tasmota_that_cannot_be_driven_says_why(more: dict[str, object], why: str) -> None:
    assert any(why in one.why_not for one in found(tasmota(**more)).values())


def test_a_tasmota_button_speaks_only_with_its_option() -> None:
    mute = found(tasmota(rl=[], btn=[1]))
    speaks = found(tasmota(rl=[], btn=[1, 0, 1], so={"73": 1}))

    assert [one.why_not for one in mute.values()] == ["says nothing until SetOption73 1 is set"]
    assert set(speaks) == {"{tasmota: shelf, button: 1}", "{tasmota: shelf, button: 3}"}
    assert all(one.presses == tuple(Press) for one in speaks.values())


# ---------------------------------------------------------------- Shelly, first generation


def announces(*devices: dict[str, object]) -> dict[str, Finding]:
    """All of them on one topic, as they answer."""
    messages = [Received("shellies/announce", as_bytes(device)) for device in devices]
    return {one.written: one for one in survey(messages, Places())}


def test_shellies_are_asked_who_they_are() -> None:
    assert questions([]) == (Message("shellies/command", "announce"),)


def test_every_answer_on_the_common_topic_counts() -> None:
    there = announces(
        {"id": "shellydimmer2-A1", "model": "SHDM-2"},
        {"id": "ShellyBulbDuo-B2", "model": "SHBDUO-1"},
        {"id": "shellybutton1-C3", "model": "SHBTN-2"},
        {"id": "shelly1-D4", "model": "SHSW-1"},
        {"id": "shellyht-E5", "model": "SHHT-1"},
    )

    assert {written: one.can for written, one in there.items()} == {
        "shelly1/shellydimmer2-A1": "dims · fades up to 5 s",
        "{shelly1: ShellyBulbDuo-B2, white: true}": "dims · 2700–6500 K · fades up to 5 s",
        "shelly1/shellybutton1-C3": "single, double, hold",
        '{generic: {on_topic: shellies/shelly1-D4/relay/0/command, on: "on", off: "off", '
        "state_topic: shellies/shelly1-D4/relay/0}}": "on/off only",
    }


def test_a_strip_is_four_lamps_unless_it_shows_colours() -> None:
    white = announces({"id": "rgbw2", "model": "SHRGBW2", "mode": "white"})
    colour = announces({"id": "rgbw2", "model": "SHRGBW2", "mode": "color"})

    assert len(white) == 4
    assert "{shelly1: rgbw2, output: white/3}" in white
    assert [one.why_not for one in colour.values()] == ["it is in its mode color; set it to white"]


def test_an_i3_has_three_inputs_and_a_roller_is_left_alone() -> None:
    there = announces({"id": "i3", "model": "SHIX3-1"}, {"id": "roll", "model": "SHSW-25", "mode": "roller"})

    assert {written for written, one in there.items() if one.is_button} == {
        f"{{shelly1: i3, button: {number}}}" for number in range(3)
    }
    assert "blinds" in there["shelly1/roll"].why_not


# ---------------------------------------------------------------- Shelly since the second


def shelly2(prefix: str, config: dict[str, object]) -> list[Received]:
    def answer(result: dict[str, object]) -> Received:
        return Received(f"{prefix}/winddown/rpc", as_bytes({"id": 1, "src": "x", "dst": "y", "result": result}))

    return [Received(f"{prefix}/online", b"true", retain=True), answer(config), answer({"app": "Plus", "gen": 2})]


def found2(prefix: str, config: dict[str, object]) -> dict[str, Finding]:
    return {one.written: one for one in survey(shelly2(prefix, config), Places())}


def test_whoever_is_online_is_asked_below_its_own_prefix() -> None:
    asked = questions(retained({"shellyplus-a1/online": "true", "shellies/old/online": "true", "b/online": "false"}))

    assert [message.topic for message in asked] == ["shellies/command", "shellyplus-a1/rpc", "shellyplus-a1/rpc"]
    assert json.loads(asked[1].payload) == {"id": 1, "src": "shellyplus-a1/winddown", "method": "Shelly.GetConfig"}
    assert not any(message.retain for message in asked)


def test_a_shelly_tells_its_lamps_inputs_and_switches() -> None:
    config: dict[str, object] = {
        "light:0": {},
        "light:1": {},
        "cct:0": {},
        "switch:0": {},
        "input:2": {"type": "button"},
        "input:3": {"type": "switch"},
        "rgb:0": {},
        "cover:0": {},
        "sys": {},
        "light:99x": {},
    }

    there = found2("home/dimmer", config)

    assert {written: one.can or one.why_not for written, one in there.items()} == {
        "shelly2/home/dimmer": "dims · fades",
        "shelly2/home/dimmer/1": "dims · fades",
        "{shelly2: home/dimmer, white: true}": "dims · 2700–6500 K · fades",
        '{generic: {on_topic: "home/dimmer/command/switch:0", on: "on", off: "off"}}': "on/off only",
        "shelly2/home/dimmer/2": "single, double, hold",
        "shelly2/home/dimmer/3": "its input is set as a switch; set its type to button",
        "shelly2/home/dimmer rgb:0": "a coloured lamp, which winddown cannot drive",
        "shelly2/home/dimmer cover:0": "a cover; winddown leaves blinds alone",
    }


def test_a_shelly_whose_notifications_are_off_is_told_what_to_switch_on() -> None:
    mute = {"mqtt": {"rpc_ntf": False, "status_ntf": False}, "light:0": {}, "input:0": {"type": "button"}}

    there = found2("shellyx", mute)

    assert "switch on its notifications" in there["shelly2/shellyx"].can
    assert "RPC status notifications" in there["shelly2/shellyx/0"].why_not


def test_a_shelly_that_does_not_answer_is_named_and_others_are_not() -> None:
    there = found({"shellyplus-a1/online": "true", "weather/online": "true"})

    assert [one.written for one in there.values()] == ["shelly2/shellyplus-a1"]
    assert "switch on RPC" in there["shelly2/shellyplus-a1"].why_not


# ---------------------------------------------------------------- WLED, ESPHome, our bridge


def test_wled_strips_are_found_by_their_word() -> None:
    there = found({"wled/a1b2c3/status": "online", "wled/tv/status": "offline", "wled/all/status": "online"})

    assert set(there) == {"wled/a1b2c3", "wled/tv"}
    assert there["wled/tv"].can.endswith("offline now")
    assert "fades" in there["wled/a1b2c3"].can


def test_an_esphome_node_without_discovery_is_found_by_its_states() -> None:
    there = found(
        {
            "bedroom/status": "online",
            "bedroom/light/strip/state": {
                "state": "ON",
                "brightness": 20,
                "color_mode": "color_temp",
                "color_temp": 400,
            },
            "bedroom/light/relay/state": {"state": "OFF", "color_mode": "onoff"},
            "bedroom/event/knop/state": {"event_type": "click"},
            "esphome/discover/bedroom": {"board": "esp32dev"},
            "statestream/light/x/state": {"state": "ON"},
        }
    )

    assert {written: (one.can, one.model) for written, one in there.items()} == {
        "esphome/bedroom/strip": ("dims · 2000–6500 K · fades", "ESPHome esp32dev"),
        "esphome/bedroom/relay": ("on/off only", "ESPHome esp32dev"),
        "esphome/bedroom/knop": ("presses unknown", "ESPHome esp32dev"),
    }


def test_a_lamp_that_home_assistant_lends_is_told_with_its_room() -> None:
    one = only({"winddown/bridge/bedroom/light/reading/state": {"state": "ON"}})

    assert "lent to bedroom" in one.why_not


@pytest.mark.parametrize(
    "topic",
    [
        "tasmota/discovery/A1/config",
        "shellies/announce",
        "x/winddown/rpc",
        "x/online",
        "wled/x/status",
        "x/light/y/state",
        "x/event/y/state",
        "x/status",
        "winddown/bridge/a/light/b/state",
    ],
)
@pytest.mark.parametrize(
    "rubbish", [b"\xff\x00", b"{", "null", "[[[]]]", {"t": 4}, {"result": 4, "id": "x", "model": 3}]
)
def test_rubbish_is_nothing(topic: str, rubbish: Payload) -> None:
    assert found({topic: rubbish, "x/online": "false"}) == {}
