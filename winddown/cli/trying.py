"""Tries things on real lamps for a verb: hears, sends, asks the person, and puts the lamps back. It decides nothing.

However it ends (answered, Ctrl-C, the answers at an end, the terminal closed, the broker gone and back) the lamps are
told to show what they showed before, and a lamp that does not say so is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, assert_never

import typer

from winddown import clock
from winddown.errors import UsageError, WinddownError
from winddown.model import Ask, Connected, Disconnected, Event, LampCommand, Message, Received, Report
from winddown.trial import Daytime, Pause, Question, Read, Reply, Say, Sight, Talk, Tell, back, is_back, showing

if TYPE_CHECKING:
    from winddown.config import Config
    from winddown.shell.answers import Answers
    from winddown.shell.remote import Remote

T = TypeVar("T")

STORED_S = 0.5
"""What a broker has stored comes at once; so long without more, and that was all."""
ANSWER_S = 1.0
"""Answers of a lamp come in parts, the first of them stale."""
LOOK_S = 4.0
"""A lamp that is there answers sooner."""
BACK_S = 2.5
"""The way back, and a moment."""
OUTAGE_S = 30.0
"""So long a broker may be away and the lamps are put back still."""


class LostError(WinddownError):
    """The broker went away in the middle."""


class TakenError(WinddownError):
    """An evening began, or somebody pressed: the lamps are the running winddown's."""


class OnLamps:
    """Some lamps, while something is tried on them."""

    def __init__(self, remote: Remote, sights: Mapping[str, Sight], day: Daytime) -> None:
        self.remote = remote
        self.sights = sights
        self.day = day
        self.heard: dict[str, Received] = {}
        """The newest word on every topic."""
        self.yours: set[str] = set()
        """Lamps that a hand has changed meanwhile: they stay as they are."""
        self.begun = False
        """From here on an evening that begins ends it."""
        self._away = False
        self._answers: Answers | None = None

    # ------------------------------------------------------------ hearing

    def next(self, within_s: float) -> Event | None:
        """What happens next. LostError, TakenError."""
        event = self.remote.next(within_s)
        match event:
            case Received():
                self.heard.pop(event.topic, None)
                self.heard[event.topic] = event
                self.day.hear(event)
                for sight in self.sights.values():
                    sight.hear(event)
                if self.begun and (over := self.day.over()) is not None:
                    raise TakenError(f"{over}: this ends here, and the lamps stay with it. {self._were()}")
            case Disconnected():
                self._away = True
                raise LostError("the broker went away in the middle")
            case Connected():
                self._away = False
            case _:
                pass
        return event

    def wait(self, for_s: float) -> None:
        """Let time pass, and hear."""
        until_boot = clock.now().boot + for_s
        while (left_s := until_boot - clock.now().boot) > 0:
            self.next(left_s)

    def catch_up(self) -> None:
        """Hear what came while a person was thinking."""
        while self.next(0.0) is not None:
            pass

    def look(self) -> None:
        """See what the bridges have stored, then ask the lamps."""
        while self.next(STORED_S) is not None:
            pass
        asked = [sight for sight in self.sights.values() if sight.profile.can_ask]
        self._ask(asked)
        until_boot = clock.now().boot + LOOK_S
        while clock.now().boot < until_boot and any(sight.shown.on is None for sight in asked):
            self.next(until_boot - clock.now().boot)
        self.wait(ANSWER_S if asked else 0.0)
        for sight in self.sights.values():
            sight.before = None if sight.shown.on is None or not sight.online else sight.shown

    def told(self) -> list[Sight]:
        """The lamps that are to be put back."""
        return [sight for sight in self.sights.values() if sight.told and sight.name not in self.yours]

    # ------------------------------------------------------------ sending

    def send(self, sight: Sight, command: LampCommand, qos: int = 0) -> None:
        """Tell a lamp something."""
        for message in sight.encode(command):
            self.remote.send(replace(message, qos=qos))

    def pass_on(self, message: Message) -> None:
        """Send what an engine says to a lamp."""
        for sight in self.sights.values():
            sight.notice(message)
        self.remote.send(message)

    def _ask(self, sights: Iterable[Sight]) -> None:
        for sight in sights:
            self.send(sight, Ask())

    # ------------------------------------------------------------ a talk

    def hold(self, talk: Talk[T], sight: Sight) -> T:
        """Carry out a talk about a lamp to its end; what it found."""
        reply: Reply = None
        while True:
            try:
                step = talk.send(reply)
            except StopIteration as end:
                found: T = end.value
                return found
            reply = None
            match step:
                case Tell(command):
                    self.catch_up()
                    self.send(sight, command)
                case Pause(for_s):
                    self.wait(for_s)
                case Read():
                    reply = self._read(sight)
                case Say(text):
                    typer.echo(text)
                case Question():
                    reply = self._answer(step.prompt)
                case _:
                    assert_never(step)

    def _answer(self, prompt: str) -> str:
        if self._answers is None:
            self._answers = answers()
        try:
            return self._answers.ask(prompt)
        except EOFError:
            typer.echo("")
            raise UsageError("nobody answers any more (standard input is closed); nothing was kept") from None

    def _read(self, sight: Sight) -> Report:
        if sight.profile.can_ask:
            sight.forget_white()
            self._ask([sight])
        self.wait(ANSWER_S)
        return sight.shown

    # ------------------------------------------------------------ putting back

    def put_back(self) -> None:
        """Every lamp that was told something shows what it showed. WinddownError where that cannot be."""
        if not self.told():
            return
        self._find_the_broker()
        try:
            wrong = self._put_back(self.told())
        except LostError as lost:
            raise LostError(f"{lost}. {self._were()}") from None
        if wrong:
            names = ", ".join(sight.name for sight in wrong)
            raise WinddownError(f"{names} does not say that it is as it was. {_were(wrong)}")

    def _put_back(self, sights: list[Sight]) -> list[Sight]:
        """Which of them are not there, also when told twice."""
        for _ in range(2):
            for sight in sights:
                for command in back(sight.profile, _before(sight), dark=sight.off):
                    self.send(sight, command, qos=1)
            self.wait(BACK_S)
            self._ask(sight for sight in sights if sight.profile.can_ask)
            self.wait(ANSWER_S)
            sights = [sight for sight in sights if not is_back(sight.profile, _before(sight), sight.shown)]
            if not sights:
                break
        return sights

    def _find_the_broker(self) -> None:
        if not self._away:
            return
        typer.echo(f"The broker is away. The lamps are put back when it comes, within {OUTAGE_S:g} s …", err=True)
        until_boot = clock.now().boot + OUTAGE_S
        while self._away and (left_s := until_boot - clock.now().boot) > 0:
            self.next(left_s)
        if self._away:
            raise LostError(f"the broker stays away, so the lamps are not put back. {self._were()}")

    def _were(self) -> str:
        return _were(sight for sight in self.sights.values() if sight.told)


@contextmanager
def on_lamps(house: Config, sights: Iterable[Sight], rooms: Iterable[str], for_s: float) -> Iterator[OnLamps]:
    """Lamps that have been looked at, as long as the block lasts; then they are as they were.

    UsageError where a running winddown has an evening, or begins one within `for_s`.
    """
    from winddown.shell.remote import Remote
    from winddown.shell.signals import ended_by_signals

    known = {sight.name: sight for sight in sights}
    day = Daytime(house.mqtt.prefix, rooms)
    topics = dict.fromkeys(topic for sight in known.values() for topic in sight.driver.topics())
    with ended_by_signals(), Remote(house.mqtt, (*topics, *day.topics())) as remote:
        remote.connect()
        lamps = OnLamps(remote, known, day)
        lamps.look()
        if (busy := day.over() or day.too_short(for_s, clock.now().wall)) is not None:
            raise UsageError(f"{busy}: nothing is tried on its lamps then. Try again by day")
        lamps.begun = True
        try:
            yield lamps
        except TakenError:
            raise
        except BaseException:
            _say_on_the_way("putting the lamps back …", lamps)
            lamps.put_back()
            raise
        else:
            lamps.put_back()


def answers() -> Answers:
    """What the person will type. UsageError where nobody can."""
    from winddown.shell.answers import Answers

    try:
        return Answers()
    except EOFError:
        raise UsageError("it asks what you see, and standard input is closed: run it in a terminal") from None


def _were(sights: Iterable[Sight]) -> str:
    """What lamps showed, for a person who has to put them back by hand."""
    were = ", ".join(f"{sight.name} {showing(sight.profile, _before(sight))}" for sight in sights)
    return f"It was: {were}" if were else ""


def _before(sight: Sight) -> Report:
    return sight.before or Report(on=False)


def _say_on_the_way(text: str, lamps: OnLamps) -> None:
    if lamps.told():
        typer.echo(f"\n{text}", err=True)
