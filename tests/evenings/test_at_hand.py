"""What is said to a sleeper is at hand before anything begins: to read a file takes longer than a beat may be late."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from evenings.bedroom import by_day
from winddown import programmes, sentences

_watching: list[list[str]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _watching:
        _watching[-1].append(str(arguments[0]))


sys.addaudithook(_note)


@contextmanager
def files_opened() -> Iterator[list[str]]:
    opened: list[str] = []
    _watching.append(opened)
    try:
        yield opened
    finally:
        _watching.pop()


def test_an_evening_that_has_begun_reads_no_sentence_from_a_file():
    programmes._of_package.cache_clear()
    sentences.sentences.cache_clear()
    with files_opened() as before:
        world = by_day()

    with files_opened() as opened:
        world.run_until("22:50")

    assert [path for path in before if path.endswith("en.yaml")] != []
    assert any(one.topic == "winddown/bedroom/cue" for one in world.trace)
    assert [path for path in opened if path.endswith(".yaml")] == []
