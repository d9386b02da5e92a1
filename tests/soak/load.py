"""More than a house ever says: presses, commands, lamps, strangers in floods. Presses are answered, memory is flat.

After presses and commands it is to come to rest, too.
"""

from __future__ import annotations

import json
import time

from soak.evening import HOUSE, Stage, stage
from soak.report import Report

MANY_LAMPS = 500
MOST_GROWTH_KB = 2048
REST_S = 2.0


def presses(number: int = 200) -> Report:
    """So many presses in a second: after them the next one counts."""
    report = Report("presses")
    with stage(600.0, 60.0, 600.0) as on:
        _begin(on)
        for _ in range(number):
            on.bedroom.say("zigbee2mqtt/button", '{"action": "single"}')
        time.sleep(4.0)
        on.bedroom.say("winddown/bedroom/command", "stop")
        time.sleep(0.5)
        report.count = f"{number} presses at once"
        _must_answer(on, report)
        _must_rest(on, report)
        report.take(on, "presses")
    return report


def commands(number: int = 1000) -> Report:
    """So many commands in a second."""
    report = Report("commands")
    with stage(600.0, 60.0, 600.0) as on:
        _begin(on)
        began = time.monotonic()
        for n in range(number):
            on.bedroom.say("winddown/bedroom/command", ("later 1", "breathe", "next", "start", "resume")[n % 5])
        _must_answer(on, report)
        report.count = f"{number} commands, answered after {time.monotonic() - began:.1f} s"
        _must_rest(on, report)
        report.take(on, "commands")
    return report


def crowd(seconds: int = 30, lamps: int = MANY_LAMPS) -> Report:
    """Five hundred lamps that report every second, and a press in between."""
    report, names = Report("crowd"), [f"lamp{n}" for n in range(lamps)]
    lights = ", ".join(f"json/crowd/{name}/set" for name in names)
    house = HOUSE + f"  hall:\n    bedtime: '{{bedtime}}'\n    wake: '{{wake}}'\n    lights: [{lights}]\n"
    with stage(600.0, 60.0, 600.0, house=house) as on:
        _begin(on)
        slowest, before_kb = 0.0, 0
        for second in range(seconds):
            if second == seconds // 3:
                before_kb = on.daemon.rss_kb()
            began = time.monotonic()
            for name in names:
                on.bedroom.say(f"crowd/{name}", json.dumps({"state": "ON", "brightness": 200 - second % 3}))
            slowest = max(slowest, _must_answer(on, report))
            time.sleep(max(0.0, began + 1.0 - time.monotonic()))
        _weigh(on, report, before_kb)
        report.count = f"{lamps} lamps for {seconds} s, slowest answer {slowest * 1000:.0f} ms"
        report.take(on, "crowd")
    return report


def flood(seconds: int = 10, a_second: int = 10_000) -> Report:
    """So many messages a second on a topic that is heard: a press after them is answered, memory is flat."""
    report = Report("flood")
    with stage(600.0, 60.0, 600.0) as on:
        _begin(on)
        for _ in range(a_second):  # the first ones fill buffers
            on.bedroom.say("home/speaker", "35")
        _must_answer(on, report)
        before_kb, heard, number = on.daemon.rss_kb(), on.bedroom.heard, seconds * a_second
        began = time.monotonic()
        for n in range(number):
            if n % 100 == 0:
                time.sleep(max(0.0, began + n / a_second - time.monotonic()))
            on.bedroom._client.publish("home/speaker", str(n % 100), qos=0)
        sent_s = time.monotonic() - began
        waited_s = _must_answer(on, report, 60.0)
        _weigh(on, report, before_kb)
        on.bedroom.wait(lambda: on.bedroom.heard - heard >= number, 30.0)
        report.count = (
            f"{number} messages, offered at {number / sent_s:.0f} a second, delivered and answered at "
            f"{number / (sent_s + waited_s):.0f}, {waited_s:.1f} s after the last; "
            f"another listener got {min(on.bedroom.heard - heard, number)} of them"
        )
        report.take(on, "flood")
    return report


def _begin(on: Stage) -> None:
    on.bedroom.plan = None
    on.daemon.start()
    assert on.bedroom.wait(lambda: on.bedroom.state.get("phase") == "runway", 15.0), on.daemon.said()[-2000:]
    time.sleep(1.0)  # the broker's stored things have been heard


def _must_answer(on: Stage, report: Report, within_s: float = 20.0) -> float:
    """How long an answer to a command takes."""
    on.bedroom.whys.clear()
    began, word = time.monotonic(), f"nonsense{time.monotonic_ns()}"
    on.bedroom.say("winddown/bedroom/command", word)
    if not on.bedroom.wait(lambda: any(word in why for why in list(on.bedroom.whys)), within_s):
        report.violations.append(f"it does not answer within {within_s:.0f} s")
    return time.monotonic() - began


def _must_rest(on: Stage, report: Report) -> None:
    """Nobody asks anything any more: a breathing costs it little, and something that is due for ever a whole core."""
    before_s = on.daemon.busy_s()
    time.sleep(REST_S)
    if (busy_s := on.daemon.busy_s() - before_s) > REST_S / 2:
        report.violations.append(f"it does not rest: busy for {busy_s:.1f} s of {REST_S:.0f}")


def _weigh(on: Stage, report: Report, before_kb: int) -> None:
    time.sleep(2.0)
    grown_kb = on.daemon.rss_kb() - before_kb
    if grown_kb > MOST_GROWTH_KB:
        report.violations.append(f"it has grown by {grown_kb} kB")
