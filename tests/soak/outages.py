"""The broker goes away a hundred times in an evening, and hangs in a pulse: what the daemon does, from outside."""

from __future__ import annotations

import random
import time

from soak.evening import stage
from soak.report import Report

STALE_MOST = 2
"""Commands a lamp that may come out of a broker that has hung."""


def restarts(number: int, seed: int = 1) -> Report:
    """So many restarts of the broker in an evening, half of them as a power cut does it."""
    chance, report = random.Random(seed), Report("restarts")
    length_s = number * 1.3
    with stage(length_s * 0.5, length_s * 0.2, length_s * 0.5 + 15.0) as on:
        on.daemon.start()
        on.at(1.5)  # an evening whose beginning nobody saw leaves lamps alone
        for _ in range(number):
            time.sleep(chance.uniform(0.3, 1.2))
            (on.broker.kill if chance.random() < 0.5 else on.broker.stop)()
            time.sleep(chance.choice((0.0, 0.05, 0.3)))
            on.broker.start("set_tcp_nodelay true")
        came_back = on.bedroom.wait(lambda: on.bedroom.status == "online" and on.bedroom.state, 40.0)
        if not came_back:
            on.bedroom.breaks("after the last restart it did not come back")
        on.judge_to_the_end()
        report.count = f"{number} restarts of the broker"
        report.take(on, "restarts")
    return report


def hangs(number: int) -> Report:
    """The broker is stopped in the middle of a pulse, and goes on some seconds later."""
    report, most = Report("hangs"), 0
    with stage(3.0, number * 22.0, number * 22.0 + 20.0) as on:
        on.daemon.start()
        on.at(8.0)
        for n in range(number):
            on.broker.freeze()
            time.sleep(6.0 + n % 3)
            before = {name: len(lamp.commands) for name, lamp in on.bedroom.lamps.items()}
            on.daemon.pause()  # so that whatever arrives now was sent before
            on.broker.thaw()
            time.sleep(0.3)
            on.daemon.go_on()
            burst = {name: len(lamp.commands) - before[name] for name, lamp in on.bedroom.lamps.items()}
            most = max(most, *burst.values())
            for name, stale in burst.items():
                if stale > STALE_MOST:
                    on.bedroom.breaks(f"5. {name} was told {stale} stale things when the broker went on")
            time.sleep(8.0)
        report.count = f"{number} times hung in a pulse, at most {most} stale commands a lamp afterwards"
        report.take(on, "hangs")
    return report
