"""What goes to and comes from a real Zigbee2MQTT 2.14, by equality with captured messages."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winddown.lights import LIGHTS
from winddown.lights.layers import resolve
from winddown.lights.zigbee2mqtt import Zigbee2MqttLight
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    LampCommand,
    Light,
    Message,
    Off,
    Profile,
    Report,
)

DEVICES = (Path(__file__).parent / "bridge_devices.json").read_bytes()
GROUPS = (
    b'[{"friendly_name":"bedroom","id":1,"members":[{"endpoint":1,"ieee_address":"0x00158d0000000011"}],"scenes":[]}]'
)
LAMP = Zigbee2MqttLight(address="lamp_hue")


def catalogue(name: str, payload: bytes = DEVICES, topic: str = "bridge/devices") -> Catalogue:
    heard = Zigbee2MqttLight(address=name).decode(f"zigbee2mqtt/{topic}", payload, LAMP.profile())
    assert isinstance(heard, Catalogue)
    return heard


def told_profile(name: str, payload: bytes = DEVICES, topic: str = "bridge/devices") -> Profile:
    told = catalogue(name, payload, topic)
    assert told.layers
    return resolve(told.layers, LAMP.profile()).profile


def sent(name: str, command: LampCommand) -> list[str]:
    lamp = Zigbee2MqttLight(address=name)
    messages = lamp.encode(command, told_profile(name))
    assert all(m.topic == f"zigbee2mqtt/{name}/set" and m.qos == 0 and not m.retain for m in messages)
    return [m.payload for m in messages]


def heard(payload: str | bytes, topic: str = "lamp_hue") -> object:
    data = payload.encode() if isinstance(payload, str) else payload
    return LAMP.decode(f"zigbee2mqtt/{topic}", data, LAMP.profile())


def test_it_is_registered_under_its_word() -> None:
    assert LIGHTS["zigbee2mqtt"] is Zigbee2MqttLight
    assert LAMP.key == "zigbee2mqtt/lamp_hue"


def test_two_networks_may_each_have_a_lamp_of_that_name() -> None:
    attic = Zigbee2MqttLight(address="lamp_hue", base="attic")

    assert attic.key != LAMP.key
    assert attic.encode(Off(), attic.profile()) == (Message("attic/lamp_hue/set", '{"state":"OFF"}'),)


def test_it_hears_state_availability_its_own_command_topic_and_the_bridge() -> None:
    lamp = Zigbee2MqttLight(address="reading lamp/één")

    assert set(lamp.topics()) == {
        "zigbee2mqtt/reading lamp/één",
        "zigbee2mqtt/reading lamp/één/availability",
        "zigbee2mqtt/reading lamp/één/set",
        "zigbee2mqtt/bridge/state",
        "zigbee2mqtt/bridge/event",
        "zigbee2mqtt/bridge/devices",
        "zigbee2mqtt/bridge/groups",
    }
    assert set(lamp.command_topics()) <= set(lamp.topics())
    assert lamp.short_name == "één"


@pytest.mark.parametrize("address", ["", "lamp/#", "lamp+", "a\x00b"])
def test_a_name_that_would_be_a_wildcard_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Zigbee2MqttLight(address=address)


# ---------------------------------------------------------------- to the lamp


@pytest.mark.parametrize(
    ("name", "command", "payloads"),
    [
        ("lamp_hue", Dim(80, 400, 4), ['{"state":null,"brightness":80,"color_temp":400,"transition":4}']),
        ("lamp_hue", Dim(80, None, 0.25), ['{"state":null,"brightness":80,"transition":0.2}']),
        ("lamp_hue", Dim(None, 350, 1), ['{"color_temp":350,"transition":1}']),
        ("lamp_hue", Light(20, 420, 1), ['{"brightness":20,"state":"ON","color_temp":420,"transition":1}']),
        ("lamp_hue", Light(60, None, 0), ['{"brightness":60,"state":"ON","transition":0}']),
        ("lamp_hue", Off(), ['{"state":"OFF"}']),
        # IKEA: the colour at once and first, so that only the level fades
        (
            "lamp_ikea",
            Dim(80, 400, 4),
            ['{"color_temp":400,"transition":0}', '{"state":null,"brightness":80,"transition":4}'],
        ),
        ("lamp_ikea", Dim(None, 350, 30), ['{"color_temp":350,"transition":0}']),
        ("lamp_ikea", Light(20, 420, 30), ['{"brightness":20,"state":"ON","color_temp":420,"transition":0}']),
        ("lamp_ikea", Light(20, None, 30), ['{"brightness":20,"state":"ON","transition":30}']),
        # no colours: a warmth would be an error in the log for every message
        ("lamp_innr", Dim(80, 400, 4), ['{"state":null,"brightness":80,"transition":4}']),
        ("lamp_innr", Dim(None, 400, 4), []),
        # a datapoint dimmer fails on `state: null` and on `transition`
        ("lamp_dp", Dim(80, 400, 4), ['{"brightness":80}']),
        ("lamp_dp", Light(20, 420, 4), ['{"brightness":20,"state":"ON"}']),
        ("plug", Dim(80, 400, 4), []),
        ("plug", Light(80, 400, 4), ['{"state":"ON"}']),
        ("plug", Off(), ['{"state":"OFF"}']),
    ],
)
def test_each_lamp_is_told_in_the_words_it_understands(name: str, command: LampCommand, payloads: list[str]) -> None:
    assert sent(name, command) == payloads


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Dim(0, None), {"brightness": 2}),
        (Dim(1, None), {"brightness": 2}),
        (Dim(999, None), {"brightness": 254}),
        (Dim(50, 999), {"brightness": 50, "color_temp": 500}),
        (Dim(50, None, 7200), {"transition": 6553}),
        (Dim(50, None, -1), {"transition": 0}),
        (Dim(50, None, math.nan), {"transition": 0}),
    ],
)
def test_nothing_goes_beyond_what_the_lamp_can_do(command: Dim, expected: dict[str, int]) -> None:
    body = json.loads(sent("lamp_hue", command)[0])

    assert body.items() >= expected.items()


def test_before_the_bridge_has_told_about_a_lamp_it_is_sent_no_colour() -> None:
    assert LAMP.encode(Dim(80, 400, 4), LAMP.profile()) == (
        Message("zigbee2mqtt/lamp_hue/set", '{"state":null,"brightness":80,"transition":4}'),
    )


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("lamp_hue", ['{"state":"","brightness":"","color_temp":""}']),
        ("lamp_innr", ['{"state":"","brightness":""}']),
        ("plug", ['{"state":""}']),
        ("lamp_dp", []),
    ],
)
def test_a_lamp_is_asked_only_for_what_it_can_answer(name: str, questions: list[str]) -> None:
    messages = Zigbee2MqttLight(address=name).encode(Ask(), told_profile(name))

    assert messages == tuple(Message(f"zigbee2mqtt/{name}/get", question) for question in questions)


commands = st.one_of(
    st.builds(Dim, st.none() | st.integers(-9, 300), st.none() | st.integers(0, 999), st.floats(0, 9e3)),
    st.builds(Light, st.integers(-9, 300), st.none() | st.integers(0, 999), st.floats(0, 9e3)),
)


@given(commands, st.sampled_from(["lamp_hue", "lamp_ikea", "lamp_innr", "lamp_tuya", "lamp_dp"]))
def test_on_is_never_said_without_a_brightness_and_a_dim_says_no_on(command: Dim | Light, name: str) -> None:
    for payload in sent(name, command):
        body = json.loads(payload)

        assert ("ON" in body.values()) == isinstance(command, Light)
        assert body.get("state") is None or body["brightness"] >= 2
        assert all(body[key] == int(body[key]) for key in ("brightness", "color_temp") if key in body)
        assert round(10 * body.get("transition", 0), 6) in range(65_531)


@given(commands)
def test_what_we_tell_a_lamp_is_understood_when_it_comes_back(command: Dim | Light) -> None:
    profile = told_profile("lamp_tuya")

    for message in Zigbee2MqttLight(address="lamp_tuya").encode(command, profile):
        body = json.loads(message.payload)
        told = Zigbee2MqttLight(address="lamp_tuya").decode(message.topic, message.payload.encode(), profile)

        on = True if isinstance(command, Light) else None
        assert told == Commanded(on, body.get("brightness"), body.get("color_temp"))


# ---------------------------------------------------------------- from the lamp


@pytest.mark.parametrize(
    ("payload", "report"),
    [
        (
            '{"brightness":120,"color_mode":"color_temp","color_temp":370,"linkquality":132,"state":"ON"}',
            Report(True, 120, 370),
        ),
        (
            (
                '{"brightness":164,"color_mode":"color_temp","color_temp":300,"linkquality":132,'
                '"philips_raw":"070001a42c01","state":"ON"}'
            ),
            Report(True, 164, 300),
        ),
        ('{"brightness":254,"linkquality":132,"state":"OFF"}', Report(False, 254, None)),
        ('{"brightness":0,"linkquality":132,"state":"OFF"}', Report(False, 0, None)),
        ('{"linkquality":132,"state":"ON"}', Report(True, None, None)),
        (
            (
                '{"brightness":100,"color":{"x":0.7006,"y":0.2993},"color_mode":"xy","color_temp":160,'
                '"linkquality":132,"state":"ON"}'
            ),
            Report(True, 100, None),
        ),
        (
            (
                '{"brightness":254,"color_mode":"color_temp","color_options":null,"color_temp":370,"effect":null,'
                '"identify":null,"linkquality":132,"power_on_behavior":null,"state":"ON",'
                '"update":{"installed_version":-1,"latest_version":-1,"state":null}}'
            ),
            Report(True, 254, 370),
        ),
        ('{"brightness":null,"color_mode":null,"color_temp":null,"state":null}', None),
        ('{"color_temp":370}', Report(mired=370)),
        ('{"linkquality":132}', None),
        ("", None),
        ('{"brightness":1000,"state":"ON"}', Report(on=True)),
        ('{"brightness":true,"state":true}', None),
        ('{"color_mode":["xy"],"color_temp":370}', None),
    ],
)
def test_a_state_says_what_the_lamp_shows(payload: str, report: Report | None) -> None:
    assert heard(payload) == report


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ('{"state":"ON","brightness":120,"transition":4}', Commanded(True, 120, None)),
        ('{"brightness":200,"color_temp":300,"transition":2}', Commanded(True, 200, 300)),
        ('{"state":null,"brightness":50}', Commanded(None, 50, None)),
        ('{"brightness":0}', Commanded(False, 0, None)),
        ('{"brightness":255}', Commanded(True, 254, None)),
        ('{"state":"off"}', Commanded(on=False)),
        ('{"state":"TOGGLE"}', Commanded()),
        ('{"effect":"blink"}', Commanded()),
        ("ON", Commanded(on=True)),
        ("off", Commanded(on=False)),
        ("TOGGLE", Commanded()),
        ("{broken", None),
        ("[1]", None),
        ("", None),
    ],
)
def test_what_anybody_tells_the_lamp_is_heard(payload: str, told: Commanded | None) -> None:
    assert heard(payload, "lamp_hue/set") == told


@pytest.mark.parametrize("form", ['{{"state":"{}"}}', "{}"])
@pytest.mark.parametrize("word", ["online", "offline"])
def test_availability_is_heard_in_both_its_forms(word: str, form: str) -> None:
    online = word == "online"

    assert heard(form.format(word), "lamp_hue/availability") == Availability(online)
    assert heard(form.format(word), "bridge/state") == Availability(online, bridge=True)


@pytest.mark.parametrize("payload", ["", "perhaps", '{"state":["online"]}', '{"state":null}', "null"])
def test_an_availability_that_says_nothing_changes_nothing(payload: str) -> None:
    assert heard(payload, "lamp_hue/availability") is None
    assert heard(payload, "bridge/state") is None


def test_a_neighbour_is_not_this_lamp() -> None:
    assert heard('{"state":"ON"}', "lamp_hue2") is None


# ---------------------------------------------------------------- what the bridge has


def test_the_bridge_tells_what_each_lamp_can_do() -> None:
    assert told_profile("lamp_hue") == Profile(254, 2, True, 153, 500, 6553.0, 0.3)
    assert told_profile("lamp_ikea") == Profile(254, 2, True, 250, 454, 6553.0, 0.3, together=False)
    assert told_profile("lamp_innr") == Profile(254, 2, True, None, None, 6553.0, 0.3)
    assert told_profile("lamp_dp") == Profile(254, 2, True, None, None, 0.0, 0.3, can_ask=False, plain=True)
    assert not told_profile("plug").dims


def test_a_mistyped_lamp_gets_the_names_of_those_there_are() -> None:
    told = catalogue("lamp_heu")

    assert told.names == ("lamp_dp", "lamp_hue", "lamp_ikea", "lamp_innr", "lamp_tuya")
    assert (told.layers, told.identity) == ((), None)


def test_a_group_is_known_but_cannot_be_asked_and_keeps_its_warmth() -> None:
    group = Zigbee2MqttLight(address="bedroom")

    profile = told_profile("bedroom", GROUPS, "bridge/groups")

    assert catalogue("bedroom", GROUPS, "bridge/groups").names == ("bedroom",)
    assert group.encode(Ask(), profile) == ()
    assert group.encode(Dim(40, 400, 4), profile) == (
        Message("zigbee2mqtt/bedroom/set", '{"state":null,"brightness":40,"transition":4}'),
    )


def light(**changed: object) -> bytes:
    feature = {"name": "color_temp", "value_min": 153, "value_max": 500} | changed
    features = [{"name": "state", "access": 7}, {"name": "brightness"}, feature]
    definition = {
        "vendor": "V",
        "options": [{"name": "transition"}],
        "exposes": [{"type": "light", "features": features}],
    }
    return json.dumps([{"friendly_name": "lamp_hue", "definition": definition}]).encode()


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (153, 500, (153, 500)),
        (50, 1000, (50, 555)),
        (25, 1000, (50, 555)),
        (153, 556, (153, 555)),
        (500, 153, (None, None)),
        (None, 500, (None, None)),
        ("153", [], (None, None)),
    ],
)
def test_a_warmth_that_no_lamp_has_is_not_believed(low: object, high: object, expected: tuple[object, object]) -> None:
    profile = told_profile("lamp_hue", light(value_min=low, value_max=high))

    assert (profile.coolest_mired, profile.warmest_mired) == expected


def test_a_name_that_cannot_be_printed_is_left_out() -> None:
    payload = light().replace(b"lamp_hue", b"\\ud800")

    assert heard(payload, "bridge/devices") == Catalogue((), part="devices")
