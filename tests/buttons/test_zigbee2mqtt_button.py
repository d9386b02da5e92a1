"""Buttons behind a real Zigbee2MQTT, by equality with captured messages."""

from __future__ import annotations

import pytest

from winddown.buttons import BUTTONS
from winddown.buttons.zigbee2mqtt import Zigbee2MqttButton
from winddown.model import Press

BUTTON = Zigbee2MqttButton(address="bedside_button")


def presses(*payloads: str, button: Zigbee2MqttButton = BUTTON) -> list[str]:
    heard = [button.decode("zigbee2mqtt/bedside_button", payload.encode()) for payload in payloads]
    return [press.value for press in heard if press is not None]


def test_it_hears_only_its_state_so_that_no_press_counts_twice() -> None:
    assert BUTTONS["zigbee2mqtt"] is Zigbee2MqttButton
    assert BUTTON.topics() == ("zigbee2mqtt/bedside_button",)
    assert BUTTON.key == "zigbee2mqtt/bedside_button"
    assert BUTTON.decode("zigbee2mqtt/bedside_button/action", b'{"action":"single"}') is None


@pytest.mark.parametrize(
    ("finger", "payloads", "expected"),
    [
        ("SONOFF click", ['{"action":"single","linkquality":132}'], ["single"]),
        ("SONOFF long", ['{"action":"long","linkquality":132}'], ["hold"]),
        ("Tuya double", ['{"action":"double","linkquality":132}'], ["double"]),
        ("Aqara hold", ['{"action":"hold","linkquality":132}', '{"action":"release","linkquality":132}'], ["hold"]),
        ("Aqara triple", ['{"action":"triple","linkquality":132}'], []),
        ("IKEA click", ['{"action":"on","battery":74,"linkquality":132}'], ["single"]),
        (
            "IKEA long",
            [
                '{"action":"brightness_move_up","action_rate":83,"linkquality":132}',
                '{"action":"brightness_stop","linkquality":132}',
            ],
            ["hold"],
        ),
        ("IKEA lower key", ['{"action":"off","linkquality":132}'], ["hold"]),
        (
            "STYRBAR arrow held",
            [
                '{"action":"arrow_right_hold","linkquality":132}',
                '{"action":"arrow_right_release","action_duration":1.5,"linkquality":132}',
            ],
            ["hold"],
        ),
        (
            "Hue click",
            ['{"action":"on_press","linkquality":132}', '{"action":"on_press_release","linkquality":132}'],
            ["single"],
        ),
        (
            "Hue off key",
            ['{"action":"off_press","linkquality":132}', '{"action":"off_press_release","linkquality":132}'],
            ["hold"],
        ),
        (
            "Hue held for three seconds",
            [
                '{"action":"on_press","linkquality":132}',
                '{"action":"on_hold","action_duration":0.801,"linkquality":132}',
                '{"action":"on_hold","action_duration":1.603,"linkquality":132}',
                '{"action":"on_hold","action_duration":2.404,"linkquality":132}',
                '{"action":"on_hold_release","linkquality":132}',
            ],
            ["hold"],
        ),
        ("Hue held, its press lost", ['{"action":"on_hold","action_duration":86400.2,"linkquality":132}'], ["hold"]),
        (
            "SOMRIG double",
            ['{"action":"1_initial_press"}', '{"action":"1_double_press"}'],
            ["double"],
        ),
        (
            "SOMRIG long",
            ['{"action":"1_initial_press"}', '{"action":"1_long_press"}', '{"action":"1_long_release"}'],
            ["hold"],
        ),
        (
            "with Home Assistant discovery",
            [
                (
                    '{"action":"on_press_release","action_duration":null,"battery":null,"linkquality":132,'
                    '"update":{"installed_version":-1,"latest_version":-1,"state":null}}'
                ),
                '{"action":"","battery":null}',
            ],
            ["single"],
        ),
        ("battery report", ['{"battery":74,"linkquality":132}'], []),
    ],
)
def test_what_a_finger_does_once_is_one_press(finger: str, payloads: list[str], expected: list[str]) -> None:
    assert presses(*payloads) == expected


def test_once_a_person_says_what_the_actions_mean_only_that_counts() -> None:
    button = Zigbee2MqttButton.model_validate(
        {"address": "bedside_button", "single": "2_single", "hold": ["off", "2_hold"]}
    )

    heard = presses(
        '{"action":"2_single"}', '{"action":"1_single"}', '{"action":"2_double"}', '{"action":"off"}', button=button
    )

    assert heard == [Press.SINGLE, Press.HOLD]


def test_one_action_cannot_stand_for_two_presses() -> None:
    with pytest.raises(ValueError, match="'on' stands for two kinds of press"):
        Zigbee2MqttButton(address="bedside_button", single=("on",), hold=("on", "off"))


def test_an_action_written_twice_in_one_list_is_no_mistake() -> None:
    assert presses('{"action":"on"}', button=Zigbee2MqttButton(address="bedside_button", single=("on", "on"))) == [
        "single"
    ]


def test_of_a_remote_with_several_keys_one_can_be_meant() -> None:
    right = Zigbee2MqttButton.model_validate({"address": "bedside_button", "button": 2})

    heard = presses('{"action":"1_single"}', '{"action":"2_double"}', '{"action":"2_hold"}', button=right)

    assert heard == ["double", "hold"]


def test_a_key_beside_whole_actions_is_refused() -> None:
    with pytest.raises(ValueError, match="no use beside single, double and hold"):
        Zigbee2MqttButton(address="bedside_button", button="2", single=("2_single",))
