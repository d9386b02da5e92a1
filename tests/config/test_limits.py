"""What a person says that a lamp can do, and what `probe` found out about it."""

from __future__ import annotations

import pytest

from config.folder import Folder
from winddown.config import Limits, Room, own_layers
from winddown.lights.layers import resolve
from winddown.model import Layer, Profile

FOUND = "winddown.lamps.yaml"


def room(folder: Folder, lights: str) -> Room:
    return folder.room("", lights).config().rooms["bedroom"]


def profile(folder: Folder, lights: str) -> Profile:
    lamp = next(iter(room(folder, lights).lights.values()))
    return resolve(own_layers([lamp]), lamp.driver.profile()).profile


# ---------------------------------------------------------------- in the configuration


def test_what_a_person_writes_of_a_lamp_counts_in_its_own_steps(folder: Folder) -> None:
    said = "smallest: 2%, coolest: 6500 K, warmest: 2200 K, longest_fade: 20 s, together: false, relights: true"

    found = profile(folder, f"{{a: {{json: home/a/set, {said}, curve: linear}}}}")

    assert (found.min_level, found.coolest_mired, found.warmest_mired) == (5, 154, 455)
    assert (found.max_fade_s, found.together, found.relights, found.curve) == (20.0, False, True, "linear")


@pytest.mark.parametrize(("smallest", "level"), [("0.1%", 1), ("0.4%", 1), ("1%", 3), ("2 %", 5), ("50%", 127)])
def test_a_percent_is_the_nearest_step(folder: Folder, smallest: str, level: int) -> None:
    assert profile(folder, f"{{a: {{zigbee2mqtt: a, smallest: {smallest}}}}}").min_level == level


@pytest.mark.parametrize(
    ("key", "mistake"),
    [
        ("smallest: 2", "smallest: '2' has no %, write 2%"),
        ("smallest: 0%", "smallest: '0%' is outside its range, write 0.01% to 50%"),
        ("warmest: 2200", "warmest: '2200' has no unit, write 2200 K"),
        ("warmest: 454", "warmest: '454' is no white from 1000 K to 20000 K, write 2203 K"),
        ("coolest: 454 mired", "coolest: '454 mired' is no white from 1000 K to 20000 K, write 2203 K"),
        ("warmest: ", "warmest: nothing is no white"),
        ("warmest: cosy", "warmest: 'cosy' is no white from 1000 K to 20000 K, write for example 2200 K"),
        ("longest_fade: 20", "longest_fade: '20' has no unit, write 20 s"),
        ("longest_fade: 2 h", "longest_fade: '2 h' is outside its range, write 0 s to 1 h"),
        ("together: no", "together: 'no' is neither true nor false, write false"),
        ("longestfade: 2 s", "longestfade: is no known key, did you mean longest_fade?"),
    ],
)
def test_a_limit_that_is_none_says_what_would_be_one(folder: Folder, key: str, mistake: str) -> None:
    assert (
        folder.room("", f"{{a: {{zigbee2mqtt: a, {key}}}}}")
        .only_mistake()
        .startswith(f"5: rooms.bedroom.lights.a.{mistake}")
    )


TWO = """mqtt: {{host: localhost}}
rooms:
  left: {{bedtime: off, lights: {{a: zigbee2mqtt/a, ceiling: {{zigbee2mqtt: ceiling{left}}}}}}}
  right: {{bedtime: off, lights: {{b: zigbee2mqtt/b, ceiling: {{zigbee2mqtt: ceiling{right}}}}}}}
"""


def test_what_one_room_says_of_a_shared_lamp_counts_for_both(folder: Folder) -> None:
    config = folder.write(TWO.format(left="", right=", smallest: 4%, warmest: 2200 K")).config()

    assert own_layers([room.lights["ceiling"] for room in config.rooms.values()]) == (
        Layer("configuration", {"min_level": 10, "warmest_mired": 455}),
    )


def test_two_rooms_that_contradict_each_other_about_a_lamp_are_told(folder: Folder) -> None:
    folder.write(TWO.format(left=", smallest: 4%", right=", smallest: 5%"))

    assert folder.only_mistake() == (
        "4: rooms.right.lights.ceiling.smallest: is said differently of the same lamp in left, remove one of them"
    )


# ---------------------------------------------------------------- what was found out


def found(folder: Folder, text: str) -> Folder:
    (folder.path / FOUND).write_text(text)
    return folder


def test_what_was_found_out_counts_where_the_configuration_says_nothing(folder: Folder) -> None:
    found(folder, '"zigbee2mqtt/a": {smallest: 4%, warmest: 2000 K}\nzigbee2mqtt/other: {smallest: 9%}\n')

    layers = own_layers([room(folder, "{a: {zigbee2mqtt: a, smallest: 2%}}").lights["a"]])

    assert layers == (
        Layer("configuration", {"min_level": 5}),
        Layer("probe", {"min_level": 10, "warmest_mired": 500}),
    )
    assert resolve(layers, Profile(scale=254)).profile.min_level == 5


def test_it_lies_beside_the_journal(folder: Folder) -> None:
    (folder.path / "data").mkdir()
    (folder.path / "data" / "nights.lamps.yaml").write_text("zigbee2mqtt/a: {smallest: 4%}\n")
    text = folder.room("", "[zigbee2mqtt/a]").file.read_text() + "journal: data/nights.db\n"

    lamp = folder.write(text).config().rooms["bedroom"].lights["a"]

    assert own_layers([lamp]) == (Layer("probe", {"min_level": 10}),)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("zigbee2mqtt/a: {smallest: 4}", "1: zigbee2mqtt/a.smallest: '4' has no %, write 4%; this is left out"),
        ("\nzigbee2mqtt/a: {smalest: 4%}", "2: zigbee2mqtt/a.smalest: is no known key, did you mean smallest?"),
        ("zigbee2mqtt/a: 4%", "1: zigbee2mqtt/a: is '4%', write a mapping, for example {smallest: 2%}"),
        ("[]", "1: the file: is no mapping, write for each lamp a line like"),
        ("{", "2: the file: is not YAML from here on"),
        ("zigbee2mqtt/a: {curve: log}", "1: zigbee2mqtt/a.curve: is 'log', write eye or linear"),
        ("zigbee2mqtt/a: {smallest: !secret x}", "1: zigbee2mqtt/a.smallest: !secret does not work"),
    ],
)
def test_a_mistake_in_it_is_told_and_stops_nothing(folder: Folder, text: str, warning: str) -> None:
    folder.room("", "[zigbee2mqtt/a]")

    told = found(folder, f"{text}\n").loaded().warnings

    assert told[0].startswith(f"{folder.path / FOUND}:{warning}")


def test_what_is_sound_in_it_counts_in_spite_of_a_mistake(folder: Folder) -> None:
    found(folder, "zigbee2mqtt/a: {smallest: 4, warmest: 2000 K}\n")

    assert own_layers([room(folder, "[zigbee2mqtt/a]").lights["a"]]) == (Layer("probe", {"warmest_mired": 500}),)


def test_one_that_cannot_be_read_is_told(folder: Folder) -> None:
    (folder.path / FOUND).mkdir()

    (warning,) = folder.room("", "[zigbee2mqtt/a]").loaded().warnings

    assert "the file: cannot be read (is a directory)" in warning


def test_no_file_is_no_finding(folder: Folder) -> None:
    assert folder.room("", "[zigbee2mqtt/a]").loaded().warnings == ()
    assert Limits().facts(254) == {}
