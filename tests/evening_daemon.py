"""A whole process: the daemon of `winddown run`, whose evening takes seconds: `python evening_daemon.py CONFIG`.

The plan is compressed as in the demonstration, the clock is not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from winddown import clock
from winddown.config import load
from winddown.core.engine import Engine
from winddown.demo.plan import Plan
from winddown.demo.timing import timing
from winddown.shell.address import address_of
from winddown.shell.log import log_to_stderr
from winddown.shell.run import run

if __name__ == "__main__":
    log_to_stderr()
    house = load(Path(sys.argv[1])).config
    address = address_of(house.mqtt, "winddown-evening")
    sys.exit(run(Engine(house, shape=Plan(house, clock.now(), timing(20))), address))
