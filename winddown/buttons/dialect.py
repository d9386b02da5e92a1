"""What a button dialect is: a pure decoder from one system's messages to presses. It decides nothing about them.

A dialect is one file, like a lamp's: see `winddown/lights/dialect.py`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from winddown.model import Press
from winddown.payload import Topic


class ButtonDialect(BaseModel):
    """One button, as the configuration names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    DIALECT: ClassVar[str]
    """The word before the slash."""

    address: Topic
    """The word after it. It becomes part of a topic, so it holds no wildcard."""

    @property
    def key(self) -> str:
        """How presses name their source: `zigbee2mqtt/bedside_button`."""
        return f"{self.DIALECT}/{self.address}"

    @abstractmethod
    def topics(self) -> tuple[str, ...]:
        """The exact topics to hear."""

    @abstractmethod
    def decode(self, topic: str, payload: bytes) -> Press | None:
        """The press in a message; None for anything that is none. Never raises.

        It sees one message at a time. What a finger does once is to be one press: so leave out the first half of a
        click that is told in two, and the repeats of a hold where the message shows that it is one.
        """

    def sequence(self, topic: str, payload: bytes) -> str | None:  # noqa: ARG002  for those that repeat themselves
        """What changes with each press, for a button that says its last one again and again; None: it does not.

        Who asks holds it against the answer before on the same topic: unchanged, or the first since subscribing, the
        message is no press, whatever `decode` makes of it. Never raises.
        """
        return None
