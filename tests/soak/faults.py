"""A network that is not there any more, and a broker that has bad days: what the daemon does, from outside."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from cable import Cable, NoCableError, laid
from proxy import Mood, Proxy
from soak.evening import Stage, stage
from soak.report import Report

STALE_MOST = 2
BAD_DAYS_S = 35.0
"""Then there is time for the longest pause between two calls, which is half a minute, before the night is judged."""
DELAYS_S = (0.05, 0.3, 1.0, 3.0)


def cuts(number: int, seed: int = 1) -> Report:
    """So many times the network goes away in a pulse without telling either side, for a moment or for long."""
    chance, report, most = random.Random(seed), Report("cuts"), 0
    try:
        with laid() as cable, stage(4.0, number * 30.0, number * 30.0 + 30.0, cable=cable) as on:
            on.daemon.start()
            on.at(8.0)
            for n in range(number):
                for_s = chance.uniform(0.5, 3.0) if n % 2 else chance.uniform(6.0, 12.0)
                most = max(most, cut(on, cable, for_s))
                time.sleep(8.0)
            report.count = f"{number} times cut in a pulse, at most {most} stale commands a lamp afterwards"
            report.take(on, "cuts")
    except NoCableError as reason:
        report.count = f"left out: {reason}"
    return report


def cut(on: Stage, cable: Cable, for_s: float) -> int:
    """Nothing arrives for so long. How many commands a lamp then gets that were sent before."""
    cable.pull()
    time.sleep(for_s)
    before = {name: len(lamp.commands) for name, lamp in on.bedroom.lamps.items()}
    on.daemon.pause()  # so that whatever arrives now was sent before
    cable.plug()
    time.sleep(2.0)  # what was not acknowledged is sent again by the system, at growing intervals
    on.daemon.go_on()
    stale = {name: len(lamp.commands) - before[name] for name, lamp in on.bedroom.lamps.items()}
    for name, times in stale.items():
        if times > STALE_MOST:
            on.bedroom.breaks(f"5. {name} was told {times} stale things when the network was back")
    if not on.bedroom.wait(lambda: on.bedroom.status == "online", 20.0):
        on.bedroom.breaks("after the network was back it did not come back")
    return max(stale.values())


@contextmanager
def behind_a_proxy(*shape: float, ahead_s: float = 1.0) -> Iterator[tuple[Stage, Proxy]]:
    """A stage whose daemon reaches its broker through somebody who may have bad days."""
    proxies: list[Proxy] = []

    def front(port: int) -> int:
        proxies.append(Proxy(port))
        return proxies[0].port

    try:
        with stage(*shape, front=front, ahead_s=ahead_s) as on:
            yield on, proxies[0]
    finally:
        for proxy in proxies:
            proxy.close()


def moods(evenings: int, seed: int = 1) -> Report:
    """So many evenings with a broker that is slow, hangs up, refuses and says nothing, each for seconds."""
    chance, report, turns = random.Random(seed), Report("moods"), 0
    for number in range(evenings):
        with behind_a_proxy(20.0, 10.0, 80.0, ahead_s=2.0) as (on, proxy):
            on.daemon.start()
            on.at(1.5)  # an evening whose beginning nobody saw leaves lamps alone
            while on.since() < BAD_DAYS_S:
                mood = chance.choice([*Mood])
                proxy.be(mood, chance.choice(DELAYS_S) if mood is Mood.SLOW else 0.0)
                turns += 1
                time.sleep(chance.uniform(0.5, 6.0))
            proxy.be(Mood.FAIR)
            on.judge_to_the_end()
            report.take(on, f"evening {number + 1}")
    report.count = f"{evenings} evenings, {turns} turns of mood"
    return report
