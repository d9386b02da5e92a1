"""winddown: a house that winds down with you, over MQTT."""

from datetime import UTC, datetime

__version__ = "0.1.0"

RELEASED_AT = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
"""POSIX seconds of this version's making. A clock that shows less is wrong, and no evening begins on it."""
