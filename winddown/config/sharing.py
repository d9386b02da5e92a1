"""What is equal in many rooms is kept once, for a house of a thousand rooms is mostly one room. It changes no value."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from winddown.config.schema import Config, Room

_ALIKE = ("bedtime", "wake")
"""What is written in every room, and mostly the same. What is not written is one already."""


def share(config: Config) -> None:
    """Let equal parts be one. They are frozen, so nobody can tell."""
    known: dict[str, object] = {}
    written: dict[frozenset[str], set[str]] = {}
    for room in config.rooms.values():
        for key in _ALIKE:
            value = room.__dict__[key]
            room.__dict__[key] = known.setdefault(repr(value), value)
        for model in _models(room):
            # Which keys were written, as pydantic keeps it: a set of its own in every model, half a kilobyte and more.
            keys = model.__pydantic_fields_set__
            object.__setattr__(model, "__pydantic_fields_set__", written.setdefault(frozenset(keys), keys))


def _models(room: Room) -> Iterator[BaseModel]:
    yield room
    yield from room.buttons
    for lamp in room.lights.values():
        yield lamp
        yield lamp.driver
