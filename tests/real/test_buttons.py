"""Each of the lab's buttons, pressed every way it knows: one press for what a finger did, none for what is no press."""

from __future__ import annotations

import time

import pytest

from real.bedroom import bedroom, room

GAP_S = 0.6
"""Equal presses within 0.4 s are one."""

PRESSES = {
    "button_ikea": [
        (("on",), "single"),
        (("off",), "hold"),
        (("brightness_move_up", "brightness_stop"), "hold"),
    ],
    "button_styrbar": [
        (("on",), "single"),
        (("off",), "hold"),
        (("brightness_move_up", "brightness_stop"), "hold"),
        (("brightness_move_down", "brightness_stop"), "hold"),
        (("arrow_left_click",), "single"),
        (("arrow_right_click",), "single"),
        (("arrow_left_hold", "arrow_left_release", "on"), "hold"),  # it says `on` after a held arrow
        (("arrow_right_hold", "arrow_right_release", "on"), "hold"),
    ],
    "button_aqara": [
        (("single",), "single"),
        (("double",), "double"),
        (("triple",), None),
        (("hold", "release"), "hold"),
    ],
    "button_hue": [
        (("on_press", "on_press_release"), "single"),
        (("up_press", "up_press_release"), "single"),
        (("down_press", "down_press_release"), "single"),
        (("off_press", "off_press_release"), "hold"),
        (("on_press", "on_hold", "on_hold", "on_hold_release"), "hold"),
        (("up_press", "up_hold", "up_hold", "up_hold_release"), "hold"),
        (("down_press", "down_hold", "down_hold", "down_hold_release"), "hold"),
        (("off_press", "off_hold", "off_hold", "off_hold_release"), "hold"),
    ],
    "button_tuya": [(("single",), "single"), (("double",), "double"), (("hold",), "hold")],
    "button_sonoff": [(("single",), "single"), (("double",), "double"), (("long",), "hold")],
}
"""What a finger does, as the frames that the button sends, and the press that it is."""
IGNORED = {"presses": dict.fromkeys(("single", "double", "hold"), "none")}
"""Presses are told, and nothing follows of them."""


def gap_ms(button):
    """Philips remotes say every 0.8 s that they are held; STYRBAR's `on` comes half a second after it is let go."""
    return {"button_hue": 800, "button_styrbar": 500}.get(button, 150)


class Fingers:
    """Press, wait until Zigbee2MQTT has said the last of it, and then until winddown has answered a question."""

    def __init__(self, lab):
        self.lab = lab
        self.since = {}
        self.last = {}

    def press(self, button, frames, times=1):
        short = not any("hold" in frame or "arrow" in frame for frame in frames)
        self.since[button] = (
            self.lab.press(button, *frames, gap_ms=150 if short else gap_ms(button), times=times) - 0.05
        )
        self.last[button] = frames[-2] if frames[-1] == "on" and len(frames) > 1 else frames[-1]

    def presses(self, button):
        """What winddown took for a press of what was pressed last."""
        since, last = self.since[button], self.last[button]

        def is_it(one):
            return one.topic == f"zigbee2mqtt/{button}" and one.json.get("action") == last

        said = self.lab.witness.wait_for(f"{last} of {button}", is_it, since=since)
        time.sleep(max(0.0, said.t + GAP_S - time.monotonic()))  # or the next would be the same, heard again
        asked = self.lab.witness.say(f"winddown/{button}/command", "next") - 0.05
        self.lab.witness.wait_for("an answer", lambda one: one.topic == f"winddown/{button}/why", since=asked)
        return [(one.json["event_type"], one.json["source"]) for one in self.said(button, since)]

    def said(self, button, since):
        return self.lab.witness.on(f"winddown/{button}/press", since=since)


@pytest.fixture(scope="module")
def house(lab, tmp_path_factory):
    """By day; every button has a room of its own, with a lamp that is not there."""
    rooms = {name: room(f"no_lamp_of_{name}", button=f"zigbee2mqtt/{name}", **IGNORED) for name in PRESSES}
    with bedroom(lab, tmp_path_factory.mktemp("buttons"), rooms, runway_s=600, lead_s=3000) as one:
        yield one


WAYS = [(button, frames, press) for button, ways in PRESSES.items() for frames, press in ways]


@pytest.fixture(scope="module")
def became(house, lab):
    """What became of each way to press each button; all the buttons at a time, each one way after the other."""
    found, fingers = {}, Fingers(lab)
    for n in range(max(len(ways) for ways in PRESSES.values())):
        turn = {button: ways[n][0] for button, ways in PRESSES.items() if n < len(ways)}
        for button, frames in turn.items():
            fingers.press(button, frames)
        for button, frames in turn.items():
            found[button, frames] = fingers.presses(button)
    return found


@pytest.mark.parametrize(("button", "frames", "press"), WAYS, ids=lambda one: str(one).replace("'", ""))
def test_what_a_finger_does_is_one_press_or_none(became, button, frames, press):
    assert became[button, frames] == ([] if press is None else [(press, f"zigbee2mqtt/{button}")])


def test_every_action_of_every_button_was_tried_and_heard(became, house, lab):
    tried = {(button, frame) for button, ways in PRESSES.items() for frames, _ in ways for frame in frames}
    heard = {(one.topic.partition("/")[2], one.json["action"]) for one in lab.witness.actions(since=house.begun)}

    assert heard == tried


def test_a_frame_that_the_radio_repeats_is_one_press(became, lab):
    fingers = Fingers(lab)
    for button, ways in PRESSES.items():
        fingers.press(button, ways[0][0], times=3)

    for button, ways in PRESSES.items():
        assert fingers.presses(button) == [(ways[0][1], f"zigbee2mqtt/{button}")]


def test_a_battery_report_is_no_press(became, lab):
    battery = {"cluster": "genPowerCfg", "type": "attributeReport", "data": {"batteryPercentageRemaining": 74}}
    since = lab.witness.say("lab/radio/press", {"device": "button_ikea", **battery}) - 0.05
    lab.witness.wait_for("the battery", lambda one: '"battery":74' in one.text, since=since)

    assert lab.witness.on("winddown/button_ikea/press", since=since) == []
