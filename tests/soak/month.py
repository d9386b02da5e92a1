"""A compressed month: thirty dates, one after another, in one journal, with random presses, outages, kills and hangups.

After each evening the wall clock of the daemon is set to just before the next. In the last two thirds nobody kills it,
so that one process lives through twenty dates and is weighed after each: it must not grow.
"""

from __future__ import annotations

import random
import time
from collections import Counter

from soak.daemon import DAY_S
from soak.evening import Stage, stage
from soak.report import Report

ACTIVE_S, NIGHT_LEFT_S, MORNING_S, AHEAD_S = 8.0, 1.0, 2.5, 2.0
MOST_MORE = 1
"""Of descriptors and threads: a log that is just written, a reader that just ends."""
MOST_GROWTH_KB = 1024
TOLD = {"press": "presses", "command": "commands", "outage": "outages", "death": "kills", "hangup": "hangups"}
DEEDS = ("press", "press", "command", "outage", "death", "hangup", "nothing")


def month(evenings: int = 30, seed: int = 1) -> Report:
    """So many evenings."""
    chance, report, done = random.Random(seed), Report("month"), Counter[str]()
    weights: list[tuple[int, int, int]] = []
    with stage(5.0, 4.0, 11.0, ahead_s=AHEAD_S) as on:
        first = on.plan.begin
        on.bedroom.pressed = True
        on.daemon.set_clock(0.0)
        on.daemon.start()
        for number in range(evenings):
            if number:
                _next_date(on, first + number * DAY_S)
            on.at(0.5)
            while on.since() < ACTIVE_S:
                time.sleep(chance.uniform(0.1, 1.5))
                done[_deed(on, chance, mortal=number < evenings // 3)] += 1
            _finish(on, f"evening {number + 1}")
            weights.append((on.daemon.descriptors(), on.daemon.threads(), on.daemon.rss_kb()))
        said = ", ".join(f"{done[what]} {name}" for what, name in TOLD.items())
        report.count = f"{evenings} evenings, {said}, {_weighed(report, weights[evenings // 3 :])}"
        report.take(on, "month")
    return report


def _next_date(on: Stage, begin: float) -> None:
    """The day is over in a moment: everybody switches on the light, and it is nearly time again."""
    on.bedroom.plan = None
    on.bedroom.wake_up()
    time.sleep(0.3)
    on.plan.begin = time.time() + AHEAD_S
    on.daemon.set_clock(begin - on.plan.begin)
    on.bedroom.plan = on.plan
    on.bedroom.say("winddown/bedroom/command", "resume")  # it looks at its clock when something happens, or soon


def _deed(on: Stage, chance: random.Random, *, mortal: bool) -> str:
    """Something happens."""
    match what := chance.choice(DEEDS):
        case "press":
            on.bedroom.say("zigbee2mqtt/button", f'{{"action": "{chance.choice(("single", "double"))}"}}')
        case "command":
            on.bedroom.say("winddown/bedroom/command", chance.choice(("resume", "next", "go_to_bed")))
        case "outage":
            on.broker.kill()
            on.bedroom.statuses.clear()
            time.sleep(chance.uniform(0.0, 0.5))
            on.broker.start("set_tcp_nodelay true")
        case "death" if mortal and chance.random() < 0.5:
            on.daemon.kill()
            on.daemon.start()
            on.bedroom.statuses.clear()  # before it has begun, a hangup would end it
        case "hangup" if on.bedroom.status == "online":
            on.daemon.hang_up()
        case _:
            return "nothing"
    return what


def _finish(on: Stage, name: str) -> None:
    """Dark in the night, loud after wake."""
    before = len(on.bedroom.violations)
    on.bedroom.wait(lambda: on.bedroom.status == "online", 5.0)  # else nobody hears it
    on.bedroom.say("winddown/bedroom/command", "dark")
    on.at(on.plan.runway_s + on.plan.night_s - NIGHT_LEFT_S)
    on.bedroom.judge_night()
    on.at(on.plan.runway_s + on.plan.night_s + MORNING_S)
    on.bedroom.judge_morning()
    on.bedroom.violations[before:] = [f" {name},{one}" for one in on.bedroom.violations[before:]]


def _weighed(report: Report, weights: list[tuple[int, int, int]]) -> str:
    """Of the mornings of one process."""
    fds, threads, kilobytes = zip(*weights, strict=True)
    for what, counts in (("descriptors", fds), ("threads", threads)):
        if max(counts) > counts[0] + MOST_MORE:
            report.violations.append(f" {what} in one process, morning after morning: {', '.join(map(str, counts))}")
    grown_kb = kilobytes[-1] - kilobytes[len(kilobytes) // 2]
    if grown_kb > MOST_GROWTH_KB:
        report.violations.append(f" it has grown: {', '.join(map(str, kilobytes))} kB")
    return (
        f"descriptors {min(fds)}-{max(fds)}, threads {min(threads)}-{max(threads)}, memory {grown_kb:+d} kB at the end"
    )
