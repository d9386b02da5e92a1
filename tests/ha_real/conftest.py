"""A real Home Assistant, a real mosquitto and a real `winddown run`, for `make test-ha`. Else nothing runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ha_real.house import Daemon, House, Listener, furnish
from ha_real.lab import broker, free_port, lab_folder, living

FILE = """
timezone: Europe/Amsterdam
mqtt: {{host: 127.0.0.1, port: {port}}}
home_assistant: {{discovery: {discovery}}}
rooms:
  bedroom:
    bedtime: "{bedtime}"
    wake: "{wake}"
    lights: [json/test/bedside, json/test/ceiling]
    button: {{generic: {{topic: test/button, single: [single], double: [double], hold: [hold]}}}}
    breathing: {{inhale: 3 s, exhale: 5 s}}
"""
STUDY = """
  study:
    name: Studeerkamer
    language: nl
    bedtime: "{bedtime}"
    wake: "{wake}"
    lights: [json/test/desk]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Everything, running but winddown. The tests of a file use it one after the other."""
    lab, folder = lab_folder(), tmp_path_factory.mktemp("house")
    config, port = Path(tempfile.mkdtemp(prefix="winddown-", dir=lab)), free_port()
    furnish(config, port)
    with (
        broker() as at,
        Listener(at) as listener,
        living(lab, config, listener, port) as home,
        Daemon(folder, at, FILE, STUDY) as daemon,
    ):
        yield House(home, listener, daemon)
    shutil.rmtree(config)
