"""A real winddown with less of a plan for tonight: `short_evening.py CONFIG RUNWAY_S BREATHING_S NIGHT_S`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from winddown import clock
from winddown.config import load
from winddown.core.engine import Engine
from winddown.demo.plan import Plan
from winddown.demo.timing import timing
from winddown.shell.address import address_of
from winddown.shell.log import log_to_stderr
from winddown.shell.run import run

LEAD_S = 6.0
"""Time for the lamps to say what they show."""


def main(file: str, runway_s: float, breathing_s: float, night_s: float) -> int:
    log_to_stderr()
    config = load(Path(file)).config
    timed = replace(timing(), lead_s=LEAD_S, runway_s=runway_s, breathing_s=breathing_s)
    plan = Plan(config, clock.now(), timed)
    plan.wake_at = plan.bedtime_at + night_s
    return run(Engine(config, shape=plan), address_of(config.mqtt, "winddown-lab"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(float, sys.argv[2:5])))
