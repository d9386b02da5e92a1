"""A compressed month: thirty evenings of one process, with random presses, outages and kills. It must not grow.

One process sees many evenings only if each has a date of its own; so each is the same date in a journal of its own, and
what is weighed is a process that lives through one busy evening and its outages without a kill.
"""

from __future__ import annotations

import random
import time

from soak.evening import Stage, stage
from soak.report import Report

SETTLED_S = 4.0
MOST_MORE = 1
"""Of descriptors and threads: a log that is just written, a reader that just ends."""


def month(evenings: int = 30, seed: int = 1) -> Report:
    """So many evenings."""
    chance, report = random.Random(seed), Report("month")
    presses = outages = deaths = 0
    weights: list[tuple[int, int]] = []
    for number in range(evenings):
        with stage(8.0, 6.0, 12.0, ahead_s=2.5) as on:
            on.bedroom.pressed = True  # people press, so lamps may be lit
            on.daemon.start()
            on.at(0.5)
            weights.append((on.daemon.descriptors(), on.daemon.threads()))
            while on.since() < 13.0:
                time.sleep(chance.uniform(0.1, 1.5))
                match chance.choice(("press", "press", "command", "outage", "death", "hangup", "nothing")):
                    case "press":
                        presses += 1
                        on.bedroom.say("zigbee2mqtt/button", f'{{"action": "{chance.choice(("single", "double"))}"}}')
                    case "command":
                        on.bedroom.say("winddown/bedroom/command", chance.choice(("resume", "next", "go_to_bed")))
                    case "outage":
                        outages += 1
                        on.broker.kill()
                        time.sleep(chance.uniform(0.0, 0.5))
                        on.broker.start("set_tcp_nodelay true")
                    case "death" if chance.random() < 0.5:
                        deaths += 1
                        on.daemon.kill()
                        on.daemon.start()
                        on.bedroom.statuses.clear()  # before it has begun, a hangup would end it
                    case "hangup":
                        on.daemon.hang_up() if on.bedroom.status == "online" else None
                    case _:
                        pass
            _morning(on, weights, report, number)
            report.take(on, f"evening {number + 1}")
    fds, threads = zip(*weights, strict=True)
    report.count = (
        f"{evenings} evenings, {presses} presses, {outages} outages, {deaths} kills, "
        f"descriptors {min(fds)}-{max(fds)}, threads {min(threads)}-{max(threads)}"
    )
    return report


def _morning(on: Stage, weights: list[tuple[int, int]], report: Report, number: int) -> None:
    on.bedroom.say("winddown/bedroom/command", "dark")
    on.at(on.plan.runway_s + on.plan.night_s + 6.0)
    on.bedroom.judge_morning()
    fds, threads = on.daemon.descriptors(), on.daemon.threads()
    before = weights[-1]
    weights.append((fds, threads))
    if fds > before[0] + MOST_MORE or threads > before[1] + MOST_MORE:
        report.violations.append(f"evening {number + 1}: from {before} to {(fds, threads)} descriptors and threads")
