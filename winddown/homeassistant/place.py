"""Where a room is found: its topics with us, its topics and ids in Home Assistant. Names of things, no entities.

An id is `PREFIX-ROOM-KEY`; neither a room's name nor a key has a `-`, so no two are alike. None ever changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

HUB = "hub"
"""No room is called so."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room, or the hub, as Home Assistant is to know it."""

    prefix: str
    """Our own topics begin with it."""
    discovery: str
    """Home Assistant's discovery topics do."""
    room: str = HUB
    name: str = ""
    """What people call it."""
    language: str = "en"
    pace: str = "4/6"
    """Of the file: it can always be chosen again."""
    time_entities: bool = True

    def topic(self, name: str) -> str:
        """A topic of ours about it."""
        return f"{self.prefix}/{self.room}/{name}"

    @property
    def id(self) -> str:
        """What no other device has."""
        return f"{node(self.prefix)}-{self.room}"

    @property
    def device_topic(self) -> str:
        """Where the device is announced."""
        return f"{self.discovery}/device/{node(self.prefix)}/{self.room}/config"

    def single_topic(self, platform: str, key: str) -> str:
        """Where one entity is announced by itself."""
        return f"{self.discovery}/{platform}/{self.id}-{key}/config"

    def entity_id(self, platform: str, key: str) -> str:
        """The same in every language; a person may change it, and it then stays so."""
        words = re.sub(r"[^a-z0-9]+", "_", f"{self.prefix}_{self.room}_{key}".lower()).strip("_")
        return f"{platform}.{words}"


def node(prefix: str) -> str:
    """The prefix as a part of an id: Home Assistant takes letters, digits, `_` and `-` there."""
    plain = re.sub(r"[^a-zA-Z0-9_]", "_", prefix)
    return plain if plain == prefix else f"{plain}-{crc32(prefix.encode()):08x}"
