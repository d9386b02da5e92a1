"""Lamps, buttons, what is muted, and what is stored where nothing should be."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from winddown.buttons import ButtonDialect
from winddown.config.mistakes import offer
from winddown.core.hearing import SETTABLE
from winddown.doctor.facts import NOBODY_LISTENS, Facts, buttons, lamps
from winddown.doctor.verdict import Verdict, right, watch, wrong
from winddown.doctor.zigbee import is_there, known
from winddown.lights import LightDialect
from winddown.model import Ask, Availability, Report


def judged(facts: Facts) -> Iterator[Verdict]:
    """A line each, and one more for every trap."""
    for name, lamp in lamps(facts.house).items():
        if _can_be_judged(facts, lamp):
            yield _unknown(facts, name, lamp) or _lamp(facts, name, lamp)
    for key, button in buttons(facts.house).items():
        if _can_be_judged(facts, button) and (verdict := _unknown(facts, key, button)):
            yield verdict
    yield from _quiet(facts)
    yield from _traps(facts)


# ---------------------------------------------------------------- lamps and buttons


def _lamp(facts: Facts, name: str, lamp: LightDialect) -> Verdict:
    said = [lamp.decode(one.topic, one.payload, lamp.profile()) for one in facts.heard if one.topic in lamp.topics()]
    asked = [message.topic for message in lamp.encode(Ask(), lamp.profile())]
    if deaf := [topic for topic in asked if facts.answers.get(topic) == NOBODY_LISTENS]:
        return wrong(name, f"nobody listens on {deaf[0]}", f"is it on, on this broker, and called {lamp.address}?")
    if [one.online for one in said if isinstance(one, Availability) and not one.bridge][-1:] == [False]:
        return watch(name, "cannot be reached", "is its wall switch on?")
    shown = [one for one in said if isinstance(one, Report) and one.on is not None]
    if not shown:
        mend = "switch it on and off once by its app; if it stays silent, look at its topic and this user's rights"
        return watch(name, "has not said what it shows, and is left alone until it does", mend)
    return right(name, "is on" if shown[-1].on else "is off")


def _can_be_judged(facts: Facts, thing: LightDialect | ButtonDialect) -> bool:
    """Not what is behind a Zigbee2MQTT that is away: that was told already."""
    base = getattr(thing, "base", None)
    return not isinstance(base, str) or is_there(facts, base)


def _unknown(facts: Facts, name: str, thing: LightDialect | ButtonDialect) -> Verdict | None:
    """Its Zigbee2MQTT has nothing of this name."""
    base = getattr(thing, "base", None)
    names = known(facts, base) if isinstance(base, str) else None
    if names is None or thing.address in names:
        return None
    return wrong(name, f"{base} has no {thing.address}", offer(thing.address, names))


# ---------------------------------------------------------------- what is muted


def _quiet(facts: Facts) -> Iterator[Verdict]:
    for room, config in facts.house.rooms.items():
        for target in config.quiet:
            if target.state is not None and target.restore is None and facts.latest(target.state) is None:
                mend = "let it say how it is, retained; or write `restore:`"
                yield watch(f"{room}.quiet", f"{target.state} says nothing, so nothing is muted there", mend)


# ---------------------------------------------------------------- what is stored


def _traps(facts: Facts) -> Iterator[Verdict]:
    prefix = facts.house.mqtt.prefix
    for topic in dict.fromkeys(_command_topics(facts)):
        if facts.stored(topic):
            again = "is carried out again at each start of whoever hears it"
            yield wrong("stored command", f"{topic}: it {again}", _cleared(facts, topic))
    for room in (*facts.house.rooms, "all"):
        for name in ("command", *(f"{name}/set" for name in SETTABLE)):
            if facts.stored(topic := f"{prefix}/{room}/{name}"):
                yield watch("stored command", f"{topic}: winddown ignores it", _cleared(facts, topic))


def _command_topics(facts: Facts) -> Iterator[str]:
    for lamp in lamps(facts.house).values():
        yield from lamp.command_topics()
    for room in facts.house.rooms.values():
        yield from (target.topic for target in room.quiet)


def _cleared(facts: Facts, topic: str) -> str:
    """The command that takes it away; who says it must know the broker's password himself."""
    mqtt = facts.house.mqtt
    who = "" if mqtt.username is None else " -u USER -P PASSWORD"
    return f"mosquitto_pub -h {mqtt.host} -p {mqtt.port}{who} -r -n -t {shlex.quote(topic)}"
