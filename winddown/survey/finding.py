"""One thing on the broker, as a person would write it in the configuration, or why not. It knows no system.

Names come from strangers: every text here has whatever is no visible character written out, and is safe to print.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from pydantic import ValidationError

from winddown.buttons import BUTTONS, ButtonDialect
from winddown.buttons.actions import understand
from winddown.config.mistakes import one_line
from winddown.lights import LIGHTS, LightDialect
from winddown.lights.limits import kelvin_of
from winddown.model import Press, Profile

Kind = Literal["lamp", "plug", "button", "other"]
Fields = Mapping[str, object]
NOTHING: Fields = MappingProxyType({})

ON_OFF = "on/off only"
PRESSES = tuple(Press)

_LONGEST = 120
_PLAIN = re.compile(r"[^\W\d][\w./-]*( [\w./-]*\w)*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_LONG_FADE_S = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A lamp, a plug, a button, or something that is none of these and says so."""

    kind: Kind
    written: str
    """As it is written in the YAML; of what cannot be driven, its name."""
    can: str
    """What it can do, in a few words."""
    model: str = ""
    driver: LightDialect | ButtonDialect | None = None
    """None: winddown cannot drive or hear it."""
    presses: tuple[Press, ...] = ()
    """What a button is known to have."""
    why_not: str = ""
    """Why it cannot be used, and the mend where there is one."""

    @property
    def is_button(self) -> bool:
        """It is pressed, not lit."""
        return self.kind == "button"

    @property
    def lives_on(self) -> tuple[str, ...]:
        """The topics by which two sources know that they speak of the same thing."""
        match self.driver:
            case LightDialect():
                return self.driver.command_topics()
            case ButtonDialect():
                return self.driver.topics()
            case None:
                return ()


def lamp(
    dialect: str,
    address: str,
    can: str,
    model: str = "",
    *,
    plug: bool = False,
    beside: Fields = NOTHING,
    usual: Fields = NOTHING,
) -> Finding:
    """A lamp or a plug; one that cannot be used where its dialect takes no such address.

    What must be said `beside` the address is written, unless it is `usual`; None there is not said at all.
    """
    bare = Finding("plug" if plug else "lamp", "", plain(can), plain(model))
    return _made(bare, LIGHTS, dialect, {"address": address, **beside}, usual)


def button(
    dialect: str,
    address: str,
    presses: Iterable[Press] | None,
    model: str = "",
    *,
    hint: str = "",
    beside: Fields = NOTHING,
    usual: Fields = NOTHING,
) -> Finding:
    """A button; `presses` None: nobody says which it has."""
    has = () if presses is None else tuple(press for press in PRESSES if press in presses)
    can = "presses unknown" if presses is None else ", ".join(has)
    can = f"{can} · {hint}" if hint else can
    bare = Finding("button", "", plain(can), plain(model), presses=has)
    return _made(bare, BUTTONS, dialect, {"address": address, **beside}, usual)


def refused(kind: Kind, name: str, why: str, model: str = "") -> Finding:
    """Something that is there, and that winddown does not use."""
    return Finding(kind, plain(name), "", plain(model), why_not=plain(why, 200))


def profile_of(dialect: str, white: bool = False) -> Profile:
    """What a dialect says of any lamp of its own; `white`: of one with a warm and a cool white."""
    fields: dict[str, object] = {"address": "any/lamp"} | ({"white": True} if white else {})
    return LIGHTS[dialect].model_validate(fields).profile()


def abilities(profile: Profile) -> str:
    """What a lamp can do, in a few words."""
    if not profile.dims:
        return ON_OFF
    parts = ["dims"]
    if profile.coolest_mired is not None and profile.warmest_mired is not None:
        parts.append(f"{_round(kelvin_of(profile.warmest_mired))}–{_round(kelvin_of(profile.coolest_mired))} K")
    if profile.max_fade_s <= 0:
        parts.append("small steps")
    elif profile.max_fade_s < _LONG_FADE_S:
        parts.append(f"fades up to {profile.max_fade_s:g} s")
    else:
        parts.append("fades")
    return " · ".join(parts)


def understood(words: Iterable[object]) -> tuple[Press, ...]:
    """The presses among what a button says."""
    found = {understand(word) for word in words if isinstance(word, str)}
    return tuple(press for press in PRESSES if press in found)


def plain(text: object, longest: int = _LONGEST) -> str:
    """A stranger's text on one line, nothing in it that plays with a terminal, and not for ever."""
    safe = one_line(str(text)[: longest + 1])
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"


def as_written(driver: LightDialect | ButtonDialect, usual: Fields = NOTHING) -> str:
    """How the configuration names it: DIALECT/ADDRESS, or a mapping where more must be said than `usual`."""
    beside = {
        key: getattr(driver, key)
        for key in type(driver).model_fields
        if key in driver.model_fields_set and key != "address" and getattr(driver, key) is not None
    }
    beside = {key: value for key, value in beside.items() if usual.get(key) != value}
    twin = next((key for key in ("on_topic", "topic") if beside.get(key) == driver.address), None)
    if twin is not None:
        beside = {key: value for key, value in beside.items() if key != twin}
    if not beside:
        return scalar(f"{driver.DIALECT}/{driver.address}")
    if twin is not None:
        beside = {twin: driver.address, **beside}
        return f"{{{driver.DIALECT}: {_mapping(beside)}}}"
    return _mapping({driver.DIALECT: driver.address, **beside})


def scalar(value: object) -> str:
    """A value as YAML, also within `{}` and `[]`; quoted only where it must be."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            text = str(value)
            bare = _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS
            return text if bare else quoted(text)


def quoted(text: str) -> str:
    """JSON's quotes, and YAML's way to write what nobody can see."""
    escaped = (char if char.isprintable() else f"\\U{ord(char):08X}" for char in json.dumps(text, ensure_ascii=False))
    return "".join(escaped)


def _mapping(fields: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in fields.items()) + "}"


def _made(
    bare: Finding,
    known: Mapping[str, type[LightDialect]] | Mapping[str, type[ButtonDialect]],
    dialect: str,
    fields: Fields,
    usual: Fields,
) -> Finding:
    address = str(fields["address"])
    name = f"{dialect}/{address}"
    if dialect not in known:
        return refused(bare.kind, name, f"this winddown does not speak {dialect}", bare.model)
    if not address.isprintable():
        return refused(bare.kind, name, "its name has characters that cannot be seen; give it another", bare.model)
    if any(char in address for char in "+#"):
        return refused(bare.kind, name, "a name with + or # cannot be heard over MQTT; give it another", bare.model)
    try:
        driver = known[dialect].model_validate({key: value for key, value in fields.items() if value is not None})
    except ValidationError as error:
        return refused(bare.kind, name, f"does not fit: {error.errors()[0]['msg']}", bare.model)
    return replace(bare, written=as_written(driver, usual), driver=driver)


def _round(kelvin: int) -> int:
    """As on the box: a mired is no whole number of kelvin."""
    return round(kelvin, -2)
