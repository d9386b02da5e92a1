"""Inputs of Shelly devices since the second generation, and BLU buttons that they hear. No inputs of type switch."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from winddown import payload as read
from winddown.buttons.actions import MappedButton
from winddown.model import Press

_KINDS = ("input:", "bthomedevice:")


class Shelly2Button(MappedButton):
    """A button named by its device's topic prefix, and its input where that matters: `shelly2/shellyplusi4-a1b2/3`."""

    DIALECT: ClassVar[str] = "shelly2"

    component: Annotated[str, Field(pattern=r"^(input|bthomedevice):\d{1,3}$")] | None = None
    """Which of its components, as `bthomedevice:200` for a BLU button. Without it, and without an input, any."""
    button: int | None = Field(default=None, ge=0, le=63)
    """Which key of a BLU remote, its `idx`; without it any."""

    def topics(self) -> tuple[str, ...]:
        return (f"{read.with_number(self.address)[0]}/events/rpc",)

    def decode(self, topic: str, payload: bytes) -> Press | None:
        said = read.as_object(payload)
        if said is None or topic not in self.topics() or said.get("method") != "NotifyEvent":
            return None
        presses = (self._press(event) for event in read.objects_in(read.at_path(said, "params.events")))
        return next((press for press in presses if press is not None), None)

    def _press(self, event: dict[str, object]) -> Press | None:
        component = str(event.get("component"))
        if not component.startswith(_KINDS) or self._only not in (None, component):
            return None
        if self.button is not None and event.get("idx") != self.button:
            return None
        return self.press_of(event.get("event"))

    @property
    def _only(self) -> str | None:
        channel = read.with_number(self.address)[1]
        return self.component or (None if channel is None else f"input:{channel}")
