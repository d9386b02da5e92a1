"""Reading what strangers send."""

from __future__ import annotations

import json
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winddown import payload as read
from winddown.buttons import BUTTONS
from winddown.buttons.dialect import ButtonDialect
from winddown.lights import LIGHTS
from winddown.lights.dialect import LightDialect
from winddown.model import Availability, Catalogue, Commanded, Press, Report

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
    LIGHTS["generic"].model_validate({"on_topic": "lamp/on", "level_topic": "lamp/level", "state_topic": "lamp"}),
]
PRESSED: list[ButtonDialect] = [
    BUTTONS["zigbee2mqtt"].model_validate({"address": "button"}),
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
    "friendly_name": "lamp",
    "definition": {
        "vendor": "IKEA",
        "options": [{"name": "transition"}],
        "exposes": [{"type": "light", "features": [{"name": "color_temp", "value_min": 153, "value_max": 500}]}],
    },
}
PATHS = [
    *((key,) for key in VALID),
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


one_wrong = st.builds(spoilt, st.sampled_from(PATHS), anything)
objects = st.just(VALID) | one_wrong
payloads = st.one_of(
    objects.map(written), objects.map(lambda entry: written([entry])), anything.map(written), st.binary(max_size=200)
)


@settings(max_examples=200)
@given(payloads)
def test_no_payload_on_any_topic_breaks_a_lamp(payload: bytes) -> None:
    for lamp in LAMPS:
        for topic in lamp.topics():
            heard = lamp.decode(topic, payload, lamp.profile())

            assert heard is None or isinstance(heard, Report | Commanded | Availability | Catalogue)
            if isinstance(heard, Report | Commanded):
                assert heard.level is None or heard.level in range(256)
                assert heard.mired is None or heard.mired in range(50, 1001)


@settings(max_examples=200)
@given(payloads)
def test_no_payload_breaks_a_button(payload: bytes) -> None:
    for button in PRESSED:
        assert button.decode(button.topics()[0], payload) in {None, *Press}


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: repr(payload[:20]))
def test_hostile_payloads_are_nothing_everywhere(payload: bytes) -> None:
    for lamp in LAMPS:
        assert [lamp.decode(topic, payload, lamp.profile()) for topic in lamp.topics()] == [None] * len(lamp.topics())
    assert [button.decode("button", payload) for button in PRESSED[:2]] == [None, None]


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


def test_a_value_without_plain_form_has_no_word() -> None:
    assert [read.word(value) for value in (float("inf"), float("nan"), 10**5000)] == [None, None, None]
