"""An evening of the real daemon whose journal lies on a disk that is full, or may only be read. It wants root."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from soak.evening import HOUSE, Stage, stage

pytestmark = pytest.mark.usefixtures("mosquitto_at_rest")  # skips where there is none

SIZE_KB = 256


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k", "tmpfs", place], check=False, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(place: Path) -> None:
    """Not a byte is left on it."""
    with (place / "rubbish").open("wb", buffering=0) as rubbish, contextlib.suppress(OSError):
        while rubbish.write(b"x" * 1024):
            pass


@contextmanager
def begun(disk: Path) -> Iterator[Stage]:
    """A daemon a moment before its runway."""
    house = HOUSE.replace("rooms:", f"journal: {disk}/winddown.db\nrooms:", 1)
    with stage(2.0, 1.0, 7.0, ahead_s=6.0, house=house) as on:
        on.daemon.start()
        assert on.bedroom.wait(lambda: on.bedroom.status == "online"), on.daemon.said()
        yield on


def lives_through(on: Stage) -> None:
    """The evening, until after its wake; it was said once that nothing could be kept."""
    on.judge_to_the_end(morning_s=2.0)
    assert (on.bedroom.violations, on.daemon.unexpected) == ([], [])
    assert sum("cannot be written" in line for line in on.daemon.said().splitlines()) == 1


def test_when_the_disk_is_full_the_evening_goes_on_from_memory_and_that_is_said_once(disk: Path):
    with begun(disk) as on:
        fill(disk)

        lives_through(on)


def test_on_a_disk_that_may_only_be_read_the_evening_goes_on_from_memory_and_that_is_said_once(disk: Path):
    with begun(disk) as on:
        on.daemon.stop()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        on.daemon.start()

        lives_through(on)
