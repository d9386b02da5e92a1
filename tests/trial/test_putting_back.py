"""A lamp is put back to what it showed, and it is known whether it is there."""

from __future__ import annotations

import pytest

from winddown.model import Dim, Light, Off, Profile, Report
from winddown.trial import back, is_back, showing

LAMP = Profile(min_level=3, coolest_mired=250, warmest_mired=454)


@pytest.mark.parametrize(
    ("before", "dark", "commands"),
    [
        (Report(on=False), False, (Off(),)),
        (Report(on=False, level=120), True, (Off(),)),
        (Report(True, 120, 300), False, (Dim(120, 300, 2.0),)),
        (Report(True, 120, 300), True, (Light(3, None), Dim(120, 300, 2.0))),
        (Report(True, 1, None), False, (Dim(1, None, 2.0),)),
        (Report(on=True), True, (Light(3, None), Dim(254, None, 2.0))),
    ],
)
def test_the_way_back(before: Report, dark: bool, commands: tuple[object, ...]) -> None:
    assert back(LAMP, before, dark=dark) == commands


@pytest.mark.parametrize(
    ("shown", "there"),
    [
        (Report(True, 120, 300), True),
        (Report(True, 125, 305), True),
        (Report(True, None, None), True),
        (Report(True, 60, 300), False),
        (Report(True, 120, 454), False),
        (Report(False, 120, 300), False),
        (Report(), False),
    ],
)
def test_whether_it_is_there(shown: Report, there: bool) -> None:
    assert is_back(LAMP, Report(True, 120, 300), shown) is there


def test_off_is_off_whatever_level_it_remembers() -> None:
    assert is_back(LAMP, Report(False, 120), Report(False, 3, 454))


def test_what_it_shows_is_said_in_words() -> None:
    said = [showing(LAMP, one) for one in (Report(), Report(on=False), Report(on=True), Report(True, 127, 370))]

    assert said == ["unknown", "off", "on", "50 % 2703 K"]
