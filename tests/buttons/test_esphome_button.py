"""Buttons of ESPHome nodes."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.esphome import EspHomeButton

BUTTON = EspHomeButton(address="bedroom/bed_button")
EVENT, CONTACT = "bedroom/event/bed_button/state", "bedroom/binary_sensor/bed_button/state"


def test_it_is_heard_as_an_event_and_as_a_contact() -> None:
    assert BUTTONS["esphome"] is EspHomeButton
    assert BUTTON.topics() == (EVENT, CONTACT)
    assert BUTTON.key == "esphome/bedroom/bed_button"


@pytest.mark.parametrize(
    ("topic", "payload", "press"),
    [
        (EVENT, b'{"event_type":"single"}', "single"),
        (EVENT, b'{"event_type":"double_press"}', "double"),
        (EVENT, b'{"event_type":"hold"}', "hold"),
        (EVENT, b'{"event_type":"release"}', None),
        (EVENT, b"single", None),
        (CONTACT, b"ON", "single"),
        (CONTACT, b"OFF", None),
        ("bedroom/event/other/state", b'{"event_type":"single"}', None),
    ],
)
def test_an_event_says_the_press_and_a_contact_only_that_there_is_one(
    topic: str, payload: bytes, press: str | None
) -> None:
    assert BUTTON.decode(topic, payload) == press


def test_a_person_may_say_what_its_words_mean() -> None:
    button = EspHomeButton(address="bedroom/lever", single=("up",), hold=("OFF",))

    heard = [
        button.decode("bedroom/event/lever/state", b'{"event_type":"up"}'),
        button.decode("bedroom/binary_sensor/lever/state", b"OFF"),
        button.decode("bedroom/binary_sensor/lever/state", b"ON"),
    ]

    assert heard == ["single", "hold", None]


def test_an_address_without_node_is_refused() -> None:
    with pytest.raises(ValueError, match="write NODE/ID"):
        EspHomeButton(address="bed_button")
