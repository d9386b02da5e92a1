"""Buttons on any topic."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.generic import GenericButton


def test_a_topic_alone_is_a_whole_button() -> None:
    button = GenericButton.model_validate({"address": "home/bed/button"})

    assert BUTTONS["generic"] is GenericButton
    assert button.topics() == ("home/bed/button",)
    assert button.key == "generic/home/bed/button"
    assert button.decode("home/bed/button", b"single") == "single"
    assert button.decode("home/bed/button", b"LONG_PRESS\n") == "hold"
    assert button.decode("home/other", b"single") is None


@pytest.mark.parametrize(
    ("path", "payload", "press"),
    [
        ("Button1.Action", b'{"Button1":{"Action":"SINGLE"}}', "single"),
        ("Button1.Action", b'{"POWER":"ON"}', None),
        ("params.events.0.event", b'{"method":"NotifyEvent","params":{"events":[{"event":"double_push"}]}}', "double"),
        ("params.events.0.event", b'{"method":"NotifyStatus","params":{}}', None),
        ("button", b'{"button":1}', None),
        ("0", b'["hold"]', "hold"),
        ("1", b'["hold"]', None),
    ],
)
def test_a_word_within_json_is_found(path: str, payload: bytes, press: str | None) -> None:
    assert GenericButton.model_validate({"topic": "b", "path": path}).decode("b", payload) == press


def test_numbers_and_truths_can_be_presses() -> None:
    button = GenericButton.model_validate({"topic": "b", "path": "v", "single": 1, "double": [2, "S2"], "hold": True})

    heard = [button.decode("b", b'{"v":%s}' % value) for value in (b"1", b"1.0", b'"1"', b"2", b'"S2"', b"true", b"3")]

    assert heard == ["single", "single", "single", "double", "double", "hold", None]


@pytest.mark.parametrize("fields", [{}, {"topic": "a/+"}, {"topic": "a", "single": ""}, {"topic": "a", "tripple": "x"}])
def test_a_button_that_cannot_work_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"address|topic|single|tripple"):
        GenericButton.model_validate(fields)
