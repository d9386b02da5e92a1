"""The command line as a test drives it: through `main`, in this process where nothing needs a process of its own."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from winddown.__main__ import main
from winddown.cli import verbs
from winddown.clock import Instant

ROOT = Path(__file__).parents[2]

HOUSE = """
timezone: Europe/Amsterdam
mqtt: {{host: 127.0.0.1, port: {port}}}
rooms:
  bedroom:
    bedtime: {bedtime}
    lights: [json/home/lamp/set]
    button: {{generic: {{topic: home/button, single: [one], double: [two], hold: [long]}}}}
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a verb left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def winddown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], logging_as_it_was: None
) -> Callable[..., Ended]:
    """`winddown("plan", path)`: run a verb here."""
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")
    monkeypatch.setenv("TERM", "dumb")

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["winddown", *map(str, arguments)])
        verbs.app.registered_commands.clear()  # as in a process of its own: none is there twice
        try:
            code = main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    """A verb sets up logging for its whole process, which here is everybody's."""
    loggers = [logging.getLogger(), logging.getLogger("winddown")]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    yield
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture
def house(tmp_path: Path) -> Callable[..., Path]:
    """`house(port, bedtime, more)`: a configuration with one room."""

    def write(port: int = 1883, bedtime: str = '"22:45"', more: str = "") -> Path:
        path = tmp_path / "winddown.yaml"
        path.write_text(HOUSE.format(port=port, bedtime=bedtime) + more)
        return path

    return write


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`it_is("2026-12-01 20:00")`: in Amsterdam, and it stays so."""

    def set_clock(text: str) -> None:
        wall = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp()
        monkeypatch.setattr("winddown.clock.now", lambda: Instant(wall=wall, boot=1000.0))

    return set_clock


@pytest.fixture
def process() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`process("run", path)`: `python -m winddown` as a process, ended with the test."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "winddown", *map(str, arguments)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        begun.append(
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        return begun[-1]

    yield begin
    for one in begun:
        with one, contextlib.suppress(ProcessLookupError):
            one.kill()
