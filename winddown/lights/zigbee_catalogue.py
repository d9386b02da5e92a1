"""What a Zigbee2MQTT says that its lamps can do. Reads only what a fade needs, and believes no impossible figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from winddown import payload as read
from winddown.lights.limits import COOLEST_MIRED
from winddown.model import Profile

_LONGEST_FADE_S = 6553.0
"""65530 tenths: one more does not fit the Zigbee frame, and nothing is sent at all."""
_WARMEST_BUILT_MIRED = 555
"""Some converters claim far more; what lies beyond is clamped by the lamp."""
_LARGEST_BYTES = 16 * 1024 * 1024
_GET = 4
"""The bit of `access` that says: it may be asked."""
_NO_FADE_FRAME_S = 0.3

UNKNOWN = Profile(scale=254, min_level=2, max_fade_s=_LONGEST_FADE_S)
"""A lamp of which nothing is told yet. From 2 on, because four in ten models turn off at 1."""

GROUP = Profile(scale=254, min_level=2, max_fade_s=_LONGEST_FADE_S, together=False, can_ask=False)
"""A group: what its members can do is told elsewhere, so it keeps its warmth. One IKEA lamp in it is enough for
`together` to fail, and nobody answers a question that is put to all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one list of the bridge holds."""

    names: tuple[str, ...]
    """Lamps, in the order of the alphabet."""
    profiles: Mapping[str, Profile]
    """What can be switched or dimmed, plugs too."""


@lru_cache(maxsize=4)
def devices(payload: bytes) -> Found | None:
    """The lamps in `bridge/devices`; None when it is no such list. Kept, because every lamp reads the same message."""
    listed = read.as_json(payload, _LARGEST_BYTES)
    if not isinstance(listed, list):
        return None
    names, profiles = [], {}
    for device in read.objects_in(listed):
        name, definition = device.get("friendly_name"), read.object_in(device.get("definition"))
        exposed = {} if definition is None else _exposed(definition)
        if definition is None or not exposed or not _sayable(name):
            continue
        if "light" in exposed:
            names.append(str(name))
        profiles[str(name)] = _profile(definition, exposed.get("light") or exposed["switch"])
    return Found(tuple(sorted(names)), profiles)


@lru_cache(maxsize=4)
def groups(payload: bytes) -> Found | None:
    """The groups in `bridge/groups`; None when it is no such list."""
    listed = read.as_json(payload, _LARGEST_BYTES)
    if not isinstance(listed, list):
        return None
    names = sorted(
        str(group["friendly_name"]) for group in read.objects_in(listed) if _sayable(group.get("friendly_name"))
    )
    return Found(tuple(names), dict.fromkeys(names, GROUP))


def _sayable(name: object) -> bool:
    """Names are shown to people and may be anything; a lone surrogate would break whoever prints it."""
    return isinstance(name, str) and name != "" and name.isprintable()


def _exposed(definition: dict[str, object]) -> dict[str, dict[str, dict[str, object]]]:
    """The features of its light and its switch, by name; the first of each."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for expose in read.objects_in(definition.get("exposes")):
        kind = str(expose.get("type"))
        if kind in {"light", "switch"}:
            features = {str(feature.get("name")): feature for feature in read.objects_in(expose.get("features"))}
            found.setdefault(kind, features)
    return {kind: features for kind, features in found.items() if features}


def _profile(definition: dict[str, object], features: dict[str, dict[str, object]]) -> Profile:
    fades = any(option.get("name") == "transition" for option in read.objects_in(definition.get("options")))
    coolest, warmest = _white(features.get("color_temp", {}))
    return Profile(
        scale=UNKNOWN.scale,
        min_level=UNKNOWN.min_level,
        dims="brightness" in features,
        coolest_mired=coolest,
        warmest_mired=warmest,
        max_fade_s=_LONGEST_FADE_S if fades else 0.0,
        frame_s=Profile().frame_s if fades else _NO_FADE_FRAME_S,
        together=definition.get("vendor") != "IKEA",
        can_ask=_answers(features.get("state", {})),
    )


def _white(feature: dict[str, object]) -> tuple[int | None, int | None]:
    coolest, warmest = (read.whole(feature.get(end), 1, 10_000) for end in ("value_min", "value_max"))
    if coolest is None or warmest is None:
        return None, None
    coolest, warmest = max(coolest, COOLEST_MIRED), min(warmest, _WARMEST_BUILT_MIRED)
    return (coolest, warmest) if coolest < warmest else (None, None)


def _answers(state: dict[str, object]) -> bool:
    access = read.whole(state.get("access"), 0, 255)
    return access is None or bool(access & _GET)
