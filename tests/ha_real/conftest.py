"""A real Home Assistant, a real mosquitto and a real `winddown run`, for `make test-ha`. Else nothing runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ha_real.house import Daemon, HomeAssistant, House, Listener, Mosquitto

LAB = os.environ.get("HOME_ASSISTANT_LAB")
collect_ignore_glob = [] if LAB else ["test_*.py"]

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


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Everything, running. The tests beside this file use it one after the other."""
    folder = tmp_path_factory.mktemp("house")
    assert LAB is not None
    broker = Mosquitto(folder)
    try:
        home = HomeAssistant(Path(LAB))
        listener = Listener(broker.port)
        daemon = Daemon(folder, broker.port, FILE, STUDY)
        with home, listener, daemon:
            yield House(home, listener, daemon)
    finally:
        broker.stop()
