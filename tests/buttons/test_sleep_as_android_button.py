"""The phone that tracks sleep, as a button."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.sleep_as_android import SleepAsAndroidButton


def test_its_events_are_what_a_person_says_they_are() -> None:
    phone = SleepAsAndroidButton.model_validate(
        {"address": "SleepAsAndroid", "single": "time_to_bed_alarm_alert", "hold": ["sleep_tracking_started"]}
    )

    heard = [
        phone.decode("SleepAsAndroid", b'{"event":"%s","value1":"1582719660934"}' % event)
        for event in (b"time_to_bed_alarm_alert", b"sleep_tracking_started", b"alarm_alert_start")
    ]

    assert BUTTONS["sleep_as_android"] is SleepAsAndroidButton
    assert phone.topics() == ("SleepAsAndroid",)
    assert heard == ["single", "hold", None]
    assert phone.decode("SleepAsAndroid", b"sleep_tracking_started") is None
    assert phone.decode("other", b'{"event":"sleep_tracking_started"}') is None


def test_without_that_it_would_never_press_so_it_is_refused() -> None:
    with pytest.raises(ValueError, match="say which event is which press"):
        SleepAsAndroidButton(address="SleepAsAndroid")
