"""Every blueprint by what Home Assistant enforces of its form, and by what traps it is not to fall into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from blueprints.household import FOLDER, NAMES, blueprint, inputs_of, used_inputs

SELECTORS = frozenset({"action", "condition", "entity", "number", "select", "text", "time", "trigger"})
"""Those used here, of the many there are."""
TRIGGERS = frozenset({"homeassistant", "mqtt", "state", "time"})
ROOT_KEYS = frozenset(
    {"blueprint", "mode", "max", "max_exceeded", "trigger_variables", "variables", "triggers", "conditions", "actions"}
)


def texts(value: Any) -> Iterator[str]:
    """Every text in it."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from texts(one)
        case list():
            for one in value:
                yield from texts(one)


def published(value: Any) -> Iterator[dict[str, Any]]:
    """Everything that is published in it."""
    match value:
        case {"action": "mqtt.publish", "data": data}:
            yield data
        case dict():
            for one in value.values():
                yield from published(one)
        case list():
            for one in value:
                yield from published(one)


def test_all_of_them_are_here() -> None:
    assert NAMES == [
        "alarm",
        "button",
        "light",
        "phone_quiet",
        "say",
        "skip",
        "sleep_as_android",
        "wake_time",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is_and_for_which_home_assistant(name: str) -> None:
    written = blueprint(name)
    head = written["blueprint"]

    assert set(written) <= ROOT_KEYS
    assert set(head) == {"name", "description", "domain", "author", "homeassistant", "input"}
    assert head["domain"] == "automation"
    assert head["name"].startswith("winddown: ")
    assert re.fullmatch(r"\d+\.\d+\.\d+", head["homeassistant"]["min_version"])


@pytest.mark.parametrize("name", NAMES)
def test_every_input_is_used_and_every_one_used_is_there(name: str) -> None:
    written = blueprint(name)
    body = {key: value for key, value in written.items() if key != "blueprint"}

    assert set(used_inputs(body)) == set(inputs_of(written))


@pytest.mark.parametrize("name", NAMES)
def test_every_input_has_a_name_and_a_known_selector(name: str) -> None:
    for key, one in inputs_of(blueprint(name)).items():
        assert one["name"], key
        assert len(one["selector"]) == 1, key
        assert set(one["selector"]) <= SELECTORS, key
        assert set(one) <= {"name", "description", "default", "selector"}, key


@pytest.mark.parametrize("name", NAMES)
def test_a_choice_offers_its_default(name: str) -> None:
    for key, one in inputs_of(blueprint(name)).items():
        if "select" in one["selector"]:
            values = [option["value"] for option in one["selector"]["select"]["options"]]
            assert one["default"] in values, key
            assert all(isinstance(value, str) for value in values), key  # `off` without quotes would be false


@pytest.mark.parametrize("name", NAMES)
def test_topics_of_triggers_need_no_more_than_what_there_is_when_they_are_set_up(name: str) -> None:
    written = blueprint(name)
    known = set(written.get("trigger_variables", {}))
    for one in written["triggers"]:
        assert "triggers" in one or one["trigger"] in TRIGGERS
        wanted = set(re.findall(r"{{ (\w+) }}", one.get("topic", "")))
        assert wanted <= known


@pytest.mark.parametrize("name", NAMES)
def test_nothing_it_publishes_is_retained(name: str) -> None:
    assert [data for data in published(blueprint(name)) if data.get("retain")] == []


@pytest.mark.parametrize("name", NAMES)
def test_whoever_hears_a_request_looks_at_its_age(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text()
    if "/request" in text:
        assert re.search(r"is number and \(now\(\)\.timestamp\(\) - \w+\.ts\) \| abs < 30", text)


@pytest.mark.parametrize("name", NAMES)
def test_it_speaks_only_of_what_home_assistant_still_has(name: str) -> None:
    """Mired and `service:` are gone or going; `trigger.retain` never was."""
    for text in texts(blueprint(name)):
        assert not re.search(r"color_temp'|kelvin'\s*:\s*\d|trigger\.retain|platform:", text)
    assert "service:" not in (FOLDER / f"{name}.yaml").read_text()
