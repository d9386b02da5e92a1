"""The configuration's warnings, the clock, the journal: what can be judged without a broker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from winddown import RELEASED_AT
from winddown.doctor.facts import Facts
from winddown.doctor.verdict import Verdict, right, watch, wrong


def judged(facts: Facts) -> Iterator[Verdict]:
    """A line each."""
    rooms = len(facts.house.rooms)
    if not facts.warnings:
        yield right("configuration", f"{rooms} room{'' if rooms == 1 else 's'}, no mistake")
    for warning in facts.warnings:
        yield watch("configuration", warning, "")
    yield _clock(facts)
    if facts.journal == "ok":
        yield right("journal", "healthy")
    elif facts.journal is not None:
        name = facts.house.journal.name
        mend = f"stop winddown, set {name} and what begins with its name aside, and start it again"
        yield wrong("journal", facts.journal, mend)


def _clock(facts: Facts) -> Verdict:
    here = datetime.fromtimestamp(facts.wall, facts.house.zone())
    said = f"{here:%A %H:%M} in {facts.house.zone_name}"
    if facts.wall < RELEASED_AT:
        return wrong("clock", f"{here:%Y-%m-%d %H:%M}, which cannot be", "set it, or let NTP: timedatectl set-ntp true")
    if facts.synchronised is False:
        mend = "see timedatectl timesync-status: can the machine reach its time server?"
        return watch("clock", f"{said}, not set by a time server since the start", mend)
    return right("clock", said)
