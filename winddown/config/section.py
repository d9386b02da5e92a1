"""What every part of the configuration is: frozen, strict about its keys, its fields documented. It has none itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from winddown.config.sharing import Alike


class Section(BaseModel):
    """A mapping in the file."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        validate_by_alias=True,
        validate_by_name=True,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value must know of the file around it, given to pydantic as its context."""

    folder: Path
    """Where the file lies; other files are named from there."""
    zigbee2mqtt: str = "zigbee2mqtt"
    """The base topic of lamps and buttons that do not name one."""
    alike: Alike = field(default_factory=Alike)
    """What the rooms before have had."""
