"""Lamps of Home Assistant, by equality with what the blueprint reads and writes (Home Assistant 2026.11)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from winddown.config import Config
from winddown.core.link import stamped
from winddown.lights import LIGHTS
from winddown.lights.dialect import Place
from winddown.lights.homeassistant import HomeAssistantLight
from winddown.lights.layers import resolve
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    Heard,
    LampCommand,
    Light,
    Message,
    Off,
    Report,
)

LAMP = HomeAssistantLight(address="light.shelf").placed(Place("winddown", "bedroom", "shelf"))
REQUEST, STATE = "winddown/bridge/bedroom/light/shelf/request", "winddown/bridge/bedroom/light/shelf/state"
WHITE = replace(LAMP.profile(), coolest_mired=153, warmest_mired=500)
"""After it has said that it shows white."""
ABLE = (
    b'{"supported_features": 44, "supported_color_modes": ["color_temp", "xy"], '
    b'"min_color_temp_kelvin": 2000, "max_color_temp_kelvin": 6535}'
)


def test_it_is_named_as_home_assistant_names_it_and_heard_in_its_room() -> None:
    assert LIGHTS["homeassistant"] is HomeAssistantLight
    assert LAMP.topics() == (STATE, "homeassistant/status", REQUEST)
    assert LAMP.command_topics() == (REQUEST,)
    assert (LAMP.key, LAMP.short_name) == ("homeassistant/light.shelf", "shelf")


@pytest.mark.parametrize("address", ["shelf", "light.", "switch.shelf", "light.a/b", "lights.shelf"])
def test_what_is_no_light_of_home_assistant_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"write light\.NAME"):
        HomeAssistantLight(address=address)


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        (
            Dim(128, 400, 2.5),
            '{"state":"ON","only_if_on":true,"brightness":128,"color_temp_kelvin":2500,"transition":2.5}',
        ),
        (Dim(128, None, 90), '{"state":"ON","only_if_on":true,"brightness":128,"transition":60}'),
        (Dim(None, 500, 30), '{"state":"ON","only_if_on":true,"color_temp_kelvin":2000,"transition":30}'),
        (Light(1, 900, 0), '{"state":"ON","brightness":3,"color_temp_kelvin":2000,"transition":0}'),
        (Off(), '{"state":"OFF"}'),
        (Ask(), '{"ask":true}'),
    ],
)
def test_it_is_asked_and_only_a_light_command_can_light_it(command: LampCommand, payload: str) -> None:
    assert LAMP.encode(command, WHITE) == (Message(REQUEST, payload, stamp=True),)


def test_a_request_goes_out_with_the_time_at_which_it_was_sent() -> None:
    (request,) = LAMP.encode(Off(), WHITE)

    sent = stamped(request, 1_795_297_500.1234)

    assert sent == Message(REQUEST, '{"ts":1795297500.123,"state":"OFF"}')
    assert stamped(Message("a", "b"), 1.0) == Message("a", "b")


def test_changing_nothing_asks_nothing() -> None:
    assert LAMP.encode(Dim(None, None), WHITE) == ()
    assert LAMP.encode(Dim(None, 400), LAMP.profile()) == ()  # it has not said that it shows white


def test_a_switched_lamp_is_only_switched() -> None:
    switched = replace(LAMP.profile(), dims=False)

    assert LAMP.encode(Dim(100, None), switched) == ()
    assert json.loads(LAMP.encode(Light(100, None), switched)[0].payload) == {"state": "ON"}


@pytest.mark.parametrize(
    ("topic", "payload", "heard"),
    [
        (
            STATE,
            b'{"state": "ON", "brightness": 77, "color_mode": "color_temp", "color_temp_kelvin": 2702}',
            Report(True, 77, 370),
        ),
        (STATE, b'{"state": "ON", "brightness": 77, "color_mode": "xy", "color_temp_kelvin": 2702}', Report(True, 77)),
        (STATE, b'{"state": "OFF"}', Report(on=False)),
        (STATE, b'{"available": true}', Availability(online=True)),
        (STATE, b'{"available": false}', Availability(online=False)),
        (STATE, b'{"state": "unknown"}', None),
        (STATE, b'{"brightness": 300}', None),
        (STATE, b"ON", None),
        (STATE, b"\xff", None),
        ("homeassistant/status", b"offline", Availability(online=False, bridge=True)),
        ("homeassistant/status", b"online", Availability(online=True, bridge=True)),
        ("homeassistant/status", b"{}", None),
        (REQUEST, b'{"ts":1,"state":"ON","brightness":40}', Commanded(True, 40)),
        (REQUEST, b'{"ts":1,"state":"ON","only_if_on":true,"brightness":40}', Commanded(None, 40)),
        (REQUEST, b'{"ts":1,"state":"OFF"}', Commanded(on=False)),
        (REQUEST, b'{"ts":1,"ask":true}', None),
        ("winddown/bridge/bedroom/light/other/state", b'{"state": "OFF"}', None),
    ],
)
def test_what_it_says_and_is_asked_is_understood(topic: str, payload: bytes, heard: Heard | None) -> None:
    assert LAMP.decode(topic, payload, LAMP.profile()) == heard


@pytest.mark.parametrize(
    ("payload", "able"),
    [
        (ABLE, {"coolest_mired": WHITE.coolest_mired, "warmest_mired": WHITE.warmest_mired}),
        (b'{"supported_features": 0, "supported_color_modes": ["brightness"]}', {"max_fade_s": 0.0}),
        (b'{"supported_features": 32, "supported_color_modes": ["onoff"]}', {"dims": False}),
        (b'{"supported_features": null, "supported_color_modes": null}', {"dims": False, "max_fade_s": 0.0}),
        (
            (
                b'{"supported_features": 32, "supported_color_modes": ["color_temp"], '
                b'"min_color_temp_kelvin": 9000, "max_color_temp_kelvin": 2000}'
            ),
            {},
        ),
    ],
)
def test_what_it_can_do_is_what_it_says_it_can(payload: bytes, able: dict[str, object]) -> None:
    known = replace(LAMP.profile(), max_fade_s=1.0)

    heard = LAMP.decode(STATE, payload, known)

    assert isinstance(heard, Catalogue)
    assert resolve(heard.layers, LAMP.profile()).profile == replace(LAMP.profile(), **able)  # type: ignore[arg-type]  fields


def test_what_is_known_of_it_is_no_news_for_news_make_winddown_ask_again() -> None:
    assert LAMP.decode(STATE, ABLE, WHITE) is None
    assert LAMP.decode(STATE, ABLE, replace(WHITE, curve="linear")) is None


def test_a_lamp_of_two_rooms_has_one_place_and_so_one_blueprint() -> None:
    room = {"bedtime": "22:45", "lights": ["zigbee2mqtt/lamp", "homeassistant/light.hall"]}
    house = {"mqtt": {"host": "localhost", "prefix": "wd"}, "home_assistant": {"prefix": "ha"}}

    config = Config.model_validate({**house, "rooms": {"hers": room, "his": room}})

    hers, his = (config.rooms[name].lights["hall"].driver for name in ("hers", "his"))
    assert hers == his
    assert hers.topics() == ("wd/bridge/hers/light/hall/state", "ha/status", "wd/bridge/hers/light/hall/request")
