"""What the view of tonight shows of a room at an instant: words, buttons, picture. It sends nothing and reads no clock.

In the night there is no time to be read from it, and no count of minutes: nobody needs to know how late it is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from winddown.model import Origin, Phase, Verb
from winddown.web.board import Reach
from winddown.web.picture import Evening, drawn, place
from winddown.web.said import Said
from winddown.web.words import Words

Light = Literal["day", "dusk", "night"]
"""How dark it is where somebody looks."""

OVERDUE_S = 20.0
"""A phase that should have ended so long ago is not shown as if it were now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button."""

    verb: str
    """What is sent."""
    label: str
    enabled: bool = True


ORDERS = frozenset(
    {"start", "go_to_bed", "next", "glow", "release", "breathe", "later", "skip", "skip off", "dark"}
) | {"stop"}
"""All that the page may ask for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All of it, as text."""

    at: float
    """When it is so, POSIX seconds: whoever gets it late is to notice."""
    reach: str
    light: Light
    phase: str
    title: str
    says: str
    cue: str
    problem: str
    offers: tuple[Offer, ...]
    picture: str
    now_x: float | None
    breath: dict[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """For the page's own script."""
        return asdict(self)


def tonight(reach: Reach, said: Said | None, now: float, words: Words, unknown: Light = "night") -> Shown:
    """What is to be seen now; `unknown` is how dark it is where nobody tells."""
    if reach != "here" or said is None or _overdue(said, now):
        missing = "winddown" if reach == "here" else reach
        return Shown(
            at=now,
            reach=missing,
            light=unknown,
            phase="lost",
            title=words("lost.title"),
            says=words(f"lost.{missing}"),
            **_NOTHING,
            offers=_offers(None, "day", words),
        )
    dim = light(said, now)
    phase = _phase(said, dim)
    picture = _evening(said) if dim != "night" and phase in ("day", "runway") else None
    return Shown(
        at=now,
        reach="here",
        light=dim,
        phase=phase,
        title=words(f"phase.{phase}"),
        says=_says(said, phase, dim, now, words),
        cue=said.cue or "",
        problem="" if dim == "night" else said.problem or "",
        offers=_offers(said, dim, words),
        picture="" if picture is None else drawn(picture, words),
        now_x=None if picture is None or now < picture.edges[0] else round(place(picture, now), 1),
        breath=None if said.breath is None else asdict(said.breath),
    )


_NOTHING: dict[str, Any] = {"cue": "", "problem": "", "picture": "", "now_x": None, "breath": None}


def light(said: Said, now: float) -> Light:
    """From bedtime to wake it is night, whatever runs; an evening's sequence is night too."""
    if said.phase is Phase.NIGHT or (said.bedtime is not None and said.bedtime <= now < (said.wake or 0)):
        return "night"
    if said.phase in (Phase.RELEASE, Phase.BREATHING) and said.origin is not Origin.DAY:
        return "night"
    near = said.bedtime is not None and said.bedtime - said.runway_s <= now < said.bedtime
    return "dusk" if said.phase is Phase.RUNWAY or near else "day"


def _overdue(said: Said, now: float) -> bool:
    return said.phase is not Phase.DAY and said.until is not None and now > said.until + OVERDUE_S


def _phase(said: Said, dim: Light) -> str:
    """As it is called: a runway by day is a rest, and what is left of a night after `stop` is a night."""
    if said.phase is Phase.DAY and dim == "night":
        return Phase.NIGHT
    if said.phase is Phase.RUNWAY and _resting(said):
        return "rest"
    return said.phase


def _resting(said: Said) -> bool:
    return said.phase is Phase.RUNWAY and said.until != said.bedtime


def _says(said: Said, phase: str, dim: Light, now: float, words: Words) -> str:
    left = "" if said.until is None else words.length(max(said.until - now, 0.0))
    if phase == Phase.BREATHING and dim == "night":
        return words("says.night_breathing")
    if phase != Phase.DAY:
        return words(f"says.{phase}", left=left)
    if not said.enabled:
        return words("says.resting")
    if said.skipped:
        return words("says.skipped")
    if said.next_start is None:
        return words("says.day_none")
    return words("says.day", left=words.length(max(said.next_start - now, 0.0)))


# ---------------------------------------------------------------- buttons

_FIRST = {Phase.DAY: Verb.START, Phase.RUNWAY: Verb.GO_TO_BED, Phase.NIGHT: Verb.GLOW}
"""What comes next from here; in a sequence it is its next step."""


def _offers(said: Said | None, dim: Light, words: Words) -> tuple[Offer, ...]:
    """Always in the same places, so that a thumb finds them in the dark."""
    phase = Phase.DAY if said is None else said.phase
    first = Verb.NEXT if said is not None and _resting(said) else _FIRST.get(phase, Verb.NEXT)
    if dim == "night" and phase is Phase.DAY:
        first = Verb.GLOW
    awake = said is not None and said.bedtime is not None and dim != "night"
    unskip = said is not None and said.skipped
    runs = phase not in (Phase.DAY, Phase.NIGHT)
    offered = (
        (first, first, True),
        (Verb.RELEASE, Verb.RELEASE, phase is not Phase.RELEASE),
        (Verb.BREATHE, Verb.BREATHE, True),
        (Verb.LATER, Verb.LATER, _later(said, dim)),
        ("skip off" if unskip else Verb.SKIP, "unskip" if unskip else Verb.SKIP, awake),
        (Verb.DARK, Verb.DARK, True),
        *([(Verb.STOP, Verb.STOP, True)] if runs else []),
    )
    return tuple(Offer(verb, words(f"ask.{label}"), can and said is not None) for verb, label, can in offered)


def _later(said: Said | None, dim: Light) -> bool:
    """There is a bedtime to move, or a rest."""
    if said is None or said.phase in (Phase.RELEASE, Phase.NIGHT):
        return False
    if said.phase is Phase.BREATHING:
        return said.origin is Origin.EVENING
    return _resting(said) or (said.bedtime is not None and dim != "night")


def _evening(said: Said) -> Evening | None:
    if said.bedtime is None or said.wake is None or said.skipped or not said.enabled or not said.runway_s:
        return None
    return Evening(said.bedtime, said.wake, said.runway_s, said.breathing_s, said.bedtime_clock, said.wake_clock)
