"""A hundred thousand messages by grammar, on every topic that is heard, against the real daemon: a third said well, a
third with one thing wrong, a third noise. Four thousand different ones, again and again in another order.

A room beside it is in its runway meanwhile, and nobody speaks to its lamps: there every promise is watched. (In the
night so many lamps that come on would be an alarm, and everything would be let go.)
"""

from __future__ import annotations

import json
import random
import time
import warnings
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import NonInteractiveExampleWarning

from fuzz.noise import noise, one_wrong, written
from fuzz.spoken import BUTTONS_SPOKEN, LAMPS
from soak.bedroom import LOUD
from soak.evening import HOUSE, Stage, stage
from soak.process import Daemon
from soak.report import Report

VERBS = ("go_to_bed", "release", "breathe", "next", "start", "later 5", "skip", "skip off", "dark", "stop", "resume")
ROOM = {
    "winddown/busy/command": st.sampled_from(VERBS),
    "winddown/all/command": st.just("resume"),  # whatever else all are told the room beside it would do
    "winddown/busy/enabled/set": st.sampled_from(["ON", "OFF"]),
    "winddown/busy/bedtime/set": st.sampled_from(["22:45", "01:00:00", "12:30"]),
    "winddown/busy/wake/set": st.sampled_from(["07:00", "06:30"]),
    "winddown/busy/runway/set": st.integers(10, 180).map(str),
    "winddown/busy/quiet/set": st.sampled_from(["ON", "OFF"]),
    "winddown/busy/language/set": st.sampled_from(["en", "nl"]),
    "winddown/busy/press/set": st.sampled_from(["single", "double", "hold"]),
    "homeassistant/status": st.sampled_from(["online", "offline"]),
    "home/radio": st.integers(0, 100).map(str),
}
BUSY = """  busy:
    bedtime: "{bedtime}"
    wake: "{wake}"
    lights: [json/home/busy/set]
    quiet: [{{topic: home/radio/set, state: home/radio, mute: "0"}}]
"""
DISTINCT, BATCH = 4_000, 500
WARM_UP = 60_000
"""Until every sentence and every lamp's habits have been met; from there on memory is flat."""
MOST_GROWTH_KB = 1024


def every_house() -> str:
    """A configuration with every dialect in it, in rooms of their own; the first is the one beside it."""
    rooms = [HOUSE.replace(", zigbee2mqtt/three", "").replace("zigbee2mqtt/button", "zigbee2mqtt/beside"), BUSY]
    for number, lamp in enumerate({lamp.driver.key: lamp for lamp in LAMPS}.values()):
        rooms.append(_room(f"lamp{number}", json.dumps([_as_written(lamp.driver)]), "[]"))
    for number, button in enumerate(BUTTONS_SPOKEN):
        lights = f"[json/home/lamp_of_{number}/set]"
        rooms.append(_room(f"button{number}", lights, json.dumps([_as_written(button.driver)])))
    return "".join(rooms)


def _room(name: str, lights: str, buttons: str) -> str:
    text = f"  {name}:\n    bedtime: '{{bedtime}}'\n    wake: '{{wake}}'\n"
    lights, buttons = (one.replace("{", "{{").replace("}", "}}") for one in (lights, buttons))
    return text + f"    lights: {lights}\n    button: {buttons}\n"


def _as_written(driver: Any) -> dict[str, Any]:
    fields = driver.model_dump(mode="json", exclude_defaults=True)
    return {driver.DIALECT: fields.pop("address", None) or fields, **(fields if driver.DIALECT != "generic" else {})}


def corpus(distinct: int, seed: int) -> list[tuple[str, bytes]]:
    """So many different messages."""
    says = dict(ROOM)
    for one in (*LAMPS, *BUTTONS_SPOKEN):
        says.update(one.says)
    chance, found = random.Random(seed), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        kinds = {topic: (said.map(written), one_wrong(said), noise(said)) for topic, said in says.items()}
        for _ in range(distinct):
            topic = chance.choice(sorted(kinds))
            found.append((topic, chance.choice(kinds[topic]).example()))
    return found


def messages(number: int, warm_up: int = WARM_UP, distinct: int = DISTINCT, seed: int = 1) -> Report:
    """So many messages after a warm-up; it must answer after each batch, and be no heavier at the end."""
    report, chance, said = Report("messages"), random.Random(seed), corpus(distinct, seed)
    with stage(1800.0, 60.0, 3600.0, house=every_house(), ahead_s=4.0) as on:
        del on.bedroom.lamps["three"]
        on.daemon.start()
        if not on.bedroom.wait(lambda: on.bedroom.status == "online"):
            report.violations.append(f"it never came: {on.daemon.said()[-2000:]}")
            return report
        on.at(1.0)
        before_kb, began = 0, time.monotonic()
        for sent in range(0, warm_up + number, BATCH):
            if sent == warm_up:
                before_kb = _weight(on.daemon)
            for topic, payload in chance.choices(said, k=min(BATCH, warm_up + number - sent)):
                on.bedroom.say(topic, payload)
            _answer(on, report, sent)
        took_s, grown_kb = time.monotonic() - began, _weight(on.daemon) - before_kb
        report.count = f"{number} messages in {took_s:.0f} s, memory {grown_kb:+d} kB (after {warm_up} to warm up)"
        if grown_kb > MOST_GROWTH_KB:
            report.violations.append(f"it has grown by {grown_kb} kB")
        _beside(on)
        report.take(on, "messages")
    return report


def _beside(on: Stage) -> None:
    """The room beside it, which was in its runway all the time: somebody sleeps there, and in the end does not."""
    on.bedroom.pressed = True
    on.bedroom.say("winddown/bedroom/command", "dark")
    time.sleep(3.0)
    on.bedroom.judge_night()
    on.bedroom.plan = None
    on.bedroom.say("winddown/bedroom/command", "stop")
    if not on.bedroom.wait(lambda: on.bedroom.speaker == LOUD):
        on.bedroom.breaks(f"3. the speaker is at {on.bedroom.speaker} after a stop")


def _weight(daemon: Daemon) -> int:
    time.sleep(1.0)  # the journal's thread and the collector have their turn
    return daemon.rss_kb()


def _answer(on: Stage, report: Report, sent: int) -> None:
    """After each batch it is asked something, and must answer."""
    on.bedroom.whys.clear()
    word = f"nonsense{sent}"
    on.bedroom.say("winddown/bedroom/command", word)
    if not on.bedroom.wait(lambda: any(word in why for why in list(on.bedroom.whys)), 20.0):
        report.violations.append(f"after {sent} messages it does not answer")
