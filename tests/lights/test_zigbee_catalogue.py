"""A bridge's own list of its devices: read once, believed as far as it can be, and not kept."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from winddown import payload as read
from winddown.lights.layers import Resolved, resolve
from winddown.lights.zigbee2mqtt import Zigbee2MqttLight
from winddown.lights.zigbee_catalogue import devices
from winddown.model import Catalogue, Dim, Layer, Off

ENTRIES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "bridge_devices.json").read_bytes())
DEVICES = "zigbee2mqtt/bridge/devices"


def written(*entries: dict[str, Any]) -> bytes:
    return json.dumps(entries).encode()


def entry(name: str, definition: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    """A lamp of the captured list, with something changed."""
    found = next(one for one in ENTRIES if one["friendly_name"] == name)
    return found | {"definition": found["definition"] | (definition or {})} | changed


def told(name: str, *entries: dict[str, Any]) -> Catalogue:
    lamp = Zigbee2MqttLight(address=name)
    heard = lamp.decode(DEVICES, written(*entries), lamp.profile())
    assert isinstance(heard, Catalogue)
    return heard


def known(name: str, *entries: dict[str, Any]) -> Resolved:
    return resolve(told(name, *entries).layers, Zigbee2MqttLight(address=name).profile(), "zigbee2mqtt")


# ---------------------------------------------------------------- who is believed


def test_the_bridge_says_the_range_and_the_list_of_quirks_what_the_bridge_leaves_out() -> None:
    ikea = known("lamp_ikea", entry("lamp_ikea"))

    assert (ikea.profile.warmest_mired, ikea.profile.together, ikea.profile.min_level) == (454, False, 2)
    assert ikea.sources["warmest_mired"] == "bridge/devices"
    assert ikea.sources["together"].startswith("quirk: ")
    assert ikea.sources["min_level"] == "zigbee2mqtt"


def test_a_fade_that_a_datapoint_dimmer_claims_is_not_believed() -> None:
    claims = known("lamp_dp", entry("lamp_dp", {"options": [{"name": "transition"}]}))

    assert (claims.profile.max_fade_s, claims.profile.plain) == (0.0, True)
    assert claims.sources["max_fade_s"] == claims.sources["plain"] == "quirk: speaks in datapoints, which know no fade"


def test_a_bridge_that_says_nothing_about_options_leaves_the_fade_to_whoever_knows() -> None:
    silent = entry("lamp_hue")
    del silent["definition"]["options"]

    assert known("lamp_hue", silent).sources["max_fade_s"] == "zigbee2mqtt"


def test_a_lamp_that_lights_itself_again_has_its_fade_ended_before_the_off() -> None:
    sengled = entry("lamp_hue", {"vendor": "Sengled", "model": "Z01-A19NAE26"})
    lamp, profile = Zigbee2MqttLight(address="lamp_hue"), known("lamp_hue", sengled).profile

    assert [m.payload for m in lamp.encode(Off(), profile)] == ['{"brightness_move":"stop"}', '{"state":"OFF"}']


def test_a_lamp_that_goes_in_small_steps_by_a_persons_wish_is_still_never_lit_by_one() -> None:
    lamp, wish = Zigbee2MqttLight(address="lamp_hue"), Layer("configuration", {"max_fade_s": 0.0})
    stepping = resolve((wish, *told("lamp_hue", entry("lamp_hue")).layers), lamp.profile()).profile

    assert [m.payload for m in lamp.encode(Dim(40, None, 5), stepping)] == [
        '{"state":null,"brightness":40,"transition":0}'
    ]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name", ["reading lamp", "floor 1/bed/left", "één lampje", "ランプ", "💡", "a'b\"c", "x" * 200]
)
def test_a_name_may_be_anything_that_can_be_printed(name: str) -> None:
    heard = told(name, entry("lamp_hue", friendly_name=name))

    assert heard.names == (name,)
    assert heard.layers
    assert heard.identity == "0x00158d0000000012"


def test_a_lamp_that_was_renamed_is_found_by_its_address() -> None:
    heard = told("lamp_hue", entry("lamp_hue", friendly_name="reading lamp/left"))

    assert (heard.layers, heard.identity) == ((), None)
    assert heard.by_identity["0x00158d0000000012"] == "reading lamp/left"


# ---------------------------------------------------------------- a large house


def three_megabytes() -> bytes:
    """300 devices, each with as much to tell as a remote with all its actions."""
    many = [
        entry("lamp_hue", friendly_name=f"lamp_{n}", ieee_address=f"0x{n:016x}", scenes=["x" * 100] * 85)
        for n in range(300)
    ]
    payload = json.dumps(many).encode()
    assert 3_000_000 < len(payload) < 4_000_000
    return payload


def test_a_message_that_every_lamp_hears_of_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    payload, readings = three_megabytes(), []
    monkeypatch.setattr(read, "each_object", lambda *given: readings.append(given) or iter(()))

    for n in range(16):
        lamp = Zigbee2MqttLight(address=f"lamp_{n}")
        lamp.decode(DEVICES, payload, lamp.profile())

    assert len(readings) == 1


def test_of_three_megabytes_next_to_nothing_is_kept_and_no_more_than_its_text_is_needed_to_read_it() -> None:
    payload = three_megabytes()
    devices(b"[]")
    tracemalloc.start()
    try:
        found = devices(payload)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert found is not None
    assert len(found.names) == 300
    assert kept < 150_000
    assert most < 1.2 * len(payload)


# ---------------------------------------------------------------- what is no list


@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b"[", b"[{}", b"[{},]", b"[{} {}]", b"[{}] x", b"[{}]]", b"[NaN]", b'["a', b"[" * 50_000, b"\xff[]"],
)
def test_what_is_no_list_to_its_end_says_nothing(payload: bytes) -> None:
    assert devices(payload) is None


@pytest.mark.parametrize("payload", [b"[]", b" [ ] ", b'[1, "a", null, [], {}]', b"[\n {}\t,\r\n {} ]\n"])
def test_a_list_without_lamps_has_none(payload: bytes) -> None:
    found = devices(payload)

    assert found is not None
    assert (found.names, dict(found.layers)) == ((), {})
