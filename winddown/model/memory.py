"""What must outlive a restart: small frozen values, a row each. With configuration and time they say everything."""

from __future__ import annotations

from dataclasses import field

from winddown.model.diary import NightSaid, NightSeen
from winddown.model.lamps import Report
from winddown.model.words import Origin, Phase
from winddown.value import value


@value(kw_only=True)
class Tonight:
    """What people and the clock have made of one evening. With the configuration it says all of it."""

    evening: str
    """Its date, ISO."""
    runway_at: float | None = None
    """Moved by `start`."""
    bedtime_at: float | None = None
    """Moved by going to bed, `start`, `later`."""
    later_s: float = 0.0
    """All of `later` together."""
    skipped: bool = False
    spent_at: float | None = None
    """The evening is over for the routine since then; its night goes on until wake."""
    stopped: bool = False
    """Spent by `stop`: nothing is quiet any more and nothing is sent by itself."""
    dark_at: float | None = None
    """`dark`: night since then, even before bedtime."""
    begun: bool = False
    """The runway has begun: what spoke against it before does not end it."""
    asked: bool = False
    """A person began it, so it runs although the routine is off."""
    hold_until: float | None = None
    """`later` in the runway: lamps stay as they are until then."""


@value()
class Rest:
    """A day rest: a runway by day, with lamps and without quiet."""

    begin_at: float
    end_at: float


@value()
class Setting:
    """A setting changed at run time, with the file's value that it replaced: once the file says else, the file wins."""

    value: str
    replaced: str


@value()
class Running:
    """The sequence that runs: enough to go on with it."""

    origin: Origin
    kind: Phase
    """RELEASE: the programme, then breathing. BREATHING: breathing alone."""
    begin_at: float
    """When it began (POSIX seconds)."""
    for_s: float
    """How long the breathing in it lasts, its last breath not counted."""
    evening: str | None = None
    """The date of the evening it belongs to, ISO; None: to none."""


@value(kw_only=True)
class RoomMemory:
    """What a room must not forget."""

    tonight: Tonight | None = None
    rest: Rest | None = None
    running: Running | None = None
    settings: dict[str, Setting] = field(default_factory=dict)
    """By path: `bedtime.default`, `bedtime.fri`, `bedtime.2026-12-31`, `wake.sat`, `runway`, `enabled`, `language`."""
    quiet_set: bool | None = None
    """What `quiet/set` asked; None: as the evening says."""
    quiet_set_until: float | None = None


@value(kw_only=True)
class LampMemory:
    """What is known of a lamp that it does not say itself."""

    told: Report | None = None
    """What it is to show since it was last told anything; off is off alone."""
    told_at: float | None = None
    told_before: Report | None = None
    """The same, before that: what it was last told is remembered first, and it may never have heard it."""
    off_unsaid: bool = False
    """It was told to go off and has not said that it did; one that says nothing: and was not told so twice."""
    before: Report | None = None
    """What it showed before the evening began."""
    touched: tuple[str, ...] = ()
    """Of `on`, `level`, `warmth`: what somebody else changed."""
    touched_at: float | None = None
    morning: Report | None = None
    """What it is to show when it next comes on, for the night left it dim."""


@value(kw_only=True)
class QuietMemory:
    """A target that is, or was, muted."""

    muted: bool
    before: str | None
    """What it said before the mute; None: unknown."""
    confirmed: bool = False
    """It has said that it is as it was told; what it says then is somebody else's doing."""
    changed: bool = False
    """Somebody has changed it since it was muted."""


@value(kw_only=True)
class CrashMemory:
    """When winddown ended by its own fault."""

    at_boot: tuple[float, ...] = ()
    """Seconds since the machine booted: they do not jump when the clock is set."""


Memory = RoomMemory | LampMemory | QuietMemory | CrashMemory | NightSeen | NightSaid
