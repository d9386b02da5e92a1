"""What `check` tells of a configuration. It reads no options and loads none of what does: that is half of its time."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from winddown import clock
from winddown.cli.page import must_have_page
from winddown.config import Config, find, load
from winddown.plan.week import next_runway_at


def check(path: Path | None) -> None:
    """That this file, or the one in the usual places, is right, and when its next evening begins. Or ConfigError."""
    found = load(path or find())
    for warning in found.warnings:
        print(warning, file=sys.stderr)
    must_have_page(found.config)
    rooms = len(found.config.rooms)
    print(f"{found.path}: {rooms} room{'' if rooms == 1 else 's'}, {_next_wind_down(found.config)}")


def _next_wind_down(house: Config) -> str:
    """When the next one begins, as people say it."""
    now = clock.now().wall
    found = next_runway_at(house, now)
    if found is None:
        resting = not any(room.enabled for room in house.rooms.values())
        return "no wind-down ahead: " + ("the routine is off (enabled: false)" if resting else "every bedtime is off")
    at = datetime.fromtimestamp(found[0], house.zone())
    far = found[0] - now > 6 * 86_400
    when = f"{at:%A} {at.day} {at:%B %H:%M}" if far else f"{at:%A %H:%M}"
    return f"next wind-down {when}" + (f" in {house.rooms[found[1]].name}" if len(house.rooms) > 1 else "")
