"""As much of Home Assistant as the blueprints need: inputs, templates, conditions, actions. Refuses what it cannot do.

Waiting takes no time here: it ends at once where what is waited for is so, and otherwise runs into its timeout. The
real one is asked in `ha_real`.
"""

from __future__ import annotations

import ast
import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Undefined
from jinja2.sandbox import SandboxedEnvironment
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "configs/home-assistant/blueprints/automation/winddown"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
ZONE = ZoneInfo("Europe/Amsterdam")
Call = tuple[str, dict[str, Any]]
"""What was done, such as `mqtt.publish`, and with what."""


@dataclass(frozen=True)
class Input:
    """`!input NAME`."""

    name: str


@cache
def blueprint(name: str) -> dict[str, Any]:
    """A blueprint as it is written."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)  # as Home Assistant reads it: `on` is true
    yaml.constructor.add_constructor("!input", lambda _loader, node: Input(_scalar(node)))
    loaded: dict[str, Any] = yaml.load(FOLDER / f"{name}.yaml")
    return loaded


def _scalar(node: object) -> str:
    assert isinstance(node, ScalarNode)
    return str(node.value)


def inputs_of(written: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The inputs of a blueprint, those in sections too."""
    found: dict[str, dict[str, Any]] = {}
    for name, one in written["blueprint"]["input"].items():
        found |= one.get("input", {name: one})
    return found


def used_inputs(value: object) -> Iterator[str]:
    """Every `!input` in the body."""
    match value:
        case Input(name):
            yield name
        case dict():
            for one in value.values():
                yield from used_inputs(one)
        case list():
            for one in value:
                yield from used_inputs(one)


def filled(value: Any, given: Mapping[str, Any]) -> Any:
    """The body with the inputs put in."""
    match value:
        case Input(name):
            return given[name]
        case dict():
            return {key: filled(one, given) for key, one in value.items()}
        case list():
            return [filled(one, given) for one in value]
        case _:
            return value


# ---------------------------------------------------------------- what there is


@dataclass
class State:
    """An entity's state."""

    state: str
    attributes: dict[str, Any] = field(default_factory=dict)


class Stop(Exception):  # noqa: N818  no error: a condition in the middle of the actions does not hold
    """A run ends here."""


@dataclass
class Household:
    """The states of all entities, the time, and what the automation does."""

    now: datetime
    entities: dict[str, State] = field(default_factory=dict)
    devices: dict[str, dict[str, str]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def run(
        self, name: str, given: Mapping[str, Any], trigger: Mapping[str, Any], last: str | None = None
    ) -> list[Call]:
        """Trigger an automation made of a blueprint; what it does. `last`: when it ran before."""
        written = blueprint(name)
        defaults = {key: one["default"] for key, one in inputs_of(written).items() if "default" in one}
        body = filled({key: one for key, one in written.items() if key != "blueprint"}, {**defaults, **given})
        names: dict[str, Any] = {"trigger": dict(trigger), "this": {"attributes": {"last_triggered": last}}}
        self._set({**body.get("trigger_variables", {}), **body.get("variables", {})}, names)
        self.calls = []
        if self.holds(body.get("conditions", []), names):
            with contextlib.suppress(Stop):
                self._do(body["actions"], names)
        return self.calls

    def obey(self, action: str, data: Mapping[str, Any]) -> None:
        """What a thing does that was told something; here none does anything."""

    def triggers(self, name: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The triggers of an automation, with their topics."""
        written = blueprint(name)
        defaults = {key: one["default"] for key, one in inputs_of(written).items() if "default" in one}
        body = filled({key: one for key, one in written.items() if key != "blueprint"}, {**defaults, **given})
        names: dict[str, Any] = {}
        self._set(body.get("trigger_variables", {}), names)
        return [self._rendered(one, names) for one in body["triggers"]]

    # ------------------------------------------------------------ conditions and actions

    def holds(self, conditions: Any, names: dict[str, Any]) -> bool:
        """All of them."""
        listed = conditions if isinstance(conditions, list) else [conditions]
        return all(self._one_holds(one, names) for one in listed)

    def _one_holds(self, one: Any, names: dict[str, Any]) -> bool:
        if isinstance(one, str):
            return self._render(one, names) is True
        match one["condition"]:
            case "template":
                return self._render(one["value_template"], names) is True
            case "and":
                return self.holds(one["conditions"], names)
            case "state":
                return self.entities[one["entity_id"]].state == one["state"]
            case other:
                raise NotImplementedError(other)

    def _do(self, actions: Any, names: dict[str, Any]) -> None:
        for one in actions if isinstance(actions, list) else [actions]:
            self._do_one(one, names)

    def _do_one(self, one: dict[str, Any], names: dict[str, Any]) -> None:
        match one:
            case {"action": action}:
                data = self._rendered(one.get("data", {}), names)
                target = self._rendered(one.get("target", {}), names)
                self.calls.append((self._render(action, names), {**target, **data}))
                self.obey(*self.calls[-1])
            case {"choose": options}:
                chosen = (way["sequence"] for way in options if self.holds(way["conditions"], names))
                self._do(next(chosen, one.get("default", [])), names)
            case {"if": conditions, "then": actions}:
                self._do(actions if self.holds(conditions, names) else [], names)
            case {"condition": _}:
                if not self.holds(one, names):
                    raise Stop
            case {"variables": variables}:
                self._set(variables, names)
            case {"sequence": actions}:
                self._do(actions, names)
            case {"wait_template": template}:
                self._wait(self._render(template, names) is True, one)
            case {"delay": delay}:
                self.now += timedelta(**delay)
            case {"repeat": {"while": conditions, "sequence": actions}}:
                while self.holds(conditions, names):
                    self._do(actions, names)
            case _:
                raise NotImplementedError(str(one))

    def _wait(self, so: bool, one: Mapping[str, Any]) -> None:
        if not so and one.get("continue_on_timeout") is False:
            raise Stop

    def _set(self, variables: Mapping[str, Any], names: dict[str, Any]) -> None:
        for name, value in variables.items():
            names[name] = self._rendered(value, names)

    # ------------------------------------------------------------ templates

    def _rendered(self, value: Any, names: Mapping[str, Any]) -> Any:
        match value:
            case str():
                return self._render(value, names)
            case dict():
                return {key: self._rendered(one, names) for key, one in value.items()}
            case list():
                return [self._rendered(one, names) for one in value]
            case _:
                return value

    def _render(self, text: str, names: Mapping[str, Any]) -> Any:
        """Home Assistant makes of a rendered text what it looks like: a number, a list, a truth."""
        if "{{" not in text and "{%" not in text:
            return text
        rendered = self._environment().from_string(text).render(names).strip()
        if not re.fullmatch(r"[\[({].*[\])}]|-?\d+(\.\d+)?|True|False|None", rendered, re.DOTALL):
            return rendered
        if re.fullmatch(r"0\d+.*", rendered):
            return rendered
        try:
            return ast.literal_eval(rendered)
        except (ValueError, SyntaxError):
            return rendered

    def _environment(self) -> SandboxedEnvironment:
        environment = SandboxedEnvironment(undefined=Forgiving)
        environment.globals |= {
            "now": lambda: self.now,
            "states": lambda entity: self.entities[entity].state if entity in self.entities else "unknown",
            "state_attr": self._attribute,
            "is_state": lambda entity, state: entity in self.entities and self.entities[entity].state == state,
            "has_value": lambda entity: self.entities[entity].state not in ("unknown", "unavailable"),
            "device_attr": lambda entity, name: self.devices.get(entity, {}).get(name),
            "expand": self._expanded,
            "as_timestamp": as_timestamp,
            "today_at": self._today_at,
        }
        environment.filters |= {
            "to_json": json.dumps,
            "float": lambda value, default=0.0: _number(value, default),
            "timestamp_custom": lambda value, form: datetime.fromtimestamp(value, ZONE).strftime(form),
        }
        return environment

    def _expanded(self, entity: str) -> list[dict[str, str]]:
        """The members of a group; of anything else, itself."""
        members = self._attribute(entity, "entity_id") or [entity]
        return [{"entity_id": one, "state": self.entities[one].state} for one in members if one in self.entities]

    def _attribute(self, entity: str, name: str) -> Any:
        return self.entities[entity].attributes.get(name) if entity in self.entities else None

    def _today_at(self, text: str) -> datetime:
        hour, minute = map(int, text.split(":")[:2])
        return self.now.replace(hour=hour, minute=minute, second=0, microsecond=0)


class Forgiving(Undefined):
    """Unknown names are nothing, and so is what is in them; but nothing is counted with."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


_MISSING = object()


def as_timestamp(value: Any, default: Any = _MISSING) -> Any:
    """POSIX seconds of an instant, as text or not."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        if default is _MISSING:
            raise
        return default
    return at.timestamp()


def _number(value: Any, default: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return default
