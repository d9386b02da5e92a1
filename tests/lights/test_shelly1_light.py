"""Shelly lamps of the first generation, by equality with what a Dimmer 2 and a Vintage sent, and the documentation."""

from __future__ import annotations

import pytest

from winddown.lights import LIGHTS
from winddown.lights.shelly1 import Shelly1Light
from winddown.model import Ask, Availability, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Report

DIMMER = Shelly1Light(address="shellydimmer2-A1B2C3")
DUO = Shelly1Light(address="ShellyBulbDuo-A1B2C3", white=True)
AT = "shellies/shellydimmer2-A1B2C3"


def test_it_is_named_by_its_id() -> None:
    assert LIGHTS["shelly1"] is Shelly1Light
    assert DIMMER.topics() == (
        f"{AT}/light/0/status",
        f"{AT}/light/0",
        f"{AT}/online",
        f"{AT}/light/0/set",
        f"{AT}/light/0/command",
    )
    assert DIMMER.command_topics() == DIMMER.topics()[3:]
    assert (DIMMER.key, DIMMER.short_name) == ("shelly1/shellydimmer2-A1B2C3", "shellydimmer2-A1B2C3")


def test_each_output_of_an_rgbw2_is_a_lamp_of_its_own() -> None:
    strip = Shelly1Light(address="shellyrgbw2-2B8361", output="white/2")

    assert (strip.key, strip.short_name) == ("shelly1/shellyrgbw2-2B8361/white/2", "shellyrgbw2-2B8361_white_2")
    assert strip.command_topics()[0] == "shellies/shellyrgbw2-2B8361/white/2/set"


@pytest.mark.parametrize(
    ("lamp", "command", "payload"),
    [
        (DIMMER, Dim(40, 400, 2.5), '{"brightness":40,"transition":2500}'),
        (DIMMER, Dim(0, None, 60), '{"brightness":1,"transition":5000}'),
        (DUO, Dim(None, 340, 0), '{"temp":2941,"transition":0}'),
        (DUO, Light(1, 500), '{"turn":"on","brightness":1,"temp":2703,"transition":0}'),
        (DIMMER, Off(), '{"turn":"off","transition":0}'),
    ],
)
def test_it_is_told_in_milliseconds_and_a_dim_turns_nothing_on(
    lamp: Shelly1Light, command: LampCommand, payload: str
) -> None:
    assert lamp.encode(command, lamp.profile()) == (Message(f"shellies/{lamp.address}/light/0/set", payload),)


def test_asking_makes_it_say_everything() -> None:
    assert DIMMER.encode(Ask(), DIMMER.profile()) == (Message(f"{AT}/command", "update"),)
    assert DIMMER.encode(Dim(None, 400), DIMMER.profile()) == ()


@pytest.mark.parametrize(
    ("part", "payload", "heard"),
    [
        (
            "light/0/status",
            (
                b'{"ison":false,"source":"input","has_timer":false,"timer_started":0,"timer_duration":0,'
                b'"timer_remaining":0,"mode":"white","brightness":100,"transition":0}'
            ),
            Report(False, 100),
        ),
        (
            "light/0/status",
            (
                b'{"ison":true,"source":"http","has_timer":false,"timer_started":0,"timer_duration":0,'
                b'"timer_remaining":0,"brightness":44, "transition":0}'
            ),
            Report(True, 44),
        ),
        ("light/0/status", b'{"ison":true,"brightness":44,"temp":2700}', Report(True, 44, 370)),
        ("light/0/status", b'{"ison":true,"mode":"color","gain":44,"temp":2700}', Report(on=True)),
        ("light/0/status", b'{"ison":1,"brightness":101}', None),
        ("light/0/status", b"[]", None),
        ("light/0", b"on", Report(on=True)),
        ("light/0", b"off", Report(on=False)),
        ("light/0", b"overpower", None),
        ("light/1/status", b'{"ison":true}', None),
        ("online", b"true", Availability(online=True)),
        ("online", b"false", Availability(online=False)),
        ("light/0/set", b'{"turn":"on","brightness":90,"temp":4000}', Commanded(True, 90, 250)),
        ("light/0/set", b'{"turn":"toggle"}', Commanded()),
        ("light/0/command", b"off", Commanded(on=False)),
        ("light/0/command", b"toggle", None),
    ],
)
def test_what_it_says_and_is_told_is_understood(part: str, payload: bytes, heard: Heard | None) -> None:
    assert DIMMER.decode(f"{AT}/{part}", payload, DIMMER.profile()) == heard
