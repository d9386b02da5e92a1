"""Buttons and switches of devices that run Tasmota."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.tasmota import TasmotaButton

BUTTON = TasmotaButton(address="bed")
RESULT = "stat/bed/RESULT"


def test_it_is_heard_where_the_device_says_its_results() -> None:
    assert BUTTONS["tasmota"] is TasmotaButton
    assert BUTTON.topics() == (RESULT,)
    assert TasmotaButton(address="bed", full_topic="%topic%/%prefix%/").topics() == ("bed/stat/RESULT",)


@pytest.mark.parametrize(
    ("payload", "press"),
    [
        (b'{"Button1":{"Action":"SINGLE"}}', "single"),
        (b'{"Button2":{"Action":"DOUBLE"}}', "double"),
        (b'{"Button1":{"Action":"HOLD"}}', "hold"),
        (b'{"Button1":{"Action":"TRIPLE"}}', None),
        (b'{"Button1":{"Action":"QUAD"}}', None),
        (b'{"Button1":{"Action":"PENTA"}}', None),
        (b'{"Button1":{"Action":"CLEAR"}}', None),
        (b'{"Switch1":{"Action":"TOGGLE"}}', "single"),
        (b'{"Switch1":{"Action":"ON"}}', "single"),
        (b'{"Switch1":{"Action":"OFF"}}', None),
        (b'{"Switch1":{"Action":"HOLD"}}', "hold"),
        (b'{"Switch1":"ON"}', None),
        (b'{"POWER":"ON"}', None),
        (b'{"Button":{"Action":"SINGLE"}}', None),
        (b"SINGLE", None),
    ],
)
def test_a_press_is_told_from_the_other_results(payload: bytes, press: str | None) -> None:
    assert BUTTON.decode(RESULT, payload) == press


def test_one_of_several_buttons_can_be_meant() -> None:
    second = TasmotaButton.model_validate({"address": "bed", "button": "2"})

    assert second.decode(RESULT, b'{"Button1":{"Action":"SINGLE"}}') is None
    assert second.decode(RESULT, b'{"Button2":{"Action":"SINGLE"}}') == "single"


def test_a_person_may_say_what_a_switch_means() -> None:
    rocker = TasmotaButton(address="bed", single=("ON",), hold=("OFF",))

    assert rocker.decode(RESULT, b'{"Switch1":{"Action":"OFF"}}') == "hold"
