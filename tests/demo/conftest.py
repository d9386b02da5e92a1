"""What the tests of the demonstration share: the demo as a process of its own, and a view to be drawn."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from winddown.demo.devices import Shown
from winddown.demo.scene import View
from winddown.model import Phase, Press, Verb

ROOT = Path(__file__).parents[2]
RUN = "import sys; from winddown.demo import run_demo; sys.exit(run_demo({}))"

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start_demo() -> Iterator[Start]:
    """`start_demo("'nl', seconds=20", stdin=..., ...)`: the demo, running."""
    pytest.importorskip("amqtt")
    started: list[subprocess.Popen[str]] = []

    def start(
        arguments: str = "", *, stdin: int = subprocess.DEVNULL, out: int | IO[Any] = subprocess.PIPE, **env: str
    ):
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", RUN.format(arguments)],
            env={"PYTHONPATH": str(ROOT), "TZ": "Europe/Amsterdam", "PYTHONIOENCODING": "utf-8", **env},
            stdin=stdin, stdout=out, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


@pytest.fixture
def look() -> Callable[..., View]:
    """`look(phase=..., cue=...)`: a view with everything else as in the middle of an evening."""

    def make(**differs: Any) -> View:
        usual: dict[str, Any] = {
            "lamps": {"bedside": Shown(0.30, 2200), "shelf": Shown(0.0, 2500)},
            "muted": True,
            "phase": Phase.RELEASE,
            "share": 0.5,
            "verbs": {Press.SINGLE: Verb.NEXT, Press.DOUBLE: Verb.BREATHE, Press.HOLD: Verb.DARK},
            "clock": "22:01:02",
            "port": 41234,
        }
        return View(**usual | differs)

    return make
