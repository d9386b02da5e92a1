"""From a file's name to a configuration, or to every mistake in it at once. It decides nothing about either."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from winddown.buttons import BUTTONS
from winddown.config.cautions import cautions
from winddown.config.checks import cue_mistakes, findings
from winddown.config.findings import attach, findings_file, read_findings
from winddown.config.fixtures import Lamp
from winddown.config.mistakes import Mistake, Place, one_line, shown, written
from winddown.config.salvage import Salvaged, salvage
from winddown.config.schema import Config, Room
from winddown.config.secrets import Secrets
from winddown.config.section import Reading
from winddown.config.sharing import learn_names
from winddown.config.yaml_source import Document, Value, read_yaml
from winddown.config.zone import machine_zone
from winddown.errors import ConfigError, UsageError
from winddown.lights import LIGHTS

_SHORTEST_SECRET = 4
"""Shorter ones are words of their own; no message shows a secret's value on purpose."""

_START = "start with `mqtt: {host: localhost}` and `rooms:`"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration that can be used."""

    config: Config
    warnings: tuple[str, ...]
    """As `FILE:LINE: PATH: what to know, what to do`."""
    path: Path


def find(home: Path | None = None) -> Path:
    """The first configuration at the usual places. Raises UsageError."""
    beside_home = (home or Path.home()) / ".config/winddown/winddown.yaml"
    places = (Path("winddown.yaml"), Path("/config/winddown.yaml"), beside_home)
    for place in places:
        if place.is_file():
            return place
    looked = ", ".join(f"./{place}" if not place.is_absolute() else str(place) for place in places)
    raise UsageError(f"no configuration at {looked}: winddown init writes one; or name its file")


def load(path: Path, env: Mapping[str, str] | None = None) -> Loaded:
    """Read a configuration. Raises ConfigError with every mistake, one line each, sorted by line."""
    environment = os.environ if env is None else env
    folder = path.absolute().parent
    document = read_yaml(_bytes(path), Secrets(folder, environment).resolve)
    _stop_on(path, document, [*_shape_mistakes(document)])
    learn_names((Room, Lamp, *LIGHTS.values(), *BUTTONS.values()))
    salvaged = salvage(document.value, Reading(folder, _base_topic(document.value)))
    elsewhere = [*cue_mistakes(salvaged.config)] if salvaged.config else []
    _stop_on(path, document, [*_all_mistakes(document, salvaged)], elsewhere)
    if salvaged.config is None:
        raise ConfigError((f"{path}:1: the file: does not fit, compare it with the example",))
    config = salvaged.config
    config._machine_zone = machine_zone(environment)
    told = [Mistake(place, text) for place, text in cautions(config, document, path, environment)]
    findings = read_findings(findings_file(config))
    attach(config, findings)
    return Loaded(config, (*_lines(path, document, told), *findings.mistakes), path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError:
        problem = "is a directory, name the YAML file in it"
    except FileNotFoundError:
        problem = "is not there, check the name or write one"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        problem = f"cannot be read ({reason.lower()}), check its name and its owner"
    raise ConfigError((f"{path}:1: the file: {problem}",))


def _shape_mistakes(document: Document) -> Iterable[Mistake]:
    """What makes further reading pointless."""
    if isinstance(document.value, dict) and document.value:
        return
    if document.mistakes:
        yield from document.mistakes
    elif not document.value:
        yield Mistake((), f"is empty, {_START}")
    else:
        yield Mistake((), f"is {shown(document.value) if isinstance(document.value, list) else 'a text'}, {_START}")


def _base_topic(value: Value) -> str:
    mqtt = value.get("mqtt") if isinstance(value, dict) else None
    base = mqtt.get("zigbee2mqtt") if isinstance(mqtt, dict) else None
    return base if isinstance(base, str) and base else "zigbee2mqtt"


def _all_mistakes(document: Document, salvaged: Salvaged) -> Iterable[Mistake]:
    """Those of the text, those of single keys, those between keys; none that only follows from another."""
    known = [mistake.place for mistake in document.mistakes if mistake.hides]
    yield from document.mistakes
    yield from (mistake for mistake in salvaged.mistakes if not _follows(mistake.place, known))
    if salvaged.config is not None:
        damage = [*salvaged.damage, *known]
        found = findings(salvaged.config, document.has)
        yield from (Mistake(one.place, one.text) for one in found if one.holds(damage))


def _follows(place: Place, known: list[Place]) -> bool:
    return any(place[: len(one)] == one for one in known)


def _stop_on(path: Path, document: Document, mistakes: list[Mistake], elsewhere: Iterable[str] = ()) -> None:
    lines = (*_lines(path, document, mistakes), *elsewhere)
    if lines:
        raise ConfigError(lines)


def _lines(path: Path, document: Document, mistakes: list[Mistake]) -> tuple[str, ...]:
    """One line each, sorted by line, without what came from elsewhere as a secret."""
    placed = [(mistake.line or document.line_of(mistake.place), mistake) for mistake in mistakes]
    placed.sort(key=lambda one: one[0])
    lines = (f"{path}:{line}: {written(mistake.place)}: {mistake.text}" for line, mistake in placed)
    return tuple(dict.fromkeys(one_line(_without_secrets(line, document.secrets)) for line in lines))


def _without_secrets(line: str, secrets: set[str]) -> str:
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            line = line.replace(secret, "(secret)")
    return line
