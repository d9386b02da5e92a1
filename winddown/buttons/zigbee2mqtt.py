"""Buttons behind Zigbee2MQTT. Reads their state message alone: with `NAME/action` each press would count twice."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from winddown import payload as read
from winddown.buttons.actions import MappedButton, is_of
from winddown.model import Press
from winddown.payload import Topic, Word

_HELD_S, _HELD_AT_MOST_S = 1.2, 60.0
"""Philips remotes say `hold` at 0.8 s and again every 0.8 s, and how long it lasts. Beyond a minute the figure counts
from a press that was lost, and it is no repeat."""


class Zigbee2MqttButton(MappedButton):
    """A button that Zigbee2MQTT knows by its friendly name."""

    DIALECT: ClassVar[str] = "zigbee2mqtt"

    base: Topic = "zigbee2mqtt"
    """The base topic of the Zigbee2MQTT that has it."""
    button: Annotated[Word, Field(pattern=r"[A-Za-z0-9]")] | None = None
    """Which key of a remote with several, as its actions name it: 1, left, dots_1, on. Without it every key counts."""

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        if self.button is not None and self.is_mapped:
            raise ValueError("`button` has no use beside single, double and hold, which name whole actions; remove it")
        return self

    @property
    def key(self) -> str:
        """With the base where it is another one, as for its lamps."""
        return super().key if self.base == "zigbee2mqtt" else f"{super().key}@{self.base}"

    def topics(self) -> tuple[str, ...]:
        return (self._topic,)

    @cached_property
    def _topic(self) -> str:
        return f"{self.base}/{self.address}"

    def decode(self, topic: str, payload: bytes) -> Press | None:
        said = read.as_object(payload)
        action = None if said is None or topic != self._topic else said.get("action")
        if said is None or not isinstance(action, str) or (self.button is not None and not is_of(self.button, action)):
            return None
        press = self.press_of(action)
        return None if press is Press.HOLD and _goes_on(said) else press


def _goes_on(said: dict[str, object]) -> bool:
    return read.number(said.get("action_duration"), _HELD_S, _HELD_AT_MOST_S) is not None
