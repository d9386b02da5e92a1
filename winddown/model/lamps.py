"""What lamps can do, are told, and say. Levels are whole steps of the lamp's own scale, warmth is in mired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypedDict

from winddown.value import value


@value()
class Profile:
    """What one lamp can do."""

    scale: int = 254
    """The level that is 100 %."""
    min_level: int = 1
    """The smallest level that still gives light (some Zigbee models turn off at 1)."""
    dims: bool = True
    """False: only on and off."""
    coolest_mired: int | None = None
    """The coolest warmth it can show; None where it has no white spectrum."""
    warmest_mired: int | None = None
    """The warmest warmth it can show; None where it has no white spectrum."""
    max_fade_s: float = 0.0
    """The longest fade that it carries out by itself; 0: it only steps."""
    frame_s: float = 0.1
    """The least time between two frames to a lamp that only steps."""
    curve: str = "eye"
    """`eye`: its level is light, so we bend the fade for the eye. `linear`: it bends the level itself."""
    together: bool = True
    """Level and warmth may share one command. False: IKEA, whose level then jumps."""
    can_ask: bool = True
    """It answers when it is asked what it shows."""
    reports: bool = True
    """It tells what it shows at all, asked or unasked."""
    plain: bool = False
    """Its system takes a brightness alone and fails on anything beside it: Tuya's datapoints behind Zigbee2MQTT."""
    relights: bool = False
    """Turned off in mid-fade it lights itself again, so the fade is ended first."""

    group: bool = False
    """It is several lamps that one command reaches: a word to all of them fills the air, so it cannot breathe."""

    def steps(self, percent: float) -> int:
        """The level of a percent of the lamp's own scale, rounded down, never below what still gives light."""
        return max(self.min_level, min(self.scale, int(self.scale * percent / 100)))


class Facts(TypedDict, total=False):
    """What one source says of a lamp, by the fields of its `Profile`. What it does not say is absent."""

    scale: int
    min_level: int
    dims: bool
    coolest_mired: int | None
    warmest_mired: int | None
    max_fade_s: float
    frame_s: float
    curve: str
    together: bool
    can_ask: bool
    reports: bool
    plain: bool
    relights: bool
    group: bool


@value()
class Layer:
    """One source of a profile, and what it says."""

    source: str
    """As people read it: `configuration`, `bridge/devices`."""
    says: Facts


@value()
class Dim:
    """Change a lamp that is on. Sent in a form that cannot light one that is off."""

    level: int | None
    mired: int | None
    fade_s: float = 0.0


@value()
class Light:
    """Light a lamp, always at an explicit level. Only because somebody pressed, or wants it back as it was."""

    level: int
    mired: int | None
    fade_s: float = 0.0


@value()
class Off:
    """Turn a lamp off, at once, so that it stays off."""


@value()
class Ask:
    """Ask a lamp what it shows."""


LampCommand = Dim | Light | Off | Ask


@value()
class Report:
    """What a lamp says it shows; None: not said. Levels in its own steps."""

    on: bool | None = None
    level: int | None = None
    mired: int | None = None


@value()
class Commanded:
    """What anybody, ourselves included, told a lamp on its own command topic; None: not said."""

    on: bool | None = None
    level: int | None = None
    mired: int | None = None


@value()
class Availability:
    """The lamp, or the bridge in front of it, is reachable or not."""

    online: bool
    bridge: bool = False
    """True: it speaks for everything behind the bridge."""
    started: bool = False
    """It has come to power just now."""


@value()
class Catalogue:
    """What a bridge says it has: names that a person may have meant, and what this lamp can do."""

    names: tuple[str, ...]
    layers: tuple[Layer, ...] = ()
    """What is said of this lamp, the strongest first; none: the bridge does not know it."""
    identity: str | None = None
    """What stays the same of this lamp when it is renamed; None: the bridge does not know it."""
    by_identity: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The name of everything that it has."""
    part: str = ""
    """Which of the bridge's lists it is: what is not in the list of devices may be a group."""


Heard = Report | Commanded | Availability | Catalogue
