"""Inputs and buttons of Shelly devices of the first generation. Cannot tell by one message whether the press is new.

The device says its last press again every half minute, with the same count: that is its `sequence`.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from winddown import payload as read
from winddown.buttons.actions import MappedButton
from winddown.model import Press

_WORDS = {"S": Press.SINGLE, "SS": Press.DOUBLE, "L": Press.HOLD}
_INPUTS = range(3)


class Shelly1Button(MappedButton):
    """A button named by its device id: `shelly1/shellybutton1-A1B2C3`."""

    DIALECT: ClassVar[str] = "shelly1"

    button: int | None = Field(default=None, ge=0, le=2)
    """Which of its inputs, as it counts them from 0; without it any."""

    def topics(self) -> tuple[str, ...]:
        inputs = _INPUTS if self.button is None else (self.button,)
        return tuple(f"shellies/{self.address}/input_event/{number}" for number in inputs)

    def decode(self, topic: str, payload: bytes) -> Press | None:
        said = read.as_object(payload)
        if said is None or topic not in self.topics():
            return None
        word = read.word(said.get("event"))
        return self.press_of(word) if self.is_mapped else _WORDS.get(word or "")

    def sequence(self, topic: str, payload: bytes) -> str | None:
        said = read.as_object(payload)
        count = None if said is None or topic not in self.topics() else read.whole(said.get("event_cnt"), 0, 2**53)
        return None if count is None else str(count)
