"""What a real Home Assistant makes of it. One evening told in order: each test goes on where the one before ended."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

import pytest

from ha_real.house import House, wait_for
from ha_real.lab import lab_folder
from homeassistant.receiver import Entity

lab_folder()

BEDROOM = "winddown_bedroom"
EVENT_STATES = ("event", "button")
"""These show when something last happened, as only Home Assistant knows it."""


def shown(entity: Entity) -> str:
    """What the real one shows, by the one on paper."""
    state = entity.state
    if not entity.available and "availability_topic" in entity.said:
        return "unavailable"
    if state is None:
        return "unknown"
    match entity.platform, entity.said.get("device_class"):
        case (("switch" | "binary_sensor"), _):
            return "on" if state in ("ON", "online") else "off"
        case "sensor", "timestamp":
            return f"{int(datetime.fromisoformat(state).timestamp())}"
        case "time", _:
            return f"{state}:00"
        case _:
            return state


def differences(house: House) -> dict[str, tuple[str, str]]:
    """Entities on which the real one and the one on paper do not agree, or that only one of them has."""
    real = {name: one["state"] for name, one in house.home.states().items()}
    paper = {entity.id: entity for entity in list(house.broker.paper.entities.values())}
    found = {name: (real.get(name, "nothing"), "nothing") for name in real.keys() - paper.keys()}
    for name, entity in paper.items():
        is_, should = real.get(name, "nothing"), shown(entity)
        if entity.said.get("device_class") == "timestamp" and "T" in is_:
            is_ = f"{int(datetime.fromisoformat(is_).timestamp())}"
        if is_ != should and not (entity.platform in EVENT_STATES and "T" in is_):
            found[name] = (is_, should)
    return found


def agree(house: House, within_s: float = 15) -> None:
    last: list[dict[str, tuple[str, str]]] = [{}]

    def same() -> bool:
        last[0] = differences(house)
        return not last[0]

    try:
        wait_for("agreement", same, within_s)
    except AssertionError:
        raise AssertionError(f"real, paper: {last[0]}") from None


def test_every_entity_is_there_with_the_right_state(house: House):
    house.daemon.start()

    wait_for("two rooms", lambda: len(house.home.states()) == 2 * 35 + 6, 40)

    agree(house)
    assert house.broker.paper.complaints == []
    assert house.home.state(f"sensor.{BEDROOM}_phase") == "day"
    assert house.home.state(f"time.{BEDROOM}_bedtime") == f"{house.daemon.bedtime}:00"
    assert house.home.state("sensor.winddown_study_phase") == "dag"
    assert house.home.state("sensor.winddown_hub_rooms") == "2"


def test_they_are_one_device_a_room_via_the_hub(house: House):
    ours = "select('search', '.winddown_')"
    devices = house.home.template(
        f"{{{{ states | map(attribute='entity_id') | {ours} | map('device_id') | unique | list | count }}}}"
    )
    via = "{{ device_attr(device_id('time.winddown_bedroom_wake'), 'via_device_id') }}"

    assert devices == "3"
    assert house.home.template(via) == house.home.template("{{ device_id('sensor.winddown_hub_rooms') }}")
    assert house.home.template("{{ device_attr('sensor.winddown_bedroom_phase', 'name') }}") == "Winddown Bedroom"


CONTROLS = [
    ("time.set_value", "time", "bedtime", {"time": "{later}:00"}, "{later}:00", ("bedtime", "{bedtime}")),
    ("time.set_value", "time", "wake", {"time": "{late}:00"}, "{late}:00", ("wake", "{wake}")),
    ("number.set_value", "number", "runway", {"value": 30}, "30", ("runway", "45")),
    ("number.set_value", "number", "breathing", {"value": 5}, "5", ("breathing", "10")),
    ("select.select_option", "select", "pace", {"option": "7 a minute"}, "7 a minute", ("pace", "3/5")),
    ("select.select_option", "select", "language", {"option": "Nederlands"}, "Nederlands", ("language", "en")),
    ("switch.turn_off", "switch", "enabled", {}, "off", ("enabled", "ON")),
    ("switch.turn_on", "switch", "quiet", {}, "on", ("quiet", "OFF")),
]


@pytest.mark.parametrize(
    ("service", "platform", "key", "data", "shows", "back"), CONTROLS, ids=[one[2] for one in CONTROLS]
)
def test_what_is_set_there_holds_here_and_what_is_set_here_shows_there(
    house: House, service: str, platform: str, key: str, data: dict[str, object], shows: str, back: tuple[str, str]
):
    moved = {"bedtime": house.daemon.bedtime, "wake": house.daemon.wake}
    for name, of in (("later", "bedtime"), ("late", "wake")):
        moved[name] = f"{datetime.fromisoformat(f'2026-01-01 {moved[of]}+00:00') + timedelta(minutes=10):%H:%M}"
    entity_id = f"{platform}.{BEDROOM}_{key}"
    before = house.home.state(entity_id)

    house.home.do(service, entity_id, **{name: _filled(value, moved) for name, value in data.items()})
    wait_for(f"{key} there", lambda: house.home.state(entity_id) == shows.format(**moved))
    agree(house)
    house.broker.say(f"winddown/bedroom/{back[0]}/set", back[1].format(**moved))

    wait_for(f"{key} back", lambda: house.home.state(entity_id) == before)
    agree(house)


def _filled(value: object, moved: dict[str, str]) -> object:
    return value.format(**moved) if isinstance(value, str) else value


def test_skip_tonight_goes_both_ways(house: House):
    skip = f"switch.{BEDROOM}_skip"

    house.home.do("switch.turn_on", skip)
    wait_for("skipped", lambda: house.home.state(skip) == "on")
    house.home.do("switch.turn_off", skip)

    wait_for("not skipped", lambda: house.home.state(skip) == "off")


DIARY = [
    ("number.set_value", "number", "tension", {"value": 7}, "7", ("diary", '{"tension_after": null}'), "unknown"),
    ("number.set_value", "number", "quality", {"value": 4}, "4", ("quality", "2"), "2"),
    (
        "text.set_value",
        "text",
        "note",
        {"value": 'warm feet, "é"'},
        'warm feet, "é"',
        ("note", "cold feet"),
        "cold feet",
    ),
]


@pytest.mark.parametrize(
    ("service", "platform", "key", "data", "shows", "back", "then"), DIARY, ids=[one[2] for one in DIARY]
)
def test_what_is_said_of_the_night_is_in_the_diary_and_shows(
    house: House,
    service: str,
    platform: str,
    key: str,
    data: dict[str, object],
    shows: str,
    back: tuple[str, str],
    then: str,
):
    entity_id = f"{platform}.{BEDROOM}_{key}"
    assert house.home.state(entity_id) == "unknown"

    house.home.do(service, entity_id, **data)
    wait_for(f"{key} there", lambda: house.home.state(entity_id) == shows)
    agree(house)
    house.broker.say(f"winddown/bedroom/{back[0]}/set", back[1])

    wait_for(f"{key} said elsewhere", lambda: house.home.state(entity_id) == then)
    agree(house)


def test_what_was_said_of_the_night_is_kept(house: House):
    kept = {"quality": 2, "note": "cold feet"}

    wait_for("the diary", lambda: [night["confirmed"] for night in house.daemon.diary()] == [kept])


def test_what_cannot_be_said_of_a_night_springs_back(house: House):
    note, quality = f"text.{BEDROOM}_note", f"number.{BEDROOM}_quality"

    house.home.do("text.set_value", note, value="<script>alert(1)</script>")
    wait_for("why", lambda: "write it in plain words" in house.home.state(f"sensor.{BEDROOM}_why"))
    house.broker.say("winddown/bedroom/quality/set", "9")
    wait_for("why", lambda: "9 is not 1 to 5" in house.home.state(f"sensor.{BEDROOM}_why"))

    agree(house)
    assert (house.home.state(note), house.home.state(quality)) == ("cold feet", "2")


def test_what_cannot_be_springs_back_and_why_says_so(house: House):
    bedtime = f"time.{BEDROOM}_bedtime"
    before = house.home.state(bedtime)

    house.home.do("time.set_value", bedtime, time="22:45:30")

    wait_for("why", lambda: "is no time of day" in house.home.state(f"sensor.{BEDROOM}_why"))
    assert house.home.state(bedtime) == before


BUTTONS = (
    ("start", "runway"),
    ("later", "runway"),
    ("stop", "day"),
    ("start", "runway"),
    ("next", "release"),
    ("next", "release"),
    ("breathe", "breathing"),
    ("release", "release"),
    ("resume", "release"),
    ("dark", "night"),
    ("glow", "night"),
    ("breathe", "breathing"),
)
"""One after the other, and what the room is in then."""


def test_every_button_does_its_verb(house: House):
    for key, then in BUTTONS:
        began = time.time()

        house.home.do("button.press", f"button.{BEDROOM}_{key}")

        wait_for(f"{key} is asked", lambda k=key, b=began: _asked(house, k, b))
        wait_for(f"{key} is {then}", lambda p=then: house.home.state(f"sensor.{BEDROOM}_phase") == p)
        agree(house)


def _asked(house: House, key: str, since: float) -> bool:
    return any(f"asked: {key}" in why for _, why in house.broker.since(since, "winddown/bedroom/why"))


def test_a_press_is_an_event_and_a_device_trigger(house: House):
    device = house.home.template("{{ device_id('sensor.winddown_bedroom_phase') }}")
    trigger = {"trigger": "device", "domain": "mqtt", "device_id": device}
    answer = {"action": "mqtt.publish", "data": {"topic": "test/pressed", "payload": "double"}}
    automation = {
        "alias": "pressed",
        "triggers": [{**trigger, "type": "button_double_press", "subtype": "button_1"}],
        "conditions": [],
        "actions": [answer],
    }
    house.home.call("POST", "/api/config/automation/config/pressed", automation)
    wait_for("the automation", lambda: "on" in house.home.template("{{ states('automation.pressed') }}"))

    def fired() -> bool:
        house.broker.say("test/button", "double")
        return house.broker.last("test/pressed") == "double"

    wait_for("the trigger", fired)  # it hears a moment after it is there
    event = house.home.states()[f"event.{BEDROOM}_button"]
    assert event["attributes"]["event_type"] == "double"
    wait_for("the last press", lambda: house.home.state(f"sensor.{BEDROOM}_last_press") == "double")
    house.home.call("DELETE", "/api/config/automation/config/pressed")


def test_sessions_were_told(house: House):
    told = [json.loads(payload)["event_type"] for _, payload in house.broker.since(0, "winddown/bedroom/session")]

    assert told == ["started", "cancelled", "started", "finished", "started"]
    assert house.home.states()[f"event.{BEDROOM}_session"]["attributes"]["event_type"] == "started"


def test_a_hand_on_a_lamp_shows(house: House):
    house.broker.say("test/ceiling/set", json.dumps({"state": "ON", "brightness": 90}))

    wait_for("touched", lambda: house.home.state(f"sensor.{BEDROOM}_touched") == "ceiling")
    assert house.home.states()[f"event.{BEDROOM}_session"]["attributes"]["event_type"] == "touched"


def test_a_home_assistant_that_restarts_in_the_evening_has_the_states_soon_after_its_birth(house: House):
    house.home.stop()
    began = time.time()

    house.home.start()
    wait_for("its birth", lambda: house.broker.since(began, "homeassistant/status"), 60)
    born, said = house.broker.since(began, "homeassistant/status")[0]

    agree(house, max(1.0, born + 10 - time.time()))
    assert said == "online"
    assert house.home.state(f"sensor.{BEDROOM}_phase") == "breathing"
    wait_for("our answer to the birth", lambda: house.broker.since(born, "winddown/bedroom/state"), 10)
    agree(house)


def test_another_language_names_everything_in_it_under_the_same_ids(house: House):
    ids = house.home.states().keys()

    house.home.do("select.select_option", f"select.{BEDROOM}_language", option="Nederlands")

    phase = f"sensor.{BEDROOM}_phase"
    wait_for("Dutch", lambda: house.home.states()[phase]["attributes"]["friendly_name"] == "Winddown Bedroom Fase")
    wait_for("a Dutch phase", lambda: house.home.state(phase) == "ademen")
    agree(house)
    assert house.home.states().keys() == ids


def test_a_winddown_that_is_killed_is_unavailable_and_comes_back(house: House):
    house.daemon.kill()

    wait_for("unavailable", lambda: house.home.state(f"sensor.{BEDROOM}_phase") == "unavailable", 30)
    agree(house)
    assert house.home.state("binary_sensor.winddown_hub_connection") == "off"
    house.daemon.start()
    wait_for("available", lambda: house.home.state(f"sensor.{BEDROOM}_phase") != "unavailable")
    agree(house)


def test_a_room_that_the_file_has_no_more_disappears(house: House):
    house.daemon.stop()

    house.daemon.start(study=False)

    wait_for("one room", lambda: not any("study" in name for name in house.home.states()))
    wait_for("nothing left", lambda: house.broker.last("winddown/study/state") == "")
    agree(house)
    wait_for("the hub to count", lambda: house.home.state("sensor.winddown_hub_rooms") == "1")
    assert house.home.template("{{ device_id('Winddown Studeerkamer') }}") == "None"


def test_discovery_that_is_switched_off_takes_everything_away(house: House):
    house.daemon.stop()

    house.daemon.start(study=False, discovery=False)

    wait_for("nothing of ours", lambda: not house.home.states())
    wait_for("nothing stored", lambda: house.broker.last("winddown/hub/state") == "")


def test_home_assistant_had_nothing_to_complain_of(house: House):
    house.home.stop()

    assert house.home.complaints() == []
    assert house.broker.paper.complaints == []
