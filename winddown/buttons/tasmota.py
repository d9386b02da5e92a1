"""Buttons and switches of devices that run Tasmota. Hears `RESULT`, where the device says everything else too.

The device says presses only with `SetOption73 1` (buttons) or `SetOption114 1` (switches). A switch that follows a push
button says ON and OFF for one press, so its OFF is none.
"""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import Field

from winddown import payload as read
from winddown.buttons.actions import MappedButton
from winddown.model import Press
from winddown.payload import FullTopic

_KEY = re.compile(r"(Button|Switch)([1-9]\d?)")


class TasmotaButton(MappedButton):
    """A button named by its device's topic."""

    DIALECT: ClassVar[str] = "tasmota"

    full_topic: FullTopic = "%prefix%/%topic%/"
    """How the device makes its topics, where its `FullTopic` was changed."""
    button: int | None = Field(default=None, ge=1, le=32)
    """Which of its buttons or switches, as it counts them from 1; without it any."""

    def topics(self) -> tuple[str, ...]:
        return (f"{read.filled(self.full_topic, 'stat', self.address)}RESULT",)

    def decode(self, topic: str, payload: bytes) -> Press | None:
        said = read.as_object(payload)
        if said is None or topic not in self.topics():
            return None
        presses = (self._press(key, value) for key, value in said.items())
        return next((press for press in presses if press is not None), None)

    def _press(self, key: str, value: object) -> Press | None:
        found = _KEY.fullmatch(key)
        if found is None or self.button not in (None, int(found[2])):
            return None
        word = (read.object_in(value) or {}).get("Action")
        leaves = found[1] == "Switch" and word == "OFF" and not self.is_mapped
        return None if leaves else self.press_of(word)
