"""The lamps and buttons of a room, in each form the file allows. How a lamp is spoken to is its dialect's business."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import time
from operator import itemgetter
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PrivateAttr, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator

from winddown.buttons.dialect import ButtonDialect
from winddown.config.dialects import Draft, built, draft, keys_of
from winddown.config.limits import Limits
from winddown.config.mistakes import Place, refuse, shown, wrong
from winddown.config.scalars import Clock, Percent
from winddown.lights.dialect import LightDialect
from winddown.model import Layer

OFF_WORDS = ("bedtime", "breathing_end", "never")


def _driver(value: object, info: ValidationInfo) -> object:
    return built(value, info) if isinstance(value, Draft) else value


class Lamp(Limits):
    """One lamp of a room."""

    driver: Annotated[LightDialect, BeforeValidator(_driver)]
    """Which lamp it is, and how it is spoken to."""
    floor: Annotated[float, Percent(0.1, 100)] = 2.0
    """How far it goes down in the runway, on its own scale."""
    off_at: Annotated[Literal["bedtime", "breathing_end", "never"] | time, Clock(OFF_WORDS)] = "bedtime"
    """When it goes off: bedtime, breathing_end, a time, or never."""

    _found: Limits = PrivateAttr(Limits())
    """What `probe` found out about it."""


def own_layers(lamp: Iterable[Lamp]) -> tuple[Layer, ...]:
    """What is said of one lamp in all rooms that have it, and in the file of `probe`, the strongest first."""
    layers = []
    for one in lamp:
        scale = one.driver.profile().scale
        layers += [(0, Layer("configuration", one.facts(scale))), (1, Layer("probe", one._found.facts(scale)))]
    return tuple(layer for _, layer in sorted(layers, key=itemgetter(0)) if layer.says)


BESIDE = tuple(key for key in keys_of(Lamp) if key != "driver")
"""A lamp's own keys, beside those of its dialect."""


def _lamp(value: object) -> object:
    if isinstance(value, Lamp):
        return value
    written = draft(value, "lamp", BESIDE)
    return {"driver": written, **written.rest}


LampKey = Annotated[Lamp, BeforeValidator(_lamp)]


def _lights(value: object, handler: ValidatorFunctionWrapHandler) -> dict[str, Lamp]:
    """A list is read by position first: what a lamp is called is known once its dialect has understood it."""
    if isinstance(value, list | tuple):
        lamps = list(handler({str(index): item for index, item in enumerate(value)}).values())
        return _named(lamps)
    if not isinstance(value, dict):
        raise wrong(f"is {shown(value)}, write a list, for example [zigbee2mqtt/bedside_lamp]")
    named: dict[str, Lamp] = handler(value)
    problems: list[tuple[Place, str]] = [((name,), text) for name in named if (text := _name_mistake(name))]
    if not named:
        problems.append(((), "names no lamp, add one, for example [zigbee2mqtt/bedside_lamp]"))
    if problems:
        refuse(problems)
    return named


def _named(lamps: list[Lamp]) -> dict[str, Lamp]:
    names = [lamp.driver.short_name for lamp in lamps]
    times = Counter(names)
    problems: list[tuple[Place, str]] = []
    for index, name in enumerate(names):
        if times[name] > 1 and name in names[:index]:
            problems.append(((str(index),), _twice(lamps, index)))
        elif text := _name_mistake(name) or "":
            problems.append(((str(index),), text))
    if not lamps:
        problems.append(((), "names no lamp, add one, for example [zigbee2mqtt/bedside_lamp]"))
    if problems:
        refuse(problems)
    return dict(zip(names, lamps, strict=True))


def _twice(lamps: list[Lamp], index: int) -> str:
    lamp = lamps[index].driver
    if any(one.driver.key == lamp.key for one in lamps[:index]):
        return f"{shown(lamp.key)} is there twice, remove one of them"
    return f"two lamps would be called {shown(lamp.short_name)}, write a mapping that names each"


def _name_mistake(name: str) -> str | None:
    if not name.strip() or any(char in "/+#" for char in name) or not name.isprintable():
        return f"{shown(name)} cannot name a lamp, write a word without /, + and #"
    return None


LightsKey = Annotated[dict[str, LampKey], WrapValidator(_lights)]
"""As a key of the file takes it."""


def _button(value: object, info: ValidationInfo) -> object:
    return value if isinstance(value, ButtonDialect) else built(draft(value, "button"), info)


def _buttons(value: Any) -> Any:
    if value is None:
        raise wrong("is empty, write a button, for example zigbee2mqtt/bedside_button")
    return value if isinstance(value, list | tuple) else (value,)


ButtonsKey = Annotated[tuple[Annotated[ButtonDialect, BeforeValidator(_button)], ...], BeforeValidator(_buttons)]
"""As a key of the file takes it."""
