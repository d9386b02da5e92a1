from __future__ import annotations

from datetime import date, time

import pytest

from config.folder import Folder
from winddown.config import Bedtimes, Wakes

FRIDAY = date(2026, 1, 2)
NEW_YEARS_EVE = date(2026, 12, 31)


def test_a_date_comes_before_a_weekday_before_the_default() -> None:
    bedtimes = Bedtimes(default=time(22, 45), weekdays={4: time(23, 30)}, dates={NEW_YEARS_EVE: time(1, 15)})

    assert bedtimes.entry(NEW_YEARS_EVE) == ("2026-12-31", time(1, 15))
    assert bedtimes.entry(FRIDAY) == ("fri", time(23, 30))
    assert bedtimes.entry(date(2026, 1, 3)) == ("default", time(22, 45))


@pytest.mark.parametrize("day", [NEW_YEARS_EVE, FRIDAY, date(2026, 1, 3)])
def test_replacing_the_entry_of_a_day_changes_that_day(day: date) -> None:
    bedtimes = Bedtimes(default=time(22, 45), weekdays={4: time(23, 30)}, dates={NEW_YEARS_EVE: time(1, 15)})
    key, _ = bedtimes.entry(day)

    changed = bedtimes.replaced(key, time(21, 0))

    assert changed.entry(day) == (key, time(21, 0))
    assert bedtimes.entry(day)[1] != time(21, 0)


def test_a_wake_can_be_replaced_likewise() -> None:
    assert Wakes().replaced("sat", time(9, 0)).entry(date(2026, 1, 3)) == ("sat", time(9, 0))


def test_one_time_is_for_every_evening(folder: Folder) -> None:
    room = folder.room("", bedtime="22:45").config().rooms["bedroom"]

    assert room.bedtime == Bedtimes(default=time(22, 45))
    assert room.wake == Wakes(default=time(7, 0))


def test_a_mapping_names_evenings(folder: Folder) -> None:
    room = (
        folder.room("", bedtime='{default: 22:45, sat: "00:30", wed: off, 2026-12-31: 01:15}').config().rooms["bedroom"]
    )

    assert room.bedtime == Bedtimes(
        default=time(22, 45), weekdays={5: time(0, 30), 2: None}, dates={NEW_YEARS_EVE: time(1, 15)}
    )


def test_without_a_default_evenings_not_named_are_off_and_mornings_not_named_are_at_seven(folder: Folder) -> None:
    room = folder.room("wake: {sat: 08:00}", bedtime="{fri: 22:45}").config().rooms["bedroom"]

    assert room.bedtime.entry(FRIDAY) == ("fri", time(22, 45))
    assert room.bedtime.entry(date(2026, 1, 3)) == ("default", None)
    assert room.wake.entry(FRIDAY) == ("default", time(7, 0))


@pytest.mark.parametrize(
    ("bedtime", "mistake"),
    [
        ("25:00", "4: rooms.bedroom.bedtime: '25:00' is no time of day, write 00:00 to 23:59, for example 22:45"),
        ("7:5", "4: rooms.bedroom.bedtime: '7:5' is no time of day, write it as 07:05"),
        ("{friday: 22:45}", "4: rooms.bedroom.bedtime.friday: 'friday' is no day, did you mean fri?"),
        ("{defualt: 22:45}", "4: rooms.bedroom.bedtime.defualt: 'defualt' is no day, did you mean default?"),
        (
            "{2026-02-30: 22:45}",
            "4: rooms.bedroom.bedtime.2026-02-30: '2026-02-30' is not in the calendar, write a date as 2026-12-31",
        ),
        ("{}", '4: rooms.bedroom.bedtime: names no time, write for example "22:45"'),
    ],
)
def test_a_bedtime_that_is_none_says_what_would_be_one(folder: Folder, bedtime: str, mistake: str) -> None:
    assert folder.room("", bedtime=bedtime).only_mistake() == mistake


@pytest.mark.parametrize("wake", ["off", "{default: 07:00, sat: off}"])
def test_a_wake_is_never_off(folder: Folder, wake: str) -> None:
    assert "a wake cannot be off" in folder.room(f"wake: {wake}").only_mistake()
