"""The evening that `plan` shows is the one that the daemon would play: its own engine says so, on lamps of paper."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from winddown.config import load
from winddown.model import Phase
from winddown.plan.paper import Start
from winddown.plan.rehearsal import rehearse

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 12, 1)
TOP = "timezone: Europe/Amsterdam\nmqtt: {host: localhost}\nrooms:\n"


@pytest.fixture
def evening(tmp_path: Path):
    """`evening(rooms, room)`: the first of December, played."""

    def play(rooms: str, room: str = "bedroom", start: Start | None = None):
        path = tmp_path / "winddown.yaml"
        path.write_text(TOP + rooms)
        return rehearse(load(path).config, room, DAY, start)

    return play


def at(text: str, day: int = 1) -> float:
    hour, minute = text.split(":")
    return datetime(2026, 12, day, int(hour), int(minute), tzinfo=ZONE).timestamp()


def test_the_phases_come_at_their_time(evening):
    played = evening('  bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/lamp]}\n')

    assert played.span(Phase.RUNWAY) == pytest.approx((at("22:00"), at("22:45")), abs=0.1)
    assert played.span(Phase.BREATHING)[0] == pytest.approx(at("22:45"), abs=0.1)
    assert played.span(Phase.NIGHT)[1] == pytest.approx(at("07:00", 2), abs=0.1)


@pytest.mark.parametrize(
    "lamp",
    ["zigbee2mqtt: lamp", "json: home/lamp/set", "generic: {on_topic: a/on, level_topic: a/level, state_topic: a}"],
)
def test_every_kind_of_lamp_sinks_to_its_floor(evening, lamp):
    played = evening(f'  bedroom: {{bedtime: "22:45", lights: {{one: {{{lamp}, floor: 3%}}}}}}\n')

    track = played.tracks["one"]
    seen = [track.percent_at(at("22:00") + minute * 60 - 0.1) for minute in range(46)]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] == pytest.approx(60, abs=1)
    assert seen[-1] == pytest.approx(3, abs=1)


def test_a_lamp_that_only_switches_is_on_and_then_off(evening):
    played = evening('  bedroom: {bedtime: "22:45", lights: {p: {generic: {on_topic: a/on, state_topic: a}}}}\n')

    assert played.tracks["p"].percent_at(at("22:30")) == 100
    assert played.tracks["p"].percent_at(at("23:00")) == 0


def test_a_lamp_goes_off_at_its_own_time(evening):
    played = evening(
        '  bedroom: {bedtime: "22:45", lights: {a: {zigbee2mqtt: a}, b: {zigbee2mqtt: b, off_at: "22:30"},'
        " c: {zigbee2mqtt: c, off_at: never}}}\n"
    )

    assert played.tracks["b"].percent_at(at("22:29")) > 0
    assert played.tracks["b"].percent_at(at("22:31")) == 0
    assert played.tracks["c"].percent_at(at("03:00", 2)) > 0


def test_where_a_press_begins_the_breathing_nothing_breathes(evening):
    played = evening('  bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/lamp], breathing: {starts: press}}\n')

    assert played.span(Phase.BREATHING) is None
    assert played.span(Phase.NIGHT)[0] == pytest.approx(at("22:45"), abs=0.1)


def test_a_shared_lamp_follows_the_other_sleeper_too(evening):
    played = evening(
        '  early: {bedtime: "21:30", lights: [zigbee2mqtt/early, zigbee2mqtt/ceiling]}\n'
        '  late: {bedtime: "23:30", lights: [zigbee2mqtt/late, zigbee2mqtt/ceiling]}\n',
        "late",
    )

    assert played.tracks["ceiling"].percent_at(at("22:00")) == 0
    assert played.tracks["late"].percent_at(at("22:00")) == pytest.approx(60, abs=1)


def test_what_is_muted_comes_back_at_its_own_time(evening):
    played = evening(
        '  bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/lamp], quiet: ['
        '{topic: speaker/set, state: speaker, mute: "0", until: "06:30"}, {topic: phone, mute: dnd, restore: ring}]}\n'
    )

    told = [(one.text, one.at) for one in played.told if one.kind == "mute"]
    assert told == [
        ("speaker/set 0", pytest.approx(at("22:00"), abs=0.1)),
        ("phone dnd", pytest.approx(at("22:00"), abs=0.1)),
        ("speaker/set as it was", pytest.approx(at("06:30", 2), abs=0.1)),
        ("phone ring", pytest.approx(at("07:00", 2), abs=0.1)),
    ]


def test_a_lamp_may_begin_darker(evening):
    played = evening('  bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/lamp]}\n', start=Start(percent=1))

    assert played.tracks["lamp"].percent_at(at("22:44")) <= 1


def test_a_bedtime_that_is_off_is_no_evening(evening):
    assert evening("  bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}\n") is None
