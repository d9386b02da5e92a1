"""Whether a running winddown leaves lamps alone for long enough."""

from __future__ import annotations

import json

import pytest

from winddown.model import Received
from winddown.trial import Daytime

NOON_AT = 1_795_950_000.0
"""2026-11-29 12:00 in Amsterdam."""


def heard(status: str, **state: object) -> Daytime:
    day = Daytime("winddown", ["bedroom", "attic"])
    day.hear(Received("winddown/status", status.encode(), retain=True))
    day.hear(Received("winddown/attic/state", b'{"phase": "day"}', retain=True))
    day.hear(Received("winddown/bedroom/state", json.dumps(state).encode(), retain=True))
    return day


@pytest.mark.parametrize("phase", ["runway", "release", "breathing", "night"])
def test_an_evening_is_named_with_its_end(phase: str) -> None:
    day = heard("online", phase=phase, until="2026-11-30T07:00:00+01:00")

    assert day.over() == f"bedroom is in its {phase} until 07:00"


@pytest.mark.parametrize("status", ["offline", "", "Online"])
def test_what_an_ended_winddown_left_behind_counts_for_nothing(status: str) -> None:
    day = heard(status, phase="night", next_start="2026-11-29T12:01:00+01:00")

    assert day.over() is None
    assert day.too_short(600, NOON_AT) is None


def test_by_day_there_is_time_until_the_next_evening() -> None:
    day = heard("online", phase="day", next_start="2026-11-29T12:10:00+01:00")

    assert day.over() is None
    assert day.too_short(60, NOON_AT) is None
    assert day.too_short(590, NOON_AT) == "the evening of bedroom begins at 12:10"


@pytest.mark.parametrize("state", [{}, {"phase": None}, {"phase": "day", "next_start": 7}, {"next_start": "soon"}])
def test_a_state_that_says_nothing_stands_in_no_way(state: dict[str, object]) -> None:
    assert heard("online", **state).over() is None
    assert heard("online", **state).too_short(60, NOON_AT) is None


def test_what_is_no_state_is_no_state() -> None:
    day = heard("online")
    day.hear(Received("winddown/bedroom/state", b"\xff\x00"))
    day.hear(Received("winddown/cellar/state", b'{"phase": "night"}'))

    assert day.over() is None
