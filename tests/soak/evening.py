"""A compressed evening on a real broker: a folder, a configuration, a daemon, a bedroom. It judges nothing itself."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cable import Cable
from conftest import Mosquitto
from soak.bedroom import Bedroom, Plan
from soak.process import Daemon

HOUSE = """
timezone: UTC
mqtt: {{host: 127.0.0.1, port: {port}}}
rooms:
  bedroom:
    bedtime: "{bedtime}"
    wake: "{wake}"
    lights: [json/home/one/set, json/home/two/set, zigbee2mqtt/three]
    button: zigbee2mqtt/button
    quiet: [{{topic: home/speaker/set, state: home/speaker, mute: "0"}}]
    release: {{rounds: 1, areas: [toes], announce: 1 s, tense: 1 s, release: 3 s}}
    breathing: {{inhale: 1.5 s, exhale: 1.5 s, start_pace: 20, for: 1 min}}
"""


@dataclass
class Stage:
    """Everything that an evening needs."""

    broker: Mosquitto
    bedroom: Bedroom
    daemon: Daemon
    plan: Plan

    def at(self, seconds: float) -> None:
        """Wait until so long after the runway's begin."""
        time.sleep(max(0.0, self.plan.begin + seconds - time.time()))

    def since(self) -> float:
        """Seconds after the runway's begin."""
        return time.time() - self.plan.begin

    def judge_to_the_end(self, morning_s: float = 4.0) -> None:
        """The bedroom judges a second before wake and so long after it; then the daemon is told to end."""
        wake_s = self.plan.runway_s + self.plan.night_s
        self.at(wake_s - 1.0)
        self.bedroom.judge_night()
        self.at(wake_s + morning_s)
        self.bedroom.judge_morning()
        self.daemon.stop()


@contextmanager
def stage(
    runway_s: float = 20.0,
    breathing_s: float = 9.0,
    night_s: float = 25.0,
    *,
    ahead_s: float = 1.0,
    house: str = HOUSE,
    front: Callable[[int], int] = lambda port: port,
    cable: Cable | None = None,
) -> Iterator[Stage]:
    """A stage for as long as the block.

    `front`: on which port the daemon finds the broker that is on another. With a cable the daemon is at its other end.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        broker = Mosquitto(program, folder)
        also = () if cable is None else (f"listener {broker.port} {cable.here}",)
        broker.start("set_tcp_nodelay true", "max_queued_messages 0", *also)
        bedroom = Bedroom(broker.port)
        plan = Plan(time.time() + ahead_s, runway_s, breathing_s, night_s)
        config = folder / "winddown.yaml"
        bedtime, wake = (_clock(plan.begin + hours * 3600) for hours in (1, 9))
        text = house.format(port=front(broker.port), bedtime=bedtime, wake=wake)
        config.write_text(text if cable is None else text.replace("host: 127.0.0.1", f"host: {cable.here}"))
        daemon = Daemon(config, plan.times, before=() if cable is None else cable.behind)
        bedroom.plan = plan
        try:
            yield Stage(broker, bedroom, daemon, plan)
        finally:
            daemon.kill()
            bedroom.leave()
            broker.kill()


def _clock(wall: float) -> str:
    return time.strftime("%H:%M", time.gmtime(wall))
