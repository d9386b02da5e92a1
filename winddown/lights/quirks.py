"""What is known of single models of lamps, from `quirks.yaml`. It corrects and fills in; it drives nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter
from ruamel.yaml import YAML

from winddown.model import Facts, Layer

_Said = dict[str, bool | int | float]
_Patterns = Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]


class Quirk(BaseModel):
    """One entry of the list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    because: str
    """What such a lamp does, in a few words for people."""
    vendor: str = "*"
    model: _Patterns = ("*",)
    zigbee_model: str = "*"
    says: _Said = {}
    """What the bridge leaves out."""
    corrects: _Said = {}
    """What the bridge says wrongly."""

    def fits(self, vendor: str, model: str, zigbee_model: str) -> bool:
        """Whether it is about this model."""
        named = any(fnmatchcase(model, pattern) for pattern in self.model)
        return named and fnmatchcase(vendor, self.vendor) and fnmatchcase(zigbee_model, self.zigbee_model)


def around(claimed: Layer, vendor: str, model: str, zigbee_model: str) -> tuple[Layer, ...]:
    """What a bridge says of a lamp, between what is known better and what it leaves out; the strongest first."""
    known = [quirk for quirk in quirks() if quirk.fits(vendor, model, zigbee_model)]
    stronger, weaker = (tuple(_layers(known, part)) for part in ("corrects", "says"))
    return (*stronger, claimed, *weaker)


def _layers(known: list[Quirk], part: str) -> Iterator[Layer]:
    for quirk in known:
        if said := getattr(quirk, part):
            yield Layer(f"quirk: {quirk.because}", cast("Facts", said))


@cache
def quirks() -> tuple[Quirk, ...]:
    """The whole list, in its order; read when the first bridge tells of its lamps."""
    written: Any = YAML(typ="safe", pure=True).load(files(__package__).joinpath("quirks.yaml").read_text("utf-8"))
    return TypeAdapter(tuple[Quirk, ...]).validate_python(written)
