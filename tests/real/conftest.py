"""One lab for all evenings: a mosquitto of its own, the real Zigbee2MQTT on it, and a witness of everything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Mosquitto
from real.lab import Lab
from real.witness import Witness

WHERE = "ZIGBEE2MQTT_LAB"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Running, all lamps off."""
    folder = Path(os.environ.get(WHERE) or pytest.fail(f"{WHERE} names no folder; see tests/real/README.md"))
    program = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None, "mosquitto is not installed (apt install mosquitto)"
    scratch = tmp_path_factory.mktemp("lab")
    broker = Mosquitto(program, scratch).start()
    witness = Witness(broker.port)
    lab = Lab(folder, scratch, broker.port, witness)
    try:
        lab.start()
        yield lab
    finally:
        lab.stop()
        witness.leave()
        broker.stop()
