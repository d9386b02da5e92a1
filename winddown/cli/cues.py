"""The sentences that people have written for their rooms, from their files. It says none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from winddown.programmes import load_own

if TYPE_CHECKING:
    from winddown.config import Config

Cues = Mapping[str, Mapping[str, str]]


def own_cues(house: Config) -> Cues:
    """Each room's own sentences, where it has a file of them."""
    return {name: load_own(room.cues) for name, room in house.rooms.items() if room.cues is not None}
