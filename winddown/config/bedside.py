"""What a room does besides fading lamps: condition, quiet, breathing, release. Values and limits, no behaviour."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from winddown.config.mistakes import refuse
from winddown.config.scalars import Clock, Duration, Flag, Number, Percent, Text, Topic
from winddown.config.section import Section

_SLOWEST, _FASTEST = 3.0, 20.0

PACES: dict[str, tuple[float, float]] = {
    "4/6": (4.0, 6.0),
    "5/5": (5.0, 5.0),
    **{str(rate): (24 / rate, 36 / rate) for rate in (4, 5, 7, 8, 9, 10)},
}
"""Paces with a name of their own: seconds in and out, or breaths a minute in the proportion of four to six."""


def _listed(value: object) -> object:
    """One text may stand for a list of one."""
    return [value] if isinstance(value, str) else value


_WORDS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Words = Annotated[tuple[Annotated[str, Text()], ...], BeforeValidator(_listed), WithJsonSchema(_WORDS_SCHEMA)]


class OnlyIf(Section):
    """A condition for the routine."""

    topic: Annotated[str, Topic()] = Field(examples=["home/someone_in"])
    """The topic that tells."""
    is_: Annotated[str, Text(blank=True)] = Field(alias="is", examples=['"on"'])
    """What it must say."""


class QuietTarget(Section):
    """One thing that is muted and put back. It needs `state` or `restore`."""

    topic: Annotated[str, Topic()] = Field(examples=["home/speaker/volume/set"])
    """Where it is told."""
    state: Annotated[str, Topic()] | None = None
    """Where it says how it is: what it said before the mute is put back."""
    mute: Annotated[str, Text(blank=True)] = Field(examples=['"0"'])
    """What mutes it."""
    restore: Annotated[str, Text(blank=True)] | None = None
    """What puts it back where it has no `state`, or has not said it."""
    until: Annotated[time | None, Clock()] = None
    """Put it back at this time rather than at wake."""

    @model_validator(mode="after")
    def _can_be_put_back(self) -> QuietTarget:
        if self.state is None and self.restore is None:
            refuse([((), "could never be put back, add `state: TOPIC` or `restore: TEXT`")])
        return self


class Breathing(Section):
    """The lamp that breathes with you."""

    light: Annotated[str, Text()] | None = None
    """The lamp that breathes; by default the first one."""
    inhale_s: Annotated[float, Duration(1, 30, "s")] = Field(default=4.0, alias="inhale")
    """How long a breath in lasts once the pace is reached."""
    exhale_s: Annotated[float, Duration(1, 30, "s")] = Field(default=6.0, alias="exhale")
    """How long a breath out lasts once the pace is reached."""
    for_s: Annotated[float, Duration(60, 7200)] = Field(default=600.0, alias="for")
    """How long it goes on, the slowing down included."""
    start_pace: Annotated[float, Number(4, 30)] = 10.0
    """Breaths a minute at the beginning."""
    peak: Annotated[float, Percent(1, 100)] = 15.0
    """How bright a breath in becomes at first; it falls to a third of this."""
    floor: Annotated[float, Percent(0.1, 50)] = 1.0
    """How dark a breath out becomes."""
    night_peak: Annotated[float, Percent(0.1, 100)] = 3.0
    """The peak in the middle of the night."""
    starts: Literal["if_lamp_on", "press", "always"] = "if_lamp_on"
    """Whether the pulse begins by itself at bedtime."""

    @property
    def pace(self) -> str:
        """Its name: `4/6`, seconds in and out, or how many a minute."""
        both = (self.inhale_s, self.exhale_s)
        return next((name for name, pace in PACES.items() if pace == both), f"{self.inhale_s:g}/{self.exhale_s:g}")

    @model_validator(mode="after")
    def _fits_together(self) -> Breathing:
        problems = [*self._pace_mistakes(), *self._light_mistakes()]
        if problems:
            refuse(problems)
        return self

    def _pace_mistakes(self) -> list[tuple[tuple[str, ...], str]]:
        pace = 60 / (self.inhale_s + self.exhale_s)
        if not _SLOWEST <= pace <= _FASTEST:
            limits = f"{_SLOWEST:g} to {_FASTEST:g}"
            text = f"inhale and exhale make {pace:.3g} breaths a minute, make them {limits}; 4 s and 6 s make 6"
            return [((), text)]
        if self.start_pace < pace:
            text = f"{self.start_pace:g} breaths a minute is slower than the {pace:.3g} it slows down to, write more"
            return [(("start_pace",), text)]
        return []

    def _light_mistakes(self) -> list[tuple[tuple[str, ...], str]]:
        peaks = {"peak": self.peak, "night_peak": self.night_peak}
        return [
            ((key,), f"{peak:g}% is not brighter than the floor of {self.floor:g}%, write more or lower the floor")
            for key, peak in peaks.items()
            if peak <= self.floor
        ]


class Release(Section):
    """Tensing and letting go, one area after the other."""

    areas: Words = ("shoulders", "hands", "toes")
    """What is tensed, in this order: shoulders, hands, toes, jaw, forehead, belly, legs."""
    skip: Words = ()
    """Areas to leave out, for example one that hurts."""
    rounds: Annotated[int, Number(1, 10, whole=True)] = 2
    """How many times through all areas."""
    announce_s: Annotated[float, Duration(1, 30, "s")] = Field(default=4.0, alias="announce")
    """How long an area is announced."""
    tense_s: Annotated[float, Duration(1, 10, "s")] = Field(default=3.0, alias="tense")
    """How long it is tensed, about half as hard as you could."""
    release_s: Annotated[float, Duration(3, 60, "s")] = Field(default=15.0, alias="release")
    """How long it is let go."""
    release_only: Annotated[bool, Flag()] = False
    """Only let go, tense nothing."""
