"""The entities of a room, each as Home Assistant's discovery wants it. It announces none of them.

Most read the one JSON object of `ROOM/state`; every control speaks to a topic that anybody else may speak to as well.
Whatever is unknown renders as `None`, which Home Assistant shows as unknown. A state is at most 255 characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from winddown.config import PACES
from winddown.homeassistant.place import Place
from winddown.homeassistant.words import SPOKEN, WORDS, Words
from winddown.model import Press, Verb

Component = dict[str, object]
Components = dict[str, Component]

RETIRED: Mapping[str, str] = {}
"""What earlier versions announced and this one does not: its key, and its platform. A key is never used again."""

RUNWAY_MIN, BREATHING_MIN = (10, 180), (1, 120)
TENSION, QUALITY = (0, 10), (1, 5)
LONGEST_STATE = 255
"""Home Assistant takes no longer one."""
CONFIG = {"entity_category": "config"}
DIAGNOSTIC = {"entity_category": "diagnostic"}
TIMES = {"bedtime": "mdi:bed-clock", "wake": "mdi:weather-sunset-up"}
BUTTONS: Mapping[Verb, str] = {
    Verb.START: "mdi:weather-night",
    Verb.RELEASE: "mdi:arm-flex-outline",
    Verb.BREATHE: "mdi:weather-windy",
    Verb.NEXT: "mdi:skip-next",
    Verb.LATER: "mdi:timer-plus-outline",
    Verb.DARK: "mdi:lightbulb-off-outline",
    Verb.STOP: "mdi:stop",
    Verb.GLOW: "mdi:lightbulb-night-outline",
    Verb.RESUME: "mdi:hand-back-left-off-outline",
}
TRIGGERS: Mapping[Press, str] = {
    Press.SINGLE: "button_short_press",
    Press.DOUBLE: "button_double_press",
    Press.HOLD: "button_long_press",
}
SESSION = ("started", "finished", "cancelled", "touched")


def components(place: Place) -> Components:
    """Everything of a room that goes into its device's payload, by key."""
    words = WORDS[place.language]
    times = {} if place.time_entities else {key: time_as_text(place, key) for key in TIMES}
    parts = (_switches, _buttons, _settings, _diary, _sensors, _binary_sensors, _events)
    return times | dict(chain.from_iterable(part(place, words).items() for part in parts))


def entity(place: Place, words: Words, platform: str, key: str, **more: object) -> Component:
    """What every entity says."""
    return {
        "platform": platform,
        "unique_id": f"{place.id}-{key}",
        "default_entity_id": place.entity_id(platform, key),
        "name": words.names[key],
        **more,
    }


def time_of_day(place: Place, key: str) -> Component:
    """Bedtime or wake, without its device: for a topic of its own."""
    return entity(place, WORDS[place.language], "time", key, **_set_time(place, key))


def time_as_text(place: Place, key: str) -> Component:
    """Bedtime or wake for a Home Assistant that knows no times of day."""
    pattern = {"min": 5, "max": 5, "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}
    return entity(place, WORDS[place.language], "text", key, **pattern, **_set_time(place, key))


def _set_time(place: Place, key: str) -> Component:
    return {"command_topic": place.topic(f"{key}/set"), "icon": TIMES[key], **_state(place, f"value_json.{key}")}


def _state(place: Place, expression: str) -> Component:
    """A value out of the room's state."""
    return {"state_topic": place.topic("state"), "value_template": f"{{{{ {expression} }}}}"}


def _flag(place: Place, expression: str) -> Component:
    return _state(place, f"'ON' if {expression} else 'OFF'")


def _attributes(place: Place, *names: str) -> Component:
    """Further parts of the state, for whoever looks closer."""
    listed = ", ".join(f"'{name}': value_json.{name}" for name in names)
    return {
        "json_attributes_topic": place.topic("state"),
        "json_attributes_template": f"{{{{ {{{listed}}} | to_json }}}}",
    }


def _switches(place: Place, words: Words) -> Components:
    skipped = {
        "command_topic": place.topic("command"),
        "payload_on": "skip",
        "payload_off": "skip off",
        "state_on": "ON",
        "state_off": "OFF",
        **_flag(place, "value_json.tonight and value_json.tonight.skipped"),
    }
    enabled = {"command_topic": place.topic("enabled/set"), **_flag(place, "value_json.enabled"), **CONFIG}
    quiet = {"command_topic": place.topic("quiet/set"), "state_topic": place.topic("quiet")}
    return {
        "enabled": entity(place, words, "switch", "enabled", icon="mdi:calendar-star", **enabled),
        "quiet": entity(place, words, "switch", "quiet", icon="mdi:bell-sleep-outline", **quiet),
        "skip": entity(place, words, "switch", "skip", icon="mdi:debug-step-over", **skipped),
    }


def _buttons(place: Place, words: Words) -> Components:
    topic = place.topic("command")
    return {
        str(verb): entity(place, words, "button", verb, icon=icon, command_topic=topic, payload_press=str(verb))
        for verb, icon in BUTTONS.items()
    }


def _settings(place: Place, words: Words) -> Components:
    return {
        "runway": _minutes(place, words, "runway", RUNWAY_MIN, "mdi:airplane-landing"),
        "breathing": _minutes(place, words, "breathing", BREATHING_MIN, "mdi:lungs"),
        "pace": entity(place, words, "select", "pace", icon="mdi:sine-wave", **_pace(place, words), **CONFIG),
        "language": entity(place, words, "select", "language", icon="mdi:translate", **_language(place), **CONFIG),
    }


def _diary(place: Place, words: Words) -> Components:
    """What somebody says of the night; unknown again when the next one is meant."""
    note = {
        "command_topic": place.topic("note/set"),
        "state_topic": place.topic("note"),
        "value_template": f"{{{{ value[:{LONGEST_STATE}] }}}}",
        "max": LONGEST_STATE,
    }
    after = {"command_topic": place.topic("tension/set"), "command_template": "after {{ value }}"}
    quality = {"command_topic": place.topic("quality/set")}
    return {
        "tension": entity(
            place, words, "number", "tension", icon="mdi:gauge", **after, **_told(place, "tension_after", TENSION)
        ),
        "quality": entity(
            place, words, "number", "quality", icon="mdi:star-outline", **quality, **_told(place, "quality", QUALITY)
        ),
        "note": entity(place, words, "text", "note", icon="mdi:notebook-outline", **note),
    }


def _told(place: Place, field: str, limits: tuple[int, int]) -> Component:
    scale = {"min": limits[0], "max": limits[1], "step": 1, "mode": "slider"}
    return scale | {"state_topic": place.topic("diary"), "value_template": f"{{{{ value_json.{field} }}}}"}


def _minutes(place: Place, words: Words, key: str, limits: tuple[int, int], icon: str) -> Component:
    scale = {"min": limits[0], "max": limits[1], "step": 1, "mode": "box"}
    what = {"device_class": "duration", "unit_of_measurement": "min", "icon": icon, **scale, **CONFIG}
    says = _state(place, f"value_json.{key}")
    return entity(place, words, "number", key, command_topic=place.topic(f"{key}/set"), **what, **says)


def _pace(place: Place, words: Words) -> Component:
    """Seconds in and out, or how many a minute; the first word of an option is what is set."""
    options = [_paced(name, words) for name in dict.fromkeys((*PACES, place.pace))]
    behind = f" {words.a_minute}"
    return {
        "options": options,
        "command_topic": place.topic("pace/set"),
        "command_template": "{{ value.split(' ')[0] }}",
        **_state(place, f"value_json.pace ~ ('' if '/' in value_json.pace else '{behind}')"),
    }


def _paced(name: str, words: Words) -> str:
    return name if "/" in name else f"{name} {words.a_minute}"


def _language(place: Place) -> Component:
    codes = {spoken: code for code, spoken in SPOKEN.items()}
    return {
        "options": list(codes),
        "command_topic": place.topic("language/set"),
        "command_template": f"{{{{ {codes!r}[value] }}}}",
        **_state(place, f"{dict(SPOKEN)!r}[value_json.language]"),
    }


def _sensors(place: Place, words: Words) -> Components:
    return {
        "phase": entity(place, words, "sensor", "phase", icon="mdi:moon-waning-crescent", **_phase(place, words)),
        "step": entity(place, words, "sensor", "step", icon="mdi:stairs-down", **_step(place, words)),
        "cue": entity(place, words, "sensor", "cue", icon="mdi:comment-text-outline", **_short(place, "cue")),
        **{key: _instant(place, words, key) for key in ("until", "next_start", "quiet_until")},
        "touched": entity(place, words, "sensor", "touched", icon="mdi:gesture-tap", **_touched(place, words)),
        "why": entity(place, words, "sensor", "why", icon="mdi:head-question-outline", **_short(place, "why", "last")),
        "last_press": entity(
            place, words, "sensor", "last_press", icon="mdi:gesture-tap-button", **_pressed(place, words), **DIAGNOSTIC
        ),
    }


def _phase(place: Place, words: Words) -> Component:
    same = all(name == said for name, said in words.phases.items())
    said = "value_json.phase" if same else f"{dict(words.phases)!r}[value_json.phase]"
    # When the language changes, Home Assistant holds the old word against the new options.
    options = dict.fromkeys(phase for one in (words, *WORDS.values()) for phase in one.phases.values())
    attributes = _attributes(place, "phase", "origin", "since")
    return {"device_class": "enum", "options": list(options), **_state(place, said), **attributes}


def _step(place: Place, words: Words) -> Component:
    areas, parts, step = dict(words.areas), dict(words.parts), "value_json.step"
    said = f"({areas!r}.get({step}.area, {step}.area) ~ ': ' ~ {parts!r}[{step}.part])[:255] if {step} else none"
    return _state(place, said) | _attributes(place, "step")


def _short(place: Place, name: str, topic: str = "state") -> Component:
    said = f"value_json.{name}[:255] if value_json.{name} else none"
    return _state(place, said) | {"state_topic": place.topic(topic)}


def _instant(place: Place, words: Words, key: str) -> Component:
    return entity(place, words, "sensor", key, device_class="timestamp", **_state(place, f"value_json.{key}"))


def _touched(place: Place, words: Words) -> Component:
    return _state(place, f"(value_json.touched | join(', '))[:255] or '{words.nothing}'") | _attributes(
        place, "touched"
    )


def _pressed(place: Place, words: Words) -> Component:
    said = f"{dict(words.presses)!r}[value_json.press] if value_json.press else none"
    attributes = _attributes(place, "press", "source", "pressed") | {"json_attributes_topic": place.topic("last")}
    return _state(place, said) | {"state_topic": place.topic("last")} | attributes


def _binary_sensors(place: Place, words: Words) -> Components:
    runs = _flag(place, "value_json.phase in ('runway', 'release', 'breathing')")
    wrong = _flag(place, "value_json.problem") | {
        "json_attributes_topic": place.topic("state"),
        "json_attributes_template": "{{ {'reason': value_json.problem} | to_json }}",
    }
    return {
        "running": {
            "platform": "binary_sensor",
            "unique_id": f"{place.id}-running",
            "default_entity_id": place.entity_id("binary_sensor", "running"),
            "name": None,
            "device_class": "running",
            **runs,
        },
        "muted": entity(
            place, words, "binary_sensor", "muted", icon="mdi:bell-sleep", state_topic=place.topic("quiet")
        ),
        "problem": entity(place, words, "binary_sensor", "problem", device_class="problem", **wrong, **DIAGNOSTIC),
    }


def _events(place: Place, words: Words) -> Components:
    button = {"device_class": "button", "state_topic": place.topic("press"), "event_types": [str(one) for one in Press]}
    session = {"state_topic": place.topic("session"), "event_types": list(SESSION), "icon": "mdi:sleep"}
    return {
        "button": entity(place, words, "event", "button", **button),
        "session": entity(place, words, "event", "session", **session),
        **{f"pressed_{press}": _trigger(place, press, label) for press, label in TRIGGERS.items()},
    }


def _trigger(place: Place, press: Press, label: str) -> Component:
    return {
        "platform": "device_automation",
        "automation_type": "trigger",
        "type": label,
        "subtype": "button_1",
        "topic": place.topic("press"),
        "value_template": "{{ value_json.event_type }}",
        "payload": str(press),
    }
