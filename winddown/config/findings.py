"""What `probe` found out about the lamps: a small YAML beside the journal. A mistake in it stops no evening.

Each lamp under its key, with the same keys and units as in the configuration, which wins over it:
`zigbee2mqtt/bedside_lamp: {smallest: 1.2%, warmest: 2203 K}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from winddown.config.dialects import keys_of
from winddown.config.limits import Limits
from winddown.config.messages import described
from winddown.config.mistakes import Mistake, Secret, one_line, shown, written
from winddown.config.schema import Config
from winddown.config.yaml_source import Document, Value, read_yaml


@dataclass(frozen=True, slots=True)
class Findings:
    """A file of findings, as far as it could be read."""

    lamps: Mapping[str, Limits] = field(default_factory=dict)
    """By the lamp's key."""
    mistakes: tuple[str, ...] = ()
    """As `FILE:LINE: PATH: what is wrong, what would be right`; what they are about is left out."""


def findings_file(config: Config) -> Path:
    """Where the findings are: `winddown.lamps.yaml` beside `winddown.db`."""
    return config.journal.with_suffix(".lamps.yaml")


def read_findings(path: Path) -> Findings:
    """What was found out; nothing where there is no file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Findings()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Findings(mistakes=(f"{path}:1: the file: cannot be read ({reason}), so no lamp's findings count",))
    document = read_yaml(data, _no_secret)
    lamps: dict[str, Limits] = {}
    told = list(document.mistakes)
    if isinstance(document.value, dict):
        for key, value in document.value.items():
            told += _take_in(key, value, lamps)
    elif document.value is not None:
        told.append(Mistake((), "is no mapping, write for each lamp a line like `zigbee2mqtt/bedside: {smallest: 2%}`"))
    return Findings(lamps, tuple(_lines(path, document, told)))


def attach(config: Config, findings: Findings) -> None:
    """Let the lamps of a configuration know what was found out about them."""
    for room in config.rooms.values():
        for name, lamp in room.lights.items():
            if (found := findings.lamps.get(lamp.driver.key)) is not None:
                room.lights[name] = known = lamp.model_copy()  # what is private may be that of other lamps, too
                known._found = found


def _take_in(key: str, value: Value, lamps: dict[str, Limits]) -> Iterable[Mistake]:
    """What can be read of one lamp, and what cannot."""
    if not isinstance(value, dict):
        return [Mistake((key,), f"is {shown(value)}, write a mapping, for example {{smallest: 2%}}")]
    sound, mistakes = dict(value), []
    try:
        lamps[key] = Limits.model_validate(sound, by_alias=True, by_name=False)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            mistakes.append(Mistake((key, *problem["loc"][:1]), described(problem, keys_of(Limits))))
            sound.pop(str(problem["loc"][0]), None)
        lamps[key] = Limits.model_validate(sound, by_alias=True, by_name=False)
    return mistakes


def _no_secret(tag: str, _name: str) -> Secret:
    raise LookupError(f"{tag} does not work in this file, write the value")


def _lines(path: Path, document: Document, mistakes: Iterable[Mistake]) -> Iterable[str]:
    for mistake in mistakes:
        line = mistake.line or document.line_of(mistake.place)
        yield one_line(f"{path}:{line}: {written(mistake.place)}: {mistake.text}; this is left out")
