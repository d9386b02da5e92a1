"""What is on a broker that could be a lamp or a button, from what was heard there. It hears and asks nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from winddown.model import Message, Received
from winddown.survey import bridge, esphome, home_assistant, shelly1, shelly2, tasmota, wled, zigbee2mqtt
from winddown.survey.finding import Finding, Kind, as_written, plain, quoted, scalar
from winddown.survey.heard import Heard, Places
from winddown.survey.listening import Listener, Pressed
from winddown.survey.starter import Answers, starter

__all__ = [
    "Answers",
    "Finding",
    "Kind",
    "Listener",
    "Places",
    "Pressed",
    "as_written",
    "filters",
    "plain",
    "questions",
    "quoted",
    "scalar",
    "starter",
    "survey",
]

_SOURCES = (zigbee2mqtt, tasmota, wled, shelly1, shelly2, bridge, home_assistant, esphome)
"""In this order, the one that knows more first: what it told is left out of the next."""

_ORDER: tuple[Kind, ...] = ("lamp", "plug", "button", "other")


def filters(places: Places) -> tuple[str, ...]:
    """What to subscribe to, once; everything that matters is retained, or answers a question."""
    return tuple(dict.fromkeys(topic for source in _SOURCES for topic in source.filters(places)))


def questions(messages: Iterable[Received]) -> tuple[Message, ...]:
    """What to ask, given what was heard so far. Devices answer it without doing anything."""
    heard = Heard(messages)
    return (*shelly1.questions(), *shelly2.questions(heard))


def survey(messages: Iterable[Received], places: Places) -> tuple[Finding, ...]:
    """Everything found, lamps first; what winddown can drive before what it cannot."""
    heard = Heard(messages)
    found: list[Finding] = []
    for source in _SOURCES:
        found += _news(source.find(heard, places), found)
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.kind), bool(one.why_not), one.written.lower())))


def _news(findings: Iterable[Finding], known: list[Finding]) -> Iterator[Finding]:
    """Without lamps and buttons that another source has found already, by the topics they live on."""
    taken = {(one.is_button, topic) for one in known for topic in one.lives_on}
    told = {(one.kind, one.written) for one in known}
    for one in findings:
        if (one.kind, one.written) in told or any((one.is_button, topic) in taken for topic in one.lives_on):
            continue
        told.add((one.kind, one.written))
        yield one
