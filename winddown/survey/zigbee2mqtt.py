"""Devices and groups of every Zigbee2MQTT on the broker, from its own lists; what cannot be used with the reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from winddown import payload as read
from winddown.lights import zigbee_catalogue
from winddown.lights.layers import resolve
from winddown.lights.zigbee_catalogue import Found
from winddown.survey.finding import ON_OFF, Finding, Kind, abilities, button, lamp, refused, understood
from winddown.survey.heard import Heard, Places, at_depths

_LARGEST_BYTES = 16 * 1024 * 1024
_KEY = re.compile(r"(?:^|_)(\d{1,2}|left|right|center|both)(?=_|$)")


@dataclass(frozen=True, slots=True)
class _Network:
    """One Zigbee2MQTT."""

    base: str
    usual: dict[str, object]
    """What need not be written of it."""
    is_away: bool
    """It said goodbye, or is gone."""

    def can(self, text: str) -> str:
        """The same, with what keeps it from doing so now."""
        return f"{text} · its Zigbee2MQTT is offline" if self.is_away else text


def filters(places: Places) -> tuple[str, ...]:  # noqa: ARG001  every base is looked for
    """Whatever the base topic is called, it ends like this."""
    return tuple(topic for end in ("devices", "groups", "state") for topic in at_depths(f"bridge/{end}"))


def find(heard: Heard, places: Places) -> Iterator[Finding]:
    """Lamps, plugs, buttons and groups, and what looks like one of them."""
    lamps: dict[str, set[str]] = {}
    for base, payload in heard.ending("bridge/devices"):
        found = zigbee_catalogue.devices(payload)
        for device in read.objects_in(read.as_json(payload, _LARGEST_BYTES)):
            if device.get("type") == "Coordinator" or not _text(device.get("friendly_name")):
                continue
            if "light" in _kinds(device):
                lamps.setdefault(base, set()).add(_text(device.get("ieee_address")))
            yield from _device(device, found, _network(base, heard, places))
    for base, payload in heard.ending("bridge/groups"):
        for group in read.objects_in(read.as_json(payload, _LARGEST_BYTES)):
            if _text(group.get("friendly_name")):
                yield _group(group, lamps.get(base, set()), _network(base, heard, places))


def bases(heard: Heard) -> tuple[str, ...]:
    """Where the topics begin of each Zigbee2MQTT whose devices are known from its own list."""
    return tuple(f"{base}/" for base, _ in heard.ending("bridge/devices"))


def _network(base: str, heard: Heard, places: Places) -> _Network:
    state = heard.latest.get(f"{base}/bridge/state", b"")
    said = (read.as_object(state) or {}).get("state") or read.as_text(state)
    return _Network(base, {"base": places.zigbee2mqtt}, is_away=said == "offline")


def _device(device: dict[str, object], found: Found | None, network: _Network) -> Iterator[Finding]:
    name, model = _text(device.get("friendly_name")), _model(device)
    kinds, words = _kinds(device), _actions(device)
    if trouble := _trouble(device):
        yield refused(_kind(kinds, words), f"{network.base}/{name}", trouble, model)
        return
    if ends := kinds.get("light") or kinds.get("switch"):
        yield from _lamps(name, ends, found, model, "light" not in kinds, network)
    elif "cover" in kinds:
        yield refused("other", f"{network.base}/{name}", "a cover; winddown leaves blinds alone", model)
    if words is not None:
        yield _button(name, words, model, network)


def _lamps(
    name: str, ends: list[str | None], found: Found | None, model: str, plug: bool, network: _Network
) -> Iterator[Finding]:
    if len(ends) > len(set(ends)):
        why = f"{len(ends)} in one device, which winddown cannot tell apart; make each a group in Zigbee2MQTT"
        yield refused("plug" if plug else "lamp", f"{network.base}/{name}", why, model)
        return
    for end in ends:
        profile = None if found is None else found.profile(name, end)
        can = network.can(ON_OFF if plug else abilities(profile or zigbee_catalogue.UNKNOWN))
        beside = {"endpoint": end, "base": network.base}
        yield lamp("zigbee2mqtt", name, can, model, plug=plug, beside=beside, usual=network.usual)


def _button(name: str, words: list[object], model: str, network: _Network) -> Finding:
    presses = understood(words)
    if words and not presses:
        some = ", ".join(str(word) for word in words[:3])
        return refused("button", f"{network.base}/{name}", f"says {some}{' …' if words[3:] else ''}: no press", model)
    keys = list(dict.fromkeys(key for word in words for key in _KEY.findall(str(word)) if understood([word])))
    hint = f"several keys, for one add button: {keys[0]}" if len(keys) > 1 else ""
    return button(
        "zigbee2mqtt",
        name,
        presses if words else None,
        model,
        hint=hint,
        beside={"base": network.base},
        usual=network.usual,
    )


def _group(group: dict[str, object], lamps: set[str], network: _Network) -> Finding:
    name = _text(group.get("friendly_name"))
    members = {_text(member.get("ieee_address")) for member in read.objects_in(group.get("members"))}
    if not members & lamps:
        return refused("lamp", f"{network.base}/{name}", "a group without a lamp in it", "group")
    count = len(members & lamps)
    model = f"group of {count} lamp{'' if count == 1 else 's'}"
    can = network.can(abilities(resolve((zigbee_catalogue.GROUP,), zigbee_catalogue.UNKNOWN).profile))
    return lamp(
        "zigbee2mqtt",
        name,
        can,
        model,
        beside={"base": network.base},
        usual=network.usual,
    )


def _trouble(device: dict[str, object]) -> str:
    if device.get("disabled") is True:
        return "disabled in Zigbee2MQTT"
    if device.get("interview_completed") is False or device.get("interview_state") == "FAILED":
        return "its pairing is not complete; pair it again"
    if read.object_in(device.get("definition")) is None:
        return "Zigbee2MQTT does not know this model"
    return ""


def _kinds(device: dict[str, object]) -> dict[str, list[str | None]]:
    """What it exposes, and on which of its endpoints."""
    kinds: dict[str, list[str | None]] = {}
    for expose in _exposes(device):
        if (kind := _text(expose.get("type"))) in {"light", "switch", "cover"}:
            kinds.setdefault(kind, []).append(_text(expose.get("endpoint")) or None)
    return kinds


def _actions(device: dict[str, object]) -> list[object] | None:
    """What it says when it is pressed; None: it says nothing, or is a lock, whose words are no finger's."""
    exposes = _exposes(device)
    if any(expose.get("type") == "lock" for expose in exposes):
        return None
    said = next((expose for expose in exposes if expose.get("name") == "action"), None)
    words = None if said is None else said.get("values")
    return None if said is None else words if isinstance(words, list) else []


def _kind(kinds: Collection[str], words: list[object] | None) -> Kind:
    if "light" in kinds:
        return "lamp"
    return "plug" if "switch" in kinds else "other" if words is None else "button"


def _exposes(device: dict[str, object]) -> list[dict[str, object]]:
    return read.objects_in((read.object_in(device.get("definition")) or {}).get("exposes"))


def _model(device: dict[str, object]) -> str:
    definition = read.object_in(device.get("definition")) or {}
    parts = [_text(definition.get("vendor")) or _text(device.get("manufacturer"))]
    parts.append(_text(definition.get("model")) or _text(device.get("model_id")))
    return " ".join(filter(None, parts))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
