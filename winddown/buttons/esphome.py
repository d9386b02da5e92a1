"""Buttons of ESPHome nodes: an `event` entity, or a plain contact. Knows no device.

Both leave their last word with the broker, so only what comes live is a press. A contact tells no double and no hold:
its ON is a single press, and its OFF is the finger leaving.
"""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from winddown import payload as read
from winddown.buttons.actions import MappedButton
from winddown.model import Press


class EspHomeButton(MappedButton):
    """A button named by its node and its own id: `esphome/bedroom/bed_button`."""

    DIALECT: ClassVar[str] = "esphome"

    @model_validator(mode="after")
    def _of_a_node(self) -> Self:
        if not all(self.address.rpartition("/")):
            raise ValueError("an ESPHome button is named by its node and its id, write NODE/ID")
        return self

    def topics(self) -> tuple[str, ...]:
        node, _, name = self.address.rpartition("/")
        return (f"{node}/event/{name}/state", f"{node}/binary_sensor/{name}/state")

    def decode(self, topic: str, payload: bytes) -> Press | None:
        event, contact = self.topics()
        if topic == event:
            return self.press_of((read.as_object(payload) or {}).get("event_type"))
        if topic != contact:
            return None
        word = read.as_text(payload)
        return None if word == "OFF" and not self.is_mapped else self.press_of(word)
