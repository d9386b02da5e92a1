"""Whose word counts about a lamp, field by field."""

from __future__ import annotations

import dataclasses

import pytest

from winddown.lights.layers import resolve
from winddown.lights.quirks import quirks
from winddown.model import Facts, Layer, Profile

DIALECT = Profile(scale=254, min_level=2, max_fade_s=60.0, coolest_mired=153, warmest_mired=500)
FIELDS = {field.name for field in dataclasses.fields(Profile)}


def test_a_source_may_speak_of_every_field_and_of_no_other() -> None:
    assert set(Facts.__annotations__) == FIELDS


def test_the_first_who_says_anything_of_a_field_decides_it() -> None:
    person = Layer("configuration", {"min_level": 8})
    probe = Layer("probe", {"min_level": 5, "warmest_mired": 440})
    bridge = Layer("bridge/devices", {"warmest_mired": 454, "coolest_mired": 250, "can_ask": False})

    found = resolve((person, probe, bridge), DIALECT, "zigbee2mqtt")

    assert found.profile == dataclasses.replace(
        DIALECT, min_level=8, warmest_mired=440, coolest_mired=250, can_ask=False
    )
    assert {name: found.sources[name] for name in ("min_level", "warmest_mired", "coolest_mired", "scale")} == {
        "min_level": "configuration",
        "warmest_mired": "probe",
        "coolest_mired": "bridge/devices",
        "scale": "zigbee2mqtt",
    }
    assert set(found.sources) == FIELDS


def test_a_lamp_of_which_nobody_says_anything_is_as_its_system_has_it() -> None:
    assert resolve((), DIALECT).profile == DIALECT


def test_a_white_with_one_end_only_is_none() -> None:
    bridge = Layer("bridge/devices", {"coolest_mired": None, "warmest_mired": None})

    found = resolve((Layer("configuration", {"warmest_mired": 454}), bridge), DIALECT)

    assert (found.profile.coolest_mired, found.profile.warmest_mired) == (None, None)
    assert found.sources["warmest_mired"] == "bridge/devices"


def test_who_wants_a_white_cooler_than_the_coolest_gets_the_one_they_want() -> None:
    found = resolve((Layer("configuration", {"warmest_mired": 167}),), dataclasses.replace(DIALECT, coolest_mired=250))

    assert (found.profile.coolest_mired, found.profile.warmest_mired) == (167, 167)


def test_no_level_lies_beyond_the_scale() -> None:
    found = resolve((Layer("configuration", {"min_level": 128}),), Profile(scale=100))

    assert found.profile.min_level == 100


# ---------------------------------------------------------------- the list of quirks


def test_every_quirk_says_something_of_a_profile_in_the_right_kind() -> None:
    kinds = {field.name: type(field.default) for field in dataclasses.fields(Profile)}
    for quirk in quirks():
        said = {**quirk.says, **quirk.corrects}

        assert said, quirk
        assert quirk.because.strip() == quirk.because != "", quirk
        assert (quirk.vendor, quirk.zigbee_model) != ("*", "*"), quirk
        assert said.keys() <= FIELDS, quirk
        for name, value in said.items():
            assert isinstance(value, bool) == (kinds[name] is bool), (quirk, name)
        Profile(**said)  # type: ignore[arg-type]  # the kinds are held above


@pytest.mark.parametrize(
    ("vendor", "model", "zigbee_model", "says"),
    [
        ("IKEA", "LED1545G12", "TRADFRI bulb E27 WS opal 980lm", {"together": False}),
        ("IKEA", "LED1836G9", "TRADFRI bulb E27 WW 806lm", {"together": False, "min_level": 2}),
        ("Philips", "9290022166", "LCA001", {"min_level": 2}),
        ("Sengled", "Z01-A19NAE26", "Z01-A19NAE26", {"relights": True}),
        ("Moes", "TS0601_dimmer_5", "TS0601", {"plain": True, "max_fade_s": 0}),
        ("OSRAM", "AB35996", "Classic B40 TW - LIGHTIFY", {}),
    ],
)
def test_a_model_is_found_by_its_vendor_its_name_or_what_it_calls_itself(
    vendor: str, model: str, zigbee_model: str, says: dict[str, object]
) -> None:
    fitting = [quirk for quirk in quirks() if quirk.fits(vendor, model, zigbee_model)]

    assert {key: value for quirk in fitting for key, value in {**quirk.says, **quirk.corrects}.items()} == says
