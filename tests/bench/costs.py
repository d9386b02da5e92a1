"""What winddown costs where nothing happens, and what load does to it: busy cores, a slow disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import pulse
from bench.hours import by_day
from bench.stand import BenchError, stand
from winddown.clock import now

EXAMPLE = Path(__file__).parents[2] / "configs/example.yaml"
SLOW_DISK = (sys.executable, "-m", "bench.slow_disk", "run")
CALM_S = 8.0
"""After the start: until everything has been said."""
_SPIN = (sys.executable, "-c", "while True: pass")


@dataclass(frozen=True)
class Idle:
    """By day, when nothing is to be done."""

    percent: float
    """Of one core."""
    wakeups: float
    """A minute, of all threads."""


def idle(for_s: float) -> Idle:
    """One room with four lamps and a button, journal and discovery on."""
    with stand(()) as place:
        lights = ", ".join(f"zigbee2mqtt/{lamp}" for lamp in pulse.LAMPS)
        room = f"{{lights: [{lights}], button: zigbee2mqtt/button, {by_day(now().wall)}}}"
        pid, _ = place.daemon(f"rooms:\n  bedroom: {room}\n")
        time.sleep(CALM_S)
        before_s, before = pulse.processor_s(pid), _switches(pid)
        time.sleep(for_s)
        used_s, switched = pulse.processor_s(pid) - before_s, _switches(pid) - before
        return Idle(100 * used_s / for_s, 60 * switched / for_s)


def busy(for_s: float) -> list[pulse.Run]:
    """A pulse while every core has something else to do that is as important."""
    with _spinning(os.cpu_count() or 1):
        return pulse.measure(1, for_s)


def slow_disk(for_s: float) -> list[pulse.Run]:
    """A pulse while every commit of the journal takes a tenth of a second."""
    return pulse.measure(1, for_s, SLOW_DISK)


def page_mb(for_s: float, after_s: float) -> float:
    """The unique memory of a daemon that breathes and has a page that somebody looks at."""
    return pulse.measure(1, for_s, memory_after_s=after_s, page=True)[0].uss_mb


def check_s(times: int) -> list[float]:
    """`winddown check` of the example, from outside."""
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        done = subprocess.run(
            (sys.executable, "-m", "winddown", "check", str(EXAMPLE)), capture_output=True, text=True, check=False
        )
        took.append(time.perf_counter() - begin)
        if done.returncode:
            raise BenchError(f"winddown check {EXAMPLE}: {done.stdout}{done.stderr}")
    return took


def _switches(pid: int) -> int:
    """How often its threads have gone to sleep, which is as often as they were woken."""
    found = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        line = next(line for line in status.read_text().splitlines() if line.startswith("voluntary"))
        found += int(line.split()[1])
    return found


@contextmanager
def _spinning(processes: int) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    spinning = [subprocess.Popen(_SPIN) for _ in range(processes)]
    try:
        yield spinning
    finally:
        for one in spinning:
            one.kill()
            one.wait()
