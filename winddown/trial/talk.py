"""The steps of a talk between a lamp and a person, and what an answer means. It carries out none of them."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from winddown.model import LampCommand, Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tell:
    """Send this to the lamp."""

    command: LampCommand


@dataclass(frozen=True, slots=True)
class Pause:
    """Let so much time pass."""

    for_s: float


@dataclass(frozen=True, slots=True)
class Read:
    """Ask the lamp what it shows; the reply is its `Report`, empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person this."""

    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Ask the person; the reply is the line that was typed."""

    text: str
    choices: tuple[str, ...]
    """What can be answered, each by its whole word or its first letter."""

    @property
    def prompt(self) -> str:
        """As it is shown."""
        return f"{self.text} [{'/'.join(self.choices)}] "


Step = Tell | Pause | Read | Say | Question
Reply = str | Report | None
Talk = Generator[Step, Reply, T]

_OTHER_WORDS: Mapping[str, str] = {"j": "yes", "ja": "yes", "nee": "no", "nein": "no"}
"""A person in the dark answers as at home."""


def meant(question: Question, answer: str) -> str | None:
    """Which of the choices an answer is; None: none of them."""
    word = answer.strip().lower().rstrip(".!")
    word = _OTHER_WORDS.get(word, word)
    return next((one for one in question.choices if word and word in (one, one[0])), None)


def asked(question: Question) -> Talk[str]:
    """The person's choice; an answer that is none is asked for again."""
    while True:
        reply = yield question
        choice = meant(question, reply) if isinstance(reply, str) else None
        if choice is not None:
            return choice
        yield Say(f"  please answer {' or '.join(question.choices)}; Ctrl-C ends, and the lamp is put back")


def read() -> Talk[Report]:
    """What the lamp says it shows."""
    reply = yield Read()
    return reply if isinstance(reply, Report) else Report()
