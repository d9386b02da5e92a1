"""What devices announce to Home Assistant, in either form, short names written out. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winddown import payload as read
from winddown.survey.heard import Heard

_SHORT = {
    "atype": "automation_type",
    "bri_cmd_t": "brightness_command_topic",
    "bri_cmd_tpl": "brightness_command_template",
    "bri_scl": "brightness_scale",
    "clr_temp_cmd_t": "color_temp_command_topic",
    "clr_temp_k": "color_temp_kelvin",
    "cmd_t": "command_topic",
    "cmd_tpl": "command_template",
    "cmps": "components",
    "dev": "device",
    "dev_cla": "device_class",
    "ent_cat": "entity_category",
    "evt_typ": "event_types",
    "max_mirs": "max_mireds",
    "mdl": "model",
    "mf": "manufacturer",
    "min_mirs": "min_mireds",
    "o": "origin",
    "p": "platform",
    "pl": "payload",
    "pl_off": "payload_off",
    "pl_on": "payload_on",
    "stat_off": "state_off",
    "stat_on": "state_on",
    "stat_t": "state_topic",
    "stat_val_tpl": "state_value_template",
    "stype": "subtype",
    "sup_clrm": "supported_color_modes",
    "t": "topic",
    "trns": "transition",
    "val_tpl": "value_template",
}
_INHERITED = ("state_topic", "command_topic")
_IDLE = frozenset({"config", "diagnostic"})


@dataclass(frozen=True, slots=True)
class Entity:
    """One light, switch, event or trigger."""

    component: str
    config: dict[str, object]
    device: dict[str, object]
    origin: str
    """The program that announced it."""

    def text(self, key: str) -> str | None:
        """A text of its configuration that is not empty."""
        value = self.config.get(key)
        return value if isinstance(value, str) and value else None

    @property
    def model(self) -> str:
        """Who made it, and what it is."""
        parts = [self.device.get(key) for key in ("manufacturer", "model")]
        return " ".join(part for part in parts if isinstance(part, str) and part)

    @property
    def name(self) -> str:
        """What people are to call it."""
        parts = [self.device.get("name"), self.config.get("name")]
        return " ".join(part for part in parts if isinstance(part, str) and part) or self.component


def entities(heard: Heard, prefix: str) -> Iterator[Entity]:
    """Everything that is announced and is not a device's own setting."""
    for topic, payload in heard.latest.items():
        if not topic.startswith(f"{prefix}/") or not topic.endswith("/config"):
            continue
        component = topic.removeprefix(f"{prefix}/").split("/")[0]
        said = _written_out(read.as_object(payload) or {})
        found = _components(said) if component == "device" else [(component, said)]
        device = _written_out(read.object_in(said.get("device")) or {})
        origin = str((read.object_in(said.get("origin")) or {}).get("name") or "")
        for kind, config in found:
            if config.get("entity_category") not in _IDLE:
                yield Entity(kind, _with_base(config), device, origin)


def _components(said: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    shared = {key: said[key] for key in _INHERITED if key in said}
    for part in (read.object_in(said.get("components")) or {}).values():
        config = _written_out(read.object_in(part) or {})
        yield str(config.get("platform")), shared | config


def _written_out(fields: dict[str, object]) -> dict[str, object]:
    return {_SHORT.get(key, key): value for key, value in fields.items()}


def _with_base(config: dict[str, object]) -> dict[str, object]:
    """`~` at either end of a topic stands for the base that the same mapping names."""
    base = config.get("~")
    if not isinstance(base, str):
        return config
    return {key: _based(base, value) if key.endswith("topic") else value for key, value in config.items()}


def _based(base: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.startswith("~"):
        return base + value[1:]
    return value[:-1] + base if value.endswith("~") else value
