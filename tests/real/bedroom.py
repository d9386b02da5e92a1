"""One short evening of the real daemon beside the lab, for as long as a block. It judges nothing."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from beside import running
from real.lab import WRITTEN, Lab
from real.witness import Heard

ROOT = Path(__file__).parents[2]
LEAD_S = 4.0
"""From the start of the daemon until the runway."""

Room = dict[str, Any]


def room(*lights: object, **more: object) -> Room:
    """A room with quick breaths; everything else is as anybody would have it."""
    named: dict[str, object] = {}
    for light in lights:
        named |= light if isinstance(light, dict) else {str(light): WRITTEN.get(str(light), f"zigbee2mqtt/{light}")}
    breathing = {"start_pace": "12", "inhale": "2 s", "exhale": "3 s", **more.pop("breathing", {})}  # type: ignore[dict-item]  a mapping
    return {"lights": named, "button": "zigbee2mqtt/nobodys_button", "breathing": breathing, **more}


@dataclass(frozen=True, slots=True)
class Bedroom:
    """A daemon that runs, and what is around it."""

    lab: Lab
    begun: float
    log: Path

    def phase(self, name: str, room: str = "bedroom", *, within_s: float = 60.0) -> float:
        """When the room came into a phase, or comes into it."""

        def is_it(one: Heard) -> bool:
            return one.topic == f"winddown/{room}/state" and bool(one.json["phase"] == name)

        return self.lab.witness.wait_for(f"{name} of {room}", is_it, since=self.begun, within_s=within_s).t

    def state(self, room: str = "bedroom") -> Any:
        """What winddown says of a room now."""
        return self.lab.witness.on(f"winddown/{room}/state", since=self.begun)[-1].json

    def until(
        self,
        what: str,
        is_so: Callable[[Any], object],
        room: str = "bedroom",
        *,
        since: float = 0.0,
        within_s: float = 20.0,
    ) -> float:
        """When winddown said of a room what is awaited, for the first time since then."""

        def is_it(one: Heard) -> bool:
            return one.topic == f"winddown/{room}/state" and bool(is_so(one.json))

        return self.lab.witness.wait_for(what, is_it, since=max(self.begun, since), within_s=within_s).t

    def said(self, room: str, is_so: Callable[[Any], object]) -> Any:
        """The first state of a room that was so."""
        states = self.lab.witness.on(f"winddown/{room}/state", since=self.begun)
        return next(one.json for one in states if is_so(one.json))

    def pass_until(self, t: float) -> None:
        """Let time pass: that nothing comes can only be seen by waiting."""
        time.sleep(max(0.0, t - time.monotonic()))

    def whys(self, room: str = "bedroom") -> list[str]:
        """What it gave for reasons."""
        return [one.text for one in self.lab.witness.on(f"winddown/{room}/why", since=self.begun)]


@contextmanager
def bedroom(
    lab: Lab,
    folder: Path,
    rooms: dict[str, Room],
    *,
    runway_s: float,
    breathing_s: float = 10.0,
    lead_s: float = LEAD_S,
) -> Iterator[Bedroom]:
    """The daemon, from its start until the end of the block; all lamps are looked at."""
    config, log = folder / "winddown.yaml", folder / "winddown.log"
    config.write_text(json.dumps(_config(lab.port, rooms)))
    parts = [str(part) for part in (lead_s, runway_s, breathing_s)]
    command = [sys.executable, str(Path(__file__).with_name("short_evening.py")), str(config), *parts]
    begun = time.monotonic()
    with running(command, log, cwd=ROOT, env=_env()) as process, lab.looking():
        lab.witness.wait_for("winddown", lambda one: one.text == "online" and one.t > begun, since=begun)
        yield Bedroom(lab, begun, log)
        assert process.poll() is None, log.read_text()
        assert "Traceback" not in log.read_text(), log.read_text()


def _env() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def _config(port: int, rooms: dict[str, Room]) -> dict[str, Any]:
    now = datetime.now(UTC)
    hours = {"bedtime": f"{now:%H:%M}", "wake": f"{now + timedelta(hours=8):%H:%M}"}
    return {
        "timezone": "UTC",
        "mqtt": {"host": "127.0.0.1", "port": port},
        "home_assistant": {"discovery": False},
        "rooms": {name: hours | one for name, one in rooms.items()},
    }
