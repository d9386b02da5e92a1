"""Lamps of Home Assistant's JSON schema."""

from __future__ import annotations

import pytest

from winddown.lights import LIGHTS
from winddown.lights.json_schema import JsonLight
from winddown.model import Ask, Commanded, Dim, LampCommand, Light, Message, Off, Report

LAMP = JsonLight(address="home/shelf/set")


def test_it_is_named_and_heard_where_one_expects_it() -> None:
    assert LIGHTS["json"] is JsonLight
    assert LAMP.topics() == ("home/shelf", "home/shelf/set")
    assert LAMP.command_topics() == ("home/shelf/set",)
    assert (LAMP.key, LAMP.short_name) == ("json/home/shelf/set", "shelf")


def test_its_state_may_stand_elsewhere_or_nowhere() -> None:
    assert JsonLight(address="a/cmd", state="a/stat").topics() == ("a/stat", "a/cmd")
    mute = JsonLight(address="a/cmd")
    assert mute.topics() == ("a/cmd",)
    assert not mute.profile().reports
    assert LAMP.profile().reports


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        (Dim(128, 400, 2.5), '{"state":"ON","brightness":128,"color_temp":400,"transition":2.5}'),
        (Dim(128, None, 30), '{"state":"ON","brightness":128,"transition":30}'),
        (Dim(None, 400, 30), '{"state":"ON","color_temp":400,"transition":30}'),
        (Light(300, 900, 7200), '{"state":"ON","brightness":255,"color_temp":500,"transition":60}'),
        (Light(0, None, 0), '{"state":"ON","brightness":1,"transition":0}'),
        (Off(), '{"state":"OFF"}'),
    ],
)
def test_it_is_told_in_its_schema(command: LampCommand, payload: str) -> None:
    assert LAMP.encode(command, LAMP.profile()) == (Message("home/shelf/set", payload),)


def test_there_is_no_question_in_the_schema() -> None:
    assert LAMP.encode(Ask(), LAMP.profile()) == ()


def test_changing_nothing_sends_nothing() -> None:
    assert LAMP.encode(Dim(None, None), LAMP.profile()) == ()


@pytest.mark.parametrize(
    ("payload", "report"),
    [
        (b'{"state":"ON","brightness":255,"color_mode":"color_temp","color_temp":370}', Report(True, 255, 370)),
        (b'{"state":"ON","color_temp_kelvin":2700}', Report(True, None, 370)),
        (b'{"state":"ON","color_mode":"rgb","color_temp":370,"brightness":10}', Report(True, 10, None)),
        (b'{"state":"OFF"}', Report(on=False)),
        (b'{"state":null}', None),
        (b'{"state":"ON","brightness":256}', Report(on=True)),
        (b"ON", None),
        (b"", None),
    ],
)
def test_its_state_is_understood(payload: bytes, report: Report | None) -> None:
    assert LAMP.decode("home/shelf", payload, LAMP.profile()) == report


def test_what_anybody_tells_it_is_heard() -> None:
    payload = b'{"state":"ON","brightness":40,"transition":1}'

    assert LAMP.decode("home/shelf/set", payload, LAMP.profile()) == Commanded(True, 40, None)
    assert LAMP.decode("home/other/set", payload, LAMP.profile()) is None
