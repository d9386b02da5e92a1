"""A folder with a configuration in it, and what loading it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from winddown.config import Config, Loaded, load
from winddown.errors import ConfigError

AT_HOME = {"TZ": "Europe/Amsterdam"}
"""The environment of the tests: a machine that knows where it is."""

MQTT = "mqtt: {host: localhost}\n"


class Folder:
    """Where a configuration lies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path / "winddown.yaml"
        self.env: Mapping[str, str] = AT_HOME

    def write(self, text: str) -> Folder:
        """Put the configuration there."""
        self.file.write_text(text, encoding="utf-8")
        return self

    def room(self, keys: str, lights: str = "[zigbee2mqtt/bedside_lamp]", bedtime: str = '"22:45"') -> Folder:
        """Put a configuration with one room there: bedtime in line 4, lights in line 5, `keys` from line 6 on."""
        indented = "".join(f"    {line}\n" for line in keys.splitlines())
        return self.write(f"{MQTT}rooms:\n  bedroom:\n    bedtime: {bedtime}\n    lights: {lights}\n{indented}")

    def loaded(self) -> Loaded:
        """Load it."""
        return load(self.file, self.env)

    def config(self) -> Config:
        """Load it; its warnings are another matter."""
        return self.loaded().config

    def mistakes(self) -> list[str]:
        """What loading it complains about, without the file's name: `LINE: PATH: text`."""
        with pytest.raises(ConfigError) as caught:
            self.loaded()
        prefix = f"{self.file}:"
        assert all(line.startswith(prefix) for line in caught.value.mistakes)
        return [line.removeprefix(prefix) for line in caught.value.mistakes]

    def only_mistake(self) -> str:
        """The one complaint."""
        mistakes = self.mistakes()
        assert len(mistakes) == 1, mistakes
        return mistakes[0]
