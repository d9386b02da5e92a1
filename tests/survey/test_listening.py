"""Which button was pressed, and what winddown makes of it."""

from __future__ import annotations

import pytest

from survey.broker import Payload, as_bytes
from winddown.model import Press, Received
from winddown.survey import Listener, Pressed
from winddown.survey.finding import Finding, button


def said(topic: str, payload: Payload, *, retain: bool = False) -> Received:
    return Received(topic, as_bytes(payload), retain)


def aqara() -> Finding:
    return button("zigbee2mqtt", "knop", tuple(Press), beside={"base": "zigbee2mqtt"}, usual={"base": "zigbee2mqtt"})


@pytest.mark.parametrize(("word", "press"), [("single", Press.SINGLE), ("hold", Press.HOLD), ("release", None)])
def test_a_button_is_named_with_its_word_and_what_it_means(word: str, press: Press | None) -> None:
    heard = Listener([aqara()]).hear(said("zigbee2mqtt/knop", {"action": word, "battery": 80}))

    assert heard == Pressed("zigbee2mqtt/knop", word, press)


@pytest.mark.parametrize(
    "payload", [{"battery": 80}, {"action": ""}, {"action": None}, b"\xff", "[]", "", "{", {"action": {"action": 3}}]
)
def test_what_no_finger_did_is_nothing(payload: Payload) -> None:
    assert Listener([aqara()]).hear(said("zigbee2mqtt/knop", payload)) is None


def test_a_stored_press_is_nothing() -> None:
    assert Listener([aqara()]).hear(said("zigbee2mqtt/knop", {"action": "single"}, retain=True)) is None


def test_its_words_cannot_play_with_the_terminal() -> None:
    heard = Listener([aqara()]).hear(said("zigbee2mqtt/knop", {"action": "\x1b[2J" + "x" * 500}))

    assert heard is not None
    assert heard.said.isprintable()
    assert len(heard.said) <= 40


@pytest.mark.parametrize(
    ("topic", "payload", "pressed"),
    [
        ("node/event/key/state", {"event_type": "double"}, Pressed("esphome/node/key", "double", Press.DOUBLE)),
        ("stat/bed/RESULT", {"Button2": {"Action": "HOLD"}}, Pressed("tasmota/bed", "HOLD", Press.HOLD)),
        (
            "up/shellyi4/events/rpc",
            {"method": "NotifyEvent", "params": {"events": [{"component": "input:1", "event": "single_push"}]}},
            Pressed("shelly2/up/shellyi4", "single_push", Press.SINGLE),
        ),
    ],
)
def test_a_button_that_told_nobody_of_itself_is_named_too(topic: str, payload: Payload, pressed: Pressed) -> None:
    assert Listener([]).hear(said(topic, payload)) == pressed


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("stat/bed/RESULT", {"POWER": "ON"}),
        ("shelly/events/rpc", {"method": "NotifyStatus", "params": {"light:0": {"output": True}}}),
        ("events/rpc", {"method": "NotifyEvent"}),
        ("somewhere/else", "single"),
    ],
)
def test_other_news_on_the_same_topics_is_nothing(topic: str, payload: Payload) -> None:
    assert Listener([]).hear(said(topic, payload)) is None


def test_of_two_keys_on_one_topic_the_pressed_one_is_named() -> None:
    keys = [button("tasmota", "bed", tuple(Press), beside={"button": number}) for number in (1, 2)]

    heard = Listener(keys).hear(said("stat/bed/RESULT", {"Button2": {"Action": "SINGLE"}}))

    assert heard == Pressed("{tasmota: bed, button: 2}", "SINGLE", Press.SINGLE)


def test_a_button_that_repeats_itself_is_believed_from_the_second_count_on() -> None:
    listener = Listener([button("shelly1", "btn", tuple(Press))])
    topic = "shellies/btn/input_event/0"

    first = listener.hear(said(topic, {"event": "S", "event_cnt": 4}))
    again = listener.hear(said(topic, {"event": "S", "event_cnt": 4}))
    next_one = listener.hear(said(topic, {"event": "L", "event_cnt": 5}))

    assert first is not None
    assert first.press is None
    assert "press again" in first.said
    assert again is None
    assert next_one == Pressed("shelly1/btn", "L", Press.HOLD)
