"""Messages as a broker would have them, and what a survey makes of them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from winddown.model import Received
from winddown.survey import Finding, Places, survey

Payload = str | bytes | dict[str, object] | list[object]


def retained(messages: Mapping[str, Payload]) -> list[Received]:
    """Stored messages, by topic; what is no text becomes JSON."""
    return [Received(topic, as_bytes(payload), retain=True) for topic, payload in messages.items()]


def as_bytes(payload: Payload) -> bytes:
    if isinstance(payload, bytes):
        return payload
    return payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()


def found(messages: Mapping[str, Payload], places: Places | None = None) -> dict[str, Finding]:
    """What is found, by what is written."""
    return {one.written: one for one in survey(retained(messages), places or Places())}


def only(messages: Mapping[str, Payload]) -> Finding:
    """The one thing that is found."""
    (one,) = survey(retained(messages), Places())
    return one
