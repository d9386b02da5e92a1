"""Inputs of Shelly devices since the second generation, and BLU buttons behind them."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.shelly2 import Shelly2Button

ANY = Shelly2Button(address="shellyplusi4-a1b2")
RPC = "shellyplusi4-a1b2/events/rpc"


def said(event: str, component: str = "input:0", more: str = "") -> bytes:
    return (
        f'{{"src":"shellyplusi4-a1b2","dst":"shellyplusi4-a1b2/events","method":"NotifyEvent","params":{{"ts":1.25,'
        f'"events":[{{"component":"{component}","id":0,"event":"{event}"{more},"ts":1.25}}]}}}}'
    ).encode()


def test_it_is_heard_where_the_device_says_its_events() -> None:
    assert BUTTONS["shelly2"] is Shelly2Button
    assert ANY.topics() == Shelly2Button(address="shellyplusi4-a1b2/3").topics() == (RPC,)


@pytest.mark.parametrize(
    ("event", "press"),
    [
        ("btn_down", None),
        ("btn_up", None),
        ("single_push", "single"),
        ("double_push", "double"),
        ("triple_push", None),
        ("long_push", "hold"),
        ("config_changed", None),
    ],
)
def test_what_a_finger_does_once_is_one_press(event: str, press: str | None) -> None:
    assert ANY.decode(RPC, said(event)) == press


def test_one_input_can_be_meant() -> None:
    third = Shelly2Button(address="shellyplusi4-a1b2/3")

    assert third.decode(RPC, said("single_push", "input:0")) is None
    assert third.decode(RPC, said("single_push", "input:3")) == "single"


def test_a_key_of_a_blu_remote_can_be_meant() -> None:
    key = Shelly2Button(address="shellyplusi4-a1b2", component="bthomedevice:200", button=1)

    heard = [
        key.decode(RPC, said("long_push", "bthomedevice:200", ',"idx":1')),
        key.decode(RPC, said("long_push", "bthomedevice:200", ',"idx":0')),
        key.decode(RPC, said("long_push", "bthomedevice:201", ',"idx":1')),
    ]

    assert heard == ["hold", None, None]
    assert ANY.decode(RPC, said("single_push", "bthomedevice:200")) == "single"


@pytest.mark.parametrize(
    "payload",
    [
        b'{"method":"NotifyStatus","params":{"input:0":{"id":0,"state":null}}}',
        b'{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"single_push"}]}}',
        b'{"method":"NotifyEvent","params":{"events":"single_push"}}',
        b"single_push",
    ],
)
def test_everything_else_on_the_topic_is_no_press(payload: bytes) -> None:
    assert ANY.decode(RPC, payload) is None
