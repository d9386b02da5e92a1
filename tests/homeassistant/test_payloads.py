"""Every payload, in both languages, for one room and for twenty, as each version of Home Assistant would take it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from homeassistant.receiver import Receiver
from homeassistant.rules import Version, faults
from winddown.core.session import EVENTS
from winddown.core.settings import MINUTES
from winddown.diary.entry import read
from winddown.homeassistant import Place, announced, hub, read_standing, withdrawn
from winddown.homeassistant.entities import BREATHING_MIN, QUALITY, RETIRED, RUNWAY_MIN, SESSION, TENSION, components
from winddown.homeassistant.words import EN, NL, SPOKEN, WORDS
from winddown.model import Message, Phase, Press

GOLDEN = Path(__file__).parent / "golden"
VERSIONS: list[Version] = [(2024, 11), (2026, 4), (2026, 5), (2026, 11)]


def house(rooms: int, language: str, **more: Any) -> list[Message]:
    places = [Place("winddown", "homeassistant", f"room_{n}", f"Room {n}", language, **more) for n in range(rooms)]
    first = hub(Place("winddown", "homeassistant", language=language))
    return [first, *(message for place in places for message in announced(place))]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("times", [True, False])
@pytest.mark.parametrize("rooms", [1, 2, 20])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_home_assistant_takes_every_payload(language: str, rooms: int, times: bool, version: Version):
    messages = house(rooms, language, time_entities=times)

    assert [fault for one in messages for fault in faults(one.topic, one.payload, version)] == []
    assert all(one.retain and one.qos == 1 for one in messages)


@pytest.mark.parametrize("times", [True, False])
def test_no_two_entities_are_alike(times: bool):
    receiver = Receiver()

    for message in house(20, "en", time_entities=times):
        receiver.hear(message.topic, message.payload)

    names = Counter(entity.id for entity in receiver.entities.values())
    assert receiver.complaints == []
    assert len(receiver.entities) == len(names) == 20 * 35 + 6
    assert len({entity.device for entity in receiver.entities.values()}) == 21
    assert len(receiver.triggers) == 60


def test_an_older_home_assistant_loses_nothing_but_the_times_of_day():
    before, since = Receiver((2026, 4)), Receiver((2026, 5))

    for message in house(1, "en"):
        before.hear(message.topic, message.payload)
        since.hear(message.topic, message.payload)

    assert since.names() - before.names() == {"time.winddown_room_0_bedtime", "time.winddown_room_0_wake"}


def test_ids_and_topics_are_the_same_in_every_language():
    english, dutch = (components(Place("winddown", "homeassistant", "bedroom", "B", code)) for code in ("en", "nl"))

    def lasting(said: dict[str, Any]) -> dict[str, Any]:
        return {key: said.get(key) for key in ("platform", "unique_id", "default_entity_id", "command_topic")}

    assert {key: lasting(one) for key, one in english.items()} == {key: lasting(one) for key, one in dutch.items()}


def test_every_language_has_every_word():
    for words in WORDS.values():
        assert words.names.keys() == EN.names.keys()
        assert words.phases.keys() == {*Phase}
        assert words.presses.keys() == {*Press}
        assert words.parts.keys() == EN.parts.keys()
        assert len(set(words.names.values())) == len(words.names)
    assert NL.names != EN.names
    assert WORDS.keys() == SPOKEN.keys()


def test_what_can_be_set_there_is_what_can_be_set_here():
    assert MINUTES == {"runway": RUNWAY_MIN, "breathing": BREATHING_MIN}
    assert SESSION == EVENTS
    for field, (least, most) in {"tension_after": TENSION, "quality": QUALITY}.items():
        assert [value for value in range(-2, 13) if not read({field: value})[1]] == [*range(least, most + 1)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_payloads_are_the_golden_ones(language: str):
    place = Place("winddown", "homeassistant", "bedroom", {"en": "Bedroom", "nl": "Slaapkamer"}[language], language)
    said = {one.topic: json.loads(one.payload) for one in (hub(_hub(place)), *announced(place))}
    golden = GOLDEN / f"bedroom.{language}.json"

    text = json.dumps(said, indent=1, ensure_ascii=False) + "\n"

    assert text == golden.read_text("utf-8"), f"if it is meant: delete {golden}, run the test twice, look at the diff"


def test_a_key_that_was_ever_announced_is_there_or_retired():
    ever = set((GOLDEN / "ever.txt").read_text().split())
    now = {f"{one['platform']}.{key}" for times in (True, False) for key, one in _all(times).items()}
    retired = {f"{platform}.{key}" for key, platform in RETIRED.items()}

    assert now <= ever, "a new entity: write it down in golden/ever.txt"
    assert ever <= now | retired, "an entity is dropped: put it into RETIRED, so that it goes where it was shown"


@pytest.mark.parametrize(
    ("prefix", "slug"),
    [
        ("winddown", "winddown"),
        ("home/winddown", "home_winddown"),
        ("Wind-down", "wind_down"),
        ("schlaf/über", "schlaf_ber"),
    ],
)
def test_any_prefix_makes_a_topic_that_home_assistant_takes(prefix: str, slug: str):
    place = Place(prefix, "ha/x", "bedroom", "Bedroom")

    messages = [hub(_hub(place)), *announced(place)]

    assert [fault for one in messages for fault in faults(one.topic, one.payload, prefix="ha/x")] == []
    assert messages[1].topic.startswith("ha/x/device/")
    assert place.entity_id("sensor", "phase") == f"sensor.{slug}_bedroom_phase"
    assert json.loads(messages[1].payload)["availability_topic"] == f"{prefix}/status"


def test_two_prefixes_that_look_alike_stay_two():
    alike = [Place(prefix, "homeassistant", "bedroom").device_topic for prefix in ("a/b", "a_b", "a-b", "a.b")]

    assert len(set(alike)) == 4


def test_what_is_withdrawn_is_gone():
    place, receiver = Place("winddown", "homeassistant", "bedroom", "Bedroom"), Receiver()
    for message in (hub(_hub(place)), *announced(place)):
        receiver.hear(message.topic, message.payload)

    for message in withdrawn(place):
        receiver.hear(message.topic, message.payload)

    assert (len(receiver.names()), receiver.complaints) == (6, [])


def test_an_entity_that_is_dropped_is_reduced_and_then_left_out():
    place, receiver = Place("winddown", "homeassistant", "bedroom", "Bedroom"), Receiver()
    older = announced(Place("winddown", "homeassistant", "bedroom", "Bedroom", time_entities=False))
    for message in (hub(_hub(place)), *older):
        receiver.hear(message.topic, message.payload)

    messages = announced(place, {"bedtime": "text", "wake": "text"})
    for message in messages:
        receiver.hear(message.topic, message.payload)

    assert [json.loads(one.payload)["components"].get("wake") for one in messages[:2]] == [{"platform": "text"}, None]
    assert receiver.complaints == []
    assert {name for name in receiver.names() if name.endswith(("bedtime", "wake"))} == {
        "time.winddown_bedroom_bedtime",
        "time.winddown_bedroom_wake",
    }


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 5000,
        b'{"version": "1", "rooms": ["../x"], "others": [], "discovery": "homeassistant", "time_entities": true}',
        b'{"version": "1", "rooms": ["x"], "others": [], "discovery": "#", "time_entities": true}',
        b'{"version": "1", "rooms": 3, "others": [], "discovery": "homeassistant", "time_entities": true}',
    ],
)
def test_what_stands_announced_is_nothing_where_it_cannot_be_read(said: bytes):
    assert read_standing(said) is None


def _hub(place: Place) -> Place:
    return Place(place.prefix, place.discovery, language=place.language)


def _all(times: bool) -> dict[str, Any]:
    return components(Place("winddown", "homeassistant", "bedroom", "Bedroom", time_entities=times))


def test_the_documentation_names_every_entity_by_its_name_and_id():
    page = (Path(__file__).parents[2] / "docs" / "home-assistant.md").read_text("utf-8")
    there = {**_all(True), **components(Place("winddown", "homeassistant", "bedroom", "Bedroom"))}

    for key, one in there.items():
        if "default_entity_id" in one:
            assert f"`{one['platform']}.…_{key}`" in page
            assert one["name"] is None or str(one["name"]) in page
