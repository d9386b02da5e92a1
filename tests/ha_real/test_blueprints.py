"""The blueprints in a real Home Assistant, with a real winddown: what people would see. Five minutes, on purpose only.

HOME_ASSISTANT_LAB=FOLDER python -m pytest tests/ha_real/test_blueprints.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ha_real.lab import Ear, HomeAssistant, broker, free_port, lab_folder, living, wait

LAB = lab_folder()
HERE = Path(__file__).parent
BLUEPRINTS = HERE.parent.parent / "configs/home-assistant/blueprints"
ZONE = ZoneInfo("Europe/Amsterdam")
RUNWAY_S, BREATHING_S, NIGHT_S = 36.0, 12.0, 24.0
TREE, SHELF = "winddown/bridge/bedroom/light/tree", "winddown/bridge/bedroom/light/shelf"


def here(**later: float) -> datetime:
    return datetime.now(ZONE) + timedelta(**later)


def house(config: Path, port: int) -> None:
    """The house of `house/`, with what depends on the hour filled in."""
    shutil.copytree(HERE / "house", config, dirs_exist_ok=True)
    shutil.copytree(BLUEPRINTS, config / "blueprints")
    fill = {
        "HTTP_PORT": str(port),
        "EARLIEST": f"{here(hours=8):%H}:00:00",  # a window in which it is not now, whatever the hour
        "LATEST": f"{here(hours=8):%H}:59:59",
        "LOOK_AT": f"{here(seconds=90):%H:%M:%S}",
    }
    for name in ("configuration.yaml", "automations.yaml"):
        text = (config / name).read_text()
        for word, value in fill.items():
            text = text.replace(word, value)
        (config / name).write_text(text)


ANNOUNCED = {
    "event/lab/knob": {"name": "Knob", "state_topic": "lab/knob", "event_types": ["single", "hold"]},
    "event/lab/press": {
        "name": "Bedside button",
        "state_topic": "winddown/bedroom/press",
        "event_types": ["single", "double", "hold"],
        "default_entity_id": "event.winddown_bedroom_bedside_button",
    },
    "event/lab/sleep": {"name": "Sleep", "state_topic": "lab/sleep", "event_types": ["started", "alert_dismiss"]},
    "binary_sensor/lab/smoke": {"name": "Smoke", "state_topic": "lab/smoke", "device_class": "smoke"},
}


@pytest.fixture(scope="module")
def home_assistant() -> Iterator[HomeAssistant]:
    """A Home Assistant in which everything of `house/` is there."""
    config, port = Path(tempfile.mkdtemp(prefix="winddown-", dir=LAB)), free_port()
    house(config, port)
    with broker() as at, Ear(at) as ear, living(LAB, config, ear, port) as home:
        for where, what in ANNOUNCED.items():
            ear.say(f"homeassistant/{where}/config", {"unique_id": where, **what}, retain=True)
        home.until("binary_sensor.smoke", "unknown")
        home.service("automation.reload")
        wait(lambda: home.state("light.tree") == "on", 30, lambda: "the tree is not on")
        yield home
    shutil.rmtree(config)


CONFIG = """\
timezone: Europe/Amsterdam
mqtt: {{host: 127.0.0.1, port: {port}}}
home_assistant: {{discovery: false}}
rooms:
  bedroom:
    bedtime: "{now:%H:%M}"
    wake: "{wake:%H:%M}"
    lights: [homeassistant/light.tree, homeassistant/light.shelf]
    breathing: {{start_pace: 20, inhale: 2 s, exhale: 2 s}}
  attic: {{bedtime: {{default: "{now:%H:%M}", {tonight}: off}}, wake: "{wake:%H:%M}", lights: [zigbee2mqtt/none]}}
"""


@pytest.fixture(scope="module")
def evening(home_assistant: HomeAssistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HomeAssistant]:
    """A whole evening, with a hand on the shelf in its runway; winddown goes on afterwards."""
    now, ear = here(), home_assistant.ear
    tonight = now.date() if now.hour >= 12 else now.date() - timedelta(days=1)
    file = tmp_path_factory.mktemp("winddown") / "winddown.yaml"
    file.write_text(CONFIG.format(port=ear.port, now=now, wake=now + timedelta(hours=8), tonight=tonight))
    command = [sys.executable, str(HERE / "short_evening.py"), str(file), *map(str, (RUNWAY_S, BREATHING_S, NIGHT_S))]
    with subprocess.Popen(command) as process:
        try:
            ear.until("winddown/bedroom/quiet", "ON", 30)
            wait(lambda: len(ear.on(f"{SHELF}/request")) > 2, 30, lambda: "the shelf was not dimmed")
            wait(lambda: len(ear.on(f"{TREE}/request")) > 10, 30, lambda: "the tree was not dimmed")
            home_assistant.service("light.turn_on", entity_id="light.shelf", brightness=230)
            ear.until("winddown/bedroom/quiet", "OFF", RUNWAY_S + BREATHING_S + NIGHT_S + 30, since=when(ear, "ON"))
            yield home_assistant
        finally:
            process.terminate()


def when(ear: Ear, quiet: str) -> float:
    """When quiet was last said to be so."""
    return max(at for at, topic, payload in ear.heard if topic == "winddown/bedroom/quiet" and payload == quiet)


def lightness(level: int) -> float:
    """To the eye, by CIE 1976."""
    return 116 * (level / 255) ** (1 / 3) - 16


def states(ear: Ear) -> list[dict[str, object]]:
    return [json.loads(payload) for payload in ear.on("winddown/bedroom/state")]


def test_the_template_light_dims_evenly_breathes_and_goes_off(evening: HomeAssistant) -> None:
    reports = [json.loads(payload) for payload in evening.ear.on(f"{TREE}/state")]
    shown = [one["brightness"] for one in reports if one.get("brightness") is not None]
    runway, breaths = shown[: shown.index(5) + 1], shown[shown.index(5) + 1 :]

    steps = [lightness(above) - lightness(below) for above, below in pairwise(dict.fromkeys(runway))]
    assert (runway[0], runway[-1], len(steps)) == (200, 5, 8)
    assert min(steps) > 0.8 * max(steps) > 0
    assert max(breaths) == 38
    assert evening.state("light.tree") == "off"


def test_what_home_assistant_knows_of_the_lights_is_used(evening: HomeAssistant) -> None:
    requests = [json.loads(payload) for payload in evening.ear.on(f"{SHELF}/request")]

    dims = [one for one in requests if "brightness" in one]
    assert dims[0]["only_if_on"] is True
    assert dims[0]["transition"] > 5  # it can fade; the tree cannot
    assert dims[0]["color_temp_kelvin"] >= 2000
    assert all(
        one["transition"] == 0 for one in map(json.loads, evening.ear.on(f"{TREE}/request")) if "transition" in one
    )


def test_the_light_that_was_touched_is_left_alone(evening: HomeAssistant) -> None:
    assert ["shelf"] in [state["touched"] for state in states(evening.ear)]
    assert any("shelf is yours: you set it to 90 %" in why for why in evening.ear.on("winddown/bedroom/why"))
    assert (evening.state("light.shelf"), evening.state("input_number.shelf_level")) == ("on", "230.0")


def test_the_phone_is_muted_when_the_runway_begins_and_unmuted_at_wake(evening: HomeAssistant) -> None:
    ear = evening.ear
    said = ["command_ringer_mode vibrate", "command_dnd priority_only", "command_dnd off", "command_ringer_mode normal"]
    ear.until("lab/phone", said[-1])

    times = [at for at, topic, _ in ear.heard if topic == "lab/phone"]
    assert ear.on("lab/phone") == said
    assert 0 <= times[0] - when(ear, "ON") < 1
    assert 0 <= times[2] - when(ear, "OFF") < 1
    evening.until("input_datetime.phone_muted_until", "2000-01-01 00:00:00")


def test_the_cues_are_said_softly_and_the_volume_is_put_back(evening: HomeAssistant) -> None:
    assert len(evening.ear.on("lab/speaker")) >= 1
    assert set(evening.ear.on("lab/speaker")) == {"0.15"}
    evening.until("input_number.volume", "0.6")


def test_a_phone_muted_by_a_winddown_that_died_is_unmuted_all_the_same(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()
    until = here(seconds=70).replace(second=0, microsecond=0)
    ear.say("winddown/bridge/bedroom/quiet/request", {"ts": begin, "mode": "priority_only", "until": until.isoformat()})
    ear.until("lab/phone", "command_dnd priority_only", since=begin)

    ear.until("lab/phone", "command_dnd off", 75, since=begin)

    assert time.time() - until.timestamp() < 3
    ear.until("lab/phone", "command_ringer_mode normal", since=begin)


def test_a_call_is_not_cut_off_from_its_ringing(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()
    evening.service("input_text.set_value", entity_id="input_text.phone_state", value="offhook")
    evening.until("sensor.phone_state", "offhook")
    request = {"ts": begin, "mode": "priority_only", "until": here(hours=3).isoformat()}
    ear.say("winddown/bridge/bedroom/quiet/request", request)
    assert ear.quiet_for("lab/phone", 1, since=begin)

    evening.service("input_text.set_value", entity_id="input_text.phone_state", value="idle")

    ear.until("lab/phone", "command_dnd priority_only", since=begin)
    ear.say("winddown/bridge/bedroom/quiet/request", {"ts": time.time(), "mode": "off", "until": None})
    ear.until("lab/phone", "command_ringer_mode normal", since=begin)


@pytest.mark.parametrize("old", [{"ts": 0}, {}, {"ts": "now"}, {"ts": 9_999_999_999}])
def test_old_requests_do_nothing(evening: HomeAssistant, old: dict[str, object]) -> None:
    ear, begin = evening.ear, time.time()

    ear.say(f"{TREE}/request", {**old, "state": "ON", "brightness": 255})
    ear.say("winddown/bridge/bedroom/quiet/request", {**old, "mode": "total_silence"})
    ear.say("winddown/bridge/bedroom/say/request", {**old, "text": "Boo."})

    assert ear.quiet_for("lab/phone", 1, since=begin)
    assert ear.on("lab/speaker", begin) == []
    assert evening.state("light.tree") == "off"


def test_a_dim_does_not_light_a_light_that_is_off_and_is_answered(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()

    ear.say(f"{TREE}/request", {"ts": begin, "state": "ON", "only_if_on": True, "brightness": 255})

    wait(lambda: ear.on(f"{TREE}/state", begin), 5, lambda: "no answer")
    assert json.loads(ear.on(f"{TREE}/state", begin)[0])["state"] == "OFF"
    assert evening.state("light.tree") == "off"


def test_of_a_group_that_is_on_the_light_that_is_off_stays_off(evening: HomeAssistant) -> None:
    evening.service("light.turn_off", entity_id="light.tree")
    evening.service("light.turn_on", entity_id="light.shelf", brightness=200)
    evening.until("light.tree", "off")
    evening.until("light.pair", "on")
    pair = TREE.replace("tree", "pair")

    evening.ear.say(f"{pair}/request", {"ts": time.time(), "state": "ON", "only_if_on": True, "brightness": 90})

    evening.until("input_number.shelf_level", "90.0")
    assert evening.state("light.tree") == "off"


def test_a_button_of_home_assistant_presses_and_winddowns_own_does_not(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()

    ear.say("lab/knob", {"event_type": "single"})
    ear.until("winddown/bedroom/press/set", "single", since=begin)
    ear.until("winddown/bedroom/press", '{"event_type":"single","source":"mqtt"}', since=begin)
    evening.service("input_button.press", entity_id="input_button.bed")
    ear.until("winddown/bedroom/press/set", "double", since=begin)
    evening.call("POST", "/api/events/lab_hold", {})
    ear.until("winddown/bedroom/press/set", "hold", since=begin)

    time.sleep(1)  # a loop would go on
    assert ear.on("winddown/bedroom/press/set", begin) == ["single", "double", "hold"]


def test_the_alarm_of_the_phone_sets_wake_and_bedtime(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()
    rings = here(hours=8).replace(minute=30, second=0, microsecond=0)

    evening.service("input_text.set_value", entity_id="input_text.alarm", value=rings.isoformat())

    ear.until("winddown/attic/wake/set", f"{rings:%H:%M}", since=begin)
    wait(
        lambda: any(f"wake is {rings:%H:%M}" in why for why in ear.on("winddown/attic/why", begin)),
        5,
        lambda: "not taken",
    )


def test_smoke_lets_go_and_sleep_tells(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()
    ear.say("lab/smoke", "OFF")
    ear.say("lab/sleep", {"event_type": "started"})
    ear.until("winddown/attic/command", "dark", since=begin)

    ear.say("lab/smoke", "ON")

    ear.until("winddown/attic/command", "stop", since=begin)


def test_a_night_that_begins_starts_the_tracking_once(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()
    night = {"phase": "night", "since": here().isoformat()}

    ear.say("winddown/attic/state", night)
    ear.until("lab/phone", "command_broadcast_intent", since=begin)
    ear.say("winddown/attic/state", {**night, "cue": "Sleep well."})
    ear.say("winddown/attic/state", {**night, "since": here(minutes=-5).isoformat()})

    time.sleep(1)  # nothing more is to come
    assert len(ear.on("lab/phone", begin)) == 1


def test_no_evening_with_guests_and_one_after_all_when_they_leave(evening: HomeAssistant) -> None:
    ear, begin = evening.ear, time.time()
    evening.service("input_boolean.turn_on", entity_id="input_boolean.guests")
    look_at = here(seconds=5)
    automation = evening.config / "automations.yaml"
    text = automation.read_text()
    old = text[text.index("look_at: ") :].split("\n")[0]
    automation.write_text(text.replace(old, f'look_at: "{look_at:%H:%M:%S}"'))
    evening.service("automation.reload")
    ear.until("winddown/attic/command", "skip", 15, since=begin)

    evening.service("input_boolean.turn_off", entity_id="input_boolean.guests")

    ear.until("winddown/attic/command", "skip off", 75, since=begin)


def test_a_home_assistant_that_was_down_at_wake_unmutes_when_it_is_back_and_says_what_the_lights_show(
    evening: HomeAssistant,
) -> None:
    ear, begin = evening.ear, time.time()
    until = here(seconds=70).replace(second=0, microsecond=0)
    ear.say("winddown/bridge/bedroom/quiet/request", {"ts": begin, "mode": "priority_only", "until": until.isoformat()})
    ear.until("lab/phone", "command_dnd priority_only", since=begin)
    evening.until("automation.quiet_my_phone", "on")
    evening.stop()
    stored = {"ts": time.time() - 60, "state": "ON", "brightness": 255}
    ear.say(f"{TREE}/request", stored, retain=True)
    wait(lambda: time.time() > until.timestamp() + 2, 75, lambda: "the time does not pass")
    back = time.time()

    evening.start()

    ear.until("lab/phone", "command_dnd off", 60, since=back)
    wait(
        lambda: '{"available":true}' in ear.on(f"{TREE}/state", back),
        30,
        lambda: "the tree did not say that it is back",
    )
    assert not any("230" in payload or "255" in payload for payload in ear.on(f"{TREE}/state", back))
    ear.say(f"{TREE}/request", "", retain=True)


def test_home_assistant_has_nothing_to_complain_of(evening: HomeAssistant) -> None:
    assert evening.complaints() == []
