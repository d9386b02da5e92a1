"""One lamp as seen from outside an evening: what it says it shows, what it can, what it was told. It sends nothing.

`core/seen.py` judges whose doing a change is; here nobody's is: the lamp is looked at, tried, and put back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from winddown.lights import LightDialect
from winddown.lights.layers import resolve
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    LampCommand,
    Layer,
    Light,
    Message,
    Off,
    Profile,
    Received,
    Report,
)


class Sight:
    """What is known of one lamp."""

    def __init__(self, name: str, driver: LightDialect, own: Iterable[Layer]) -> None:
        self.name = name
        self.driver = driver
        self.shown = Report()
        """What it says."""
        self.before: Report | None = None
        """What it said before anything was tried; None: nothing."""
        self.told = False
        """It has been told something, so it is to be put back."""
        self.dark = False
        """It was last told to go off."""
        self.online = True
        self.names: tuple[str, ...] = ()
        """What else its bridge knows."""
        self._own = tuple(own)
        self.profile: Profile = resolve(self._own, driver.profile()).profile

    @property
    def tries(self) -> Profile:
        """Its profile without a least level: that is for whoever tries, and for putting back just what was there."""
        return replace(self.profile, min_level=1)

    @property
    def off(self) -> bool:
        """It is dark, by our doing or by its own word."""
        return self.dark or self.shown.on is False

    def hear(self, message: Received) -> None:
        """Take in a message, if it is about this lamp."""
        if message.topic not in self.driver.topics() or message.topic in self.driver.command_topics():
            return
        heard = self.driver.decode(message.topic, message.payload, self.profile)
        match heard:
            case Report():
                self.shown = _over(self.shown, heard)
            case Availability():
                self.online = heard.online
            case Catalogue():
                self.names = tuple(sorted({*self.names, *heard.names}))
                if heard.layers:
                    self.profile = resolve((*self._own, *heard.layers), self.driver.profile()).profile
            case _:
                pass

    def forget_white(self) -> None:
        """Whatever white it says next is news."""
        self.shown = replace(self.shown, mired=None)

    def encode(self, command: LampCommand) -> tuple[Message, ...]:
        """As messages, which are then on their way."""
        match command:
            case Off():
                self.told = self.dark = True
            case Light():
                self.told, self.dark = True, False
            case Dim():
                self.told = True
            case Ask():
                pass
        return self.driver.encode(command, self.tries)

    def notice(self, message: Message) -> None:
        """Somebody else of this house, an engine, sends this to the lamp."""
        if message.topic not in self.driver.command_topics():
            return
        heard = self.driver.decode(message.topic, message.payload.encode(), self.profile)
        self.told = True
        if isinstance(heard, Commanded) and heard.on is not None:
            self.dark = not heard.on

    def why_silent(self) -> str:
        """The sentence for a lamp that has not said what it shows."""
        who = f"{self.name} ({self.driver.key})"
        if not self.profile.reports:
            return f"{who} never says what it shows, so nobody could put it back"
        known = f" Its bridge knows {', '.join(self.names)}" if self.names else ""
        return f"{who} does not say what it shows: has it power, and is its name right?{known}"


def _over(old: Report, new: Report) -> Report:
    return Report(
        on=old.on if new.on is None else new.on,
        level=old.level if new.level is None else new.level,
        mired=old.mired if new.mired is None else new.mired,
    )
