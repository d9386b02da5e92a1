"""Reading what strangers send."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winddown import payload as read
from winddown.buttons import BUTTONS
from winddown.buttons.dialect import ButtonDialect
from winddown.lights import LIGHTS
from winddown.lights.dialect import LightDialect
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    LampCommand,
    Light,
    Off,
    Press,
    Profile,
    Report,
)

HOSTILE = [
    b"",
    b"\xff\xfe",
    b"NaN",
    b"[NaN]",
    b'{"brightness":Infinity}',
    b"{" * 30_000,
    b"[" * 60_000,
    b'{"a":' * 10_000,
    b"9" * 10_000,
    b"1e999",
    b'{"brightness":' + b"9" * 6000 + b"}",
    b'{"state":"' + b"x" * 1_000_000 + b'"}',
    b"\x00",
    b'"\\ud800"',
]

LAMPS: list[LightDialect] = [
    LIGHTS["zigbee2mqtt"].model_validate({"address": "lamp"}),
    LIGHTS["json"].model_validate({"address": "lamp/set"}),
    LIGHTS["esphome"].model_validate({"address": "node/lamp"}),
    LIGHTS["tasmota"].model_validate({"address": "lamp"}),
    LIGHTS["wled"].model_validate({"address": "lamp"}),
    LIGHTS["shelly1"].model_validate({"address": "lamp", "white": True}),
    LIGHTS["shelly2"].model_validate({"address": "lamp"}),
    LIGHTS["shelly2"].model_validate({"address": "lamp/1", "white": True}),
    LIGHTS["generic"].model_validate({"on_topic": "lamp/on", "level_topic": "lamp/level", "state_topic": "lamp"}),
]
PRESSED: list[ButtonDialect] = [
    BUTTONS["zigbee2mqtt"].model_validate({"address": "button"}),
    BUTTONS["zigbee2mqtt"].model_validate({"address": "button", "button": "on"}),
    BUTTONS["esphome"].model_validate({"address": "node/button"}),
    BUTTONS["tasmota"].model_validate({"address": "button", "button": 1}),
    BUTTONS["shelly1"].model_validate({"address": "button"}),
    BUTTONS["shelly2"].model_validate({"address": "button"}),
    BUTTONS["shelly2"].model_validate({"address": "button", "component": "bthomedevice:200", "button": 0}),
    BUTTONS["sleep_as_android"].model_validate({"address": "button", "hold": "sleep_tracking_started"}),
    BUTTONS["generic"].model_validate({"topic": "button", "path": "action"}),
    BUTTONS["generic"].model_validate({"topic": "button", "single": ["1"]}),
]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner)
)
VALID: dict[str, object] = {
    "state": "ON",
    "brightness": 120,
    "color_mode": "color_temp",
    "color_temp": 370,
    "color_temp_kelvin": 2700,
    "action": "on_hold",
    "action_duration": 0.8,
    "POWER": "ON",
    "Dimmer": 30,
    "CT": 450,
    "White": 30,
    "Button1": {"Action": "SINGLE"},
    "Switch1": {"Action": "OFF"},
    "on": True,
    "bri": 99,
    "seg": {"col": [[255, 137, 14, 0]]},
    "ison": True,
    "turn": "on",
    "temp": 2700,
    "mode": "white",
    "event": "S",
    "event_cnt": 2,
    "event_type": "single",
    "output": True,
    "ct": 2700,
    "method": "Light.Set",
    "params": {
        "id": 0,
        "on": True,
        "brightness": 40,
        "light:0": {"id": 0, "output": True, "brightness": 40},
        "cct:1": {"id": 1, "output": True, "ct": 2700},
        "events": [{"component": "bthomedevice:200", "id": 200, "event": "single_push", "idx": 0}],
    },
    "result": {"id": 0, "output": True, "brightness": 40},
    "friendly_name": "lamp",
    "definition": {
        "vendor": "IKEA",
        "options": [{"name": "transition"}],
        "exposes": [{"type": "light", "features": [{"name": "color_temp", "value_min": 153, "value_max": 500}]}],
    },
}
PATHS = [
    *((key,) for key in VALID),
    ("Button1", "Action"),
    ("Switch1", "Action"),
    ("seg", "col"),
    ("seg", "col", 0),
    ("seg", "col", 0, 1),
    *(("params", key) for key in ("id", "on", "brightness", "light:0", "cct:1", "events")),
    ("params", "light:0", "brightness"),
    ("params", "cct:1", "ct"),
    ("params", "events", 0),
    *(("params", "events", 0, key) for key in ("component", "event", "idx")),
    *(("result", key) for key in ("id", "output", "brightness")),
    ("definition", "vendor"),
    ("definition", "options"),
    ("definition", "options", 0),
    ("definition", "options", 0, "name"),
    ("definition", "exposes"),
    ("definition", "exposes", 0),
    ("definition", "exposes", 0, "type"),
    ("definition", "exposes", 0, "features"),
    ("definition", "exposes", 0, "features", 0),
    ("definition", "exposes", 0, "features", 0, "name"),
    ("definition", "exposes", 0, "features", 0, "value_max"),
]


def spoilt(path: tuple[str | int, ...], value: object) -> object:
    whole = json.loads(json.dumps(VALID))
    parent = reduce(lambda inner, step: inner[step], path[:-1], whole)
    parent[path[-1]] = value
    return whole


def written(value: object) -> bytes:
    return json.dumps(value).encode()


METHODS = ("Light.Set", "CCT.Set", "NotifyStatus", "NotifyEvent")
# fmt: off
PLAIN = [
    "online", "offline", "Online", "Offline", "true", "false", "on", "off", "ON", "OFF", "TOGGLE", "t", "0", "40",
    "99.6", "255", "#FF890E", "#0000FF", "#20FF890E", "#GGGGGG", "set", "set,true,40", "set,false,,2", "set,maybe",
    "status_update",
]
# fmt: on
BACKLOGS = ["Dimmer !;Speed2 0;Power OFF", "Power1 ON; Dimmer 60;CT 300", "Dimmer 0", "Dimmer 900;CT x;Power maybe"]

valid = st.sampled_from(METHODS).map(lambda method: VALID | {"method": method})
one_wrong = st.builds(spoilt, st.sampled_from(PATHS), anything)
objects = valid | one_wrong
texts = st.sampled_from([*PLAIN, *BACKLOGS]) | st.text("0123456789+-.,;#!abcdefONFT ", max_size=12)
payloads = st.one_of(
    objects.map(written),
    objects.map(lambda entry: written([entry])),
    texts.map(str.encode),
    anything.map(written),
    st.binary(max_size=200),
)


@settings(max_examples=200, deadline=None)
@given(payloads)
def test_no_payload_on_any_topic_breaks_a_lamp(payload: bytes) -> None:
    for lamp in LAMPS:
        for topic in lamp.topics():
            heard = lamp.decode(topic, payload, lamp.profile())

            assert heard is None or isinstance(heard, Report | Commanded | Availability | Catalogue)
            if isinstance(heard, Report | Commanded):
                assert heard.level is None or heard.level in range(256)
                assert heard.mired is None or heard.mired in range(50, 1001)


@settings(max_examples=200, deadline=None)
@given(payloads)
def test_no_payload_breaks_a_button(payload: bytes) -> None:
    for button in PRESSED:
        for topic in button.topics():
            assert button.decode(topic, payload) in {None, *Press}
            assert isinstance(button.sequence(topic, payload), str | None)


levels = st.none() | st.integers(-5, 70_000)
mireds = st.none() | st.integers(1, 5000)
fades = st.floats(0, 1e6)
commands = st.one_of(
    st.builds(Dim, levels, mireds, fades),
    st.builds(Light, st.integers(-5, 70_000), mireds, fades),
    st.just(Off()),
    st.just(Ask()),
)


def variants(profile: Profile) -> list[Profile]:
    """What a bridge may know better."""
    return [
        profile,
        replace(profile, dims=False),
        replace(profile, max_fade_s=0.0),
        replace(profile, can_ask=False),
        replace(profile, coolest_mired=153, warmest_mired=500),
        replace(profile, coolest_mired=153, warmest_mired=500, together=False),
        replace(profile, coolest_mired=None, warmest_mired=None),
    ]


@settings(max_examples=200, deadline=None)
@given(commands)
def test_whatever_a_lamp_is_told_is_heard_as_just_that(command: LampCommand) -> None:
    for lamp in LAMPS:
        for profile in variants(lamp.profile()):
            messages = lamp.encode(command, profile)

            assert not any(message.retain for message in messages)
            told = [
                lamp.decode(message.topic, message.payload.encode(), profile)
                for message in messages
                if message.topic in lamp.command_topics()
            ]
            check(command, [heard for heard in told if isinstance(heard, Commanded)], profile)


def check(command: LampCommand, told: list[Commanded], profile: Profile) -> None:
    """An OFF is heard as off, a `Light` as on and at a level that gives light, and nothing but OFF puts a lamp out."""
    if isinstance(command, Ask):
        assert told == []
        return
    assert ([one.on for one in told] == [False]) is isinstance(command, Off)
    assert not any(one.on is False for one in told) or isinstance(command, Off)
    if isinstance(command, Light):
        assert any(one.on for one in told)
    given = {one.level for one in told if one.level is not None}
    assert all(profile.min_level <= level <= profile.scale for level in given)
    assert len(given) == (profile.dims and getattr(command, "level", None) is not None)


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: repr(payload[:20]))
def test_hostile_payloads_are_nothing_everywhere(payload: bytes) -> None:
    for lamp in LAMPS:
        assert [lamp.decode(topic, payload, lamp.profile()) for topic in lamp.topics()] == [None] * len(lamp.topics())
    assert {button.decode(topic, payload) for button in PRESSED[:-1] for topic in button.topics()} == {None}


@pytest.mark.parametrize("value", [True, "5", None, [], {}, float("nan"), float("inf"), -1, 11, 10**400])
def test_what_is_no_number_in_range_is_none(value: object) -> None:
    assert read.number(value, 0, 10) is None
    assert read.whole(value, 0, 10) is None


def test_numbers_in_range_are_kept() -> None:
    assert read.number(0.5, 0, 10) == 0.5
    assert read.whole(9.6, 0, 10) == 10
    assert read.number_in("7.5", 0, 10) == 7.5


@pytest.mark.parametrize(
    ("value", "text"),
    [("ON", "ON"), (True, "true"), (False, "false"), (1, "1"), (1.0, "1"), (0.5, "0.5"), (None, None), ([], None)],
)
def test_a_value_reads_as_the_payload_that_a_person_would_write(value: object, text: str | None) -> None:
    assert read.word(value) == text


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("shelly/1", ("shelly", 1)),
        ("home/shelly/12", ("home/shelly", 12)),
        ("shelly", ("shelly", None)),
        ("7", ("7", None)),
        ("/7", ("/7", None)),
        ("shelly/one", ("shelly/one", None)),
        ("shelly/1234", ("shelly/1234", None)),
        ("shelly/²", ("shelly/²", None)),
    ],
)
def test_a_channel_behind_an_address_is_told_from_a_name(address: str, parts: tuple[str, int | None]) -> None:
    assert read.with_number(address) == parts


def test_a_template_is_filled_with_one_slash_behind_it() -> None:
    assert (
        read.filled("%prefix%/%topic%/", "stat", "bed") == read.filled("%prefix%/%topic%", "stat", "bed") == "stat/bed/"
    )


def test_every_dialect_is_fuzzed() -> None:
    assert {lamp.DIALECT for lamp in LAMPS} == set(LIGHTS)
    assert {button.DIALECT for button in PRESSED} == set(BUTTONS)


def test_a_value_without_plain_form_has_no_word() -> None:
    assert [read.word(value) for value in (float("inf"), float("nan"), 10**5000)] == [None, None, None]
