"""What is wrong, and whose a lamp is, in one sentence for a person. Reading only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from winddown import RELEASED_AT
from winddown.clock import Instant
from winddown.core.lamp import Lamp
from winddown.core.room import Room
from winddown.core.touch import Touch
from winddown.model import Sentence, Trouble, say


def problem(room: Room, now: Instant, ours: Trouble | None = None) -> tuple[Sentence, ...]:
    """What keeps a room from its evening. `ours`: what is wrong with winddown itself."""
    found = [] if ours is None else [ours.says]
    if room.hours.safe:
        found.append(say("trouble.safe"))
    if now.wall < RELEASED_AT:
        found.append(say("trouble.clock"))
    if gone := [name for name, lamp in room.bedside.lamps.items() if lamp.reach.bridge_gone]:
        found.append(say("trouble.bridge", lamps=", ".join(gone)))
    for name, lamp in room.bedside.lamps.items():
        found += _of(name, lamp, now.boot)
    return tuple(found)


def _of(name: str, lamp: Lamp, boot: float) -> list[Sentence]:
    seen, found = lamp.seen, list[Sentence]()
    if seen.shown.on is None and seen.profile.reports and lamp.heard_out(boot):
        found.append(say("lamp.silent", lamp=name))
    if (every_s := seen.others.every_s(boot)) is not None:
        found.append(say("lamp.driven", lamp=name, every=f"{every_s:.0f}"))
    if lamp.known.lost:
        found.append(new_name(name, lamp))
    elif lamp.reach.deaf(boot) and seen.off is None:
        found.append(say("lamp.deaf", lamp=name))
    if seen.off is not None and seen.off.refused:
        found.append(say("lamp.still_on", lamp=name))
    return found


def tell_touches(rooms: Iterable[Room], lamp: Lamp, now: Instant) -> None:
    """Tell the rooms that have a lamp, and to which it is of concern, what a hand has done to it."""
    touches, lamp.seen.touches = lamp.seen.touches, []
    for room in rooms:
        for name, one in room.bedside.lamps.items():
            if one is lamp and room.name in lamp.claims:
                room.news.whys += [yours(name, touch, lamp, room.hours.clock(now.wall)) for touch in touches]


def tell_renamed(rooms: Iterable[Room], lamp: Lamp) -> None:
    """Tell every room that has the lamp what it is called now, or that it is gone."""
    _tell(rooms, lamp, lambda name: new_name(name, lamp))


def tell_refusal(rooms: Iterable[Room], lamp: Lamp) -> None:
    """Tell every room that has the lamp that it was told to go off five times, and has not said so."""
    _tell(rooms, lamp, lambda name: say("lamp.still_on_told", lamp=name))


def _tell(rooms: Iterable[Room], lamp: Lamp, why: Callable[[str], Sentence]) -> None:
    for room in rooms:
        room.news.whys += [why(name) for name, one in room.bedside.lamps.items() if one is lamp]


def new_name(name: str, lamp: Lamp) -> Sentence:
    """The sentence for somebody who renamed a lamp and left the configuration as it was."""
    called, driver = lamp.known.renamed, lamp.driver
    if called is None:
        return say("lamp.lost", lamp=name, address=f"{driver.DIALECT}/{driver.address}")
    return say("lamp.renamed", lamp=name, called=repr(called), address=driver.renamed(called))


def yours(name: str, touch: Touch, lamp: Lamp, at: str) -> Sentence:
    """The sentence for somebody whose lamp it is from now on."""
    shows, done = touch.shows, list[Sentence]()
    if "on" in touch.attributes:
        done.append(say("lamp.turned_on") if shows.on else say("lamp.turned_off"))
    if "level" in touch.attributes and shows.level is not None:
        done.append(say("lamp.level", percent=round(100 * shows.level / lamp.seen.profile.scale)))
    if "warmth" in touch.attributes and shows.mired:
        done.append(say("lamp.warmth", kelvin=round(1_000_000 / shows.mired)))
    whole = reduce(lambda first, second: say("lamp.both", first=first, second=second), done or [say("lamp.changed")])
    return say("lamp.yours", lamp=name, done=whole, at=at)
