"""What a lamp dialect is: a pure codec between the house's commands and one system's messages. It sends nothing itself.

A dialect is one file: a frozen pydantic model whose fields are the keys a person may write beside the address in the
YAML, and the methods below. Copy `json_schema.py`, change what differs, and add it to `LIGHTS` in `__init__.py`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from winddown.model import Heard, LampCommand, Message, Profile
from winddown.payload import Topic
from winddown.value import value


@value()
class Place:
    """Where a lamp stands in the configuration, for a dialect whose topics are named after that."""

    prefix: str = "winddown"
    room: str = "room"
    """The first room that has it."""
    lamp: str = "lamp"
    """What that room calls it."""
    home_assistant: str = "homeassistant"
    """Where Home Assistant says that it is there."""


@value()
class Air:
    """What the commands of some lamps share."""

    key: str
    per_s: float
    """So many commands a second."""
    burst: float
    """So many at once, after a pause."""


class LightDialect(BaseModel):
    """One lamp, as the configuration names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    DIALECT: ClassVar[str]
    """The word before the slash: `zigbee2mqtt` in `zigbee2mqtt/bedside_lamp`."""

    address: Topic
    """The word after it. It becomes part of topics, so it holds no wildcard."""

    @property
    def key(self) -> str:
        """What makes it the same lamp in two rooms: `zigbee2mqtt/bedside_lamp`."""
        return f"{self.DIALECT}/{self.address}"

    @property
    def short_name(self) -> str:
        """What a list calls it: the last part of the address; of a command topic, the part before `/set`."""
        return self.address.removesuffix("/set").rsplit("/", 1)[-1]

    def renamed(self, address: str) -> str:
        """How the configuration is to name it once its bridge calls it that."""
        return f"{self.DIALECT}/{address}"

    def placed(self, place: Place) -> Self:  # noqa: ARG002  most are named by themselves alone
        """The same lamp once the configuration has been read, and says where it stands."""
        return self

    @abstractmethod
    def profile(self) -> Profile:
        """What such a lamp can do as far as the dialect and the configuration know; a `Catalogue` may know better."""

    @abstractmethod
    def topics(self) -> tuple[str, ...]:
        """The exact topics to hear: state, availability, the bridge, and its own command topic (whose echo proves that
        the broker is alive, and on which others command it)."""

    @abstractmethod
    def command_topics(self) -> tuple[str, ...]:
        """The exact topics on which lamps are commanded; part of `topics()`."""

    def air(self) -> Air:
        """What its commands travel through, and how much of it there is: of its own, ten commands a second."""
        return Air(self.key, 10.0, 10.0)

    def catalogue_topics(self) -> tuple[str, ...]:
        """Those of `topics()` on which a bridge tells what its lamps can do; none: no bridge does."""
        return ()

    @abstractmethod
    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        """The messages that carry out the command, in order; none where it cannot (asking a lamp without answers).

        `Light` is for a lamp that is off; one that is on takes `Dim`, upwards too. What the lamp cannot do is clamped
        or left out here, by `profile` (see `limits.py`), so that whoever commands need not know.
        """

    @abstractmethod
    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        """What a message on one of `topics()` says; None for no valid word of this dialect. Never raises.

        A bridge may name its lamps in several messages (devices, groups): a lamp is unknown when none of them has it.
        """
