"""Whole evenings through the core alone: an engine, four lamps that say what they were told, and time that jumps.

From 20:00 to 08:00: a runway, a press in it that goes to bed, a release, a pulse of ten minutes, a night.
"""

from __future__ import annotations

import heapq
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.stand import BenchError
from winddown.clock import Instant
from winddown.config import Config, load
from winddown.core.engine import Engine
from winddown.model import Connected, Effect, Event, Message, Publish, Received

LAMPS = tuple(f"zigbee2mqtt/lamp_{n}" for n in range(4))
BUTTON = "zigbee2mqtt/button"
BEGIN = datetime(2027, 1, 15, 20, 0, tzinfo=UTC).timestamp()
LENGTH_S = 12 * 3600.0
PRESS_AFTER_S = 2.5 * 3600
PULSE_S = 600.0
ECHO_S, REPORT_S = 0.002, 0.05
_YAML = f"""
timezone: UTC
mqtt: {{host: localhost}}
rooms:
  bedroom:
    bedtime: "22:45"
    wake: "07:00"
    lights: [{", ".join(LAMPS)}]
    button: {BUTTON}
    breathing: {{for: {PULSE_S:g} s}}
"""


def config() -> Config:
    """The room."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "winddown.yaml"
        path.write_text(_YAML)
        return load(path).config


def a_second(room: Config, for_s: float) -> float:
    """How many evenings fit in a second of the processor, by as many as fit in `for_s`."""
    done, begin = 0, time.process_time()
    while (passed := time.process_time() - begin) < for_s or not done:
        check(Evening(room).run())
        done += 1
    return done / passed


def by_itself(for_s: float) -> float:
    """The same in a process of its own: in this one the garbage collector has more than an engine to look through."""
    words = (sys.executable, "-m", "bench.evenings", str(for_s))
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def check(seen: Evening) -> None:
    """That was a whole evening: all its phases, and all four lamps off at the end."""
    phases = [phase for phase, _ in itertools.groupby(seen.phases)]
    if phases != ["day", "runway", "release", "breathing", "night", "day"]:
        raise BenchError(f"that was no evening: {', '.join(phases)}")
    if any(seen.shown[lamp]["state"] != "OFF" for lamp in LAMPS):
        raise BenchError("a lamp was left on")


@dataclass
class Evening:
    """One engine and the little world around it."""

    config: Config
    phases: list[str] = field(default_factory=list)
    shown: dict[str, dict[str, object]] = field(default_factory=dict)
    commands: int = 0
    _coming: list[tuple[float, int, Event]] = field(default_factory=list)
    _number: itertools.count[int] = field(default_factory=itertools.count)
    _at_s: float = 0.0

    def run(self) -> Evening:
        """From beginning to end; each event is followed by a tick, as in the loop."""
        engine = Engine(self.config)
        heard = frozenset(engine.subscriptions())
        self.shown = {lamp: {"state": "ON", "brightness": 200} for lamp in LAMPS}
        self._come(0.0, Connected())
        self._come(PRESS_AFTER_S, Received(BUTTON, b'{"action":"single"}'))
        self._carry_out(engine.begin(self._now), heard)
        while self._at_s < LENGTH_S:
            self._carry_out(engine.tick(self._now), heard)
            due_s = engine.deadline(self._now)
            if self._coming and self._coming[0][0] <= due_s:
                self._at_s, _, event = heapq.heappop(self._coming)
                self._carry_out(engine.handle(event, self._now), heard)
            else:
                self._at_s = due_s
        return self

    @property
    def _now(self) -> Instant:
        return Instant(BEGIN + self._at_s, self._at_s)

    def _come(self, at_s: float, event: Event) -> None:
        heapq.heappush(self._coming, (at_s, next(self._number), event))

    def _carry_out(self, effects: Iterable[Effect], heard: frozenset[str]) -> None:
        for effect in effects:
            if isinstance(effect, Publish):
                self._route(effect.message, heard)

    def _route(self, message: Message, heard: frozenset[str]) -> None:
        if message.topic in heard:
            self._come(self._at_s + ECHO_S, Received(message.topic, message.payload.encode()))
        lamp, _, verb = message.topic.rpartition("/")
        if lamp in self.shown:
            self.commands += verb == "set"
            told = json.loads(message.payload)
            self.shown[lamp].update({key: told[key] for key in ("state", "brightness") if told.get(key)})
            self._come(self._at_s + REPORT_S, Received(lamp, json.dumps(self.shown[lamp]).encode()))
        elif verb == "state" and lamp == "winddown/bedroom":
            self.phases.append(json.loads(message.payload)["phase"])


if __name__ == "__main__":
    print(a_second(config(), float(sys.argv[1])))
