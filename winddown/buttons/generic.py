"""Buttons on any topic: a word alone, or a word somewhere in JSON. Knows no device."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from winddown import payload as read
from winddown.buttons.actions import MappedButton
from winddown.model import Press
from winddown.payload import Topic, named_by


class GenericButton(MappedButton):
    """A button described by its topic and, in JSON, the path to the word."""

    DIALECT: ClassVar[str] = "generic"

    topic: Topic
    """Where it says its presses. It is also the address: `generic/home/bed/button`."""
    path: str = ""
    """Where in the JSON the word stands: `Button1.Action`, `params.events.0.event`; empty: the payload is the word."""

    @model_validator(mode="before")
    @classmethod
    def _one_address(cls, given: object) -> object:
        return named_by("topic", given)

    def topics(self) -> tuple[str, ...]:
        return (self.topic,)

    def decode(self, topic: str, payload: bytes) -> Press | None:
        if topic != self.topic:
            return None
        return self.press_of(read.at_path(read.as_json(payload), self.path) if self.path else read.as_text(payload))
