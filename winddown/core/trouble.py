"""What is wrong, and whose a lamp is, in one sentence for a person. Reading only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from winddown import RELEASED_AT
from winddown.clock import Instant
from winddown.core.lamp import Lamp
from winddown.core.room import Room
from winddown.core.touch import Touch

SAFE = (
    "winddown failed three times within 5 minutes, so this is a safe night: "
    "presses, quiet and dark work, the lamps do not sink by themselves"
)
REFUSES = "does not say that it is off"


def problem(room: Room, now: Instant, ours: str | None = None) -> str | None:
    """What keeps a room from its evening; None: nothing. `ours`: what is wrong with winddown itself."""
    found = [] if ours is None else [ours]
    if room.hours.safe:
        found.append(SAFE)
    if now.wall < RELEASED_AT:
        found.append("the clock is not set, so no evening begins")
    if gone := [name for name, lamp in room.bedside.lamps.items() if lamp.reach.bridge_gone]:
        found.append(f"the bridge of {', '.join(gone)} is gone")
    for name, lamp in room.bedside.lamps.items():
        found += _of(name, lamp, now.boot)
    return "; ".join(found) or None


def _of(name: str, lamp: Lamp, boot: float) -> list[str]:
    seen, found = lamp.seen, []
    if seen.shown.on is None and seen.profile.reports and lamp.heard_out(boot):
        found.append(f"{name} has not said what it shows")
    if (every_s := seen.others.every_s(boot)) is not None:
        found.append(f"something else is driving {name} every {every_s:.0f} s; is Adaptive Lighting on for it?")
    if lamp.known.lost:
        found.append(new_name(name, lamp))
    elif lamp.reach.deaf(boot) and seen.off is None:
        found.append(f"{name} does not answer; has it power?")
    if seen.off is not None and seen.off.refused:
        found.append(f"{name} {REFUSES}")
    return found


def tell_touches(rooms: Mapping[str, Room], lamp: Lamp, now: Instant) -> None:
    """Tell every room that a lamp is of concern to what a hand has done to it."""
    touches, lamp.seen.touches = lamp.seen.touches, []
    for room in rooms.values():
        for name, one in room.bedside.lamps.items():
            if one is lamp and room.name in lamp.claims:
                room.news.whys += [yours(name, touch, lamp, room.hours.clock(now.wall)) for touch in touches]


def tell_renamed(rooms: Mapping[str, Room], lamp: Lamp) -> None:
    """Tell every room that has the lamp what it is called now, or that it is gone."""
    _tell(rooms, lamp, lambda name: new_name(name, lamp))


def tell_refusal(rooms: Mapping[str, Room], lamp: Lamp) -> None:
    """Tell every room that has the lamp that it was told to go off five times, and has not said so."""
    _tell(rooms, lamp, lambda name: f"{name} {REFUSES}, told five times; again every 5 min until wake")


def _tell(rooms: Mapping[str, Room], lamp: Lamp, why: Callable[[str], str]) -> None:
    for room in rooms.values():
        room.news.whys += [why(name) for name, one in room.bedside.lamps.items() if one is lamp]


def new_name(name: str, lamp: Lamp) -> str:
    """The sentence for somebody who renamed a lamp and left the configuration as it was."""
    called = lamp.known.renamed
    if called is None:
        return f"{name} ({lamp.driver.key}) is not known to its bridge any more: pair it again under that name"
    return f"{name} is called {called!r} now: write {lamp.driver.DIALECT}/{called} in the configuration"


def yours(name: str, touch: Touch, lamp: Lamp, at: str) -> str:
    """The sentence for somebody whose lamp it is from now on."""
    shows, done = touch.shows, []
    if "on" in touch.attributes:
        done.append("turned it on" if shows.on else "turned it off")
    if "level" in touch.attributes and shows.level is not None:
        done.append(f"set it to {round(100 * shows.level / lamp.seen.profile.scale)} %")
    if "warmth" in touch.attributes and shows.mired:
        done.append(f"set it to {round(1_000_000 / shows.mired)} K")
    return f"{name} is yours: you {' and '.join(done) or 'changed it'} at {at}"
