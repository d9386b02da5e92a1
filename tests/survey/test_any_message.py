"""Whatever a broker has: a survey raises nothing, prints nothing odd, and offers only what the configuration takes."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from winddown.config import mistake_in
from winddown.model import Received
from winddown.survey import Listener, Places, questions, survey

TOPICS = (
    "zigbee2mqtt/bridge/devices",
    "a/b/bridge/groups",
    "zigbee2mqtt/bridge/state",
    "homeassistant/light/x/config",
    "homeassistant/device/x/config",
    "homeassistant/event/x/y/config",
    "homeassistant/switch/x/config",
    "homeassistant/device_automation/x/y/config",
    "homeassistant/binary_sensor/x/y/config",
    "tasmota/discovery/A1/config",
    "shellies/announce",
    "shellyx/online",
    "shellyx/winddown/rpc",
    "wled/x/status",
    "node/status",
    "node/light/x/state",
    "node/event/x/state",
    "winddown/bridge/a/light/light.b/state",
)
KEYS = [
    "friendly_name",
    "definition",
    "exposes",
    "features",
    "type",
    "name",
    "values",
    "members",
    "ieee_address",
    "disabled",
    "cmps",
    "dev",
    "o",
    "p",
    "cmd_t",
    "stat_t",
    "schema",
    "brightness",
    "brightness_scale",
    "sup_clrm",
    "min_mirs",
    "max_mirs",
    "evt_typ",
    "t",
    "pl",
    "val_tpl",
    "~",
    "bri_cmd_t",
    "bri_scl",
    "pl_on",
    "pl_off",
    "ft",
    "tp",
    "rl",
    "btn",
    "swc",
    "so",
    "lt_st",
    "md",
    "dn",
    "id",
    "model",
    "mode",
    "result",
    "light:0",
    "input:0",
    "switch:0",
    "app",
    "mqtt",
    "state",
    "color_mode",
    "event_type",
    "action",
    "event",
    "params",
    "events",
    "Button1",
    "Action",
]
WORDS = (
    "light",
    "switch",
    "action",
    "single",
    "json",
    "basic",
    "ON",
    "online",
    "true",
    "SHDM-2",
    "button",
    "a/set",
    "\x1b[2J",
    "a+b",
)

values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 70_000) | st.floats() | st.text(max_size=8) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=25,
)
payloads = (
    values.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=20)
    | st.sampled_from((b"true", b"online"))
)
messages = st.lists(st.builds(Received, st.sampled_from(TOPICS), payloads, st.booleans()), max_size=8)


@settings(max_examples=300)
@given(messages)
def test_any_message_is_survived(heard: list[Received]) -> None:
    found = survey(heard, Places())
    listener = Listener(found)

    for one in found:
        assert all(text.isprintable() for text in (one.written, one.can, one.model, one.why_not))
        assert (one.driver is None) == bool(one.why_not)
        if one.driver is not None:
            assert mistake_in("button" if one.is_button else "light", one.written) is None
    for message in heard:
        pressed = listener.hear(message)
        assert pressed is None or pressed.said.isprintable()
    assert all("+" not in question.topic and "#" not in question.topic for question in questions(heard))
