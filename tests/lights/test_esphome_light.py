"""Lamps of ESPHome nodes, by equality with what its source reads and writes (2026.10)."""

from __future__ import annotations

import pytest

from winddown.lights import LIGHTS
from winddown.lights.esphome import EspHomeLight
from winddown.model import Ask, Availability, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Report

LAMP = EspHomeLight(address="bedroom/strip")
COMMAND = "bedroom/light/strip/command"


def test_it_is_named_and_heard_by_node_and_id() -> None:
    assert LIGHTS["esphome"] is EspHomeLight
    assert LAMP.topics() == ("bedroom/light/strip/state", "bedroom/status", COMMAND)
    assert LAMP.command_topics() == (COMMAND,)
    assert (LAMP.key, LAMP.short_name) == ("esphome/bedroom/strip", "strip")


def test_a_node_may_have_slashes_in_its_prefix() -> None:
    assert EspHomeLight(address="home/up/bedroom/strip").topics()[1] == "home/up/bedroom/status"


@pytest.mark.parametrize("address", ["strip", "/strip", "bedroom/"])
def test_an_address_without_node_or_id_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="write NODE/ID"):
        EspHomeLight(address=address)


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        (Dim(128, 400, 2.5), '{"brightness":128,"color_temp":400,"transition":3}'),
        (Dim(128, None, 0.3), '{"brightness":128,"transition":0}'),
        (Dim(None, 400, 30), '{"color_temp":400,"transition":30}'),
        (Light(300, 900, 100_000), '{"state":"ON","brightness":255,"color_temp":500,"transition":65535}'),
        (Light(1, None, 0), '{"state":"ON","brightness":13,"transition":0}'),
        (Off(), '{"state":"OFF","transition":0}'),
    ],
)
def test_it_is_told_whole_numbers_and_a_dim_has_no_state(command: LampCommand, payload: str) -> None:
    assert LAMP.encode(command, LAMP.profile()) == (Message(COMMAND, payload),)


def test_it_cannot_be_asked_and_changing_nothing_sends_nothing() -> None:
    assert not LAMP.profile().can_ask
    assert LAMP.encode(Ask(), LAMP.profile()) == ()
    assert LAMP.encode(Dim(None, None), LAMP.profile()) == ()


def test_it_bends_its_levels_itself() -> None:
    assert LAMP.profile().curve == "linear"


@pytest.mark.parametrize(
    ("topic", "payload", "heard"),
    [
        (
            "bedroom/light/strip/state",
            (
                b'{"effect":"None","effect_index":0,"effect_count":2,"color_mode":"color_temp","state":"ON",'
                b'"brightness":77,"color":{},"color_temp":370}'
            ),
            Report(True, 77, 370),
        ),
        (
            "bedroom/light/strip/state",
            b'{"color_mode":"rgb","state":"ON","brightness":77,"color":{"r":255,"g":0,"b":0}}',
            Report(True, 77),
        ),
        ("bedroom/light/strip/state", b'{"color_mode":"cwww","state":"OFF","brightness":9}', Report(False, 9)),
        ("bedroom/light/strip/state", b'{"uptime":5}', None),
        ("bedroom/light/strip/state", b"ON", None),
        ("bedroom/light/other/state", b'{"state":"ON"}', None),
        ("bedroom/status", b"online", Availability(online=True)),
        ("bedroom/status", b"offline", Availability(online=False)),
        ("bedroom/status", b"rebooting", None),
        (COMMAND, b'{"state":"ON","brightness":200}', Commanded(True, 200)),
        (COMMAND, b'{"brightness":200,"color_temp":300}', Commanded(None, 200, 300)),
        (COMMAND, b'{"brightness":0}', Commanded(False, 0)),
        (COMMAND, b'{"state":"TOGGLE"}', Commanded()),
    ],
)
def test_what_it_says_and_is_told_is_understood(topic: str, payload: bytes, heard: Heard | None) -> None:
    assert LAMP.decode(topic, payload, LAMP.profile()) == heard
