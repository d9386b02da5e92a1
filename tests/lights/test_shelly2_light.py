"""Shelly lamps since the second generation, by equality with their documented RPC."""

from __future__ import annotations

import pytest

from winddown.lights import LIGHTS
from winddown.lights.shelly2 import Shelly2Light
from winddown.model import Ask, Availability, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Report

DIMMER = Shelly2Light(address="shellydimmerg3-a1b2")
SECOND = Shelly2Light(address="home/shellyprodm2pm-a1b2/1")
WHITE = Shelly2Light(address="shellyprorgbwwpm-a1b2", white=True)


def rpc(lamp: str, method: str, params: str) -> str:
    return f'{{"id":1,"src":"{lamp}/winddown","method":"{method}","params":{params}}}'


def test_it_is_named_by_its_prefix_and_channel() -> None:
    assert LIGHTS["shelly2"] is Shelly2Light
    assert DIMMER.topics() == (
        "shellydimmerg3-a1b2/status/light:0",
        "shellydimmerg3-a1b2/events/rpc",
        "shellydimmerg3-a1b2/winddown/rpc",
        "shellydimmerg3-a1b2/online",
        "shellydimmerg3-a1b2/rpc",
        "shellydimmerg3-a1b2/command/light:0",
    )
    assert DIMMER.command_topics() == DIMMER.topics()[4:]
    assert SECOND.topics()[0] == "home/shellyprodm2pm-a1b2/status/light:1"
    assert (SECOND.key, SECOND.short_name) == ("shelly2/home/shellyprodm2pm-a1b2/1", "shellyprodm2pm-a1b2_1")
    assert WHITE.topics()[0] == "shellyprorgbwwpm-a1b2/status/cct:0"


def test_channel_0_is_the_same_lamp_said_or_not() -> None:
    assert Shelly2Light(address="shellydimmerg3-a1b2/0").key == DIMMER.key
    assert DIMMER.short_name == "shellydimmerg3-a1b2"


@pytest.mark.parametrize(
    ("lamp", "command", "method", "params"),
    [
        (DIMMER, Dim(40, 400, 30), "Light.Set", '{"id":0,"brightness":40,"transition_duration":30}'),
        (DIMMER, Dim(0, None, 0.1), "Light.Set", '{"id":0,"brightness":1,"transition_duration":0.5}'),
        (DIMMER, Light(1, None), "Light.Set", '{"id":0,"on":true,"brightness":1,"transition_duration":0.5}'),
        (WHITE, Dim(40, 500, 4.2), "CCT.Set", '{"id":0,"brightness":40,"ct":2703,"transition_duration":4.2}'),
        (DIMMER, Off(), "Light.Set", '{"id":0,"on":false,"transition_duration":0.5}'),
        (DIMMER, Ask(), "Light.GetStatus", '{"id":0}'),
        (WHITE, Ask(), "CCT.GetStatus", '{"id":0}'),
    ],
)
def test_it_is_called_in_seconds_and_a_dim_turns_nothing_on(
    lamp: Shelly2Light, command: LampCommand, method: str, params: str
) -> None:
    expected = Message(f"{lamp.address}/rpc", rpc(lamp.address, method, params))

    assert lamp.encode(command, lamp.profile()) == (expected,)


def test_changing_nothing_sends_nothing() -> None:
    assert DIMMER.encode(Dim(None, 400), DIMMER.profile()) == ()


STATUS = '{"id":0,"source":"MQTT","output":true,"brightness":44.0,"temperature":{"tC":51.2,"tF":124.2}}'
EVENT = (
    '{"src":"shellydimmerg3-a1b2","dst":"shellydimmerg3-a1b2/events","method":"NotifyStatus",'
    '"params":{"ts":1740607224.75,"light:0":{"id":0,"brightness":0,"output":false,"source":"transition",'
    '"transition":null}}}'
)


@pytest.mark.parametrize(
    ("part", "payload", "heard"),
    [
        ("status/light:0", STATUS, Report(True, 44)),
        ("status/light:0", '{"id":0,"output":"yes","brightness":101}', None),
        ("events/rpc", EVENT, Report(False, 0)),
        ("events/rpc", EVENT.replace("light:0", "light:1"), None),
        ("events/rpc", '{"method":"NotifyEvent","params":{"events":[]}}', None),
        ("winddown/rpc", f'{{"id":1,"src":"x","dst":"y","result":{STATUS}}}', Report(True, 44)),
        ("winddown/rpc", '{"id":1,"src":"x","dst":"y","result":{"id":1,"output":true}}', None),
        ("winddown/rpc", '{"id":1,"src":"x","dst":"y","result":null}', None),
        ("winddown/rpc", '{"id":1,"src":"x","error":{"code":-103,"message":"no such method"}}', None),
        ("online", "true", Availability(online=True)),
        ("online", "false", Availability(online=False)),
        ("online", "maybe", None),
        ("rpc", rpc("hub", "Light.Set", '{"id":0,"on":true,"brightness":90}'), Commanded(True, 90)),
        ("rpc", rpc("hub", "Light.Set", '{"id":0,"on":"on"}'), Commanded()),
        ("rpc", rpc("hub", "Light.Set", '{"id":1,"on":true}'), None),
        ("rpc", rpc("hub", "Switch.Set", '{"id":0,"on":true}'), None),
        ("command/light:0", "on", Commanded(on=True)),
        ("command/light:0", "set,true,75", Commanded(True, 75)),
        ("command/light:0", "set,false,,2", Commanded(on=False)),
        ("command/light:0", "set,true", Commanded(on=True)),
        ("command/light:0", "set", None),
        ("command/light:0", "status_update", None),
        ("status/light:1", STATUS, None),
        ("rpc", "[1]", None),
    ],
)
def test_what_it_says_and_is_told_is_understood(part: str, payload: str, heard: Heard | None) -> None:
    assert DIMMER.decode(f"shellydimmerg3-a1b2/{part}", payload.encode(), DIMMER.profile()) == heard


def test_a_white_that_can_be_warm_says_how_warm() -> None:
    status = b'{"id":0,"source":"MQTT","output":true,"brightness":50,"ct":2700}'
    told = rpc("hub", "CCT.Set", '{"id":0,"ct":4000}').encode()

    assert WHITE.decode("shellyprorgbwwpm-a1b2/status/cct:0", status, WHITE.profile()) == Report(True, 50, 370)
    assert WHITE.decode("shellyprorgbwwpm-a1b2/rpc", told, WHITE.profile()) == Commanded(None, None, 250)
