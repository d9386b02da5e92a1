"""What is equal in many rooms is kept once, for a house of a thousand rooms is mostly one room. It changes no value."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from winddown.config.schema import Room

M = TypeVar("M", bound=BaseModel)

_ALIKE = ("bedtime", "wake", "presses")
"""What is written in every room, and mostly the same; and what pydantic copies where it is not written."""
_BESIDE = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
"""What pydantic keeps beside the fields."""


def learn_names(kinds: Iterable[type[BaseModel]]) -> None:
    """Before the first is read: Python keeps the names of attributes once a class, and not in a dict of each object,
    if it learns them from one of the first objects."""
    for kind in kinds:
        first = kind.__new__(kind)
        found_later = [name for name, one in vars(kind).items() if isinstance(one, cached_property)]
        for name in (*kind.model_fields, *found_later):
            object.__setattr__(first, name, None)


class Alike:
    """What is equal in the rooms that have been read so far. They are frozen, so nobody can tell."""

    def __init__(self) -> None:
        self._known: dict[str, object] = {}
        self._written: dict[frozenset[str], set[str]] = {}

    def room(self, room: Room) -> Room:
        """The same, as small as can be, with all in it."""
        for name, lamp in room.lights.items():
            room.lights[name] = self._lean(lamp, driver=self._lean(lamp.driver))
        alike = {key: self._one(room.__dict__[key]) for key in _ALIKE}
        return self._lean(room, buttons=tuple(self._lean(button) for button in room.buttons), **alike)

    def _one(self, value: object) -> object:
        return self._known.setdefault(repr(value), value)

    def _lean(self, model: M, **changes: object) -> M:
        """The same, set name by name, so that it has no dict of its own. And which keys were written, and what is
        private, is mostly what it is in other rooms."""
        lean = type(model).__new__(type(model))
        for name, value in (model.__dict__ | changes).items():
            object.__setattr__(lean, name, value)
        beside: dict[str, Any] = {name: getattr(model, name) for name in _BESIDE}
        keys = model.__pydantic_fields_set__
        beside["__pydantic_fields_set__"] = self._written.setdefault(frozenset(keys), keys)
        beside["__pydantic_private__"] = self._one(model.__pydantic_private__)
        for name, value in beside.items():
            object.__setattr__(lean, name, value)
        return lean
