from __future__ import annotations

from datetime import date, datetime, time

import pytest

from config.folder import Folder
from winddown.config import Bedtimes, Wakes
from winddown.config.nights import night_of


def test_a_bedtime_before_noon_falls_on_the_next_calendar_day() -> None:
    night = night_of(date(2026, 1, 3), Bedtimes(default=time(0, 30)), Wakes(default=time(9, 0)))

    assert night is not None
    assert (night.bed, night.wake) == (datetime(2026, 1, 4, 0, 30), datetime(2026, 1, 4, 9, 0))  # noqa: DTZ001  local


def test_a_wake_on_a_weekend_too_near_to_its_bedtime_is_named_with_both_days(folder: Folder) -> None:
    mistake = folder.room("wake: {default: 10:00, sat: 09:00}", bedtime="{default: 22:45, fri: 07:30}").only_mistake()

    assert mistake == (
        "6: rooms.bedroom.wake.sat: wake on saturday 09:00 is 1 h 30 min after bedtime friday 07:30 "
        "(that is saturday morning), leave 2 to 16 hours between them"
    )


def test_a_date_too_near_is_named_by_date(folder: Folder) -> None:
    mistake = folder.room("", bedtime="{default: 22:45, 2026-12-31: 05:30}").only_mistake()

    assert mistake.startswith("4: rooms.bedroom.bedtime.2026-12-31: wake on 2027-01-01 07:00 is 1 h 30 min after")


def test_the_morning_of_a_date_is_held_against_the_evening_before(folder: Folder) -> None:
    mistake = folder.room("wake: {2026-12-31: 15:30}").only_mistake()

    assert "rooms.bedroom.wake.2026-12-31: wake on 2026-12-31 15:30 is 16 h 45 min after" in mistake


def test_the_same_pair_on_every_day_is_one_mistake(folder: Folder) -> None:
    assert (
        "wake on tuesday 07:00 is 30 min after bedtime monday 06:30" in folder.room("", bedtime="06:30").only_mistake()
    )


def test_a_bedtime_after_the_wake_sleeps_until_the_next_one(folder: Folder) -> None:
    assert "24 h after" in folder.room("wake: 22:45").only_mistake()


@pytest.mark.parametrize(
    ("bedtime", "wake"), [("05:00", "07:00"), ("15:00", "07:00"), ("09:00", "17:00"), ("off", "07:00")]
)
def test_two_to_sixteen_hours_are_a_night(folder: Folder, bedtime: str, wake: str) -> None:
    assert folder.room(f"wake: {wake}", bedtime=bedtime).config()


def test_the_first_and_the_last_date_of_the_calendar_do_no_harm(folder: Folder) -> None:
    assert folder.room("wake: {0001-01-01: 08:00}", bedtime="{9999-12-31: 22:00}").config()
