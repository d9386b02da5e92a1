"""Lamps made of plain topics and payloads."""

from __future__ import annotations

import pytest

from winddown.lights import LIGHTS
from winddown.lights.generic import GenericLight
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Report

SWITCH = GenericLight.model_validate({"address": "home/lamp/power"})
DIMMER = GenericLight(
    address="shelf",
    on_topic="shelf/on",
    on="1",
    off="0",
    level_topic="shelf/level",
    scale=50,
    state_topic="shelf/state",
)


def test_a_single_topic_is_a_whole_lamp() -> None:
    assert LIGHTS["generic"] is GenericLight
    assert SWITCH.topics() == SWITCH.command_topics() == ("home/lamp/power",)
    assert SWITCH.encode(Off(), SWITCH.profile()) == (Message("home/lamp/power", "OFF"),)
    assert SWITCH.encode(Light(40, 400, 5), SWITCH.profile()) == (Message("home/lamp/power", "ON"),)
    assert SWITCH.encode(Dim(40, 400, 5), SWITCH.profile()) == ()


def test_written_as_a_mapping_its_switch_is_its_address() -> None:
    lamp = GenericLight.model_validate({"on_topic": "home/lamp/power", "on": True, "off": False})

    assert lamp.key == SWITCH.key == "generic/home/lamp/power"
    assert (lamp.on, lamp.off) == ("true", "false")


@pytest.mark.parametrize(
    ("command", "messages"),
    [
        (Dim(20, 400, 5), [("shelf/level", "20")]),
        (Dim(99, None), [("shelf/level", "50")]),
        (Dim(None, 400), []),
        (Light(20, None), [("shelf/level", "20"), ("shelf/on", "1"), ("shelf/level", "20")]),
        (Off(), [("shelf/on", "0")]),
        (Ask(), []),
    ],
)
def test_a_dimmer_is_told_numbers_and_lit_only_with_its_level(
    command: LampCommand, messages: list[tuple[str, str]]
) -> None:
    assert DIMMER.encode(command, DIMMER.profile()) == tuple(Message(*message) for message in messages)


@pytest.mark.parametrize(
    ("topic", "payload", "expected"),
    [
        ("shelf/state", b"1", Report(on=True)),
        ("shelf/state", b" 0\n", Report(on=False)),
        ("shelf/state", b"25", Report(True, 25)),
        ("shelf/state", b"25.4", Report(True, 25)),
        ("shelf/state", b"0.0", Report(False, 0)),
        ("shelf/state", b'{"state":1,"brightness":30}', Report(True, 30)),
        ("shelf/state", b'{"state":"0"}', Report(on=False)),
        ("shelf/state", b'{"battery":3}', None),
        ("shelf/state", b"51", None),
        ("shelf/state", b"nan", None),
        ("shelf/state", b"1_0", None),
        ("shelf/on", b"1", Commanded(on=True)),
        ("shelf/on", b"0", Commanded(on=False)),
        ("shelf/level", b"20", Commanded(None, 20)),
        ("shelf/level", b"0.0", Commanded(False, 0)),
        ("shelf/level", b"soft", None),
        ("elsewhere", b"1", None),
    ],
)
def test_what_it_says_and_what_it_is_told_are_understood(topic: str, payload: bytes, expected: Heard | None) -> None:
    assert DIMMER.decode(topic, payload, DIMMER.profile()) == expected


def test_a_lamp_without_state_topic_is_known_to_say_nothing() -> None:
    assert not SWITCH.profile().reports
    assert DIMMER.profile().reports


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({}, "address"),
        ({"on_topic": "a", "on": "x", "off": "X"}, "same payload"),
        ({"on_topic": "a", "state_topic": "a"}, "state_topic"),
        ({"on_topic": "a/#"}, "on_topic"),
        ({"on_topic": "a", "scale": 0}, "scale"),
        ({"on_topic": "a", "on": ""}, "on"),
        ({"on_topic": "a", "colour": "red"}, "colour"),
    ],
)
def test_a_lamp_that_cannot_work_is_refused(fields: dict[str, object], about: str) -> None:
    with pytest.raises(ValueError, match=about):
        GenericLight.model_validate(fields)
