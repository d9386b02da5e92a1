"""The daemon, killed again and again in compressed evenings: at random moments, and at every kind of effect."""

from __future__ import annotations

import random
import time

from soak.evening import Stage, stage
from soak.report import Report

KINDS = ("Publish", "Remember", "Note", "Wake", "Log")
LAST_LIFE_S, MORNING_S = 6.0, 3.0
BEGUN_S = 1.5
"""The first life sees the runway begin: an evening that nobody has begun leaves lamps alone."""


def kills(
    number: int,
    seed: int = 1,
    runway_s: float = 20.0,
    breathing_s: float = 9.0,
    night_s: float = 25.0,
    last_s: float = LAST_LIFE_S,
) -> Report:
    """So many kills, in as many evenings as they need."""
    chance, done, evenings = random.Random(seed), 0, 0
    report = Report("kills")
    while done < number:
        evenings += 1
        with stage(runway_s, breathing_s, night_s) as on:
            done += _evening(on, chance, number - done, last_s)
            report.take(on, f"evening {evenings}")
    report.count = f"{done} kills in {evenings} evenings"
    return report


def _evening(on: Stage, chance: random.Random, most: int, last_s: float) -> int:
    """Kill it until the night is nearly over; it is given the time to make up for it before wake, and after."""
    done, last_life = 0, on.plan.wake - last_s
    while time.time() < last_life and done < most:
        effect = f"{chance.choice(KINDS)}:{chance.randint(1, 25)}" if done and chance.random() < 0.5 else ""
        on.daemon.start(effect)
        if not done:
            on.bedroom.wait(lambda: all(lamp.commands for lamp in on.bedroom.lamps.values()))
        until = min(max(time.time() + chance.uniform(0.35, 3.0), on.plan.begin + BEGUN_S), last_life)
        while time.time() < until and on.daemon.runs:
            time.sleep(0.01)  # it dies by itself, or is killed
        on.daemon.kill()
        done += 1
    on.daemon.start()
    on.judge_to_the_end(MORNING_S)
    return done
