"""The phone that tracks sleep, as a button. Guesses nothing: which of its events is which press, a person says."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from winddown import payload as read
from winddown.buttons.actions import MappedButton
from winddown.model import Press


class SleepAsAndroidButton(MappedButton):
    """The app Sleep as Android, named by the topic that is set in it."""

    DIALECT: ClassVar[str] = "sleep_as_android"

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        if not self.is_mapped:
            raise ValueError("say which event is which press, for example hold: sleep_tracking_started")
        return self

    def topics(self) -> tuple[str, ...]:
        return (self.address,)

    def decode(self, topic: str, payload: bytes) -> Press | None:
        said = read.as_object(payload)
        return None if said is None or topic != self.address else self.press_of(said.get("event"))
