"""What is well with a house and what is wrong, from facts that others gathered. It hears, asks and mends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from winddown.doctor import bedside, broker, machine, zigbee
from winddown.doctor.facts import Facts, own_topics, questions, topics
from winddown.doctor.verdict import Mark, Verdict, watch

__all__ = ["Facts", "Mark", "Verdict", "is_online", "judged", "own_topics", "questions", "topics"]


def judged(facts: Facts) -> tuple[Verdict, ...]:
    """Every verdict, in the order in which one looks: without a broker nothing behind it can be judged."""
    return (*machine.judged(facts), *broker.judged(facts), *(_behind(facts) if facts.unreached is None else ()))


def is_online(facts: Facts) -> tuple[Verdict, ...]:
    """Only whether winddown is there: for a container, or somebody in a hurry."""
    return tuple(broker.online(facts)) if facts.unreached is None else tuple(broker.judged(facts))


def _behind(facts: Facts) -> Iterator[Verdict]:
    yield from zigbee.judged(facts)
    yield from bedside.judged(facts)
    yield from broker.home_assistant(facts)
    if facts.silent_broker:
        yield watch("listeners", "this broker speaks MQTT 3.1.1 and cannot tell who listens", "nothing to mend")
