"""Press to first lamp command, and start to online, each beside the bare echo on the same broker.

By day a single press begins a release, whose first effect is a command to the pacing lamp; a hold ends it again.
Each room has a Zigbee2MQTT of its own: nobody presses four buttons five times in two seconds, and one network would not
carry what follows.
Presses to the daemon and to the echo alternate, so what disturbs the machine disturbs both.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from random import Random

from bench import echo
from bench.hours import by_day
from bench.lamps import Lamps, lit
from bench.stand import Observer, Stand, stand
from winddown.clock import now

ROOMS = 4
PAUSE_S = (0.10, 0.16)
"""Between two presses. A room gets two in twelve pauses: more than five in 3 s would be ignored."""
WARM_UP = 2 * ROOMS
SETTLE_S = 1.5
"""A daemon that has just connected lets its lamps speak first."""
SINGLE, HOLD = '{"action":"single"}', '{"action":"hold"}'


@dataclass
class Run:
    """One daemon and one echo, in seconds."""

    online_s: float
    echo_online_s: float
    presses_s: list[float] = field(default_factory=list)
    echoes_s: list[float] = field(default_factory=list)


def measure(presses: int, random: Random) -> Run:
    """Start both, and press each so many times."""
    with stand(("+/lamp/set", "+/lamp/get"), Lamps()) as place:
        for room in range(ROOMS):
            place.observer.say(f"base_{room}/lamp", lit(), retain=True)
        run = Run(place.daemon(_config())[1], place.echo()[1])
        time.sleep(SETTLE_S)
        for turn in range(WARM_UP + presses):
            daemon_s, echo_s = _turn(place, turn, random)
            if turn >= WARM_UP:
                run.presses_s.append(daemon_s)
                run.echoes_s.append(echo_s)
        return run


def _turn(place: Stand, turn: int, random: Random) -> tuple[float, float]:
    """A press that counts to each of them, and the end of the release before."""
    room, before = turn % ROOMS, (turn - 1) % ROOMS
    daemon_s = _latency(place.observer, f"base_{room}/button", SINGLE, f"base_{room}/lamp/set")
    time.sleep(random.uniform(*PAUSE_S))
    echo_s = _latency(place.observer, echo.PRESS, SINGLE, echo.LAMP)
    time.sleep(random.uniform(*PAUSE_S))
    if turn:
        place.observer.say(f"base_{before}/button", HOLD)
    time.sleep(random.uniform(*PAUSE_S))
    return daemon_s, echo_s


def _latency(observer: Observer, press: str, payload: str, lamp: str) -> float:
    observer.drain()
    pressed_boot = observer.say(press, payload)
    return observer.wait_for(lamp).boot - pressed_boot


def _config() -> str:
    rooms = (
        f"  room_{n}: {{lights: [{{zigbee2mqtt: lamp, base: base_{n}}}], "
        f"button: {{zigbee2mqtt: button, base: base_{n}}}, {by_day(now().wall)}}}"
        for n in range(ROOMS)
    )
    return "\n".join(("rooms:", *rooms, ""))
