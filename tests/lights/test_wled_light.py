"""Strips that run WLED, by equality with its documented JSON API and messages."""

from __future__ import annotations

import json

import pytest

from winddown.lights import LIGHTS
from winddown.lights.rgb_white import mired_of_rgb, rgb_of
from winddown.lights.wled import WledLight
from winddown.model import Ask, Availability, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Report

STRIP = WledLight(address="a1b2c3")
WHITES = WledLight(address="a1b2c3", white=True)


def test_it_is_named_by_its_device_topic() -> None:
    assert LIGHTS["wled"] is WledLight
    assert STRIP.topics() == (
        "wled/a1b2c3/g",
        "wled/a1b2c3/c",
        "wled/a1b2c3/status",
        "wled/a1b2c3/api",
        "wled/a1b2c3",
        "wled/a1b2c3/col",
    )
    assert STRIP.command_topics() == STRIP.topics()[3:]
    assert (STRIP.key, STRIP.short_name) == ("wled/a1b2c3", "a1b2c3")


@pytest.mark.parametrize(
    ("lamp", "command", "payload"),
    [
        (STRIP, Dim(40, None, 5), '{"bri":40,"tt":50,"seg":{"fx":0}}'),
        (STRIP, Dim(40, 500, 600), '{"bri":40,"tt":650,"seg":{"fx":0,"col":[[255,137,14]]}}'),
        (STRIP, Dim(None, 153, 0), '{"tt":0,"seg":{"fx":0,"col":[[255,255,251]]}}'),
        (WHITES, Dim(40, 400, 0.25), '{"bri":40,"tt":2,"seg":{"fx":0,"cct":2500}}'),
        (STRIP, Light(1, None), '{"on":true,"bri":2,"tt":0,"seg":{"fx":0}}'),
        (STRIP, Off(), '{"on":false,"tt":0,"nl":{"on":false}}'),
    ],
)
def test_it_is_told_level_warmth_and_no_effect_at_once(lamp: WledLight, command: LampCommand, payload: str) -> None:
    assert lamp.encode(command, lamp.profile()) == (Message("wled/a1b2c3/api", payload),)


def test_it_cannot_be_asked_and_changing_nothing_sends_nothing() -> None:
    assert not STRIP.profile().can_ask
    assert STRIP.encode(Ask(), STRIP.profile()) == ()
    assert STRIP.encode(Dim(None, None), STRIP.profile()) == ()


@pytest.mark.parametrize(
    ("part", "payload", "heard"),
    [
        ("/g", b"128", Report(True, 128)),
        ("/g", b"0", Report(on=False)),
        ("/g", b"256", None),
        ("/c", b"#FF890E", Report(mired=500)),
        ("/c", b"#0000FF", None),
        ("/c", b"#20FF890E", None),
        ("/c", b"#FFFFFG", None),
        ("/status", b"online", Availability(online=True)),
        ("/status", b"offline", Availability(online=False)),
        ("/v", b"<vs><ac>9</ac></vs>", None),
        ("/api", b'{"on":true,"bri":99}', Commanded(True, 99)),
        ("/api", b'{"bri":99}', Commanded(True, 99)),
        ("/api", b'{"on":"t"}', Commanded()),
        ("/api", b'{"on":"t","bri":99}', Commanded(None, 99)),
        ("/api", b'{"seg":{"col":[[255,137,14]]}}', Commanded(mired=500)),
        ("/api", b'{"seg":[{"col":[[255,137,14,0]]}]}', Commanded(mired=500)),
        ("/api", b'{"seg":{"col":[[255,137,14,9]]}}', Commanded()),
        ("/api", b'{"seg":{"col":[[255,137,"x"]]}}', Commanded()),
        ("/api", b"A=128", None),
        ("", b"ON", Commanded(on=True)),
        ("", b"OFF", Commanded(on=False)),
        ("", b"T", Commanded()),
        ("", b"77", Commanded(True, 77)),
        ("", b"soft", None),
        ("/col", b"#FF890E", Commanded(mired=500)),
        ("/col", b"#0000FF", None),
        ("/g", b"", None),
    ],
)
def test_what_it_says_and_is_told_is_understood(part: str, payload: bytes, heard: Heard | None) -> None:
    assert STRIP.decode(f"wled/a1b2c3{part}", payload, STRIP.profile()) == heard


def test_the_warmth_that_it_was_told_is_heard_again() -> None:
    heard = []
    for mired in range(153, 501, 16):
        ((told),) = STRIP.encode(Dim(None, mired), STRIP.profile())
        colour = bytes(json.loads(told.payload)["seg"]["col"][0]).hex().upper()
        report = STRIP.decode("wled/a1b2c3/c", f"#{colour}".encode(), STRIP.profile())
        assert isinstance(report, Report)
        heard.append(abs((report.mired or 0) - mired))

    assert max(heard) <= 2


def test_a_warmer_white_has_less_green_and_blue() -> None:
    mixed = [rgb_of(mired) for mired in range(153, 501)]

    assert mixed == sorted(mixed, reverse=True)
    assert mired_of_rgb(120, 60, 5) is None
