"""The real daemon with a short evening: `short_evening.py CONFIG LEAD_S RUNWAY_S BREATHING_S`. No clock is faster."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from winddown import clock
from winddown.config import load
from winddown.core.engine import Engine
from winddown.core.evening import Evening, compress
from winddown.shell.address import address_of
from winddown.shell.log import log_to_stderr
from winddown.shell.run import run

NIGHT_S = 3600.0


class Short:
    """Tonight begins in `lead_s`, whenever its bedtime is; every other evening stays as it is written."""

    def __init__(self, lead_s: float, runway_s: float, breathing_s: float) -> None:
        self.begun_at = clock.now().wall
        self.runway_at = self.begun_at + lead_s
        self.runway_s = runway_s
        self.breathing_s = breathing_s

    def __call__(self, evening: Evening) -> Evening:
        if not evening.bedtime_at <= self.begun_at < evening.wake_at:
            return evening
        moved = replace(evening, runway_at=self.runway_at)
        return compress(moved, runway_s=self.runway_s, breathing_s=self.breathing_s, night_s=NIGHT_S)


def main(path: str, *parts: str) -> int:
    """As `winddown run` does it."""
    log_to_stderr()
    config = load(Path(path)).config
    shape = Short(*(float(part) for part in parts))
    return run(Engine(config, instance="real", shape=shape), address_of(config.mqtt, "winddown-real"))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
