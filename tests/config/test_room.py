from __future__ import annotations

from datetime import time

import pytest

from config.folder import MQTT, Folder
from winddown.buttons import BUTTONS
from winddown.config import Lamp, QuietTarget, Room
from winddown.lights import LIGHTS
from winddown.model import Phase, Press


def room(folder: Folder, keys: str = "", lights: str = "[zigbee2mqtt/bedside_lamp]") -> Room:
    return folder.room(keys, lights).config().rooms["bedroom"]


def test_a_room_takes_its_name_from_its_key_and_its_language_from_the_file(folder: Folder) -> None:
    text = "language: nl\n" + MQTT + "rooms:\n"
    for key in ("kids_room", "guest"):
        text += f'  {key}: {{bedtime: "22:45", lights: [zigbee2mqtt/{key}]}}\n'
    config = folder.write(
        text.replace("lights: [zigbee2mqtt/guest]", "lights: [zigbee2mqtt/guest], language: en")
    ).config()

    assert config.rooms["kids_room"].name == "Kids room"
    assert config.rooms["kids_room"].language == "nl"
    assert config.rooms["guest"].language == "en"


# ---------------------------------------------------------------- lamps


def test_a_list_names_each_lamp_by_the_last_part_of_its_address(folder: Folder) -> None:
    lights = room(folder, lights="[zigbee2mqtt/floor_1/bedside, json/home/strip/set]").lights

    assert list(lights) == ["bedside", "strip"]
    assert lights["bedside"] == Lamp(driver=LIGHTS["zigbee2mqtt"](address="floor_1/bedside"))


def test_a_mapping_says_more_about_a_lamp(folder: Folder) -> None:
    lights = room(
        folder, lights="{ceiling: {zigbee2mqtt: ceiling, base: upstairs, floor: 3%, off_at: 22:30, curve: linear}}"
    )

    driver = LIGHTS["zigbee2mqtt"].model_validate({"address": "ceiling", "base": "upstairs"})
    assert lights.lights["ceiling"] == Lamp(driver=driver, floor=3.0, off_at=time(22, 30), curve="linear")


def test_the_base_topic_of_the_file_is_that_of_every_lamp_and_button_without_one(folder: Folder) -> None:
    keys = "button: zigbee2mqtt/button"
    text = folder.room(keys).file.read_text().replace("host: localhost", "host: localhost, zigbee2mqtt: z2m")
    bedroom = folder.write(text).config().rooms["bedroom"]

    assert bedroom.lights["bedside_lamp"].driver.command_topics() == ("z2m/bedside_lamp/set",)
    assert bedroom.buttons[0].topics() == ("z2m/button",)


def test_payloads_of_a_generic_lamp_are_texts_as_written(folder: Folder) -> None:
    lights = "{plug: {generic: {on_topic: home/plug, on: 1, off: 0, scale: 100}, floor: 5%}}"

    driver = room(folder, lights=lights).lights["plug"].driver

    assert driver == LIGHTS["generic"].model_validate({"on_topic": "home/plug", "on": "1", "off": "0", "scale": 100})


@pytest.mark.parametrize(
    ("lights", "mistake"),
    [
        ("[bedside_lamp]", "lights[0]: 'bedside_lamp' names no dialect, write for example zigbee2mqtt/bedside_lamp"),
        ("[zigbe2mqtt/lamp]", "lights[0]: 'zigbe2mqtt' is no lamp dialect, did you mean zigbee2mqtt?"),
        ("[hue/lamp]", "lights[0]: 'hue' is no lamp dialect, there are: zigbee2mqtt, json"),
        ("[zigbee2mqtt/]", "lights[0]: 'zigbee2mqtt/' names no lamp, write its name after the dialect"),
        ("[zigbee2mqtt/a+b]", "lights[0]: 'a+b' is no exact topic"),
        ("{a: {floor: 2%}}", "lights.a: names no dialect, add one of: zigbee2mqtt, json"),
        ("{a: {zigbe2mqtt: x}}", "lights.a: names no dialect: 'zigbe2mqtt' is none, did you mean zigbee2mqtt?"),
        ("{a: {zigbee2mqtt: x, json: y}}", "lights.a: names 2 dialects (zigbee2mqtt, json), keep one"),
        ("{a: {zigbee2mqtt: }}", "lights.a: zigbee2mqtt is empty, write the lamp's name"),
        ("{a: {zigbee2mqtt: x, flor: 2%}}", "lights.a.flor: is no known key, did you mean floor?"),
        ("{a: {zigbee2mqtt: x, bse: y}}", "lights.a.bse: is no known key, did you mean base?"),
        ("{a: {zigbee2mqtt: x, floor: 0%}}", "lights.a.floor: '0%' is outside its range, write 0.1% to 100%"),
        ("{a: {zigbee2mqtt: x, off_at: dawn}}", "lights.a.off_at: 'dawn' is no time of day"),
        ("{a: {zigbee2mqtt: x, curve: log}}", "lights.a.curve: is 'log', write eye or linear"),
        ("{a: {generic: {on: x}}}", "lights.a.generic.on_topic: is missing, add it"),
        ("{a: {generic: {on_topic: x, scale: y}}}", "lights.a.generic.scale: is 'y', write a whole number"),
        ("{a: {generic: {on_topic: x, on: y, off: y}}}", "lights.a: `on` and `off` are the same payload"),
        ("[]", "lights: names no lamp, add one"),
        ("{}", "lights: names no lamp, add one"),
        ("zigbee2mqtt/lamp", "lights: is 'zigbee2mqtt/lamp', write a list, for example [zigbee2mqtt/bedside_lamp]"),
        ("[null]", "lights[0]: is nothing, write a lamp, for example zigbee2mqtt/bedside_lamp"),
        ("{a/b: zigbee2mqtt/lamp}", "lights.a/b: 'a/b' cannot name a lamp, write a word without /, + and #"),
        (
            "[zigbee2mqtt/x/a, zigbee2mqtt/y/a]",
            "lights[1]: two lamps would be called 'a', write a mapping that names each",
        ),
        ("[zigbee2mqtt/a, zigbee2mqtt/a]", "lights[1]: 'zigbee2mqtt/a' is there twice, remove one of them"),
        ("{a: zigbee2mqtt/x, b: {zigbee2mqtt: x}}", "lights.b: is the same lamp as 'a', remove one of them"),
    ],
)
def test_a_lamp_that_is_none_says_where_and_what_would_be_one(folder: Folder, lights: str, mistake: str) -> None:
    assert folder.room("", lights).only_mistake().startswith(f"5: rooms.bedroom.{mistake}")


# ---------------------------------------------------------------- buttons and presses


def test_one_button_a_list_and_a_mapping_are_the_same_button(folder: Folder) -> None:
    button = BUTTONS["zigbee2mqtt"](address="bedside")

    for keys in ("button: zigbee2mqtt/bedside", "button: [zigbee2mqtt/bedside]", "button: {zigbee2mqtt: bedside}"):
        assert room(folder, keys).buttons == (button,)
    assert room(folder).buttons == ()


def test_a_button_maps_raw_actions(folder: Folder) -> None:
    (button,) = room(folder, "button: {zigbee2mqtt: bedside, single: [on], hold: off}").buttons

    assert button.decode("zigbee2mqtt/bedside", b'{"action": "off"}') is Press.HOLD


@pytest.mark.parametrize(
    ("button", "mistake"),
    [
        ("zigbee2mqt/x", "button: 'zigbee2mqt' is no button dialect, did you mean zigbee2mqtt?"),
        ("[zigbee2mqtt/a, {zigbee2mqtt: x, sngle: on}]", "button[1].sngle: is no known key, did you mean single?"),
        ("{zigbee2mqtt: x, sngle: on}", "button.sngle: is no known key, did you mean single?"),
        ("{generic: {path: x}}", "button.generic.topic: is missing, add it"),
        ("{zigbee2mqtt: x, single: a, hold: a}", "button: 'a' stands for two kinds of press"),
        ("", "button: is empty, write a button"),
    ],
)
def test_a_button_that_is_none_says_where_and_what_would_be_one(folder: Folder, button: str, mistake: str) -> None:
    assert folder.room(f"button: {button}").only_mistake().startswith(f"6: rooms.bedroom.{mistake}")


def test_a_verb_replaces_a_column_and_a_mapping_rows(folder: Folder) -> None:
    presses = room(
        folder, "presses: {double: {runway: skip, night: glow 5}, hold: stop, single: {day: nothing}}"
    ).presses

    assert presses.overrides == {
        Press.SINGLE: {Phase.DAY: "none"},
        Press.DOUBLE: {Phase.RUNWAY: "skip", Phase.NIGHT: "glow 5"},
        Press.HOLD: dict.fromkeys(Phase, "stop"),
    }


@pytest.mark.parametrize(
    ("presses", "mistake"),
    [
        ("{duble: stop}", "presses.duble: 'duble' is no press, did you mean double?"),
        ("{hold: {nite: stop}}", "presses.hold.nite: 'nite' is no phase, did you mean night?"),
        ("{hold: stopp}", "presses.hold: 'stopp' is no verb, did you mean stop?"),
        ("{hold: }", "presses.hold: is nothing, write a verb, or none to have the press ignored"),
        ("{hold: later 200}", "presses.hold: '200' does not fit later, write 1 to 120 minutes, for example later 20"),
        ("{hold: dark 5}", "presses.hold: dark takes no more words, write dark alone"),
        ("stop", "presses: is 'stop', write a mapping, for example {hold: stop}"),
    ],
)
def test_a_press_that_is_none_says_what_would_be_one(folder: Folder, presses: str, mistake: str) -> None:
    assert folder.room(f"presses: {presses}").only_mistake() == f"6: rooms.bedroom.{mistake}"


# ---------------------------------------------------------------- quiet, breathing, release


def test_what_mutes_is_a_text_as_written(folder: Folder) -> None:
    keys = """only_if: {topic: c, is: on}
quiet:
- {topic: a/set, state: a, mute: 0}
- {topic: b, mute: true, restore: '', until: 06:30}"""

    bedroom = room(folder, keys)

    assert bedroom.quiet == (
        QuietTarget(topic="a/set", state="a", mute="0"),
        QuietTarget(topic="b", mute="true", restore="", until=time(6, 30)),
    )
    assert bedroom.only_if is not None
    assert bedroom.only_if.is_ == "on"


@pytest.mark.parametrize(
    ("keys", "mistake"),
    [
        ("quiet: [{topic: a, mute: 0}]", "quiet[0]: could never be put back, add `state: TOPIC` or `restore: TEXT`"),
        ("quiet: [{topic: a, restore: 1}]", 'quiet[0].mute: is missing, write for example `mute: "0"`'),
        (
            "quiet: [{topic: a, mute: , restore: 1}]",
            'quiet[0].mute: is nothing, write a text, for the word itself write "null"',
        ),
        ("quiet: {topic: a}", "quiet: is a mapping, write a list"),
        (
            "quiet: [{topic: a, mute: 0, restore: 1}, {topic: a, mute: 0, restore: 1}]",
            "quiet[1].topic: 'a' is muted twice in this room, remove one of them",
        ),
        ("only_if: {topic: a}", 'only_if.is: is missing, write for example `is: "on"`'),
        ("forgotten: 45", "forgotten: '45' has no unit, write 45 min"),
        ("runway: 5 min", "runway: '5 min' is outside its range, write 10 min to 3 h"),
        ("runway_s: 45 min", "runway_s: is no known key, did you mean runway?"),
        ("enabled: on", "enabled: 'on' is neither true nor false, write true"),
        ("breathing: {inhale: 4}", "breathing.inhale: '4' has no unit, write 4 s"),
        (
            "breathing: {inhale: 1 s, exhale: 1 s}",
            "breathing: inhale and exhale make 30 breaths a minute, make them 3 to 20; 4 s and 6 s make 6",
        ),
        (
            "breathing: {start_pace: 5}",
            "breathing.start_pace: 5 breaths a minute is slower than the 6 it slows down to, write more",
        ),
        (
            "breathing: {peak: 1%}",
            "breathing.peak: 1% is not brighter than the floor of 1%, write more or lower the floor",
        ),
        ("breathing: {light: bedsid}", "breathing.light: 'bedsid' is no lamp of this room, did you mean bedside_lamp?"),
        ("breathing: {starts: never}", "breathing.starts: is 'never', write if_lamp_on, press or always"),
        ("release: {rounds: 2.5}", "release.rounds: '2.5' does not fit, write a whole number from 1 to 10"),
        ("release: {skip: [jaw]}", "release.skip[0]: 'jaw' is not among the areas, there are: shoulders, hands, toes"),
        ("release: {areas: [toes], skip: [toes]}", "release.skip: leaves no area to release, keep at least one"),
        ("release: {areas: [toes, toes]}", "release.areas[1]: 'toes' is there twice, remove one of them"),
        (
            "release: {areas: [toez]}",
            "release.areas[0]: 'toez' is no area with cues, did you mean toes? (own areas need a file",
        ),
        ("release: [toes]", "release: is a list, write a mapping of keys"),
        ("release:", "release: is empty, write a mapping of keys"),
        ("language: fr", "language: is 'fr', write en or nl"),
    ],
)
def test_a_value_that_does_not_fit_says_what_would(folder: Folder, keys: str, mistake: str) -> None:
    assert folder.room(keys).only_mistake().startswith(f"6: rooms.bedroom.{mistake}")


def test_forgotten_may_be_never(folder: Folder) -> None:
    assert room(folder, "forgotten: never").forgotten_s is None
    assert room(folder, "forgotten: 90 min").forgotten_s == 5400


# ---------------------------------------------------------------- a room's own cues


def test_a_room_with_its_own_cues_may_have_its_own_areas(folder: Folder) -> None:
    (folder.path / "mine.yaml").write_text(
        "release: {nose: {announce: Now your nose., tense: Wrinkle it., release: Soft.}}\n"
    )

    bedroom = room(folder, "cues: mine.yaml\nrelease: {areas: [nose, toes]}")

    assert bedroom.cues == folder.path / "mine.yaml"


def test_mistakes_in_the_cues_are_told_with_those_of_the_file(folder: Folder) -> None:
    (folder.path / "mine.yaml").write_text("nobody: knows this\n")
    folder.room("cues: mine.yaml\nrunway: 45")

    with pytest.raises(Exception, match=r"mine\.yaml:1: ") as caught:
        folder.loaded()

    assert "winddown.yaml:7: rooms.bedroom.runway" in str(caught.value)


def test_a_file_that_is_not_there_is_a_mistake(folder: Folder) -> None:
    assert "rooms.bedroom.cues: there is no file '" in folder.room("cues: mine.yaml").only_mistake()


def test_a_room_s_name_plays_no_tricks_on_a_terminal(folder: Folder) -> None:
    (told,) = folder.room(r'name: "Bed\e[31mroom"').mistakes()

    assert told == r"6: rooms.bedroom.name: 'Bed\x1b[31mroom' has characters that cannot be seen, write it without them"
