"""The first file on disk: all of it, or nothing; over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from winddown.errors import ConfigError, UsageError
from winddown.shell import first_file

TEXT = 'mqtt: {host: localhost, username: me}\nrooms: {bedroom: {bedtime: "22:45", lights: [wled/a1]}}\n'
SECRET = "mqtt: {host: localhost, username: me, password: !secret mqtt_password}\n" + TEXT.split("\n", 1)[1]
LINE = 'mqtt_password: "geheim"'


def test_what_the_check_finds_is_told_of_the_file_that_it_is_for(tmp_path: Path) -> None:
    file = tmp_path / "winddown.yaml"

    with pytest.raises(ConfigError) as told:
        first_file.write(file, TEXT.replace("22:45", "25:00"), None)

    assert str(told.value).startswith(f"{file}:2: rooms.bedroom.bedtime: '25:00'")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_in_the_meantime_stays(tmp_path: Path) -> None:
    file = tmp_path / "winddown.yaml"
    file.write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        first_file.write(file, TEXT, None)

    assert file.read_text() == "mine"


def test_a_link_to_nowhere_is_there_too(tmp_path: Path) -> None:
    file = tmp_path / "winddown.yaml"
    file.symlink_to(tmp_path / "nowhere")

    with pytest.raises(UsageError, match="is there already"):
        first_file.must_be_free(file)


def test_without_its_password_the_file_is_not_left(tmp_path: Path) -> None:
    (tmp_path / "secrets.yaml").symlink_to(tmp_path / "nowhere" / "else")

    with pytest.raises(UsageError, match=r"secrets\.yaml"):
        first_file.write(tmp_path / "winddown.yaml", SECRET, LINE)

    assert not (tmp_path / "winddown.yaml").exists()


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create = first_file._create

    def full(file: Path, text: str, mode: int = 0o600) -> None:
        if file.parent == tmp_path and file.name == "secrets.yaml":
            raise OSError(28, "No space left on device")
        create(file, text, mode)

    monkeypatch.setattr(first_file, "_create", full)

    with pytest.raises(UsageError, match=r"secrets.yaml cannot be written \(no space left on device\); nothing was"):
        first_file.write(tmp_path / "winddown.yaml", SECRET, LINE)

    assert list(tmp_path.iterdir()) == []


def test_an_interruption_between_the_two_files_leaves_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(first_file, "_add", interrupted)

    with pytest.raises(KeyboardInterrupt):
        first_file.write(tmp_path / "winddown.yaml", SECRET, LINE)

    assert list(tmp_path.iterdir()) == []
