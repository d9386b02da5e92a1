from __future__ import annotations

from pathlib import Path

import pytest

from config.folder import MQTT, Folder
from winddown.config import Tls, find, load
from winddown.config.zone import machine_zone
from winddown.errors import ConfigError, UsageError
from winddown.lights import LIGHTS


def two_rooms(left: str, right: str, more: str = "") -> str:
    return f"""{MQTT}rooms:
  left:
    bedtime: "22:45"
    lights: {left}
  right:
    bedtime: "22:45"
    lights: {right}
{more}"""


def test_every_mistake_is_told_at_once_sorted_by_line(folder: Folder) -> None:
    folder.write("""timezone: Europe/Amsterdm
langage: nl
mqtt: {port: 99999}
rooms:
  bedroom:
    bedtime: "25:00"
    wake: "09:00"
    runway: 45
    lights: {bedside: zigbee2mqtt/lamp}
    breathing: {light: ceiling}
  hub:
    bedtime: "06:00"
    lights: [zigbee2mqtt/lamp, hue/lamp]
    release: {areas: [toez], rounds: 11}
  guest:
    quiet: [{topic: a}]
""")

    assert folder.mistakes() == [
        "1: timezone: 'Europe/Amsterdm' is no time zone, did you mean Europe/Amsterdam?",
        "2: langage: is no known key, did you mean language?",
        "3: mqtt.host: is missing, write for example `host: localhost`",
        "3: mqtt.port: '99999' does not fit, write a whole number from 1 to 65535",
        "6: rooms.bedroom.bedtime: '25:00' is no time of day, write 00:00 to 23:59, for example 22:45",
        "8: rooms.bedroom.runway: '45' has no unit, write 45 min",
        "10: rooms.bedroom.breathing.light: 'ceiling' is no lamp of this room, there are: bedside",
        "11: rooms.hub: 'hub' is a word of our own topics, write for example hub_room",
        "12: rooms.hub.bedtime: wake on tuesday 07:00 is 1 h after bedtime monday 06:00 (that is tuesday morning), leave 2 to 16 hours between them",  # noqa: E501  as it is told
        f"13: rooms.hub.lights[1]: 'hue' is no lamp dialect, there are: {', '.join(LIGHTS)}",
        "14: rooms.hub.release.rounds: '11' does not fit, write a whole number from 1 to 10",
        "14: rooms.hub.release.areas[0]: 'toez' is no area with cues, did you mean toes? (own areas need a file of `cues`)",  # noqa: E501  as it is told
        "15: rooms.guest.bedtime: is missing, write for example `bedtime: 22:45`",
        "15: rooms.guest.lights: is missing, write for example `lights: [zigbee2mqtt/bedside_lamp]`",
        '16: rooms.guest.quiet[0].mute: is missing, write for example `mute: "0"`',
    ]


def test_no_mistake_follows_from_another(folder: Folder) -> None:
    mistakes = folder.room("breathing: {light: ceiling}", lights="{ceiling: hue/ceiling}").mistakes()

    assert [mistake.split(":")[1] for mistake in mistakes] == [" rooms.bedroom.lights.ceiling"]


@pytest.mark.parametrize("missing", ["mqtt", "rooms"])
def test_a_missing_section_is_told_in_line_one(folder: Folder, missing: str) -> None:
    text = {"mqtt": "rooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n", "rooms": MQTT}[missing]

    assert folder.write(text).only_mistake().startswith(f"1: {missing}: is missing")


@pytest.mark.parametrize("rooms", ["{}", "[]", ""])
def test_there_is_at_least_one_room(folder: Folder, rooms: str) -> None:
    assert folder.write(f"{MQTT}rooms: {rooms}\n").only_mistake().startswith("2: rooms: ")


@pytest.mark.parametrize("key", ["bridge", "status", "hub", "owner", "all", "Kids Room", "zimmer-1", "ü"])
def test_a_room_has_a_key_that_topics_can_carry(folder: Folder, key: str) -> None:
    folder.write(f"{MQTT}rooms:\n  {key}: {{bedtime: off, lights: [zigbee2mqtt/lamp]}}\n")

    assert f"'{key}' is " in folder.only_mistake()


# ---------------------------------------------------------------- between rooms


def test_a_lamp_of_two_rooms_cannot_pace_by_default(folder: Folder) -> None:
    folder.write(two_rooms("[zigbee2mqtt/ceiling, zigbee2mqtt/lamp]", "[zigbee2mqtt/other]", "")).config()
    folder.write(two_rooms("[zigbee2mqtt/ceiling, zigbee2mqtt/lamp]", "[zigbee2mqtt/other, zigbee2mqtt/ceiling]"))

    assert folder.only_mistake() == (
        "5: rooms.left.lights[0]: 'ceiling' is also a lamp of right and cannot pace the breathing here, "
        "set breathing.light to lamp"
    )


def test_a_shared_lamp_cannot_be_named_to_pace_either(folder: Folder) -> None:
    breathing = "    breathing: {light: ceiling}\n"
    folder.write(
        two_rooms("[zigbee2mqtt/a, zigbee2mqtt/ceiling]", "{b: zigbee2mqtt/b, ceiling: zigbee2mqtt/ceiling}", breathing)
    )

    assert folder.only_mistake().startswith("9: rooms.right.breathing.light: 'ceiling' is also a lamp of left")


def test_a_room_whose_only_lamp_is_shared_needs_one_of_its_own(folder: Folder) -> None:
    mistakes = folder.write(two_rooms("[zigbee2mqtt/lamp]", "[zigbee2mqtt/lamp]")).mistakes()

    assert [mistake.split(":")[0] for mistake in mistakes] == ["5", "8"]
    assert all("add a lamp of its own and name it in breathing.light" in mistake for mistake in mistakes)


# ---------------------------------------------------------------- the broker


def test_the_port_follows_tls(folder: Folder) -> None:
    rooms = "rooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n"

    assert folder.write(MQTT + rooms).config().mqtt.port == 1883
    assert folder.write(f"mqtt: {{host: embedded, tls: true}}\n{rooms}").config().mqtt.port == 8883
    assert folder.write(f"mqtt: {{port: 8884, tls: true, host: x}}\n{rooms}").config().mqtt.port == 8884


def test_tls_names_files_beside_the_configuration(folder: Folder) -> None:
    (folder.path / "ca.crt").touch()
    folder.write("mqtt: {host: x, tls: {ca: ca.crt}}\nrooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n")

    assert folder.config().mqtt.tls == Tls(ca=folder.path / "ca.crt")


@pytest.mark.parametrize(
    ("mqtt", "mistake"),
    [
        ("{host: x, tls: {ca: no.crt}}", "mqtt.tls.ca: there is no file '"),
        ("{host: x, tls: {kez: a}}", "mqtt.tls.kez: is no known key, did you mean key?"),
        ("{host: x, tls: {key: a}}", "mqtt.tls.key: a key needs its certificate, add `cert: FILE`"),
        ("{host: x, password: y}", "mqtt.password: a password needs a username, add `username: NAME`"),
        ("{host: x, version: 3.1}", "mqtt.version: '3.1' is no version that is spoken here, write 5 or 3.1.1"),
        ("{host: x, prefix: winddown/#}", "mqtt.prefix: 'winddown/#' is no exact topic"),
        ("{host: x, prefix: /winddown}", "mqtt.prefix: '/winddown' cannot begin topics"),
        ("{host: 'mqtt://x'}", "mqtt.host: is more than a name, write the broker's name or address alone"),
        ("{host: x, prt: 1883}", "mqtt.prt: is no known key, did you mean port?"),
        ("localhost", "mqtt: is a text, write a mapping of keys"),
    ],
)
def test_a_broker_that_cannot_be_says_what_could(folder: Folder, mqtt: str, mistake: str) -> None:
    folder.write(f"mqtt: {mqtt}\nrooms: {{bedroom: {{bedtime: off, lights: [zigbee2mqtt/lamp]}}}}\n")

    assert folder.only_mistake().startswith(f"1: {mistake}")


@pytest.mark.parametrize(("version", "number"), [("5", 5), ("4", 4), ("3.1.1", 4)])
def test_the_version_is_five_or_four(folder: Folder, version: str, number: int) -> None:
    folder.write(
        f"mqtt: {{host: x, version: {version}}}\nrooms: {{bedroom: {{bedtime: off, lights: [zigbee2mqtt/lamp]}}}}\n"
    )

    assert folder.config().mqtt.version == number


# ---------------------------------------------------------------- the file


def test_a_directory_and_an_absent_file_say_so(folder: Folder) -> None:
    with pytest.raises(ConfigError, match="1: the file: is a directory, name the YAML file in it"):
        load(folder.path)
    with pytest.raises(ConfigError, match="1: the file: is not there, check the name or write one"):
        load(folder.path / "absent.yaml")


def test_the_journal_lies_beside_the_file(folder: Folder) -> None:
    assert folder.room("").config().journal == folder.path / "winddown.db"


def test_find_takes_the_first_of_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    at_home = tmp_path / "home/.config/winddown/winddown.yaml"
    at_home.parent.mkdir(parents=True)
    with pytest.raises(UsageError, match=r"\./winddown.yaml, /config/winddown.yaml"):
        find(tmp_path / "home")

    at_home.touch()
    assert find(tmp_path / "home") == at_home

    (tmp_path / "winddown.yaml").touch()
    assert find(tmp_path / "home") == Path("winddown.yaml")


# ---------------------------------------------------------------- the zone


def test_the_machines_zone_holds_where_none_is_written(folder: Folder) -> None:
    assert folder.room("").config().zone_name == "Europe/Amsterdam"
    assert str(folder.write("timezone: Asia/Tokyo\n" + folder.file.read_text()).config().zone()) == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["europe/amsterdam", "Amsterdam", "Europe/Amsterdm", "Europe", "../etc/passwd", "5"])
def test_a_zone_that_is_none_is_told_with_the_nearest(folder: Folder, zone: str) -> None:
    mistake = folder.write(f"timezone: {zone}\n" + folder.room("").file.read_text()).only_mistake()

    assert f"'{zone}' is no time zone" in mistake
    assert "Europe/" in mistake


def test_the_machine_says_its_zone_in_one_of_three_ways(tmp_path: Path) -> None:
    etc = tmp_path / "etc"
    etc.mkdir()
    assert machine_zone({}, tmp_path) == "UTC"

    (etc / "timezone").write_text("Europe/Paris\n")
    assert machine_zone({}, tmp_path) == "Europe/Paris"

    (etc / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Rome")
    assert machine_zone({}, tmp_path) == "Europe/Rome"
    assert machine_zone({"TZ": ":Europe/Madrid"}, tmp_path) == "Europe/Madrid"
    assert machine_zone({"TZ": "CET-1CEST"}, tmp_path) == "Europe/Rome"


# ---------------------------------------------------------------- warnings


def test_a_sound_file_on_a_sound_machine_has_no_warnings(folder: Folder) -> None:
    assert folder.room("").loaded().warnings == ()


def test_utc_without_a_zone_is_worth_a_warning(folder: Folder) -> None:
    folder.env = {"TZ": "UTC"}

    (warning,) = folder.room("").loaded().warnings

    assert warning.startswith(f"{folder.file}:1: timezone: is not set and this machine is on UTC")


def test_a_container_without_a_zone_is_worth_a_warning(folder: Folder) -> None:
    folder.env = {"container": "podman"}

    assert "timezone: is not set and this" in folder.room("").loaded().warnings[0]


def test_utc_on_purpose_is_not(folder: Folder) -> None:
    folder.env = {"TZ": "UTC"}

    assert folder.write("timezone: UTC\n" + folder.room("").file.read_text()).loaded().warnings == ()


@pytest.mark.parametrize(
    ("quiet", "warning"),
    [
        ("{topic: home/SmokeDetector/set, mute: 0, restore: 1}", "quiet[0].topic: 'home/SmokeDetector/set' says smoke"),
        ("{topic: a, state: home/baby/phone, mute: 0}", "quiet[0].topic: 'a' says baby"),
        (
            "{topic: a, mute: total_silence, restore: 1}",
            "quiet[0].mute: total_silence also mutes the phone's alarm clock",
        ),
    ],
)
def test_quiet_that_could_mute_a_warning_is_told(folder: Folder, quiet: str, warning: str) -> None:
    (told,) = folder.room(f"quiet: [{quiet}]").loaded().warnings

    assert f":6: rooms.bedroom.{warning}" in told


def test_passwords_that_everybody_can_read_are_told(folder: Folder) -> None:
    rooms = "rooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n"
    secrets = folder.path / "secrets.yaml"
    secrets.write_text("p: hunter2\n")
    secrets.chmod(0o644)
    folder.write(f"mqtt: {{host: x, username: y, password: !secret p}}\n{rooms}")
    assert "secrets.yaml can be read by everybody" in folder.loaded().warnings[0]

    secrets.chmod(0o600)
    assert folder.loaded().warnings == ()

    folder.write(f"mqtt: {{host: x, username: y, password: hunter2}}\n{rooms}").file.chmod(0o644)
    (told,) = folder.loaded().warnings
    assert "use !secret" in told
    assert "hunter2" not in told


def test_the_environment_of_the_process_is_the_default(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")

    assert load(folder.room("").file).config.zone_name == "Asia/Tokyo"


def test_a_broker_that_anybody_could_play_is_told_each_time(folder: Folder) -> None:
    rooms = "rooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n"

    folder.write(f"mqtt: {{host: x, tls: {{insecure: true}}}}\n{rooms}")
    (told,) = folder.loaded().warnings

    assert "mqtt.tls.insecure: any broker with a trusted certificate is taken for yours" in told


def test_a_key_that_everybody_can_read_is_told(folder: Folder) -> None:
    for name, mode in (("us.crt", 0o644), ("us.key", 0o644)):
        (folder.path / name).write_text("")
        (folder.path / name).chmod(mode)
    rooms = "rooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n"
    folder.write(f"mqtt: {{host: x, tls: {{cert: us.crt, key: us.key}}}}\n{rooms}")

    (told,) = folder.loaded().warnings
    (folder.path / "us.key").chmod(0o600)

    assert "mqtt.tls.key: everybody on this machine can read this key, run `chmod o-r us.key`" in told
    assert folder.loaded().warnings == ()


@pytest.mark.parametrize(
    ("mqtt", "told"),
    [
        ("{host: embedded, listen: 0.0.0.0}", "0.0.0.0 lets everybody in, add `username:` and `password:`"),
        ("{host: embedded, listen: 192.168.1.5}", "192.168.1.5 lets everybody in"),
        ("{host: localhost, listen: 0.0.0.0}", "is for `host: embedded`, remove it"),
        ("{host: embedded, listen: everywhere}", "'everywhere' is no address, write for example 127.0.0.1 or 0.0.0.0"),
    ],
)
def test_a_broker_of_our_own_that_would_let_everybody_in_is_a_mistake(folder: Folder, mqtt: str, told: str) -> None:
    rooms = "rooms: {bedroom: {bedtime: off, lights: [zigbee2mqtt/lamp]}}\n"

    (mistake,) = folder.write(f"mqtt: {mqtt}\n{rooms}").mistakes()

    assert mistake.startswith(f"1: mqtt.listen: {told}")


@pytest.mark.parametrize("dialect", ["shelly1", "tasmota", "zigbee2mqtt"])
def test_a_lamp_without_its_name_is_told(folder, dialect):
    (mistake,) = folder.room("", lights=f"[{{{dialect}: {{}}}}]").mistakes()

    assert f"lights[0].{dialect}" in str(mistake)
    assert "missing" in str(mistake)
