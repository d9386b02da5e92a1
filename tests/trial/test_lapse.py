"""An evening in time-lapse is the room's own evening, shorter."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from winddown.clock import Instant
from winddown.config import Config
from winddown.core.calendar import night_at
from winddown.core.evening import clock_off, evening_of
from winddown.trial import DARK_S, LEAD_S, OFF_AIR, lapse

ZONE = ZoneInfo("Europe/Amsterdam")
LIGHTS = {"bedside": "zigbee2mqtt/bedside", "shelf": {"wled": "shelf", "off_at": "22:30"}, "hall": "wled/hall"}
ALL = ("bedside", "shelf", "hall")


def at(text: str) -> Instant:
    wall = datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()
    return Instant(wall=wall, boot=50.0)


def house(**room: Any) -> Config:
    bedroom = {"bedtime": "22:45", "lights": LIGHTS, "button": "zigbee2mqtt/button"} | room
    rooms = {"bedroom": bedroom, "attic": {"bedtime": "23:00", "lights": ["wled/attic"]}}
    return Config.model_validate({"timezone": "Europe/Amsterdam", "mqtt": {"host": "localhost"}, "rooms": rooms})


@pytest.mark.parametrize(
    "now", ["2026-12-01 14:23:45", "2026-12-01 09:00", "2026-12-02 00:00", "2026-12-01 23:59:59", "2026-10-25 02:30"]
)
@pytest.mark.parametrize("room", [{}, {"bedtime": "off"}, {"enabled": "false"}, {"bedtime": {"wed": "00:30"}}])
def test_an_evening_begins_now_at_any_time_of_day(now: str, room: dict[str, Any]) -> None:
    short, shape = lapse(house(**room), "bedroom", ALL, 60.0, at(now))

    shown = short.rooms["bedroom"]
    night = night_at(at(now).wall, shown.bedtime, shown.wake, ZONE)
    evening = evening_of(shown, night, shape)
    assert shown.enabled
    assert evening.runway_at == at(now).wall + LEAD_S
    assert evening.bedtime_at > evening.runway_at + 10
    assert evening.breathing_until + DARK_S == pytest.approx(at(now).wall + 60)
    assert evening.wake_at > evening.breathing_until + 600


def test_nothing_but_lamps_is_of_any_concern() -> None:
    mute = {"topic": "home/phone/set", "mute": "1", "restore": "0"}
    given = house(quiet=[mute], only_if={"topic": "home/in", "is": "on"})

    short, _ = lapse(given, "bedroom", ALL, 60.0, at("2026-12-01 14:00"))

    room = short.rooms["bedroom"]
    assert list(short.rooms) == ["bedroom"]
    assert (room.quiet, room.buttons, room.only_if) == ((), (), None)
    assert short.mqtt.prefix == OFF_AIR
    assert not short.home_assistant.discovery


def test_a_lamp_with_an_hour_of_its_own_goes_off_where_that_hour_falls() -> None:
    now = at("2026-12-01 14:00")

    short, shape = lapse(house(), "bedroom", ALL, 60.0, now)

    room = short.rooms["bedroom"]
    evening = evening_of(room, night_at(now.wall, room.bedtime, room.wake, ZONE), shape)
    off_at = clock_off(room.lights["shelf"].off_at, evening, ZONE)
    assert (off_at - evening.runway_at) / shape.runway_s == pytest.approx(30 / 45, abs=0.001)


def test_an_hour_after_the_breathing_is_when_it_has_become_dark() -> None:
    now = at("2026-12-01 14:00")
    late = house(lights={"bedside": "zigbee2mqtt/bedside", "shelf": {"wled": "shelf", "off_at": "23:30"}})

    short, shape = lapse(late, "bedroom", ("bedside", "shelf"), 60.0, now)

    off_at = short.rooms["bedroom"].lights["shelf"].off_at
    dark_at = datetime.fromtimestamp(shape.runway_at + shape.runway_s + shape.breathing_s, ZONE)
    assert isinstance(off_at, time)
    assert off_at == dark_at.time()


def test_a_lamp_that_is_left_out_is_not_there_and_no_other_breathes_in_its_place() -> None:
    short, _ = lapse(house(), "bedroom", ("shelf", "hall"), 60.0, at("2026-12-01 14:00"))

    room = short.rooms["bedroom"]
    assert list(room.lights) == ["shelf", "hall"]
    assert room.breathing.starts == "press"


def test_the_lamp_that_breathes_still_does_when_another_is_left_out() -> None:
    given = house(breathing={"light": "hall"})

    short, _ = lapse(given, "bedroom", ("hall", "shelf"), 60.0, at("2026-12-01 14:00"))

    assert short.rooms["bedroom"].breathing.light == "hall"
    assert short.rooms["bedroom"].breathing.starts == "if_lamp_on"
