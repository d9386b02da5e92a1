"""Reads the one word that most devices leave for the broker to say when they are gone. Knows no device."""

from __future__ import annotations

from winddown import payload as read
from winddown.model import Availability


def availability(payload: bytes, here: str = "online", gone: str = "offline") -> Availability | None:
    """Whether the device is there; None for any other word."""
    text = (read.as_text(payload) or "").lower()
    return Availability(text == here) if text in (here, gone) else None
