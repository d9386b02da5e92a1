"""A lamp and a person on paper, to have a talk with: what was sent, what was asked, and what they make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from winddown.model import Dim, LampCommand, Light, Off, Report
from winddown.trial import Pause, Question, Read, Reply, Say, Talk, Tell


@dataclass
class Bedside:
    """Somebody who sees light from a level on, beside a lamp that says what it shows, or nothing."""

    sees_from: int = 2
    warmest_mired: int = 454
    coolest_mired: int = 250
    silent: bool = False
    smooth: str = "yes"
    nonsense: tuple[str, ...] = ()
    """What is answered first."""
    sent: list[LampCommand] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    shows: Report = field(default_factory=lambda: Report(True, 120, 300))
    _answers: Iterator[str] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        self._answers = iter(self.nonsense)

    def hold(self, talk: Talk[object]) -> object:
        """What the talk found."""
        reply: Reply = None
        while True:
            try:
                step = talk.send(reply)
            except StopIteration as end:
                return end.value
            reply = None
            match step:
                case Tell(command):
                    self.sent.append(command)
                    self._obey(command)
                case Read():
                    reply = Report() if self.silent else self.shows
                case Question(text):
                    self.asked.append(text)
                    reply = next(self._answers, self._answer(text))
                case Say(text):
                    self.said.append(text)
                case Pause(for_s):
                    assert for_s >= 0

    def _obey(self, command: LampCommand) -> None:
        match command:
            case Off():
                self.shows = replace(self.shows, on=False)
            case Light(level, mired) | Dim(level, mired):
                mired = None if mired is None else max(self.coolest_mired, min(mired, self.warmest_mired))
                on = self.shows.on or isinstance(command, Light)
                self.shows = Report(on, level or self.shows.level, mired or self.shows.mired)

    def _answer(self, text: str) -> str:
        if "see it" not in text:
            return self.smooth
        return "yes" if self.shows.on and (self.shows.level or 0) >= self.sees_from else "no"

    def levels(self, wanted: Callable[[LampCommand], bool] = lambda _: True) -> list[int]:
        """The levels that were sent, in order."""
        levels = [one.level for one in self.sent if isinstance(one, Dim | Light) and wanted(one)]
        return [level for level in levels if level is not None]
