"""Lamps that run Tasmota, by equality with its documented commands and messages."""

from __future__ import annotations

import pytest

from winddown.lights import LIGHTS
from winddown.lights.tasmota import TasmotaLight
from winddown.model import Ask, Availability, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Report

LAMP = TasmotaLight(address="tasmota_D460E6")


def test_it_is_named_by_its_topic() -> None:
    assert LIGHTS["tasmota"] is TasmotaLight
    assert LAMP.topics()[:3] == (
        "tele/tasmota_D460E6/STATE",
        "stat/tasmota_D460E6/RESULT",
        "tele/tasmota_D460E6/LWT",
    )
    assert "cmnd/tasmota_D460E6/Backlog0" in LAMP.command_topics()
    assert set(LAMP.command_topics()) <= set(LAMP.topics())
    assert (LAMP.key, LAMP.short_name) == ("tasmota/tasmota_D460E6", "tasmota_D460E6")


def test_its_topics_may_be_made_in_another_way() -> None:
    lamp = TasmotaLight(address="bed", full_topic="home/%topic%/%prefix%")

    assert lamp.topics()[:2] == ("home/bed/tele/STATE", "home/bed/stat/RESULT")
    assert lamp.encode(Ask(), lamp.profile()) == (Message("home/bed/cmnd/State", ""),)


@pytest.mark.parametrize("full_topic", ["%prefix%/lamp/", "%topic%/", "", "%prefix%/+/%topic%/"])
def test_a_template_without_its_two_places_is_refused(full_topic: str) -> None:
    with pytest.raises(ValueError, match="full_topic"):
        TasmotaLight(address="bed", full_topic=full_topic)


@pytest.mark.parametrize(
    ("command", "orders"),
    [
        (Dim(30, 450, 4), "SetOption117 1;Speed2 8;Dimmer 30;CT 450"),
        (Dim(30, None, 60), "SetOption117 1;Speed2 40;Dimmer 30"),
        (Dim(0, None), "Speed2 0;Dimmer 1"),
        (Dim(None, 900, 0.1), "Speed2 0;CT 500"),
        (Light(1, 450), "Speed2 0;Dimmer 1;CT 450;Power ON"),
        (Off(), "Dimmer !;Speed2 0;Power OFF"),
    ],
)
def test_it_is_told_in_one_backlog_level_first(command: LampCommand, orders: str) -> None:
    assert LAMP.encode(command, LAMP.profile()) == (Message("cmnd/tasmota_D460E6/Backlog0", orders),)


def test_changing_nothing_sends_nothing() -> None:
    assert LAMP.encode(Dim(None, None, 5), LAMP.profile()) == ()


STATE = (
    b'{"Time":"2020-05-26T23:09:23","Uptime":"0T00:00:11","UptimeSec":11,"Heap":25,"SleepMode":"Dynamic","Sleep":10,'
    b'"LoadAvg":78,"MqttCount":0,"POWER":"ON","Dimmer":10,"Fade":"OFF","Speed":1,"LedTable":"ON"}'
)


@pytest.mark.parametrize(
    ("topic", "payload", "heard"),
    [
        ("tele/T/STATE", STATE, Report(True, 10)),
        ("stat/T/RESULT", b'{"POWER":"ON","Dimmer":30,"Color":"00001B32","White":30,"CT":450}', Report(True, 30, 450)),
        ("stat/T/RESULT", b'{"POWER":"ON","Dimmer":30,"HSBColor":"9,90,30","White":0,"CT":450}', Report(True, 30)),
        ("stat/T/RESULT", b'{"POWER1":"OFF"}', Report(on=False)),
        ("stat/T/RESULT", b'{"Speed2":8}', None),
        ("stat/T/RESULT", b'{"Command":"Unknown"}', None),
        ("stat/T/RESULT", b'{"Dimmer":101,"CT":20}', None),
        ("stat/other/RESULT", b'{"POWER":"ON"}', None),
        ("tele/T/LWT", b"Online", Availability(online=True)),
        ("tele/T/LWT", b"Offline", Availability(online=False)),
        ("cmnd/T/POWER", b"ON", Commanded(on=True)),
        ("cmnd/T/Power", b"0", Commanded(on=False)),
        ("cmnd/T/POWER", b"TOGGLE", None),
        ("cmnd/T/Dimmer", b"60", Commanded(None, 60)),
        ("cmnd/T/Dimmer", b"0", Commanded(False, 0)),
        ("cmnd/T/Dimmer", b"+", None),
        ("cmnd/T/CT", b"300", Commanded(None, None, 300)),
        ("cmnd/T/Dimmer", b"", None),
        ("cmnd/T/Backlog", b"Power1 ON; Dimmer 60;CT 300;Restart 1", Commanded(True, 60, 300)),
        ("cmnd/T/Backlog0", b"Dimmer !;Speed2 0;Power OFF", Commanded(on=False)),
    ],
)
def test_what_it_says_and_is_told_is_understood(topic: str, payload: bytes, heard: Heard | None) -> None:
    lamp = TasmotaLight(address="T")

    assert lamp.decode(topic, payload, lamp.profile()) == heard


def test_a_white_without_warmth_has_none_to_report() -> None:
    plain = LIGHTS["generic"].model_validate({"address": "x"}).profile()

    assert TasmotaLight(address="T").decode("stat/T/RESULT", b'{"CT":300}', plain) is None
