"""What a Zigbee2MQTT says that its lamps can do. Reads only what a fade needs, and believes no impossible figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from winddown import payload as read
from winddown.lights import quirks
from winddown.lights.layers import resolve
from winddown.lights.limits import COOLEST_MIRED
from winddown.model import Facts, Layer, Profile

_LONGEST_FADE_S = 6553.0
"""65530 tenths: one more does not fit the Zigbee frame, and nothing is sent at all."""
_WARMEST_BUILT_MIRED = 555
"""Some converters claim far more; what lies beyond is clamped by the lamp."""
_LARGEST_BYTES = 16 * 1024 * 1024
_GET = 4
"""The bit of `access` that says: it may be asked."""

UNKNOWN = Profile(scale=254, min_level=2, max_fade_s=_LONGEST_FADE_S, frame_s=0.3)
"""A lamp of which nothing is told yet. From 2 on, because four in ten models turn off at 1."""

GROUP = Layer("bridge/groups", {"together": False, "can_ask": False, "group": True})
"""What its members can do is told elsewhere, so a group keeps its warmth. One IKEA lamp in it is enough for `together`
to fail, and nobody answers a question that is put to all."""

Features = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Found:
    """What one list of the bridge holds."""

    names: tuple[str, ...]
    """Lamps, in the order of the alphabet."""
    layers: Mapping[str, tuple[Layer, ...]]
    """What is known of whatever can be switched or dimmed, plugs too, by its name."""
    parts: Mapping[str, Mapping[str, tuple[Layer, ...]]]
    """The same of devices with several lamps, by endpoint and name."""
    by_identity: Mapping[str, str]
    """The name of everything, by what it keeps when it is renamed."""

    def profile(self, name: str, endpoint: str | None = None) -> Profile | None:
        """What this one can do, as far as it is told; None: the list does not have it."""
        layers = (self.layers if endpoint is None else self.parts.get(endpoint, {})).get(name)
        return None if layers is None else resolve(layers, UNKNOWN).profile

    def identity(self, name: str) -> str | None:
        """What this one keeps when it is renamed."""
        return next((identity for identity, known in self.by_identity.items() if known == name), None)


class ReadOnce:
    """Reads lists of one kind, each once, although every lamp of the house hears of the same message.

    What was read last is kept, the message never: it is megabytes.
    """

    def __init__(self, read_list: Callable[[bytes], Found | None]) -> None:
        self._read_list = read_list
        self._last: tuple[tuple[int, int], Found | None] = ((-1, 0), None)

    def __call__(self, payload: bytes) -> Found | None:
        """What the list holds; None when it is no such list."""
        message = (len(payload), hash(payload))
        if self._last[0] != message:
            self._last = (message, self._read_list(payload))
        return self._last[1]


@dataclass(slots=True)
class _Reading:
    """A list as far as it is read."""

    names: list[str] = field(default_factory=list)
    layers: dict[str, tuple[Layer, ...]] = field(default_factory=dict)
    parts: dict[str, dict[str, tuple[Layer, ...]]] = field(default_factory=dict)
    by_identity: dict[str, str] = field(default_factory=dict)

    def found(self) -> Found:
        layers, parts, by_identity = (MappingProxyType(self.layers), self.parts, MappingProxyType(self.by_identity))
        return Found(tuple(sorted(self.names)), layers, MappingProxyType(parts), by_identity)


def _read_devices(payload: bytes) -> Found | None:
    reading = _Reading()
    models: dict[object, tuple[Layer, ...]] = {}
    try:
        for device in read.each_object(payload, _LARGEST_BYTES):
            _take_in(device, reading, models)
    except ValueError:
        return None
    return reading.found()


def _take_in(device: dict[str, object], reading: _Reading, models: dict[object, tuple[Layer, ...]]) -> None:
    name, definition = device.get("friendly_name"), read.object_in(device.get("definition"))
    exposed = {} if definition is None else _exposed(definition)
    if definition is None or not exposed or not _sayable(name):
        return
    if isinstance(address := device.get("ieee_address"), str):
        reading.by_identity[address] = str(name)
    model = tuple(str(said) for said in (definition.get("vendor"), definition.get("model"), device.get("model_id")))
    for (kind, endpoint), features in exposed.items():
        claims = _claims(definition, features)
        alike = (model, *claims.items())
        if alike not in models:
            models[alike] = quirks.around(Layer("bridge/devices", claims), *model)
        known = reading.parts.setdefault(endpoint, {}) if endpoint else reading.layers
        if str(name) not in known:  # of a lamp that has a switch beside it, the lamp
            known[str(name)] = models[alike]
            reading.names += [f"{name} (endpoint: {endpoint})" if endpoint else str(name)] if kind == "light" else []


def _read_groups(payload: bytes) -> Found | None:
    reading = _Reading()
    try:
        for group in read.each_object(payload, _LARGEST_BYTES):
            if _sayable(name := group.get("friendly_name")):
                reading.names.append(str(name))
                reading.layers[str(name)] = (GROUP,)
                reading.by_identity[f"group {group.get('id')}"] = str(name)
    except ValueError:
        return None
    return reading.found()


devices = ReadOnce(_read_devices)
"""The lamps in `bridge/devices`."""
groups = ReadOnce(_read_groups)
"""The groups in `bridge/groups`."""


def _sayable(name: object) -> bool:
    """Names are shown to people and may be anything; a lone surrogate would break whoever prints it."""
    return isinstance(name, str) and name != "" and name.isprintable()


def _exposed(definition: dict[str, object]) -> dict[tuple[str, str], Features]:
    """The features of its lights and its switches, lights first, by kind and endpoint; of one endpoint the first."""
    found: dict[tuple[str, str], Features] = {}
    for expose in read.objects_in(definition.get("exposes")):
        kind, endpoint = str(expose.get("type")), expose.get("endpoint")
        if kind in {"light", "switch"}:
            features = {str(feature.get("name")): feature for feature in read.objects_in(expose.get("features"))}
            found.setdefault((kind, endpoint if isinstance(endpoint, str) and _sayable(endpoint) else ""), features)
    return {place: features for place, features in sorted(found.items()) if features}


def _claims(definition: dict[str, object], features: Features) -> Facts:
    coolest, warmest = _white(features.get("color_temp", {}))
    claims = Facts(dims="brightness" in features, coolest_mired=coolest, warmest_mired=warmest)
    if (answers := read.whole(features.get("state", {}).get("access"), 0, 255)) is not None:
        claims["can_ask"] = bool(answers & _GET)
    if isinstance(options := definition.get("options"), list):
        fades = any(option.get("name") == "transition" for option in read.objects_in(options))
        claims["max_fade_s"] = _LONGEST_FADE_S if fades else 0.0
        claims["plain"] = not fades
    return claims


def _white(feature: dict[str, object]) -> tuple[int | None, int | None]:
    coolest, warmest = (read.whole(feature.get(end), 1, 10_000) for end in ("value_min", "value_max"))
    if coolest is None or warmest is None:
        return None, None
    coolest, warmest = max(coolest, COOLEST_MIRED), min(warmest, _WARMEST_BUILT_MIRED)
    return (coolest, warmest) if coolest < warmest else (None, None)
