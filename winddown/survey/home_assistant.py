"""Lamps and buttons that devices announce to Home Assistant. Takes what a dialect of ours can say or hear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from winddown import payload as read
from winddown.model import Press
from winddown.survey.announced import Entity, entities
from winddown.survey.finding import ON_OFF, Finding, abilities, button, lamp, profile_of, refused, understood
from winddown.survey.heard import Heard, Places
from winddown.survey.zigbee2mqtt import bases

_COMPONENTS = ("light", "switch", "event", "device_automation", "binary_sensor", "device")
_PLAIN_STATE = re.compile(r"\{\{\s*value_json\.state\s*\}\}")
_PATH = re.compile(r"\{\{\s*value_json((?:\.\w+)+)\s*\}\}")
_SCALES = (254, 255)
"""What `json` counts to, and one less, which is as good."""
_OURS = "winddown"


def filters(places: Places) -> tuple[str, ...]:
    """Both forms of a topic, of the few components that matter."""
    ends = ("+/config", "+/+/config")
    return tuple(f"{places.home_assistant}/{component}/{end}" for component in _COMPONENTS for end in ends)


def find(heard: Heard, places: Places) -> Iterator[Finding]:
    """Lights, switches, events, contacts and triggers, without those that a Zigbee2MQTT or winddown announced."""
    known = (f"{places.prefix}/", *bases(heard))
    there = [entity for entity in entities(heard, places.home_assistant) if not _is_known(entity, known)]
    for entity in there:
        match entity.component:
            case "light":
                yield _light(entity)
            case "switch":
                yield from _switch(entity)
            case "event":
                yield from _event(entity)
            case "binary_sensor":
                yield from _contact(entity)
    yield from _triggers(entity for entity in there if entity.component == "device_automation")


def _is_known(entity: Entity, known: tuple[str, ...]) -> bool:
    topics = (entity.text(key) or "" for key in ("command_topic", "state_topic", "topic"))
    return entity.origin == _OURS or any(topic.startswith(known) for topic in topics)


# ---------------------------------------------------------------- lamps


def _light(entity: Entity) -> Finding:
    told = entity.text("command_topic")
    if told is None:
        return refused("lamp", entity.name, "it names no topic to be told on", entity.model)
    match entity.config.get("schema", "basic"):
        case "json":
            return _json(entity, told)
        case "basic":
            return _basic(entity, told)
        case _:
            return refused("lamp", entity.name, "its messages follow a template of its own", entity.model)


def _json(entity: Entity, told: str) -> Finding:
    node, name = _of_node(told, "light", "command")
    if node:
        return lamp("esphome", f"{node}/{name}", _can(entity, "esphome"), entity.model)
    if not _dims(entity):
        can = ON_OFF
    elif entity.config.get("brightness_scale", 255) not in _SCALES:
        why = f"its brightness counts to {entity.config['brightness_scale']}, and json to 255"
        return refused("lamp", entity.name, why, entity.model)
    elif entity.config.get("color_temp_kelvin") is True:
        return refused("lamp", entity.name, "it is told its warmth in kelvin, and json says mired", entity.model)
    else:
        can = _can(entity, "json")
    says = entity.text("state_topic")
    usual = told.removesuffix("/set") if told.endswith("/set") else None
    return lamp("json", told, can, entity.model, beside={"state": None if says == usual else says})


def _basic(entity: Entity, told: str) -> Finding:
    if entity.text("brightness_command_template") or entity.text("command_template"):
        return refused("lamp", entity.name, "its messages follow a template of its own", entity.model)
    level = entity.text("brightness_command_topic")
    scale = (read.whole(entity.config.get("brightness_scale"), 1, 65_535) or 255) if level else None
    can = "dims · small steps" if level else ON_OFF
    beside = {"level_topic": level, "scale": scale, "state_topic": _says(entity), **_words(entity)}
    return lamp("generic", told, can, entity.model, beside=beside)


def _switch(entity: Entity) -> Iterator[Finding]:
    told = entity.text("command_topic")
    if told is not None and entity.text("command_template") is None:
        beside = {"state_topic": _says(entity), **_words(entity)}
        yield lamp("generic", told, ON_OFF, entity.model, plug=True, beside=beside)


def _words(entity: Entity) -> dict[str, str | None]:
    """What it is told for on and off, where that differs from what is usual."""
    words = {"on": entity.config.get("payload_on", "ON"), "off": entity.config.get("payload_off", "OFF")}
    return {key: None if word == key.upper() else read.word(word) for key, word in words.items()}


def _says(entity: Entity) -> str | None:
    """Where it says what it shows, if in words that `generic` reads."""
    template = entity.text("state_value_template") or entity.text("value_template")
    return entity.text("state_topic") if template is None or _PLAIN_STATE.fullmatch(template.strip()) else None


def _modes(entity: Entity) -> list[object]:
    modes = entity.config.get("supported_color_modes")
    return modes if isinstance(modes, list) else []


def _dims(entity: Entity) -> bool:
    return _modes(entity) != ["onoff"] and (entity.config.get("brightness") is True or bool(_modes(entity)))


def _can(entity: Entity, dialect: str) -> str:
    profile = profile_of(dialect)
    if not _dims(entity):
        return ON_OFF
    coolest, warmest = (read.whole(entity.config.get(key), 50, 1000) for key in ("min_mireds", "max_mireds"))
    if "color_temp" not in _modes(entity):
        profile = replace(profile, coolest_mired=None, warmest_mired=None)
    elif coolest and warmest:
        profile = replace(profile, coolest_mired=coolest, warmest_mired=warmest)
    if entity.config.get("transition") is False:
        profile = replace(profile, max_fade_s=0.0)
    return abilities(profile)


# ---------------------------------------------------------------- buttons


def _event(entity: Entity) -> Iterator[Finding]:
    says = entity.text("state_topic")
    if says is None:
        return
    words = entity.config.get("event_types")
    presses = understood(words) if isinstance(words, list) else ()
    node, name = _of_node(says, "event", "state")
    if not presses:
        yield refused("button", entity.name, "none of its events is a press", entity.model)
    elif node:
        yield button("esphome", f"{node}/{name}", presses, entity.model)
    else:
        yield from _generic(says, "event_type", presses, entity)


def _contact(entity: Entity) -> Iterator[Finding]:
    """Of contacts only those of ESPHome that do not say what they are: a door, a window, somebody moving."""
    node, name = _of_node(entity.text("state_topic") or "", "binary_sensor", "state")
    if node and entity.text("device_class") is None:
        hint = "if a finger is what closes it"
        yield button("esphome", f"{node}/{name}", (Press.SINGLE,), entity.model, hint=hint)


def _triggers(triggers: Iterable[Entity]) -> Iterator[Finding]:
    """A device announces each of its presses on its own: those on one topic are one button."""
    by_topic: dict[tuple[str, str | None], list[Entity]] = {}
    for trigger in triggers:
        topic, template = trigger.text("topic"), trigger.text("value_template")
        if topic is not None:
            by_topic.setdefault((topic, template), []).append(trigger)
    for (topic, template), those in by_topic.items():
        path = _PATH.fullmatch(template.strip()) if template else None
        presses = understood(trigger.config.get("payload") for trigger in those)
        if template and path is None:
            yield refused("button", those[0].name, "its presses are read with a template of its own", those[0].model)
        elif presses:
            yield from _generic(topic, path[1].lstrip(".") if path else "", presses, those[0])


def _generic(topic: str, path: str, presses: tuple[Press, ...], entity: Entity) -> Iterator[Finding]:
    yield button("generic", topic, presses, entity.model, beside={"path": path or None})


def _of_node(topic: str, kind: str, end: str) -> tuple[str, str]:
    """Node and id, where a topic is one of ESPHome's."""
    parts = topic.rsplit("/", 3)
    ours = len(parts) == 4 and parts[1] == kind and parts[3] == end and parts[0] != ""
    return (parts[0], parts[2]) if ours else ("", "")
