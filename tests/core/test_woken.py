"""A lamp on Wi-Fi that comes back to power in the night: known by its own words for being there and for being on."""

from __future__ import annotations

import pytest

from winddown.clock import Instant
from winddown.core.lamp import Lamp
from winddown.lights import LIGHTS
from winddown.model import LampMemory, Report

BEGIN = 1_800_000_000.0

WORDS = [
    ("tasmota", "strip", "tele/strip/LWT", b"Offline", b"Online", "tele/strip/STATE", b'{"POWER":"ON","Dimmer":100}'),
    (
        "esphome",
        "node/strip",
        "node/status",
        b"offline",
        b"online",
        "node/light/strip/state",
        b'{"state":"ON","brightness":255}',
    ),
    ("wled", "strip", "wled/strip/status", b"offline", b"online", "wled/strip/g", b"255"),
    (
        "shelly1",
        "strip",
        "shellies/strip/online",
        b"false",
        b"true",
        "shellies/strip/light/0/status",
        b'{"ison":true,"brightness":100}',
    ),
    (
        "shelly2",
        "strip",
        "strip/online",
        b"false",
        b"true",
        "strip/status/light:0",
        b'{"output":true,"brightness":100}',
    ),
]
DIALECTS = [word[0] for word in WORDS]


class Night:
    """One lamp that is off and concerns a room; time passes by a quarter of a second."""

    def __init__(self, dialect: str, address: str) -> None:
        self.lamp = Lamp(LIGHTS[dialect].model_validate({"address": address}), (), LampMemory())
        self.boot = 0.0
        self.lamp.connected(0.0)
        self.lamp.hear(Report(False, 2), self.now)
        self.lamp.claim("bedroom")
        self.passes(100)

    @property
    def now(self) -> Instant:
        return Instant(BEGIN + self.boot, self.boot)

    def passes(self, seconds: float) -> None:
        until = self.boot + seconds
        while self.boot < until:
            self.boot += 0.25
            if self.lamp.seen.question.over(self.boot):
                self.lamp.seen.judge_answer(self.now)
            self.lamp.tick(self.now)

    def says(self, topic: str, payload: bytes) -> None:
        heard = self.lamp.driver.decode(topic, payload, self.lamp.seen.profile)
        assert heard is not None
        self.lamp.hear(heard, self.now)


@pytest.mark.parametrize(("dialect", "address", "there", "gone", "back", "shows", "on"), WORDS, ids=DIALECTS)
def test_it_is_its_power_and_no_hand(
    dialect: str, address: str, there: str, gone: bytes, back: bytes, shows: str, on: bytes
) -> None:
    night = Night(dialect, address)
    night.says(there, gone)
    absent = not night.lamp.reach
    night.passes(100)

    night.says(there, back)
    night.passes(0.25)
    night.says(shows, on)
    night.passes(0.75)

    assert absent
    assert night.lamp.reach
    assert night.lamp.seen.woke
    assert night.lamp.seen.touched == frozenset()
