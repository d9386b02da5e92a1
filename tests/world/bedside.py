"""One bedside on strings, for the tests of the watches: a lamp at 100, a speaker at 35. It judges nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from world.lamps import ZigbeeLamp
from world.puppet import Stage
from world.things import Speaker

LAMP = "zigbee2mqtt/lamp"
SET = f"{LAMP}/set"
VOLUME = "home/speaker/set"
TONIGHT: dict[str, Any] = {"tonight": {"bedtime": "2026-11-22T22:45:00+01:00", "wake": "2026-11-23T07:00:00+01:00"}}
Play = Callable[[Stage], None]
"""What an engine, and the people around it, do."""


def bedside(**habits: Any) -> Stage:
    bulb: dict[str, Any] = {"level": 100, "mired": 300, **habits}
    lamp, speaker = ZigbeeLamp("lamp", **bulb), Speaker(VOLUME, "home/speaker", "35")
    return Stage(lamp, things=(speaker,), topics=(LAMP, SET, "home/speaker"))


def dim(s: Stage, level: int, fade_s: float = 0) -> None:
    s.tell(SET, {"state": None, "brightness": level, "transition": fade_s})


def runway(s: Stage) -> None:
    s.world.run_for(seconds=3)  # what lamps say when they are first asked is how they were found
    s.state("runway", **TONIGHT)
