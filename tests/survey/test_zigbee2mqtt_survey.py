"""What a Zigbee2MQTT has, from its own lists."""

from __future__ import annotations

import pytest

from survey.broker import Payload, found, only, retained
from winddown.model import Press
from winddown.survey import Places, survey

DEVICES, GROUPS = "zigbee2mqtt/bridge/devices", "zigbee2mqtt/bridge/groups"
FADES = [{"name": "transition", "property": "transition", "type": "numeric"}]


def device(name: str, *exposes: dict[str, object], **more: object) -> dict[str, object]:
    definition = {"vendor": "Acme", "model": "L1", "exposes": list(exposes), "options": FADES}
    return {"friendly_name": name, "ieee_address": f"0x{name}", "type": "Router", "definition": definition} | more


def light(warmest: int | None = None, kind: str = "light", **more: object) -> dict[str, object]:
    features: list[dict[str, object]] = [{"name": "state", "access": 7}]
    if kind == "light":
        features.append({"name": "brightness", "access": 7, "value_max": 254})
    if warmest:
        features.append({"name": "color_temp", "value_min": 250, "value_max": warmest})
    return {"type": kind, "features": features} | more


def action(*words: str) -> dict[str, object]:
    return {"type": "enum", "name": "action", "property": "action", "values": list(words)}


def test_a_lamp_says_its_range_in_kelvin_and_that_it_fades() -> None:
    one = only({DEVICES: [device("bed", light(454))]})

    assert (one.kind, one.written, one.can) == ("lamp", "zigbee2mqtt/bed", "dims · 2200–4000 K · fades")
    assert one.model == "Acme L1"


def test_a_lamp_without_transition_goes_in_small_steps() -> None:
    plain = device("bed", light())
    plain["definition"] |= {"options": []}  # type: ignore[operator]  it is a mapping

    assert only({DEVICES: [plain]}).can == "dims · small steps"


def test_a_plug_is_a_plug_that_only_switches() -> None:
    one = only({DEVICES: [device("socket", light(kind="switch"))]})

    assert (one.kind, one.can, one.driver is not None) == ("plug", "on/off only", True)


def test_a_button_names_the_presses_it_has() -> None:
    one = only({DEVICES: [device("knop", action("single", "double", "hold", "release"))]})

    assert (one.kind, one.presses) == ("button", (Press.SINGLE, Press.DOUBLE, Press.HOLD))
    assert one.can == "single, double, hold"


def test_a_remote_with_several_keys_says_how_one_is_meant() -> None:
    one = only({DEVICES: [device("vier", action("1_single", "1_hold", "2_single", "3_single"))]})

    assert one.can == "single, hold · several keys, for one add button: 1"


def test_a_device_with_two_lamps_is_two_lamps() -> None:
    two = {DEVICES: [device("gang", light(454, endpoint="l1"), light(endpoint="l2"))]}

    assert {one.written: one.can for one in survey(retained(two), Places())} == {
        "{zigbee2mqtt: gang, endpoint: l1}": "dims · 2200–4000 K · fades",
        "{zigbee2mqtt: gang, endpoint: l2}": "dims · fades",
    }


def test_a_wall_module_is_a_lamp_and_a_button() -> None:
    listed: Payload = [device("wall", light(), action("single"))]

    both = survey(retained({DEVICES: listed}), Places())

    assert [(one.kind, one.written) for one in both] == [("lamp", "zigbee2mqtt/wall"), ("button", "zigbee2mqtt/wall")]


@pytest.mark.parametrize(
    ("listed", "kind", "why"),
    [
        (device("x", {"type": "cover"}), "other", "blinds"),
        (device("x", action("rotate_left", "rotate_right")), "button", "says rotate_left, rotate_right: no press"),
        (device("x", light(), light()), "lamp", "cannot tell apart"),
        (device("x", light(kind="switch"), light(kind="switch")), "plug", "cannot tell apart"),
        (device("x", light(), disabled=True), "lamp", "disabled"),
        (device("x", light(), interview_completed=False), "lamp", "pair it again"),
        (device("x", definition=None), "other", "does not know this model"),
        (device("a+b", light()), "lamp", "another"),
        (device("a#b", action("single")), "button", "another"),
    ],
)
def test_what_cannot_be_used_is_listed_with_the_reason(listed: dict[str, object], kind: str, why: str) -> None:
    one = only({DEVICES: [listed]})

    assert (one.kind, one.driver) == (kind, None)
    assert why in one.why_not


@pytest.mark.parametrize(
    "exposes", [[], [{"type": "numeric", "name": "temperature"}], [{"type": "lock"}, action("lock")]]
)
def test_sensors_and_locks_are_left_out(exposes: list[dict[str, object]]) -> None:
    assert found({DEVICES: [device("x", *exposes), {"type": "Coordinator", "friendly_name": "Coordinator"}]}) == {}


def test_a_group_counts_its_lamps_and_one_without_says_so() -> None:
    groups: Payload = [
        {"friendly_name": "both", "members": [{"ieee_address": "0xbed"}, {"ieee_address": "0xsocket"}]},
        {"friendly_name": "default_bind_group", "members": []},
    ]

    there = found({DEVICES: [device("bed", light()), device("socket", light(kind="switch"))], GROUPS: groups})

    assert (there["zigbee2mqtt/both"].model, there["zigbee2mqtt/both"].can) == ("group of 1 lamp", "dims · fades")
    assert "without a lamp" in there["zigbee2mqtt/default_bind_group"].why_not


def test_another_base_is_written_beside_the_name_and_the_usual_one_is_not() -> None:
    two = {DEVICES: [device("bed", light())], "up/attic z2m/bridge/devices": [device("bed", light())]}

    assert set(found(two)) == {"zigbee2mqtt/bed", "{zigbee2mqtt: bed, base: up/attic z2m}"}
    assert set(found(two, Places(zigbee2mqtt="up/attic z2m"))) == {
        "zigbee2mqtt/bed",
        "{zigbee2mqtt: bed, base: zigbee2mqtt}",
    }


@pytest.mark.parametrize("state", ['{"state":"offline"}', "offline"])
def test_what_a_dead_bridge_last_said_is_told_as_such(state: str) -> None:
    one = only({DEVICES: [device("bed", light())], "zigbee2mqtt/bridge/state": state})

    assert one.can == "dims · fades · its Zigbee2MQTT is offline"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("reading lamp/left", "zigbee2mqtt/reading lamp/left"),
        ("Küche ☀", '"zigbee2mqtt/Küche ☀"'),
        ("Nachttisch größe", "zigbee2mqtt/Nachttisch größe"),
        ("a: b", '"zigbee2mqtt/a: b"'),
        ("a {x}", '"zigbee2mqtt/a {x}"'),
        ('say "hi"', '"zigbee2mqtt/say \\"hi\\""'),
    ],
)
def test_a_name_is_written_as_yaml_takes_it(name: str, written: str) -> None:
    assert only({DEVICES: [device(name, light())]}).written == written


@pytest.mark.parametrize("name", ["\x1b[2Jgone", "a\nb", "a\tb", "\u202egnp", "bell\x07", "\ud800"])
def test_a_name_cannot_play_with_the_terminal(name: str) -> None:
    one = only({DEVICES: [device(name, light())]})

    assert one.written.isprintable()
    assert "cannot be seen" in one.why_not


def test_three_hundred_devices_are_all_there() -> None:
    many: Payload = [device(f"lamp {number}", light(454)) for number in range(300)]

    assert len(found({DEVICES: many})) == 300


@pytest.mark.parametrize(
    "rubbish", [b"", b"\xff\xfe", "null", "{}", "[1, null, []]", [{"friendly_name": 3}], [{"definition": "x"}]]
)
def test_rubbish_is_nothing(rubbish: Payload) -> None:
    assert found({DEVICES: rubbish, GROUPS: rubbish}) == {}


def test_odd_entries_do_not_hide_good_ones() -> None:
    odd: Payload = [
        {"friendly_name": "odd", "definition": {"exposes": [{"type": "light", "features": "none"}], "options": 7}},
        device("odd2", {"type": "enum", "name": "action", "values": [None, 3, "single"]}),
        device("bed", light()),
    ]

    assert {"zigbee2mqtt/bed", "zigbee2mqtt/odd2"} <= set(found({DEVICES: odd}))
