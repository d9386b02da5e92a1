"""Many bedrooms in one process: `python -m bench.many`. One mosquitto, ten rooms to a Zigbee2MQTT, one bedtime for all.

Every room has the same bedtime, so all begin to breathe within one breath: the most there is to do. The daemon has one
core, everything else the other. What waited for airtime is told apart: what a base can carry is reckoned anew from what
was heard, with its own four commands a second.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bench import street
from bench.airtime import Command, without_airtime
from bench.figures import percentile
from bench.pulse import resident_mb, schedule
from bench.sizes import Size, report
from bench.stand import BenchError, Stand, stand
from winddown.core.bedtime import turn_s

SIZES = (1, 10, 100, 1000, 10_000)
LIMITS = ("max_queued_messages 0", "max_inflight_messages 1000", "max_inflight_bytes 0", "set_tcp_nodelay true")
"""Of mosquitto: it is to hold back, and to throw away, nothing of a house of ten thousand rooms."""
WINDOW_S = 30.0
"""So long all breathe, and so long again with presses."""
LEAD_S, LEAD_A_ROOM_S = 25.0, 0.012
"""From the start to the bedtime."""
SETTLE_S = 8.0
NIGHT_S = 8 * 3600
DAY_S = 9 * 3600.0
QUICK_S = 9.0
BREATH_S = 6.0
"""The first breath: what begins within it is spread over all of it."""
EVERY_S, REST_S = 0.1, 0.7
"""Between two presses; and between two in the same room: more than five in three seconds would be ignored."""
NEAR_S = 1.2
"""A command this close to a beat is that beat."""
PRESS = '{"action":"double"}'
"""In a breathing: breathe anew, beginning with a command."""


def measure(rooms: int, window_s: float = WINDOW_S, *, by_order: bool = False, apart: bool = False) -> Size:
    """One house of so many rooms, from its start to a minute after bedtime.

    `by_order`: one command to all instead of a bedtime. `apart`: a command to each, at a moment of its own.
    """
    by_order |= apart
    with stand((street.READY,), limits=LIMITS) as place:
        log = place.beside(_listener(place.port), "heard.txt")
        place.beside((sys.executable, "-m", "bench.street", str(place.port), str(rooms), str(log)), "street.log")
        place.observer.wait_for(street.READY, b"online", 120)
        time.sleep(1)
        bedtime_at = _whole_minute(time.time() + (DAY_S if by_order else LEAD_S + rooms * LEAD_A_ROOM_S))
        with _on_core(0):
            pid, online_s = place.daemon(_config(rooms, bedtime_at), within_s=300)
        time.sleep(min(SETTLE_S + rooms / 500, max(bedtime_at - time.time() - 5, 1)))
        runway = _Usage(pid, time.time() + 3 if by_order else bedtime_at - 3)
        begun_at = {room: bedtime_at + turn_s(room, rooms, BREATH_S) for room in range(rooms)}
        if by_order:
            begun_at = _begin(place, rooms, BREATH_S if apart else 0.0)
            bedtime_at = time.time()
        breathing = _Usage(pid, bedtime_at + window_s)
        pressed, pressing = _press(place, _pressable(rooms), rooms, bedtime_at + window_s, window_s, pid)
        uss_mb = resident_mb(pid)[1]
        time.sleep(NEAR_S)
        heard = _commands(log)
    used = (runway.percent, breathing.percent, pressing)
    until_at = bedtime_at + window_s * (2 if rooms > 1 else 1)
    return _figures(rooms, online_s, used, uss_mb, heard, pressed, begun_at, until_at)


def _begin(place: Stand, rooms: int, within_s: float) -> dict[int, float]:
    """Order all to breathe, by one command or each at its own moment; when each was to begin."""
    if not within_s:
        begun_at = time.time()
        place.observer.say("winddown/all/command", "breathe")
        return {room: begun_at + turn_s(room, rooms, BREATH_S) for room in range(rooms)}
    begun, first_at = {}, time.time()
    for turn, room in enumerate(Random(rooms).sample(range(rooms), rooms)):
        time.sleep(max(0.0, first_at + turn * within_s / rooms - time.time()))
        begun[room] = time.time()
        place.observer.say(f"winddown/room{room}/command", "breathe")
    return begun


@dataclass
class _Usage:
    """The processor's time from now until an instant."""

    pid: int
    until_at: float
    percent: float = field(init=False)

    def __post_init__(self) -> None:
        with _used(self.pid) as share:
            time.sleep(max(0.0, self.until_at - time.time()))
        self.percent = share[0]


@contextmanager
def _used(pid: int) -> Iterator[list[float]]:
    """The share of one core that a process takes while the block runs, in percent."""
    share: list[float] = []
    before_s, begun = _processor_s(pid), time.monotonic()
    yield share
    passed = time.monotonic() - begun
    share.append(100 * (_processor_s(pid) - before_s) / passed if passed > 0.5 else float("nan"))


def _processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pressable(rooms: int) -> list[int]:
    """Every tenth room: the beats of the others are held against their plan."""
    return list(range(rooms))[9::10] or [0]


def _press(
    place: Stand, among: Sequence[int], rooms: int, from_at: float, for_s: float, pid: int
) -> tuple[list[tuple[float, int]], float]:
    """Presses at random, for as long as the window; when and where, and the share of the core."""
    random, last_at, pressed = Random(rooms), dict.fromkeys(among, 0.0), []
    with _used(pid) as share:
        turn_at = from_at
        while turn_at < from_at + for_s:
            time.sleep(max(0.0, turn_at - time.time()))
            rested = [room for room in among if turn_at - last_at[room] >= REST_S]
            if rested:
                room = random.choice(rested)
                last_at[room] = turn_at
                pressed.append((time.time(), room))
                place.observer.say(f"{street.base(room)}/button{room}", PRESS)
            turn_at += EVERY_S
    return pressed, share[0]


def _figures(
    rooms: int,
    online_s: float,
    used: tuple[float, float, float],
    uss_mb: float,
    heard: Sequence[tuple[float, str, bytes]],
    pressed: Sequence[tuple[float, int]],
    begun_at: Mapping[int, float],
    until_at: float,
) -> Size:
    """`until_at`: when the windows end; soon after it nobody listens any more, whenever the last room began."""
    untouched = set(range(rooms)) - ({room for _, room in pressed} if rooms > 1 else set())
    due = {room: [at + s for s in schedule(600) if at + s < until_at - 1] for room, at in begun_at.items()}
    commands = [*_as_commands(heard, due, pressed, untouched)]
    found = list(without_airtime(commands))
    beats = [one for one in found if one.kind == "beat"]
    presses = [one for one in found if one.kind == "press"]
    firsts = {begun_at[room] for room in untouched}
    if not beats or not presses:
        raise BenchError(f"{rooms} rooms: {len(beats)} beats and {len(presses)} presses were heard")
    return Size(
        rooms=rooms,
        online_s=online_s,
        beats_ms=[1000 * abs(one.error_s) for one in beats],
        waited_ms=[1000 * one.waited_s for one in beats],
        given_up=1 - len(beats) / sum(len(due[room]) for room in untouched),
        presses_ms=[1000 * one.error_s for one in presses],
        press_waited_ms=[1000 * one.waited_s for one in presses],
        unanswered=len(pressed) - len(presses),
        runway_percent=used[0],
        breathing_percent=used[1],
        pressing_percent=used[2],
        uss_mb=uss_mb,
        first_ms=1000 * percentile([abs(one.error_s) for one in beats if one.due_at in firsts] or [0], 99),
    )


def _as_commands(
    heard: Sequence[tuple[float, str, bytes]],
    due: Mapping[int, Sequence[float]],
    pressed: Sequence[tuple[float, int]],
    untouched: set[int],
) -> Iterator[Command]:
    """What each command answers: a beat of the plan, a press, or something else."""
    waiting: dict[int, list[float]] = {}
    for at, room in pressed:
        waiting.setdefault(room, []).append(at)
    taken: set[tuple[int, float]] = set()
    for at, topic, payload in heard:
        match = re.fullmatch(r"(z\d+)/lamp(\d+)/(set|get)", topic)
        if match is None:
            continue
        base, room = match[1], int(match[2])
        presses = waiting.get(room, [])
        if match[3] == "set" and presses and presses[0] <= at:
            yield Command(base, "press", presses.pop(0), at)
            while presses and presses[0] <= at:
                presses.pop(0)  # of two presses that waited for the same command the newer has no figure of its own
            continue
        nearest = min(due[room], key=lambda due_at: abs(due_at - at), default=0.0)
        beat = b'"brightness"' in payload and abs(nearest - at) < NEAR_S and at > due[room][0] - 0.1
        if match[3] == "set" and room in untouched and beat and (room, nearest) not in taken:
            taken.add((room, nearest))
            yield Command(base, "beat", nearest, at)
        else:
            yield Command(base, "other", at, at)


def _listener(port: int) -> tuple[str, ...]:
    """Who takes the time of what is heard; as little as can be, so that it is never busy."""
    return ("mosquitto_sub", "-p", str(port), "-t", "+/+/set", "-t", "+/+/get", "-F", "%U %t %p")


def _commands(log: Path) -> list[tuple[float, str, bytes]]:
    time.sleep(1)
    lines = (line.split(b" ", 2) for line in log.read_bytes().splitlines())
    return [(float(line[0]), line[1].decode(), line[2]) for line in lines if len(line) == 3]


def _config(rooms: int, bedtime_at: float) -> str:
    bedtime, wake = (f"{datetime.fromtimestamp(at, UTC):%H:%M}" for at in (bedtime_at, bedtime_at + NIGHT_S))
    hours = f'bedtime: "{bedtime}", wake: "{wake}", runway: 10 min'
    lines = []
    for room in range(rooms):
        lamp = f"{{zigbee2mqtt: lamp{room}, base: {street.base(room)}}}"
        button = f"{{zigbee2mqtt: button{room}, base: {street.base(room)}}}"
        lines.append(f"  room{room}: {{{hours}, lights: {{lamp: {lamp}}}, button: {button}}}")
    return "\n".join(("rooms:", *lines, ""))


def _whole_minute(at: float) -> float:
    return (at // 60 + 1) * 60


@contextmanager
def _on_core(core: int) -> Iterator[None]:
    """What is started inside has this core for itself."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core} if core in before else before)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size, print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.many", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="how many rooms, with commas between")
    parser.add_argument("--quick", action="store_true", help="half a minute a size: a command instead of the bedtime")
    parser.add_argument("--apart", action="store_true", help="each room from a moment of its own, by command")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    wanted = parser.parse_args(arguments)
    every = sorted(os.sched_getaffinity(0))
    if len(every) > 1:
        os.sched_setaffinity(0, set(every[1:]))
    sizes = []
    for rooms in map(int, wanted.sizes.split(",")):
        print(f"{rooms} rooms (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
        try:
            window_s = QUICK_S if wanted.quick else WINDOW_S
            sizes.append(measure(rooms, window_s, by_order=wanted.quick, apart=wanted.apart))
        except BenchError as error:
            print(f"{rooms} rooms: {error}", file=sys.stderr)
            continue
        print(report(sizes[-1:]), file=sys.stderr, flush=True)
    print(report(sizes))
    if wanted.json is not None:
        wanted.json.write_text(json.dumps([size.summary() for size in sizes], indent=1))
    return 0 if sizes else 1


if __name__ == "__main__":
    sys.exit(main())
