"""The broker: whether it takes us, what it lets us do, and who else is on it."""

from __future__ import annotations

from collections.abc import Iterator

from winddown import payload as read
from winddown.doctor.facts import NOBODY_LISTENS, NOT_ALLOWED, Facts, announced, own_topics
from winddown.doctor.verdict import Verdict, right, watch, wrong

_ACL = "configs/mosquitto/acl shows what winddown needs"


def judged(facts: Facts) -> Iterator[Verdict]:
    """The line, the rights, and winddown itself."""
    mqtt = facts.house.mqtt
    if facts.unreached is not None:
        yield wrong(
            "broker", facts.unreached, "see mqtt: host, port, tls, username, password; and the broker's own log"
        )
        return
    version = "5" if facts.version == 5 else "3.1.1"
    who = "without a username" if mqtt.username is None else f"as {mqtt.username}"
    yield right("broker", f"{mqtt.host}:{mqtt.port}, MQTT {version}, {who}")
    yield from _rights(facts)
    yield from online(facts)
    yield from _problems(facts)


def _rights(facts: Facts) -> Iterator[Verdict]:
    deaf = [topic for topic in own_topics(facts.house) if topic not in facts.returned]
    denied = [topic for topic, code in facts.answers.items() if code == NOT_ALLOWED]
    if deaf:
        prefix = facts.house.mqtt.prefix
        mend = f"let this user read and write {prefix}/#; {_ACL}"
        yield wrong("rights", f"what is said on {', '.join(deaf)} does not come back", mend)
    if others := [topic for topic in denied if topic not in deaf]:
        yield wrong("rights", f"the broker lets nothing be said on {', '.join(others)}", f"allow it; {_ACL}")
    if facts.refused:
        yield wrong("rights", f"the broker lets nothing be heard on {', '.join(facts.refused)}", f"allow it; {_ACL}")
    if not (deaf or others or facts.refused):
        yield right("rights", "what is said comes back, and nothing is refused")


def online(facts: Facts) -> Iterator[Verdict]:
    """Whether a winddown is there."""
    said = facts.latest(f"{facts.house.mqtt.prefix}/status")
    if said == b"online":
        yield right("winddown", "online")
    else:
        yield wrong("winddown", "is not running" if said is None else "is offline", "winddown run")


def _problems(facts: Facts) -> Iterator[Verdict]:
    prefix = facts.house.mqtt.prefix
    for room in facts.house.rooms:
        state = read.as_object(facts.latest(f"{prefix}/{room}/state") or b"") or {}
        if state.get("problem"):
            yield watch(room, str(state["problem"]), "see there")


def home_assistant(facts: Facts) -> Iterator[Verdict]:
    """Whether anybody hears of our rooms."""
    config = facts.house.home_assistant
    if not config.discovery:
        return
    said, topic = facts.latest(f"{config.prefix}/status"), announced(facts.house)
    if facts.answers.get(topic) == NOBODY_LISTENS or said == b"offline":
        mend = "set up its MQTT integration on this broker; or write home_assistant: {discovery: false}"
        yield watch("Home Assistant", f"nobody listens on {config.prefix}/", mend)
    elif facts.answers.get(topic) == 0 or said == b"online":
        yield right("Home Assistant", "listens")
