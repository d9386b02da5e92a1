"""What devices announce to Home Assistant, in both forms."""

from __future__ import annotations

import pytest

from survey.broker import Payload, found, only
from winddown.model import Press
from winddown.survey import Places

DEV = {"name": "Lamp", "mf": "Acme", "mdl": "B2"}


def announced(component: str, config: dict[str, object]) -> dict[str, Payload]:
    return {f"homeassistant/{component}/acme/one/config": config}


def json_light(**more: object) -> dict[str, Payload]:
    config = {"schema": "json", "cmd_t": "home/lamp/set", "stat_t": "home/lamp", "brightness": True, "dev": DEV}
    return announced("light", config | more)


def test_a_json_light_is_named_by_its_command_topic() -> None:
    one = only(json_light(sup_clrm=["color_temp"], min_mirs=153, max_mirs=370))

    assert (one.written, one.can, one.model) == ("json/home/lamp/set", "dims · 2700–6500 K · fades", "Acme B2")


def test_a_state_elsewhere_is_written() -> None:
    assert only(json_light(stat_t="home/says")).written == "{json: home/lamp/set, state: home/says}"


def test_short_names_and_long_ones_are_the_same() -> None:
    long: dict[str, object] = {
        "schema": "json",
        "command_topic": "home/lamp/set",
        "state_topic": "home/lamp",
        "brightness": True,
        "device": {"name": "Lamp", "manufacturer": "Acme", "model": "B2"},
    }

    assert only(announced("light", long)) == only(json_light())


def test_a_base_topic_stands_for_itself() -> None:
    assert only(json_light(**{"~": "far/away", "cmd_t": "~/set", "stat_t": "~"})).written == "json/far/away/set"


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"brightness_scale": 100}, "counts to 100"),
        ({"clr_temp_k": True}, "kelvin"),
        ({"schema": "template"}, "template"),
        ({"cmd_t": None}, "no topic"),
        ({"cmd_t": "home/+/set"}, "+ or #"),
    ],
)
def test_a_light_that_no_dialect_speaks_to_says_why(config: dict[str, object], why: str) -> None:
    one = only(json_light(**config))

    assert one.driver is None
    assert why in one.why_not


def test_a_light_without_levels_is_on_or_off() -> None:
    assert only(json_light(brightness=False)).can == "on/off only"
    assert only(json_light(sup_clrm=["onoff"])).can == "on/off only"


def test_a_basic_light_is_generic_with_all_it_needs() -> None:
    config: dict[str, object] = {
        "cmd_t": "home/l/on/set",
        "pl_on": "1",
        "pl_off": "0",
        "bri_cmd_t": "home/l/level/set",
        "bri_scl": 100,
        "stat_t": "home/l/on",
    }

    one = only(announced("light", config))

    assert one.can == "dims · small steps"
    assert one.written == (
        '{generic: {on_topic: home/l/on/set, on: "1", off: "0", level_topic: home/l/level/set, scale: 100, '
        "state_topic: home/l/on}}"
    )


def test_a_state_read_by_a_template_is_not_believed() -> None:
    config = {"cmd_t": "a/set", "stat_t": "a", "stat_val_tpl": "{{ value_json.POWER }}"}

    assert only(announced("light", config)).written == "generic/a/set"


def test_a_switch_is_a_plug() -> None:
    one = only(announced("switch", {"cmd_t": "home/plug/set", "stat_t": "home/plug", "dev": DEV}))

    assert (one.kind, one.can) == ("plug", "on/off only")
    assert one.written == "{generic: {on_topic: home/plug/set, state_topic: home/plug}}"


@pytest.mark.parametrize("category", ["config", "diagnostic"])
def test_a_setting_of_a_device_is_no_plug(category: str) -> None:
    assert found(announced("switch", {"cmd_t": "a/set", "ent_cat": category})) == {}


def test_a_device_announces_all_it_has_at_once() -> None:
    whole: dict[str, object] = {
        "dev": DEV,
        "o": {"name": "acme"},
        "stat_t": "home/all",
        "cmps": {
            "l": {"p": "light", "schema": "json", "cmd_t": "home/l/set", "brightness": True, "unique_id": "1"},
            "e": {"p": "event", "stat_t": "home/e", "evt_typ": ["single", "double"], "unique_id": "2"},
            "s": {"p": "sensor", "unique_id": "3"},
        },
    }

    there = found({"homeassistant/device/acme/config": whole})

    assert set(there) == {"{json: home/l/set, state: home/all}", "{generic: {topic: home/e, path: event_type}}"}
    assert there["{generic: {topic: home/e, path: event_type}}"].presses == (Press.SINGLE, Press.DOUBLE)


# ---------------------------------------------------------------- ESPHome


def test_an_esphome_lamp_is_named_by_node_and_id() -> None:
    config = {"schema": "json", "cmd_t": "bedroom/light/strip/command", "stat_t": "bedroom/light/strip/state"}

    one = only(announced("light", config | {"brightness": True, "sup_clrm": ["brightness"], "dev": DEV}))

    assert (one.written, one.can) == ("esphome/bedroom/strip", "dims · fades")


def test_an_esphome_event_and_contact_are_buttons_and_a_door_is_not() -> None:
    there = found(
        {
            "homeassistant/event/bedroom/knop/config": {
                "stat_t": "bedroom/event/knop/state",
                "evt_typ": ["click", "long"],
            },
            "homeassistant/binary_sensor/bedroom/key/config": {"stat_t": "bedroom/binary_sensor/key/state"},
            "homeassistant/binary_sensor/bedroom/door/config": {
                "stat_t": "bedroom/binary_sensor/door/state",
                "dev_cla": "door",
            },
            "homeassistant/binary_sensor/acme/x/config": {"stat_t": "acme/x"},
        }
    )

    assert {written: one.can for written, one in there.items()} == {
        "esphome/bedroom/knop": "single, hold",
        "esphome/bedroom/key": "single · if a finger is what closes it",
    }


def test_an_event_without_presses_says_so() -> None:
    one = only(announced("event", {"stat_t": "door/bell", "evt_typ": ["rain", "snow"]}))

    assert one.why_not == "none of its events is a press"


# ---------------------------------------------------------------- triggers


def test_triggers_on_one_topic_are_one_button() -> None:
    triggers: dict[str, Payload] = {
        f"homeassistant/device_automation/acme/{word}/config": {"t": "acme/action", "pl": word, "dev": DEV}
        for word in ("single", "double", "rotate_left")
    }

    one = only(triggers)

    assert (one.written, one.presses) == ("generic/acme/action", (Press.SINGLE, Press.DOUBLE))


def test_a_trigger_with_a_path_is_read_by_it_and_a_template_is_not() -> None:
    path = {"t": "acme/all", "pl": "hold", "val_tpl": "{{ value_json.button.action }}"}
    template = {"t": "acme/other", "pl": "hold", "val_tpl": "{{ value_json.x | lower }}"}

    assert only(announced("device_automation", path)).written == "{generic: {topic: acme/all, path: button.action}}"
    assert "template" in only(announced("device_automation", template)).why_not


# ---------------------------------------------------------------- said already, and rubbish


def test_what_zigbee2mqtt_tells_itself_is_not_told_twice() -> None:
    lamp = {"type": "light", "features": [{"name": "state"}, {"name": "brightness"}]}
    devices: Payload = [{"friendly_name": "bed", "definition": {"exposes": [lamp]}}]
    topics = {"cmd_t": "zigbee2mqtt/bed/set", "stat_t": "zigbee2mqtt/bed", "schema": "json", "brightness": True}

    there = found({"zigbee2mqtt/bridge/devices": devices, **announced("light", topics)})

    assert list(there) == ["zigbee2mqtt/bed"]


def test_our_own_entities_are_nobodys_lamps() -> None:
    ours = {"cmd_t": "night/bedroom/enabled/set"}

    assert found(announced("switch", ours), Places(prefix="night")) == {}
    assert found(announced("switch", {"cmd_t": "x/set", "o": {"name": "winddown"}})) == {}


def test_home_assistant_may_listen_elsewhere() -> None:
    there = {"ha/light/one/config": {"schema": "json", "cmd_t": "a/set", "brightness": True}}

    assert list(found(there, Places(home_assistant="ha"))) == ["json/a/set"]
    assert found(there) == {}


@pytest.mark.parametrize("component", ["light", "switch", "event", "binary_sensor", "device_automation", "device"])
@pytest.mark.parametrize(
    "rubbish",
    [
        b"\xff",
        "[]",
        "3",
        {"cmd_t": 3, "stat_t": [], "t": {}, "dev": 7, "o": [], "cmps": []},
        {"cmps": {"x": None, "y": {"p": "light", "sup_clrm": 4}, "z": {"p": "event", "stat_t": "a", "evt_typ": 4}}},
        {"~": 4, "cmd_t": "~", "schema": "json", "sup_clrm": [None], "min_mirs": "x"},
        {"name": "\x1b[31mred", "schema": "json"},
    ],
)
def test_rubbish_raises_nothing_and_plays_with_nobody(component: str, rubbish: Payload) -> None:
    there = found(announced(component, rubbish))  # type: ignore[arg-type]  rubbish is meant

    assert all(text.isprintable() for one in there.values() for text in (one.written, one.can, one.model, one.why_not))
