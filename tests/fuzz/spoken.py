"""How lamps and buttons speak: for every topic of each, a grammar of what is said well there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from winddown.buttons import BUTTONS, ButtonDialect
from winddown.lights import LIGHTS, LightDialect

Said = st.SearchStrategy[Any]
"""A text, or what is written as JSON."""


def some(**optional: Said) -> Said:
    """An object with at least one of these fields."""
    whole = st.fixed_dictionaries({}, optional=optional)
    return whole.filter(bool)


def one_of(*words: Any) -> Said:
    return st.sampled_from(words)


def number(low: int, high: int) -> Said:
    return st.integers(low, high)


def with_fields(fixed: dict[str, Any], **optional: Said) -> Said:
    return st.fixed_dictionaries({key: st.just(value) for key, value in fixed.items()}, optional=optional)


ON_OFF = one_of("ON", "OFF")
GONE_OR_HERE = one_of("online", "offline")
KELVIN, MIRED = number(1900, 6500), number(153, 500)


@dataclass(frozen=True, eq=False)
class Lamp:
    """A lamp, and what is said well on each of its topics."""

    driver: LightDialect
    says: dict[str, Said]


@dataclass(frozen=True, eq=False)
class Button:
    """A button, and what is said well on each of its topics."""

    driver: ButtonDialect
    says: dict[str, Said]


def lamp(dialect: str, says: dict[str, Said], **fields: Any) -> Lamp:
    return Lamp(LIGHTS[dialect].model_validate(fields), says)


def button(dialect: str, says: dict[str, Said], **fields: Any) -> Button:
    return Button(BUTTONS[dialect].model_validate(fields), says)


# ---------------------------------------------------------------- lamps

_Z2M_SHOWS = some(state=ON_OFF, brightness=number(0, 255), color_temp=MIRED).flatmap(
    lambda shown: with_fields(shown, color_mode=st.just("color_temp"), linkquality=number(0, 255))
)
_FEATURE = st.one_of(
    with_fields({"name": "state"}, access=number(0, 7)),
    st.just({"name": "brightness"}),
    st.fixed_dictionaries({"name": st.just("color_temp"), "value_min": number(20, 400), "value_max": number(20, 999)}),
)
_DEVICE = st.fixed_dictionaries(
    {
        "friendly_name": one_of("lamp", "een lamp/é", "other"),
        "definition": st.fixed_dictionaries(
            {
                "vendor": one_of("IKEA", "Sengled", "Innr", "Tuya"),
                "model": one_of("LED1836G9", "RB 265", "TS0601_dimmer_5"),
                "exposes": st.lists(
                    st.fixed_dictionaries(
                        {"type": one_of("light", "switch", "numeric"), "features": st.lists(_FEATURE, max_size=4)},
                        optional={"endpoint": one_of("l1", "l2")},
                    ),
                    max_size=2,
                ),
            },
            optional={"options": st.lists(st.just({"name": "transition"}), max_size=1)},
        ),
    },
    optional={"model_id": one_of("TS0601", "RB 265"), "ieee_address": one_of("0x01", "0x02")},
)
_TWO_SHOW = some(
    state_l1=ON_OFF, brightness_l1=number(0, 255), color_temp_l1=MIRED, state_l2=ON_OFF, brightness_l2=number(0, 255)
)
_GROUP = st.fixed_dictionaries({"friendly_name": one_of("lamp", "bedroom"), "id": number(1, 99)})
_ONLINE = GONE_OR_HERE | st.fixed_dictionaries({"state": GONE_OR_HERE})

_JSON_SHOWS = some(state=ON_OFF, brightness=number(0, 255), color_temp=MIRED, color_temp_kelvin=KELVIN)
_LENT = some(
    available=st.booleans(),
    supported_features=number(0, 63),
    supported_color_modes=st.lists(one_of("onoff", "brightness", "color_temp", "xy")),
    min_color_temp_kelvin=KELVIN,
    max_color_temp_kelvin=KELVIN,
)
_TASMOTA_SHOWS = some(POWER=ON_OFF, POWER1=ON_OFF, Dimmer=number(0, 100), CT=MIRED)
_TASMOTA_TOLD = st.lists(
    st.one_of(ON_OFF.map("Power {}".format), number(0, 100).map("Dimmer {}".format), MIRED.map("CT {}".format)),
    min_size=1,
).map(";".join)
_WLED_TOLD = some(
    on=st.booleans(),
    bri=number(0, 255),
    seg=st.lists(
        some(cct=number(0, 255) | KELVIN, col=st.lists(st.lists(number(0, 255), min_size=3, max_size=4), max_size=2)),
        max_size=2,
    ),
)
_RGB = st.lists(number(0, 255), min_size=3, max_size=4).map(lambda parts: "#" + "".join(f"{p:02X}" for p in parts))
_SHELLY1_SHOWS = some(ison=st.booleans(), brightness=number(0, 100), temp=KELVIN, mode=one_of("white", "color"))
_SHELLY1_TOLD = some(turn=one_of("on", "off"), brightness=number(0, 100), temp=KELVIN)


def _shelly2(prefix: str, channel: int, kind: str) -> dict[str, Said]:
    component, method = f"{kind.lower()}:{channel}", f"{kind}.Set"
    shows = some(output=st.booleans(), brightness=number(0, 100), ct=KELVIN)
    result = st.fixed_dictionaries({"id": st.just(channel)}, optional={"output": st.booleans(), "ct": KELVIN})
    params = st.fixed_dictionaries(
        {"id": st.just(channel)}, optional={"on": st.booleans(), "brightness": number(0, 99)}
    )
    simple = one_of("on", "off", "set,true", "set,false", "set,true,40", "set,,7", "status_update", "set,maybe,200")
    return {
        f"{prefix}/status/{component}": shows,
        f"{prefix}/events/rpc": shows.map(lambda shown: {"method": "NotifyStatus", "params": {component: shown}}),
        f"{prefix}/winddown/rpc": result.map(lambda shown: {"id": 1, "result": shown}),
        f"{prefix}/online": one_of("true", "false"),
        f"{prefix}/rpc": params.map(lambda told: {"method": method, "params": told}),
        f"{prefix}/command/{component}": simple,
    }


def _zigbee(base: str, name: str) -> dict[str, Said]:
    return {
        f"{base}/{name}": _Z2M_SHOWS,
        f"{base}/{name}/availability": _ONLINE,
        f"{base}/{name}/set": _Z2M_SHOWS | one_of("ON", "OFF", "toggle") | st.just({"effect": "blink"}),
        f"{base}/bridge/state": _ONLINE,
        f"{base}/bridge/event": some(
            type=one_of("device_announce", "device_leave"), data=some(friendly_name=one_of(name, "x"))
        ),
        f"{base}/bridge/devices": st.lists(_DEVICE, max_size=4),
        f"{base}/bridge/groups": st.lists(_GROUP, max_size=2),
    }


def _two_gang(name: str) -> dict[str, Said]:
    at = f"zigbee2mqtt/{name}"
    return _zigbee("zigbee2mqtt", name) | {at: _TWO_SHOW, f"{at}/set": _TWO_SHOW, f"{at}/l1/set": _Z2M_SHOWS}


def _tasmota(at: str) -> dict[str, Said]:
    told = dict.fromkeys(("Backlog", "Backlog0"), _TASMOTA_TOLD)
    told |= dict.fromkeys(("POWER", "Power"), ON_OFF) | {"Dimmer": number(0, 100).map(str), "CT": MIRED.map(str)}
    return {
        at.format("tele") + "STATE": _TASMOTA_SHOWS,
        at.format("stat") + "RESULT": _TASMOTA_SHOWS,
        at.format("tele") + "LWT": one_of("Online", "Offline"),
        **{at.format("cmnd") + name: said for name, said in told.items()},
    }


def _wled(name: str) -> dict[str, Said]:
    said = {"g": number(0, 255).map(str), "c": _RGB, "status": GONE_OR_HERE, "api": _WLED_TOLD, "col": _RGB}
    levels = number(0, 255).map(str) | one_of("ON", "OFF", "T", "t")
    return {f"wled/{name}/{part}": one for part, one in said.items()} | {f"wled/{name}": levels}


def _shelly1(name: str, output: str) -> dict[str, Said]:
    at = f"shellies/{name}/{output}"
    return {
        at: one_of("on", "off"),
        f"{at}/status": _SHELLY1_SHOWS,
        f"{at}/command": one_of("on", "off", "toggle"),
        f"{at}/set": _SHELLY1_TOLD,
        f"shellies/{name}/online": one_of("true", "false"),
    }


_LEVEL_TEXT = number(0, 100).map(str)
LAMPS = [
    lamp("zigbee2mqtt", _zigbee("zigbee2mqtt", "lamp"), address="lamp"),
    lamp("zigbee2mqtt", _zigbee("attic", "een lamp/é"), address="een lamp/é", base="attic"),
    lamp("zigbee2mqtt", _two_gang("lamp"), address="lamp", endpoint="l1"),
    lamp("json", {"home/lamp": _JSON_SHOWS, "home/lamp/set": _JSON_SHOWS}, address="home/lamp/set"),
    lamp("json", {"said": _JSON_SHOWS, "lamp": _JSON_SHOWS}, address="lamp", state="said"),
    lamp("json", {"lamp": _JSON_SHOWS}, address="lamp"),
    lamp(
        "esphome",
        {"node/light/lamp/state": _JSON_SHOWS, "node/light/lamp/command": _JSON_SHOWS, "node/status": GONE_OR_HERE},
        address="node/lamp",
    ),
    lamp(
        "homeassistant",
        {
            "winddown/bridge/room/light/lamp/state": _JSON_SHOWS | _LENT,
            "winddown/bridge/room/light/lamp/request": some(
                state=ON_OFF, brightness=number(0, 255), color_temp_kelvin=KELVIN, only_if_on=st.booleans()
            ),
            "homeassistant/status": GONE_OR_HERE,
        },
        address="light.lamp",
    ),
    lamp("tasmota", _tasmota("{}/lamp/"), address="lamp"),
    lamp("tasmota", _tasmota("home/lamp/{}/"), address="lamp", full_topic="home/%topic%/%prefix%"),
    lamp("wled", _wled("lamp"), address="lamp"),
    lamp("wled", _wled("lamp"), address="lamp", white=True),
    lamp("shelly1", _shelly1("lamp", "light/0"), address="lamp"),
    lamp("shelly1", _shelly1("lamp", "white/1"), address="lamp", output="white/1"),
    lamp("shelly1", _shelly1("lamp", "light/0"), address="lamp", white=True),
    lamp("shelly2", _shelly2("lamp", 0, "Light"), address="lamp"),
    lamp("shelly2", _shelly2("lamp", 1, "CCT"), address="lamp/1", white=True),
    lamp("generic", {"on": ON_OFF}, on_topic="on"),
    lamp(
        "generic",
        {
            "on": ON_OFF,
            "level": _LEVEL_TEXT,
            "said": ON_OFF | _LEVEL_TEXT | some(state=ON_OFF, brightness=number(0, 100)),
        },
        on_topic="on",
        level_topic="level",
        state_topic="said",
    ),
]

# ---------------------------------------------------------------- buttons

_ACTIONS = one_of("single", "double", "hold", "on", "off", "1_single", "on_press_release", "toggle", "long", "on_hold")
_Z2M_PRESS = _ACTIONS.flatmap(
    lambda action: with_fields({"action": action}, action_duration=st.floats(0, 9), battery=number(0, 100))
)
_KEYS = st.dictionaries(
    one_of("Button1", "Button2", "Switch1"), one_of("SINGLE", "DOUBLE", "HOLD", "ON", "OFF"), min_size=1
)
_SHELLY2_EVENT = st.fixed_dictionaries(
    {
        "component": one_of("input:0", "input:1", "bthomedevice:200", "switch:0"),
        "event": one_of("single_push", "double_push", "long_push", "btn_down"),
    },
    optional={"idx": number(0, 3)},
)
_NOTIFY = st.lists(_SHELLY2_EVENT, max_size=3).map(
    lambda events: {"method": "NotifyEvent", "params": {"events": events}}
)
_INPUT = st.fixed_dictionaries({"event": one_of("S", "SS", "L", "SSS", ""), "event_cnt": number(0, 99)})
_EVENT = st.fixed_dictionaries({"event_type": _ACTIONS})
_SLEEP = st.fixed_dictionaries({"event": one_of("sleep_tracking_started", "alarm_dismiss")})
_RESULT = _KEYS.map(lambda keys: {key: {"Action": word} for key, word in keys.items()})

BUTTONS_SPOKEN = [
    button("zigbee2mqtt", {"zigbee2mqtt/b": _Z2M_PRESS}, address="b"),
    button("zigbee2mqtt", {"attic/b": _Z2M_PRESS}, address="b", base="attic", button="on"),
    button("zigbee2mqtt", {"zigbee2mqtt/b": _Z2M_PRESS}, address="b", single=["on", "1_single"], hold="off"),
    button("esphome", {"n/event/b/state": _EVENT, "n/binary_sensor/b/state": ON_OFF}, address="n/b"),
    button("esphome", {"n/event/b/state": _EVENT, "n/binary_sensor/b/state": ON_OFF}, address="n/b", hold="OFF"),
    button("tasmota", {"stat/b/RESULT": _RESULT}, address="b"),
    button("tasmota", {"stat/b/RESULT": _RESULT}, address="b", button=1, single="ON"),
    button("shelly1", {f"shellies/b/input_event/{n}": _INPUT for n in range(3)}, address="b"),
    button("shelly1", {"shellies/b/input_event/1": _INPUT}, address="b", button=1, double="SSS"),
    button("shelly2", {"b/events/rpc": _NOTIFY}, address="b"),
    button("shelly2", {"b/events/rpc": _NOTIFY}, address="b/1"),
    button("shelly2", {"b/events/rpc": _NOTIFY}, address="b", component="bthomedevice:200", button=0),
    button("sleep_as_android", {"phone": _SLEEP}, address="phone", hold="sleep_tracking_started"),
    button("generic", {"b": _ACTIONS}, topic="b"),
    button("generic", {"b": _RESULT}, topic="b", path="Button1.Action", single=["SINGLE"], double="DOUBLE"),
]
