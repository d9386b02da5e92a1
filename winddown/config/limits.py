"""What a person, or `probe`, may say that one lamp can do. Where nothing is written its system or its bridge knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.json_schema import JsonSchemaValue

from winddown.config.mistakes import shown, wrong
from winddown.config.scalars import Duration, Flag, Percent, Scalar
from winddown.config.section import Section
from winddown.model import Facts

_LONGEST_S = 3600.0
_MIRED = re.compile(r"([1-6]\d\d)\s*(?:mired|mireds)?")
_KELVIN = re.compile(r"(\d+(?:\.\d+)?)\s*(K)?")


@dataclass(frozen=True, slots=True)
class Kelvin(Scalar):
    """A white, written `2200 K`."""

    low: float = 1000
    high: float = 20_000

    def read(self, value: object) -> object:
        if isinstance(value, int | float):
            return value
        match = _KELVIN.fullmatch(value.strip()) if isinstance(value, str) else None
        kelvin = float(match[1]) if match else 0.0
        if match is None or not self.low <= kelvin <= self.high:
            mired = isinstance(value, str) and _MIRED.fullmatch(value.strip())
            meant = f"write {1_000_000 / int(mired[1]):.0f} K" if mired else "write for example 2200 K"
            raise wrong(f"{shown(value)} is no white from {self.low:g} K to {self.high:g} K, {meant}")
        if match[2] is None:
            raise wrong(f"{shown(value)} has no unit, write {kelvin:g} K")
        return kelvin

    def write(self, value: Any) -> object:
        return f"{value:g} K"

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? *K$"}


class Limits(Section):
    """The limits of one lamp, as they are written."""

    smallest: Annotated[float | None, Percent(0.01, 50)] = None
    """The least level that still gives light, on its own scale."""
    coolest: Annotated[float | None, Kelvin()] = None
    """The coolest white it shows."""
    warmest: Annotated[float | None, Kelvin()] = None
    """The warmest white it shows, and to which the runway goes."""
    longest_fade_s: Annotated[float | None, Duration(0, _LONGEST_S, "s")] = Field(default=None, alias="longest_fade")
    """The longest fade it does well by itself; 0 s: none, it goes in small steps."""
    together: Annotated[bool | None, Flag()] = None
    """Whether level and warmth may be told at once; false where the level then jumps."""
    relights: Annotated[bool | None, Flag()] = None
    """Whether it lights itself again when it is turned off in mid-fade (behind Zigbee2MQTT)."""
    curve: Literal["eye", "linear"] | None = None
    """How its level relates to light; by default as its dialect says."""

    def facts(self, scale: int) -> Facts:
        """What is said here, in the lamp's own steps, mired and seconds."""
        facts = Facts()
        if self.smallest is not None:
            facts["min_level"] = max(1, round(scale * self.smallest / 100))
        if self.coolest is not None:
            facts["coolest_mired"] = round(1_000_000 / self.coolest)
        if self.warmest is not None:
            facts["warmest_mired"] = round(1_000_000 / self.warmest)
        if self.longest_fade_s is not None:
            facts["max_fade_s"] = self.longest_fade_s
        if self.together is not None:
            facts["together"] = self.together
        if self.relights is not None:
            facts["relights"] = self.relights
        if self.curve is not None:
            facts["curve"] = self.curve
        return facts
