"""Hears what a broker has stored and what devices answer, until nothing new comes. Makes nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from winddown import clock
from winddown.model import Message, Received
from winddown.shell.remote import Remote

QUIET_S = 0.7
"""So long without news, and that was all."""
LONGEST_S = 6.0
"""A broker where news never ends is left in the middle of it."""
_ROUNDS = 2

Ask = Callable[[Iterable[Received]], tuple[Message, ...]]


def gather(remote: Remote, ask: Ask) -> tuple[Received, ...]:
    """All of it, in order. `ask` says what to ask, given what was heard; each question is asked once."""
    heard: dict[tuple[str, bytes], Received] = {}
    asked: set[Message] = set()
    _until_quiet(remote, heard)
    for _ in range(_ROUNDS):
        questions = [question for question in ask(heard.values()) if question not in asked]
        if not questions:
            break
        for question in questions:
            remote.say(question.topic, question.payload)
            asked.add(question)
        _until_quiet(remote, heard)
    return tuple(heard.values())


def _until_quiet(remote: Remote, heard: dict[tuple[str, bytes], Received]) -> None:
    """What is said again is no news; the newest word on a topic comes last."""
    began_boot = news_boot = clock.now().boot
    while clock.now().boot < min(news_boot + QUIET_S, began_boot + LONGEST_S):
        message = remote.hear(QUIET_S)
        if message is None:
            return
        if heard.pop((message.topic, message.payload), None) is None:
            news_boot = clock.now().boot
        heard[message.topic, message.payload] = message
