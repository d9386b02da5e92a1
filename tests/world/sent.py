"""One message as the world saw it. A record; it goes nowhere by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, eq=False)
class Sent:
    """What was published, by whom, and when."""

    boot: float
    wall: float
    topic: str
    payload: str
    retain: bool
    ours: bool
    """The daemon published it; otherwise a thing or a person of the world did."""
    routed_boot: float | None = None
    """When the broker passed it on; later than `boot` if it hung, None as long as it does."""

    @property
    def data(self) -> Any:
        """The payload as JSON, or as it is where it is none."""
        return read(self.payload)


def read(payload: str) -> Any:
    """JSON where it is JSON, else the text itself."""
    try:
        return json.loads(payload)
    except ValueError:
        return payload


def as_object(payload: str) -> dict[str, Any] | None:
    """A JSON object; None for anything else."""
    data = read(payload)
    return data if isinstance(data, dict) else None
