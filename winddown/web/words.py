"""The words of the page, a YAML file a language, and lengths of time in words. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

_FIVE_FROM = 20
"""Minutes: from so many on nobody wants to know it more exactly than to five."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language; called with a key and what stands in its braces."""

    language: str
    known: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        return self.known[key].format(**values)

    def day(self, day: date) -> str:
        """A date with its weekday."""
        weekday = self.known["date.weekdays"].split()[day.weekday()]
        return self("date.day", weekday=weekday, day=day.day, month=self.known["date.months"].split()[day.month - 1])

    def length(self, seconds: float) -> str:
        """How long it is, as one would say it."""
        minutes = round(seconds / 60)
        if minutes >= _FIVE_FROM:
            minutes = 5 * round(minutes / 5)
        hours, rest = divmod(minutes, 60)
        if minutes < 1:
            return self("length.moment")
        if hours and rest:
            return self("length.both", one=self._counted("hour", hours), other=self._counted("minute", rest))
        return self._counted("hour", hours) if hours else self._counted("minute", rest)

    def _counted(self, unit: str, number: int) -> str:
        return self(f"length.{unit}") if number == 1 else self(f"length.{unit}s", n=number)


@cache
def words(language: str) -> Words:
    """Those of a language."""
    text = files(__package__).joinpath(f"words/{language}.yaml").read_text("utf-8")
    return Words(language, MappingProxyType(dict(_flat(YAML(typ="safe", pure=True).load(text)))))


def _flat(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", " ".join(str(value).split())
