"""How the nouns of the house are made: values that nobody changes. The type checker sees to that; here nothing does.

`dataclass(frozen=True)` guards at run time too, and pays for it whenever one is made: three times the price, and they
are made by the dozen while a lamp waits for a press.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(*, kw_only: bool = False, eq: bool = True) -> Callable[[type[T]], type[T]]:
    """A frozen dataclass with slots, to be compared and hashed by its fields; without `eq`, by what it is."""
    return dataclass(slots=True, kw_only=kw_only, eq=eq, unsafe_hash=eq)


def shared(one: T) -> T:
    """The value that was first of its equals, of late: what is equal in all rooms of a house is kept once."""
    first: T = _first_of(one)
    return first


@lru_cache(maxsize=512)
def _first_of(one: Any) -> Any:
    return one
