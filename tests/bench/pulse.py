"""The beats of a pulse against the schedule that the core plans, and the memory of the daemon that keeps them.

A beat counts as late from the instant at which the pulse was asked for: the way of the order to the daemon and the way
of the command back are in every error, and nothing is subtracted.
"""

from __future__ import annotations

import json
import os
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.figures import percentile, slope
from bench.hours import by_day
from bench.lamps import Lamps, lit
from bench.stand import DAEMON, BenchError, Heard, Stand, free_port, stand
from winddown.clock import now
from winddown.core.breathing import breaths

LAMPS = tuple(f"lamp_{n}" for n in range(4))
PACING = f"zigbee2mqtt/{LAMPS[0]}/set"
INHALE_S, EXHALE_S, START_PACE = 4.0, 6.0, 10.0
MEMORY_AFTER_S = 60.0
SETTLE_S = 1.5
APART_S = 0.37
"""Pulses that run at the same time do not beat at the same time."""
NEAR_S = 1.0


@dataclass(frozen=True)
class Run:
    """One daemon with one pulse."""

    beats: Sequence[tuple[float, float]]
    """When each was due, in seconds from the start, and how late it was here, in seconds."""
    rss_mb: float
    uss_mb: float
    """Without the pages that other processes have too."""
    percent: float = 0.0
    """The share of one core that it took."""

    def late_ms(self, percent: float) -> float:
        """So many percent of the beats are no later, or earlier, than this."""
        return 1000 * percentile([abs(late_s) for _, late_s in self.beats], percent)

    @property
    def drift(self) -> float:
        """By how many microseconds a second the pulse lags more and more."""
        return 1e6 * slope(self.beats)


def measure(
    runs: int,
    for_s: float,
    program: Sequence[str] = DAEMON,
    memory_after_s: float = MEMORY_AFTER_S,
    *,
    page: bool = False,
) -> list[Run]:
    """So many daemons at a time, each with a broker, one room and four lamps that report; one pulse each.

    `page`: it has one, and somebody looks at it.
    """
    ports = [free_port() if page else None for _ in range(runs)]
    with ExitStack() as stack:
        places = [stack.enter_context(stand(("zigbee2mqtt/+/set", "zigbee2mqtt/+/get"), Lamps())) for _ in range(runs)]
        pids = [_daemon(place, _config(for_s, port), program) for place, port in zip(places, ports, strict=True)]
        time.sleep(SETTLE_S)
        for port in filter(None, ports):
            _look(stack, port)
        begun_boot = [_begin(place) for place in places]
        before_s = [processor_s(pid) for pid in pids]
        _sleep_until(begun_boot[-1] + min(memory_after_s, for_s))
        memory = [resident_mb(pid) for pid in pids]
        due_s = schedule(for_s)
        _sleep_until(begun_boot[-1] + due_s[-1] + NEAR_S)
        percent = [100 * (processor_s(pid) - before) / for_s for pid, before in zip(pids, before_s, strict=True)]
        heard = [place.observer.drain() for place in places]
        return [
            Run(matched(due_s, begun, beats_in(one)), *used, share)
            for begun, one, used, share in zip(begun_boot, heard, memory, percent, strict=True)
        ]


def schedule(for_s: float) -> list[float]:
    """When each command is due, in seconds from the start: breath in, breath out."""
    planned = breaths(inhale_s=INHALE_S, exhale_s=EXHALE_S, for_s=for_s, start_pace=START_PACE, peak=38, floor=2)
    return [due_s for one in planned for due_s in (one.begin_s, one.begin_s + one.inhale_s)]


def beats_in(heard: Sequence[Heard]) -> list[float]:
    """When the pacing lamp was told to breathe, by the boot-time clock."""
    return [one.boot for one in heard if one.topic == PACING and b'"brightness"' in one.payload]


def matched(due_s: Sequence[float], begun_boot: float, beats: Sequence[float]) -> list[tuple[float, float]]:
    """Each due instant with the lateness of its command. One beat missed, or one too many, is a broken pulse."""
    played = [boot for boot in beats if begun_boot <= boot < begun_boot + due_s[-1] + NEAR_S]
    if len(played) != len(due_s):
        raise BenchError(f"{len(played)} beats were heard where {len(due_s)} were due")
    return [(due, boot - begun_boot - due) for due, boot in zip(due_s, played, strict=True)]


def resident_mb(pid: int) -> tuple[float, float]:
    """RSS and USS of a process, in megabytes of 1024 x 1024 bytes."""
    kilobytes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_ = line.split()
        kilobytes[name.rstrip(":")] = int(value)
    return kilobytes["Rss"] / 1024, (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) / 1024


def processor_s(pid: int) -> float:
    """What a process has had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _look(stack: ExitStack, port: int) -> None:
    """As a browser does: the page, and what changes on it until the stack is left."""
    for path in ("", "help", "events"):
        answer = stack.enter_context(urllib.request.urlopen(f"http://127.0.0.1:{port}/bedroom/{path}", timeout=10))
        answer.readline() if path == "events" else answer.read()


def _daemon(place: Stand, config: str, program: Sequence[str]) -> int:
    place.observer.say("zigbee2mqtt/bridge/devices", json.dumps([*_devices()]), retain=True)
    for lamp in LAMPS:
        place.observer.say(f"zigbee2mqtt/{lamp}", lit(), retain=True)
    return place.daemon(config, program=program)[0]


def _config(for_s: float, port: int | None) -> str:
    lights = ", ".join(f"zigbee2mqtt/{lamp}" for lamp in LAMPS)
    breathing = f"inhale: {INHALE_S:g} s, exhale: {EXHALE_S:g} s, for: {for_s:g} s, start_pace: {START_PACE:g}"
    web = "" if port is None else f"web: {{listen: 127.0.0.1:{port}}}\n"
    return f"{web}rooms:\n  bedroom: {{lights: [{lights}], breathing: {{{breathing}}}, {by_day(now().wall)}}}\n"


def _begin(place: Stand) -> float:
    time.sleep(APART_S)
    place.observer.drain()
    return place.observer.say("winddown/bedroom/command", "breathe")


def _devices() -> Iterator[dict[str, object]]:
    """What Zigbee2MQTT says of lamps that fade and have white."""
    white = {"name": "color_temp", "access": 7, "value_min": 153, "value_max": 500}
    features = [{"name": "state", "access": 7}, {"name": "brightness", "access": 7}, white]
    definition = {
        "vendor": "Innr",
        "exposes": [{"type": "light", "features": features}],
        "options": [{"name": "transition"}],
    }
    for lamp in LAMPS:
        yield {"friendly_name": lamp, "definition": definition}


def _sleep_until(boot: float) -> None:
    time.sleep(max(0.0, boot - now().boot))
