"""Looks for a planted bug: first in the evenings that are known to be hard, then in any, then in the told ones."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from evenings.chance import AnyEvening, evenings, live
from evenings.known import KNOWN
from mutants.bugs import Bug

RANDOM = 60
Play = Callable[[], object]


def caught(bug: Bug, plays: dict[str, Play]) -> str | None:
    """The first play in which the bug shows; None: it escaped."""
    with bug.planted():
        for name, play in plays.items():
            if shows(play):
                return name
    return None


def shows(play: Play) -> bool:
    """Something that people rely on does not hold."""
    try:
        play()
    except AssertionError:
        return True
    return False


def all_plays() -> dict[str, Play]:
    """Everything there is, the quickest first."""
    return {**known(), "any evening": anything, **told()}


def known() -> dict[str, Play]:
    """The evenings that are known to be hard."""
    return {name: lambda evening=evening: live(evening) for name, evening in KNOWN.items()}


@settings(
    max_examples=RANDOM,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(evenings)
def anything(evening: AnyEvening) -> None:
    """Any evening."""
    live(evening)


def told() -> dict[str, Play]:
    """The told evenings: every test of theirs that needs nothing."""
    return {f"{module}: {name}": test for module, name, test in _tests()}


def _tests() -> Iterator[tuple[str, str, Play]]:
    for path in sorted((Path(__file__).parent.parent / "evenings").glob("test_*.py")):
        module = importlib.import_module(f"evenings.{path.stem}")
        for name, test in vars(module).items():
            if name.startswith("test_") and not inspect.signature(test).parameters:
                yield path.stem.removeprefix("test_"), name.removeprefix("test_").replace("_", " "), test
