"""`plan -v`: what is known of each lamp, and from whom."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from winddown.cli.lamp_view import ROWS
from winddown.model import Profile

ROOT = Path(__file__).parents[2]
DEVICES = (ROOT / "tests/lights/bridge_devices.json").read_bytes()

HOUSE = """
timezone: Europe/Amsterdam
mqtt: {{host: 127.0.0.1, port: {port}}}
rooms:
  bedroom:
    bedtime: {bedtime}
    lights:
      bedside: {{zigbee2mqtt: lamp_ikea, warmest: 2400 K}}
      shelf: zigbee2mqtt/lamp_huu
      strip: wled/a1b2c3
      reading: zigbee2mqtt/lamp_innr
"""


@pytest.fixture
def home(tmp_path: Path):
    """`home(port)`: the configuration, and what `probe` found out about a lamp of it."""

    def write(port: int, bedtime: str = '"22:45"') -> Path:
        (tmp_path / "winddown.lamps.yaml").write_text("zigbee2mqtt/lamp_ikea: {smallest: 4%, warmest: 2300 K}\n")
        path = tmp_path / "winddown.yaml"
        path.write_text(HOUSE.format(port=port, bedtime=bedtime))
        return path

    return write


def known(out: str, lamp: str) -> dict[str, tuple[str, str]]:
    """The lamp's table: what it says, and who said it."""
    block = re.split(r"^  \w+ ", out.partition(f"\n  {lamp} ")[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = (re.split(r"  +", line.strip()) for line in block.splitlines())
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}


def test_with_a_broker_each_value_has_the_one_who_knows_best(winddown, home, mosquitto, neighbour):
    neighbour(mosquitto.port).say("zigbee2mqtt/bridge/devices", DEVICES, retain=True)

    ended = winddown("plan", home(mosquitto.port), "-v")

    bedside = known(ended.out, "bedside")
    assert ended.code == 0
    assert bedside["warmest white"] == ("2398 K (417 mired)", "configuration")
    assert bedside["least level that gives light"] == ("3.9 % (level 10 of 254)", "probe")
    assert bedside["coolest white"] == ("4000 K (250 mired)", "bridge/devices")
    assert bedside["level and white in one command"][0] == "no"
    assert bedside["level and white in one command"][1].startswith("quirk: ")
    assert bedside["highest level"] == ("254", "usual for zigbee2mqtt")
    assert known(ended.out, "strip")["longest fade of its own"] == ("1 min 5 s", "usual for wled")


def test_the_evening_is_planned_with_what_the_bridge_says(winddown, home, mosquitto, neighbour):
    neighbour(mosquitto.port).say("zigbee2mqtt/bridge/devices", DEVICES, retain=True)

    assumed = winddown("plan", home(mosquitto.port))
    told = winddown("plan", home(mosquitto.port), "-v")

    whites = [re.search(r"^ 22:00 .*$", ended.out, re.MULTILINE)[0].count("3000 K") for ended in (assumed, told)]
    assert whites == [4, 3], "lamp_innr has none"


def test_a_lamp_that_its_bridge_does_not_know_gets_the_names_of_those_there_are(winddown, home, mosquitto, neighbour):
    neighbour(mosquitto.port).say("zigbee2mqtt/bridge/devices", DEVICES, retain=True)

    ended = winddown("plan", home(mosquitto.port), "-v")

    assert (
        "zigbee2mqtt/lamp_huu  (not known to its bridge, which has: lamp_dp, lamp_hue, lamp_ikea, lamp_innr, lamp_tuya)"
        in ended.out
    )


def test_a_broker_without_a_bridge_is_told(winddown, home, mosquitto, monkeypatch):
    monkeypatch.setattr("winddown.shell.bridges.ANSWER_S", 0.1)

    ended = winddown("plan", home(mosquitto.port), "-v")

    assert "zigbee2mqtt/lamp_ikea  (its bridge says nothing)" in ended.out


def test_without_a_broker_it_says_so_and_tells_the_rest(winddown, home, mosquitto_at_rest, monkeypatch):
    monkeypatch.setattr("winddown.cli.reading._CONNECT_S", 0.2)

    ended = winddown("plan", home(mosquitto_at_rest.port), "-v")

    assert (ended.code, ended.err) == (0, "")
    assert "zigbee2mqtt/lamp_ikea  (broker not asked: no broker answers on 127.0.0.1 (Connection" in ended.out
    assert known(ended.out, "bedside")["level and white in one command"] == ("yes", "usual for zigbee2mqtt")
    assert "broker" not in ended.out.partition("\n  strip ")[2].partition("\n  reading ")[0]


def test_a_room_that_rests_has_lamps_too(winddown, home, mosquitto_at_rest, monkeypatch):
    monkeypatch.setattr("winddown.cli.reading._CONNECT_S", 0.2)

    ended = winddown("plan", home(mosquitto_at_rest.port, bedtime="off"), "-v")

    assert set(known(ended.out, "strip")) == {label for label, _ in ROWS.values()}


def test_without_verbose_nobody_is_asked(winddown, home, monkeypatch):
    monkeypatch.setattr("winddown.shell.remote.Remote.__init__", None)

    assert winddown("plan", home(1)).code == 0


def test_every_field_of_a_profile_is_told() -> None:
    assert list(ROWS) == [field.name for field in dataclasses.fields(Profile)]
