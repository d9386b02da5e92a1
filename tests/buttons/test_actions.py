"""The words of real remotes."""

from __future__ import annotations

import pytest

from winddown.buttons.actions import is_of, understand


@pytest.mark.parametrize(
    ("meaning", "actions"),
    [
        (
            "single",
            """
            single on toggle click press pressed short_release press_release 1_single single_left
            single_in1 on_press_release 1_short_release dots_1_short_release button_3_click
            button_1_short_press single_press press_1 press_on on_l1 on_1 on_top_left toggle_2
            scene_4 button_2 key3 arrow_left_click brightness_up_click SINGLE power_on
            button_1_up_press left_press_release press_once
            """,
        ),
        (
            "double",
            """
            double 1_double double_left double_press button_1_double_click double_pressed on_double
            off_double dots_2_double_press press_twice DOUBLE
            """,
        ),
        (
            "hold",
            """
            hold long long_press held 1_hold on_hold 1_long_press hold_both brightness_move_up
            brightness_move_down_l2 toggle_hold off off_1 off_press_release off_hold press_off
            hold_off 1_single_long arrow_right_hold button_1_long_press HOLD
            """,
        ),
        (
            "",
            """
            release hold_release on_hold_release 1_long_release toggle_release release_left
            hold_released on_press off_press up_press left_press button_1_press dot_press
            1_initial_press triple quadruple many triple_long double_long brightness_stop
            brightness_step_up brightness_move_to_level brightness_move_stop
            color_temperature_move_up color_hue_step_up hue_move recall_1 recall up down rotate_left start_rotating
            dial_rotate_right_step volume_up volume_up_hold track_next shake flip90 slide store_1
            remove_all arm_all_zones disarm emergency panic open close stop none identify vibration
            enter leave
            lock unlock key_lock one_touch_lock manual_unlock auto_lock rfid_unlock fingerprint_unlock
            lock_failure_invalid_pin_or_id non_access_user_operational_event unknown
            cover_open_s5 cover_close_s5 cover_stop_s5 throw wakeup fall tap exit_delay
            """,
        ),
    ],
)
def test_the_words_of_real_remotes_are_understood(meaning: str, actions: str) -> None:
    understood = {action: understand(action) or "" for action in actions.split()}

    assert understood == dict.fromkeys(actions.split(), meaning)


@pytest.mark.parametrize("action", ["", "_", "🙂", "x" * 100_000, "long_" * 1000])
def test_a_strange_word_is_no_press(action: str) -> None:
    assert understand(action) is None
    assert not is_of("x", action)


@pytest.mark.parametrize(
    ("button", "actions", "others"),
    [
        (
            "1",
            "1_single button_1_hold single_1 on_l1 single_in1 on_b1_up key1 dots_1_double_press",
            "11_single on flip10",
        ),
        ("left", "single_left arrow_left_hold left_press on_top_left", "single_right leftmost"),
        ("dots_1", "dots_1_short_release", "1_short_release dots_2_short_release dots_11_hold"),
        ("On", "on_press_release on on_hold", "off_press_release one"),
        ("top left", "on_top_left", "on_left on_top"),
    ],
)
def test_the_actions_of_one_key_are_told_from_the_others(button: str, actions: str, others: str) -> None:
    assert [is_of(button, action) for action in actions.split()] == [True] * len(actions.split())
    assert [is_of(button, action) for action in others.split()] == [False] * len(others.split())
