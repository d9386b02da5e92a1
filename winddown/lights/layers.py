"""Makes one profile of what several sources say of a lamp, and keeps who said what. Asks no source itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from winddown.model import Layer, Profile
from winddown.value import shared

_WHITE = ("coolest_mired", "warmest_mired")
_FIELDS = tuple(field.name for field in fields(Profile))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A profile, and where each of its fields comes from."""

    profile: Profile
    sources: Mapping[str, str]
    """By field: the source of the layer that decided it."""


def resolve(layers: Iterable[Layer], default: Profile, source: str = "default") -> Resolved:
    """For every field the first layer that says it decides; what none says is the default's.

    Sources may contradict each other where two fields belong together: a white spectrum has both its ends or is none,
    and no level is beyond the scale.
    """
    said: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for layer in (*layers, Layer(source, _all_of(default))):
        for name, value in layer.says.items():
            if name not in said:
                said[name], sources[name] = value, layer.source
    unknown = next((end for end in _WHITE if said[end] is None), None)
    if unknown is not None:
        sources |= dict.fromkeys(_WHITE, sources[unknown])
    return Resolved(_sound(Profile(**said)), sources)


def _all_of(profile: Profile) -> Any:
    return {name: getattr(profile, name) for name in _FIELDS}


def _sound(profile: Profile) -> Profile:
    coolest, warmest = profile.coolest_mired, profile.warmest_mired
    if coolest is None or warmest is None:
        coolest = warmest = None
    else:
        coolest = min(coolest, warmest)
    min_level = max(1, min(profile.min_level, profile.scale))
    return shared(replace(profile, coolest_mired=coolest, warmest_mired=warmest, min_level=min_level))
