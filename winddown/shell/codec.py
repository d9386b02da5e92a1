"""Memory as text, one JSON object a row, and back. It opens no file, and never raises because of what it reads.

Strict: what is not of its type, or no finite number, is no memory. A field that is missing has its default, and one
that we do not know is passed over, so that an older and a newer winddown read each other's rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from winddown.model import CrashMemory, LampMemory, Memory, NightSaid, NightSeen, QuietMemory, RoomMemory

if TYPE_CHECKING:
    from pydantic import TypeAdapter

KINDS: dict[str, type[Memory]] = {
    "room": RoomMemory,
    "lamp": LampMemory,
    "quiet": QuietMemory,
    "crashes": CrashMemory,
    "night": NightSeen,
    "said": NightSaid,
}
"""What each kind of row holds; its key begins with the same word."""


@dataclass(frozen=True, slots=True)
class Row:
    """A memory as it is kept."""

    key: str
    kind: str
    value: str


def encoded(key: str, memory: Memory) -> Row:
    """A memory as a row."""
    kind = key.partition("/")[0]
    return Row(key, kind, _adapter(kind).dump_json(memory).decode())


def decoded(row: Row) -> Memory | None:
    """The memory in a row; None: nothing that we can read."""
    if row.kind not in KINDS or not row.key.startswith(f"{row.kind}/"):
        return None
    try:
        memory: Memory | None = _adapter(row.kind).validate_json(row.value)
    except ValueError:
        return None
    return memory


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    """Made when it is first wanted: it takes two milliseconds. (`| None`: pydantic configures no bare dataclass.)"""
    from pydantic import ConfigDict, TypeAdapter

    shape: Any = KINDS[kind] | None
    return TypeAdapter(shape, config=ConfigDict(strict=True, allow_inf_nan=False))
