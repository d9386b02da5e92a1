"""Inputs of Shelly devices of the first generation, which say their last press again and again."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.shelly1 import Shelly1Button

BUTTON = Shelly1Button(address="shellybutton1-A1B2C3")
INPUT = "shellies/shellybutton1-A1B2C3/input_event/0"


def test_every_input_is_heard_or_the_one_that_is_meant() -> None:
    assert BUTTONS["shelly1"] is Shelly1Button
    assert BUTTON.topics() == (INPUT, INPUT[:-1] + "1", INPUT[:-1] + "2")
    assert Shelly1Button(address="shellyix3-A1", button=1).topics() == ("shellies/shellyix3-A1/input_event/1",)


@pytest.mark.parametrize(
    ("event", "press"),
    [("S", "single"), ("SS", "double"), ("L", "hold"), ("SSS", None), ("SL", None), ("LS", None), ("", None)],
)
def test_short_and_long_are_understood(event: str, press: str | None) -> None:
    assert BUTTON.decode(INPUT, f'{{"event":"{event}","event_cnt":2}}'.encode()) == press


def test_a_person_may_say_what_more_presses_mean() -> None:
    button = Shelly1Button(address="shellybutton1-A1B2C3", hold=("SSS",))

    assert button.decode(INPUT, b'{"event":"SSS","event_cnt":2}') == "hold"
    assert button.decode(INPUT, b'{"event":"S","event_cnt":3}') is None


@pytest.mark.parametrize(
    ("topic", "payload", "sequence"),
    [
        (INPUT, b'{"event":"S","event_cnt":2}', "2"),
        (INPUT, b'{"event":"","event_cnt":0}', "0"),
        (INPUT, b'{"event":"S"}', None),
        (INPUT, b"S", None),
        ("shellies/other/input_event/0", b'{"event":"S","event_cnt":2}', None),
    ],
)
def test_what_tells_a_new_press_from_the_last_one_is_its_count(
    topic: str, payload: bytes, sequence: str | None
) -> None:
    assert BUTTON.sequence(topic, payload) == sequence


def test_rubbish_is_no_press() -> None:
    assert BUTTON.decode(INPUT, b"S") is None
    assert BUTTON.decode("shellies/other/input_event/0", b'{"event":"S"}') is None


def test_other_buttons_say_each_press_once() -> None:
    assert BUTTONS["generic"].model_validate({"topic": "b"}).sequence("b", b"single") is None
