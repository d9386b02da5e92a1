"""The diary written beside a real daemon, from another process: what shows it shows it when the daemon next looks."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
DIARY = "winddown/bedroom/diary"
LOOKS_OFTEN = """
import sys
from winddown.shell import journal
from winddown.__main__ import main
journal.LOOK_S = 0.2
sys.exit(main())
"""


@pytest.fixture
def house(tmp_path, mosquitto, neighbour):
    """The configuration of a daemon that runs, and a neighbour that hears what it says of the night."""
    path = tmp_path / "winddown.yaml"
    rooms = "rooms: {bedroom: {bedtime: '22:45', lights: [json/home/lamp/set]}}"
    path.write_text(f"timezone: UTC\nmqtt: {{host: 127.0.0.1, port: {mosquitto.port}}}\n{rooms}\n")
    other = neighbour(mosquitto.port, DIARY)
    command = [sys.executable, "-c", LOOKS_OFTEN, "run", str(path)]
    with subprocess.Popen(command, cwd=ROOT, env=ENV, stderr=subprocess.DEVNULL) as process:
        try:
            yield path, other, json.loads(other.hear(15)[1])["evening"]
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()


def add(path, evening, *fields):
    command = [sys.executable, "-m", "winddown", "diary", "add", "--evening", evening, *fields, "-c", str(path)]
    subprocess.run(command, cwd=ROOT, env=ENV, check=True, capture_output=True)


def test_a_night_filled_in_at_the_command_line_shows_while_winddown_runs(house, mosquitto, neighbour):
    path, other, evening = house

    add(path, evening, "--quality", "4", "--tension-before", "7")
    shown = json.loads(other.hear(10)[1])
    add(path, evening, "--quality", "")

    assert shown == {"evening": evening, "quality": 4, "tension_before": 7, "tension_after": None}
    assert json.loads(other.hear(10)[1])["quality"] is None
    later = neighbour(mosquitto.port, DIARY)
    assert json.loads(later.hear()[1])["tension_before"] == 7
