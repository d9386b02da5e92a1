from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.folder import AT_HOME, Folder
from winddown.config import load
from winddown.errors import ConfigError

ROOMS = 'rooms: {bedroom: {bedtime: "22:45", lights: [zigbee2mqtt/lamp]}}\n'
PASSWORD = "correct horse battery"


def with_password(folder: Folder, password: str, secrets: str | None = None) -> Folder:
    if secrets is not None:
        (folder.path / "secrets.yaml").write_text(secrets)
    return folder.write(f"mqtt: {{host: localhost, username: us, password: {password}}}\n{ROOMS}")


def test_a_secret_comes_from_the_file_beside(folder: Folder) -> None:
    config = with_password(folder, "!secret mqtt_password", f"mqtt_password: {PASSWORD}\n").config()

    assert config.mqtt.password is not None
    assert config.mqtt.password.get_secret_value() == PASSWORD
    assert PASSWORD not in repr(config)


def test_a_secret_comes_from_the_environment(folder: Folder) -> None:
    folder.env = {**AT_HOME, "MQTT_PASSWORD": "12345"}

    password = with_password(folder, "!env MQTT_PASSWORD").config().mqtt.password

    assert password is not None
    assert password.get_secret_value() == "12345"


@pytest.mark.parametrize(
    ("password", "secrets", "mistake"),
    [
        ("!secret mqtt", None, "secrets.yaml beside the file cannot be read, create it"),
        ("!secret mqtt_pasword", "mqtt_password: x\n", "has no mqtt_pasword, did you mean mqtt_password?"),
        ("!secret mqtt", "mqtt: [a]\n", "mqtt in secrets.yaml is no text"),
        ("!secret mqtt", "- mqtt\n", "secrets.yaml is no mapping"),
        ("!secret mqtt", "", "has no mqtt, there are none"),
        ("!secret mqtt", "a: 1\nmqtt: 'x\n", "secrets.yaml line"),
        ("!secret mqtt", "mqtt: !secret mqtt\n", "does not work in secrets.yaml itself"),
        ("!env NOBODY", None, "the environment has no NOBODY"),
    ],
)
def test_a_secret_that_is_missing_is_one_mistake(
    folder: Folder, password: str, secrets: str | None, mistake: str
) -> None:
    found = with_password(folder, password, secrets).only_mistake()

    assert found.startswith("1: mqtt.password: ")
    assert mistake in found


MQTT_KEYS = ("host", "port", "version", "username", "password", "tls", "prefix", "zigbee2mqtt")
ROOM_KEYS = (
    "bedtime",
    "wake",
    "runway",
    "lights",
    "forgotten",
    "button",
    "presses",
    "quiet",
    "breathing",
    "release",
    "cues",
)


@pytest.mark.parametrize("key", MQTT_KEYS)
def test_no_mistake_anywhere_under_mqtt_shows_a_secret(folder: Folder, key: str) -> None:
    (folder.path / "secrets.yaml").write_text("s: 'hunter2 /+#'\n")
    folder.write(f"mqtt: {{{key}: !secret s, nobody: 1}}\nrooms: {{}}\n")

    assert "hunter2" not in "\n".join(folder.mistakes())


@pytest.mark.parametrize("key", ROOM_KEYS)
def test_no_mistake_in_a_room_shows_a_secret(folder: Folder, key: str) -> None:
    (folder.path / "secrets.yaml").write_text("s: 'hunter2 /+#'\n")
    folder.write(f"rooms: {{bedroom: {{{key}: !secret s}}}}\n")

    assert "hunter2" not in "\n".join(folder.mistakes())


@pytest.mark.parametrize(
    "mqtt",
    [
        "{host: x, password: [hunter2]}",
        "{host: x, password: {hunter2: 1}}",
        "{host: 'mqtt://us:hunter2@broker'}",
        "{host: x, password: hunter2}",
        "{host: x, username: us, password: 'hunter2}",
        "{host: x, username: us, password: !hunter!2 x}",
        "us:hunter2@broker",
        "[hunter2]",
        "{host: x, password: @hunter2}",
        "{host: x, password: *hunter2}",
    ],
)
def test_a_password_in_the_wrong_shape_is_not_shown_either(folder: Folder, mqtt: str) -> None:
    assert "hunter2" not in "\n".join(folder.write(f"mqtt: {mqtt}\n{ROOMS}").mistakes())


@settings(max_examples=25)
@given(st.text("abcdefgh/+# :%'", min_size=4, max_size=30).filter(str.strip))
def test_a_secret_in_every_wrong_place_at_once_is_never_shown(
    tmp_path_factory: pytest.TempPathFactory, secret: str
) -> None:
    marked = f"hunter2{secret}"
    keys = "".join(f"    {key}: !env S\n" for key in ROOM_KEYS)
    folder = Folder(tmp_path_factory.mktemp("secret"))
    folder.write(f"timezone: !env S\nmqtt: {{port: !env S, version: !env S}}\nrooms:\n  bedroom:\n{keys}")

    with pytest.raises(ConfigError) as caught:
        load(folder.file, {"S": marked})

    assert "hunter2" not in str(caught.value)
