"""What stands announced, as `PREFIX/hub/state` keeps it: so whoever comes later knows what to take away. It takes none.

It lies with the broker, where the announcements lie: the two live and die together.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from winddown import __version__
from winddown.homeassistant.place import Place
from winddown.model import Message

_ROOM = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is announced, and how."""

    discovery: str
    """Where."""
    rooms: tuple[str, ...]
    """That are ours."""
    others: tuple[str, ...] = ()
    """That were there before us, and may still belong to somebody."""
    time_entities: bool = True
    version: str = __version__

    def message(self, place: Place) -> Message:
        """As published; `place` is the hub's."""
        said = {
            "version": self.version,
            "rooms": list(self.rooms),
            "others": list(self.others),
            "discovery": self.discovery,
            "time_entities": self.time_entities,
        }
        return Message(place.topic("state"), json.dumps(said), qos=1, retain=True)


def read_standing(payload: bytes) -> Standing | None:
    """What was stored; None: nothing, or nothing of ours."""
    try:
        said = json.loads(payload)
        rooms, others = (tuple(map(str, said[key])) for key in ("rooms", "others"))
        discovery, version = str(said["discovery"]), str(said["version"])
        time_entities = said["time_entities"] is True
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    sound = discovery and not set(discovery) & {"+", "#", "\0"} and all(map(_ROOM.fullmatch, (*rooms, *others)))
    return Standing(discovery, rooms, others, time_entities, version) if sound else None
