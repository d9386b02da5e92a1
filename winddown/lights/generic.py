"""Lamps with a topic for on and off and perhaps one for a number. They only step, and they show no warmth."""

from __future__ import annotations

from typing import ClassVar, Self, assert_never

from pydantic import Field, model_validator

from winddown import payload as read
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import level_within
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report
from winddown.payload import Topic, Word, named_by


class GenericLight(LightDialect):
    """A lamp described by its topics and payloads."""

    DIALECT: ClassVar[str] = "generic"

    on_topic: Topic
    """Where it is switched. It is also the address: `generic/home/lamp/switch` is a whole lamp, on or off."""
    on: Word = Field(default="ON", min_length=1)
    """The payload that lights it."""
    off: Word = Field(default="OFF", min_length=1)
    """The payload that turns it off."""
    level_topic: Topic | None = None
    """Where a plain number sets its brightness; without it the lamp is on or off, and does not fade."""
    scale: int = Field(default=100, ge=1, le=65_535)
    """The number that is 100 %."""
    state_topic: Topic | None = None
    """Where it says what it shows: the payloads above, a number, or JSON with `state` and `brightness`."""

    @model_validator(mode="before")
    @classmethod
    def _one_address(cls, given: object) -> object:
        return named_by("on_topic", given)

    @model_validator(mode="after")
    def _said_and_told_apart(self) -> Self:
        if self.on.casefold() == self.off.casefold():
            raise ValueError("`on` and `off` are the same payload; give each its own")
        if self.state_topic in self.command_topics():
            raise ValueError("`state_topic` is where the lamp answers; it cannot be a topic on which it is commanded")
        return self

    def profile(self) -> Profile:
        says = self.state_topic is not None
        return Profile(scale=self.scale, dims=self.level_topic is not None, can_ask=False, reports=says)

    def topics(self) -> tuple[str, ...]:
        return (*((self.state_topic,) if self.state_topic else ()), *self.command_topics())

    def command_topics(self) -> tuple[str, ...]:
        given = (self.on_topic, self.level_topic)
        return tuple(dict.fromkeys(topic for topic in given if topic is not None))

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                return self._level(command.level, profile)
            case Light():
                return self._light(command, profile)
            case Off():
                return (Message(self.on_topic, self.off),)
            case Ask():
                return ()
            case _:
                assert_never(command)

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        if topic in self.command_topics():
            return self._told(self._plain(read.as_text(payload), profile))
        if topic != self.state_topic:
            return None
        said = read.as_object(payload)
        return self._plain(read.as_text(payload), profile) if said is None else self._fields(said, profile)

    def _light(self, command: Light, profile: Profile) -> tuple[Message, ...]:
        """The level first, so that it does not flash; and once more, for a lamp that does not listen while off."""
        level = self._level(command.level, profile)
        return (*level, Message(self.on_topic, self.on), *level)

    def _level(self, level: int | None, profile: Profile) -> tuple[Message, ...]:
        within = level_within(level, profile)
        return () if within is None or self.level_topic is None else (Message(self.level_topic, str(within)),)

    def _plain(self, text: str | None, profile: Profile) -> Report | None:
        if text is None:
            return None
        on = self._on(text)
        if on is not None:
            return Report(on=on)
        level = read.number_in(text, 0, profile.scale)
        return None if level is None else Report(on=level > 0, level=round(level))

    def _told(self, plain: Report | None) -> Commanded | None:
        if plain is None:
            return None
        lights = plain.on if plain.level in (None, 0) else None  # a number above 0 does not say that the lamp goes on
        return Commanded(lights, plain.level)

    def _fields(self, said: dict[str, object], profile: Profile) -> Report | None:
        report = Report(
            on=self._on(read.word(said.get("state"))), level=read.whole(said.get("brightness"), 0, profile.scale)
        )
        return None if report == Report() else report

    def _on(self, text: str | None) -> bool | None:
        known = {self.on.casefold(): True, self.off.casefold(): False}
        return None if text is None else known.get(text.casefold())
