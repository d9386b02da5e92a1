"""Gathers what `doctor/` judges: from the broker, the clock, the journal. Changes nothing, and moves no lamp."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from winddown import clock
from winddown.config import Config
from winddown.doctor import Facts, own_topics, questions, topics
from winddown.errors import WinddownError
from winddown.model import Received
from winddown.shell.gather import QUIET_S
from winddown.shell.remote import Remote

ANSWER_S = 2.5
"""A lamp at the far end of a Zigbee network has answered by then."""
_TIMESYNC = Path("/run/systemd/timesync")


def examine(house: Config, warnings: tuple[str, ...]) -> Facts:
    """Everything; some seconds."""
    known = Facts(
        house=house,
        wall=clock.now().wall,
        warnings=warnings,
        synchronised=(_TIMESYNC / "synchronized").exists() if _TIMESYNC.exists() else None,
        journal=_journal(house.journal),
    )
    # At QoS 0: at QoS 1 a broker holds back a thousand stored messages at most.
    return _asked(known, topics(house), _look_around)


def examine_quickly(house: Config) -> Facts:
    """Only who is online."""
    status = f"{house.mqtt.prefix}/status"
    known = Facts(house=house, wall=clock.now().wall)
    return _asked(known, (status,), lambda remote, facts: replace(facts, heard=_heard(remote, QUIET_S, status)))


def _asked(known: Facts, wanted: tuple[str, ...], look: Callable[[Remote, Facts], Facts]) -> Facts:
    try:
        with Remote(known.house.mqtt, wanted, qos=0) as remote:
            remote.connect()
            return look(remote, replace(known, version=remote.version, refused=remote.refused))
    except WinddownError as error:
        return replace(known, unreached=str(error))


def _look_around(remote: Remote, facts: Facts) -> Facts:
    """What is stored, then ourselves, then what lamps answer."""
    word, own = f"{os.getpid()}", own_topics(facts.house)
    heard = _heard(remote, QUIET_S)
    answers = {topic: remote.deliver(topic, word if topic == own[0] else "") for topic in own}
    answers |= {question.topic: remote.deliver(question.topic, question.payload) for question in questions(facts.house)}
    heard += _heard(remote, ANSWER_S)
    live = [one for one in heard if not one.retain]
    returned = {one.topic for one in live if one.topic in own and one.payload.decode(errors="replace") in ("", word)}
    if facts.version < 5:
        answers = dict.fromkeys(answers)
    return replace(facts, heard=heard, answers=answers, returned=frozenset(returned))


def _heard(remote: Remote, within_s: float, until: str | None = None) -> tuple[Received, ...]:
    """All that comes in so long, or until this topic has spoken."""
    heard: list[Received] = []
    until_boot = clock.now().boot + within_s
    while (left_s := until_boot - clock.now().boot) > 0 and (message := remote.hear(left_s)) is not None:
        heard.append(message)
        if message.topic == until:
            break
    return tuple(heard)


def _journal(file: Path) -> str | None:
    """What SQLite finds in it, reading only."""
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=2.0)) as journal:
            return str(journal.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return f"{file.name} cannot be read: {error}"
