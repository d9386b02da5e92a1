"""A machine without tzdata: what is to be installed is said, by name, and nothing breaks on the way there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_TZDATA = """
import sys, zoneinfo
sys.modules["tzdata"] = None
zoneinfo.reset_tzpath(to=[])
from winddown.__main__ import main
sys.argv = ["winddown", *sys.argv[1:]]
sys.exit(main())
"""


@pytest.mark.parametrize("zone", ["timezone: Europe/Amsterdam\n", ""], ids=["named", "the machine's"])
@pytest.mark.parametrize("verb", ["plan", "check"])
def test_without_any_time_zones_it_ends_with_2_and_names_the_package(tmp_path: Path, zone: str, verb: str):
    file = tmp_path / "winddown.yaml"
    room = 'rooms: {bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/lamp]}}'
    file.write_text(f"{zone}mqtt: {{host: localhost}}\n{room}\n")

    ended = subprocess.run(
        [sys.executable, "-c", NO_TZDATA, verb, str(file)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONTZPATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (ended.returncode, "apt install tzdata" in ended.stderr) == (2, True), ended.stderr
    assert "Traceback" not in ended.stderr
