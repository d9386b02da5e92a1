"""`check` and `schema`: what they say of a configuration, and with which code."""

from __future__ import annotations

import json

TWO_MISTAKES = """
mqtt: {host: localhost}
rooms:
  bedroom:
    bedtime: "25:00"
    lihgts: [zigbee2mqtt/bedside_lamp]
"""
ANOTHER_ROOM = """
  attic:
    name: The attic
    bedtime: "21:00"
    lights: [json/attic/lamp/set]
"""


def test_a_good_file_is_a_line_that_says_when_the_next_evening_begins(winddown, house, it_is):
    it_is("2026-12-01 12:00")
    path = house()

    ended = winddown("check", path)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{path}: 1 room, next wind-down Tuesday 22:00\n"


def test_once_a_runway_has_begun_the_next_one_is_the_next_evening_s(winddown, house, it_is):
    it_is("2026-12-01 22:30")

    assert "next wind-down Wednesday 22:00" in winddown("check", house()).out


def test_of_several_rooms_the_first_to_wind_down_is_named(winddown, house, it_is):
    it_is("2026-12-01 12:00")

    ended = winddown("check", house(more=ANOTHER_ROOM))

    assert "2 rooms, next wind-down Tuesday 20:15 in The attic" in ended.out


def test_an_evening_that_is_far_away_bears_its_date(winddown, house, it_is):
    it_is("2026-12-01 12:00")

    ended = winddown("check", house(bedtime='{default: off, 2026-12-31: "22:45"}'))

    assert "next wind-down Thursday 31 December 22:00" in ended.out


def test_a_house_that_never_winds_down_is_told_why(winddown, house):
    assert "every bedtime is off" in winddown("check", house(bedtime="off")).out
    assert "enabled: false" in winddown("check", house(bedtime='"22:45"\n    enabled: false')).out


def test_every_mistake_is_a_line_of_its_own(winddown, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(TWO_MISTAKES)

    ended = winddown("check", path)

    lines = ended.err.splitlines()
    assert (ended.code, ended.out) == (2, "")
    assert any(line.startswith(f"{path}:5: rooms.bedroom.bedtime: ") for line in lines)
    assert any(line.startswith(f"{path}:6: rooms.bedroom.lihgts: ") and "lights" in line for line in lines)


def test_warnings_are_told_and_are_no_mistakes(winddown, house):
    alarming = "    quiet: [{topic: home/smoke_alarm/set, mute: off, restore: on}]\n"

    ended = winddown("check", house(more=alarming))

    assert ended.code == 0
    assert "not what warns" in ended.err


def test_without_a_file_the_usual_places_are_named(winddown, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    ended = winddown("check")

    assert ended.code == 2
    assert "./winddown.yaml" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_the_schema_is_for_editors(winddown):
    assert "rooms" in json.loads(winddown("schema").out)["properties"]
