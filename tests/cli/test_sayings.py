"""How what winddown publishes reads in a terminal."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from winddown.cli.sayings import Sayings
from winddown.config import load
from winddown.model import Received

AT = "2026-12-01 22:10"
LIT = {"on": True, "level": 31, "kelvin": 2300, "online": True}


@pytest.fixture
def sayings(house, it_is) -> Sayings:
    it_is(AT)
    return Sayings(load(house()).config)


def said(name: str, payload: object) -> Received:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    return Received(f"winddown/{name}", text.encode())


def state(**differs: object) -> Received:
    until = datetime(2026, 12, 1, 22, 45, tzinfo=ZoneInfo("Europe/Amsterdam")).isoformat()
    return said("bedroom/state", {"phase": "runway", "until": until, "lights": {"bedside": LIT}, **differs})


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (said("status", "online"), "winddown  online"),
        (said("bedroom/why", "22:10 single in runway: go_to_bed"), "bedroom     single in runway: go_to_bed"),
        (said("bedroom/cue", {"text": "Soft."}), "bedroom     “Soft.”"),
    ],
)
def test_a_message_is_a_line_for_people(sayings, message, line):
    assert sayings.line(message) == f"22:10:00  {line}"


@pytest.mark.parametrize(
    ("differs", "line"),
    [
        ({}, "runway until 22:45 · bedside 31 % 2300 K"),
        (
            {"quiet": True, "problem": "no clock"},
            "runway until 22:45 · quiet · bedside 31 % 2300 K · problem: no clock",
        ),
        ({"until": "2026-12-04T21:00:00+00:00"}, "runway until Fri 22:00 · bedside 31 % 2300 K"),
        ({"enabled": False, "lights": {"a": {"on": False}}}, "runway until 22:45 · the routine is off · a off"),
        ({"lights": {"a": {"on": None}, "b": {"online": False}}}, "runway until 22:45 · a unknown · b is unreachable"),
    ],
)
def test_a_state_is_a_line_too(sayings, differs, line):
    assert sayings.line(state(**differs)) == f"22:10:00  bedroom   {line}"


@pytest.mark.parametrize(
    "payload", ["", "nonsense", "[1]", '{"lights": 3}', '{"phase": "day", "lights": [], "until": {}}']
)
@pytest.mark.parametrize("name", ["state", "cue", "press", "elsewhere"])
def test_what_makes_no_sense_does_no_harm(sayings, name, payload):
    sayings.news(said(f"bedroom/{name}", payload))


def test_a_lamp_on_its_way_is_no_news_and_one_that_goes_off_is(sayings):
    assert sayings.news(state()) is not None
    assert sayings.news(state(lights={"bedside": {**LIT, "level": 30}})) is None
    assert sayings.news(state(lights={"bedside": {**LIT, "on": False}})) is not None
