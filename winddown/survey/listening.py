"""Says which button was pressed, and what winddown makes of it. It remembers only what tells repeats apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from winddown import payload as read
from winddown.buttons import BUTTONS, ButtonDialect
from winddown.model import Press, Received
from winddown.survey.finding import Finding, as_written, plain

_ALSO = ("+/event/+/state", "+/events/rpc", "+/+/events/rpc", "shellies/+/input_event/+", "stat/+/RESULT")
"""Where buttons speak that told nobody of themselves."""
_KEYS = ("action", "event_type", "event")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button just said."""

    button: str
    """As it is written in the YAML."""
    said: str
    """In its own words."""
    press: Press | None
    """What winddown makes of it."""


class Listener:
    """Hears buttons that were found, and some that were not."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._on: dict[str, list[tuple[str, ButtonDialect]]] = {}
        self._last: dict[tuple[str, str], str | None] = {}
        for one in findings:
            if isinstance(one.driver, ButtonDialect):
                for topic in one.driver.topics():
                    self._on.setdefault(topic, []).append((one.written, one.driver))

    def topics(self) -> tuple[str, ...]:
        """What to subscribe to."""
        return tuple(dict.fromkeys((*self._on, *_ALSO)))

    def hear(self, message: Received) -> Pressed | None:
        """What was pressed; None: the message was stored, or says nothing of a finger."""
        if message.retain:
            return None
        there = self._on.get(message.topic) or list(_unheard_of(message.topic))
        heard = [self._heard(written, driver, message) for written, driver in there]
        said = [one for one in heard if one is not None]
        return next((one for one in said if one.press is not None), said[0] if said else None)

    def _heard(self, written: str, driver: ButtonDialect, message: Received) -> Pressed | None:
        words = list(_words(read.as_json(message.payload), 0)) if message.payload[:1] in b"{[" else None
        said = (read.as_text(message.payload) or "") if words is None else next(iter(words), "")
        press = driver.decode(message.topic, message.payload)
        count = driver.sequence(message.topic, message.payload)
        before = self._last.get((written, message.topic))
        self._last[written, message.topic] = count
        if (count is not None and count == before) or (press is None and not said):
            return None
        if count is not None and before is None:
            return Pressed(written, f"{plain(said, 40)}, perhaps not for the first time; press again", None)
        return Pressed(written, plain(said, 40), press)


def _unheard_of(topic: str) -> Iterator[tuple[str, ButtonDialect]]:
    """The button that speaks on such a topic."""
    match topic.split("/"):
        case ["shellies", name, "input_event", number]:
            fields: dict[str, object] = {"address": name, "button": number}
            dialect = "shelly1"
        case ["stat", name, "RESULT"]:
            fields, dialect = {"address": name}, "tasmota"
        case [node, "event", name, "state"]:
            fields, dialect = {"address": f"{node}/{name}"}, "esphome"
        case [*prefix, "events", "rpc"] if prefix:
            fields, dialect = {"address": "/".join(prefix)}, "shelly2"
        case _:
            return
    try:
        driver = BUTTONS[dialect].model_validate(fields)
    except ValueError:
        return
    yield as_written(driver), driver


def _words(value: object, depth: int) -> Iterator[str]:
    """What stands under the names that systems give to a press, anywhere in a message."""
    if depth > _DEEPEST:
        return
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if isinstance(part, str) and part and str(key).lower() in _KEYS:
            yield part
        else:
            yield from _words(part, depth + 1)
