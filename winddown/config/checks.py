"""What only several keys together show: lamps that pace, lamps shared, areas, files. It changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from winddown.config.limits import Limits
from winddown.config.mistakes import Place, offer, shown
from winddown.config.nights import night_findings
from winddown.config.schema import Config, Room, Tls
from winddown.errors import ConfigError
from winddown.programmes import load_own

AREAS = ("shoulders", "hands", "toes", "jaw", "forehead", "belly", "legs")
"""The areas that the package has cues for."""

IsWritten = Callable[[Place], bool]

_ROOM = re.compile(r"[a-z0-9_]+")
_TAKEN = frozenset({"bridge", "status", "hub", "owner", "all"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake between keys."""

    place: Place
    text: str
    needs: tuple[Place, ...]
    """What must have been read soundly for this to be true."""

    def holds(self, damage: list[Place]) -> bool:
        """Nothing that it rests on, down to its entries, was cut out."""
        return not any(_harms(cut, need) for cut in damage for need in self.needs)


def _harms(cut: Place, need: Place) -> bool:
    return need[: len(cut)] == cut if len(cut) <= len(need) else cut[: len(need)] == need and len(cut) == len(need) + 1


def findings(config: Config, is_written: IsWritten) -> Iterator[Finding]:
    """Every mistake between keys."""
    users = _lamp_users(config)
    yield from _contradictions(config, is_written)
    for key, room in config.rooms.items():
        at = ("rooms", key)
        if text := room_mistake(key):
            yield Finding(at, text, ())
        yield from _lamp_findings(at, room, is_written)
        yield from _pacing_findings(at, key, room, users, is_written)
        yield from _quiet_findings(at, room)
        yield from _area_findings(at, room)
        schedules = ((*at, "bedtime"), (*at, "wake"))
        for place, text in night_findings(at, room.bedtime, room.wake, is_written):
            yield Finding(place, text, schedules)
    yield from _file_findings(config)


def room_mistake(key: str) -> str | None:
    """Why a key cannot be a room's, or None."""
    if not _ROOM.fullmatch(key):
        meant = re.sub(r"[^a-z0-9_]+", "_", key.lower()).strip("_")
        return f"{shown(key)} is no key for a room, write {meant or 'bedroom'}; `name:` may say anything"
    if key in _TAKEN:
        return f"{shown(key)} is a word of our own topics, write for example {key}_room"
    return None


def _lamp_users(config: Config) -> dict[str, list[str]]:
    users: dict[str, list[str]] = defaultdict(list)
    for key, room in config.rooms.items():
        for lamp in {lamp.driver.key for lamp in room.lights.values()}:
            users[lamp].append(key)
    return users


def _lamp_place(at: Place, room: Room, name: str, is_written: IsWritten) -> Place:
    """Where a lamp stands: under its name, or at its position in a list."""
    named = (*at, "lights", name)
    return named if is_written(named) else (*at, "lights", list(room.lights).index(name))


def _lamp_findings(at: Place, room: Room, is_written: IsWritten) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, lamp in room.lights.items():
        if lamp.driver.key in first:
            text = f"is the same lamp as {shown(first[lamp.driver.key])}, remove one of them"
            yield Finding(_lamp_place(at, room, name, is_written), text, ((*at, "lights"),))
        first.setdefault(lamp.driver.key, name)


def _contradictions(config: Config, is_written: IsWritten) -> Iterator[Finding]:
    """One lamp has one least level and one warmest white, whichever room says them."""
    said: dict[tuple[str, str], tuple[str, object]] = {}
    for key, room in config.rooms.items():
        for name, lamp in room.lights.items():
            for field, info in Limits.model_fields.items():
                value = getattr(lamp, field)
                other, before = said.setdefault((lamp.driver.key, field), (key, value))
                if before is None:
                    said[lamp.driver.key, field] = (key, value)
                elif value not in (None, before):
                    at = (*_lamp_place(("rooms", key), room, name, is_written), info.alias or field)
                    text = f"is said differently of the same lamp in {other}, remove one of them"
                    yield Finding(at, text, (at[:-1], ("rooms", other, "lights")))


def _pacing_findings(
    at: Place, key: str, room: Room, users: dict[str, list[str]], is_written: IsWritten
) -> Iterator[Finding]:
    place, lights = (*at, "breathing", "light"), (*at, "lights")
    name = room.breathing.light or next(iter(room.lights))
    if name not in room.lights:
        yield Finding(place, f"{shown(name)} is no lamp of this room, {offer(name, room.lights)}", (lights, place))
        return
    others = [user for user in users[room.lights[name].driver.key] if user != key]
    if not others:
        return
    where = place if is_written(place) else _lamp_place(at, room, name, is_written)
    own = [lamp for lamp, one in room.lights.items() if len(users[one.driver.key]) == 1]
    mend = f"set breathing.light to {own[0]}" if own else "add a lamp of its own and name it in breathing.light"
    text = f"{shown(name)} is also a lamp of {', '.join(others)} and cannot pace the breathing here, {mend}"
    yield Finding(where, text, (lights, place, *(("rooms", user, "lights") for user in others)))


def _quiet_findings(at: Place, room: Room) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, target in enumerate(room.quiet):
        if target.topic in seen:
            text = f"{shown(target.topic)} is muted twice in this room, remove one of them"
            yield Finding((*at, "quiet", index, "topic"), text, ((*at, "quiet"),))
        seen.add(target.topic)


def _area_findings(at: Place, room: Room) -> Iterator[Finding]:
    place = (*at, "release")
    listed, needs = (*place, "areas"), ((*place, "areas"), (*place, "skip"), (*at, "cues"))
    known = _known_areas(room.cues)
    areas, skip = room.release.areas, room.release.skip
    for index, area in enumerate(areas):
        if area in areas[:index]:
            yield Finding((*listed, index), f"{shown(area)} is there twice, remove one of them", needs)
        elif known is not None and area not in known:
            own = "its file of `cues` lacks it" if room.cues else "own areas need a file of `cues`"
            mend = f"{offer(area, known)} ({own})"
            yield Finding((*listed, index), f"{shown(area)} is no area with cues, {mend}", needs)
    for index, area in enumerate(skip):
        if area not in areas:
            text = f"{shown(area)} is not among the areas, {offer(area, areas)}"
            yield Finding((*place, "skip", index), text, needs)
    if not set(areas) - set(skip):
        yield Finding((*place, "skip" if skip else "areas"), "leaves no area to release, keep at least one", needs)


def _known_areas(cues: Path | None) -> list[str] | None:
    """Those of the package, and those that a room's own file speaks of; None: the file says too little to tell."""
    try:
        own = load_own(cues) if cues is not None else {}
    except ConfigError:
        return None
    named = (key.split(".")[1] for key in own if key.startswith("release.") and key.endswith(".release"))
    return list(dict.fromkeys((*AREAS, *named)))


def cue_mistakes(config: Config) -> Iterator[str]:
    """What is wrong inside the rooms' own files of cues, one line each, with their own names and lines."""
    for file in {room.cues for room in config.rooms.values()}:
        if file is not None and file.is_file():
            try:
                load_own(file)
            except ConfigError as error:
                yield from error.mistakes


def _file_findings(config: Config) -> Iterator[Finding]:
    for place, file in _files(config):
        if not file.is_file():
            name = shown(str(file))
            yield Finding(
                place, f"there is no file {name}, put it there or name another, from this file's folder on", ()
            )


def _files(config: Config) -> Iterator[tuple[Place, Path]]:
    if isinstance(config.mqtt.tls, Tls):
        for key in ("ca", "cert", "key"):
            if (file := getattr(config.mqtt.tls, key)) is not None:
                yield ("mqtt", "tls", key), file
    for key, room in config.rooms.items():
        if room.cues is not None:
            yield ("rooms", key, "cues"), room.cues
