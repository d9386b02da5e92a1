"""Settings that people change while winddown runs: the newest change wins. Values only; it publishes nothing.

A setting is kept together with the file's value that it replaced. Once the file says something else, the file wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from winddown.config import PACES, WEEKDAYS, Bedtimes, Room, Wakes
from winddown.core.calendar import Night, nights
from winddown.model import Sentence, Setting, say

NAMES = ("enabled", "bedtime", "wake", "runway", "breathing", "pace", "language")
"""What `ROOM/NAME/set` changes for good; `quiet` and `press` are for tonight."""
MOVING = ("enabled", "bedtime", "wake", "runway")
"""Those after which the evening is another one."""
MINUTES = {"runway": (10, 180), "breathing": (1, 120)}
LEAST_NIGHT_S, LONGEST_NIGHT_S = 2 * 3600, 16 * 3600

MISSING = time(0, 0, 1)
"""No entry; no schedule has seconds."""
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(:00)?")
_MINUTES = re.compile(r"(\d{1,3})(\.0+)?")


class RefusedError(ValueError):
    """A value that cannot be."""

    def __init__(self, says: Sentence) -> None:
        super().__init__(says.key)
        self.says = says
        """Which value, and what can be."""


def effective(room: Room, settings: Mapping[str, Setting]) -> tuple[Room, dict[str, Setting]]:
    """The room as it is now, and the settings that still hold: the file says at their path what it said before."""
    held = {path: setting for path, setting in settings.items() if in_file(room, path) == setting.replaced}
    for path, setting in held.items():
        room = room.model_copy(update=_change(room, path, setting.value))
    return room, held


def _change(room: Room, path: str, value: str) -> dict[str, object]:
    name, _, key = path.partition(".")
    match name:
        case "bedtime":
            return {name: room.bedtime.replaced(key, time.fromisoformat(value))}
        case "wake":
            return {name: room.wake.replaced(key, time.fromisoformat(value))}
        case "runway":
            return {"runway_s": float(value) * 60}
        case "breathing":
            return {name: room.breathing.model_copy(update={"for_s": float(value) * 60})}
        case "pace":
            inhale_s, exhale_s = PACES.get(value, (room.breathing.inhale_s, room.breathing.exhale_s))
            return {"breathing": room.breathing.model_copy(update={"inhale_s": inhale_s, "exhale_s": exhale_s})}
        case "enabled":
            return {name: value == "ON"}
        case _:
            return {name: value}


def in_file(room: Room, path: str) -> str:
    """What the file says at a setting's path, in the form in which settings are kept."""
    name, _, key = path.partition(".")
    match name:
        case "bedtime":
            return _written(room.bedtime, key)
        case "wake":
            return _written(room.wake, key)
        case "runway":
            return f"{room.runway_s / 60:g}"
        case "breathing":
            return f"{room.breathing.for_s / 60:g}"
        case "pace":
            return room.breathing.pace
        case "enabled":
            return "ON" if room.enabled else "OFF"
        case _:
            return str(room.language)


def changed(
    file: Room, settings: Mapping[str, Setting], name: str, text: str, night: Night | None, zone: ZoneInfo
) -> dict[str, Setting]:
    """The settings after `ROOM/NAME/set` was given `text`.

    `bedtime` and `wake` change the entry from which the night that runs or comes takes its value.

    Raises:
        RefusedError: the value is not one; what it says names it and what is accepted.
    """
    path, value = _parsed(file, name, text.strip(), night, zone)
    after = {key: setting for key, setting in settings.items() if key != path}
    if value != in_file(file, path):
        after[path] = Setting(value, replaced=in_file(file, path))
    if name in ("bedtime", "wake"):
        _check_nights(effective(file, after)[0], text, night, zone)
    return after


def _parsed(file: Room, name: str, text: str, night: Night | None, zone: ZoneInfo) -> tuple[str, str]:
    match name:
        case "bedtime" | "wake":
            found = _TIME.fullmatch(text)
            if found is None:
                raise RefusedError(say("setting.no_time", name=name, value=repr(text)))
            return f"{name}.{_entry(file, name, night, zone)}", f"{found[1]}:{found[2]}"
        case "runway" | "breathing":
            least, most = MINUTES[name]
            minutes = _MINUTES.fullmatch(text)
            if minutes is None or not least <= int(minutes[1]) <= most:
                raise RefusedError(say("setting.no_minutes", name=name, value=repr(text), least=least, most=most))
            return name, str(int(minutes[1]))
        case "pace":
            if text not in (paces := (*PACES, file.breathing.pace)):
                known = ", ".join(dict.fromkeys(paces))
                raise RefusedError(say("setting.no_pace", value=repr(text), known=known))
            return name, text
        case "enabled":
            if text not in ("ON", "OFF"):
                raise RefusedError(say("setting.no_switch", name=name, value=repr(text)))
            return name, text
        case "language":
            if text not in ("en", "nl"):
                raise RefusedError(say("setting.no_language", value=repr(text)))
            return name, text
        case _:
            raise RefusedError(say("setting.unknown", name=name, names=", ".join(NAMES)))


def _entry(file: Room, name: str, night: Night | None, zone: ZoneInfo) -> str:
    if night is None:
        return "default"
    if name == "bedtime":
        return file.bedtime.entry(night.evening)[0]
    return file.wake.entry(datetime.fromtimestamp(night.wake_at, zone).date())[0]


def _check_nights(room: Room, text: str, night: Night | None, zone: ZoneInfo) -> None:
    if night is None:
        return
    for one in nights(night.bedtime_at, 8, room.bedtime, room.wake, zone):
        length_s = one.wake_at - one.bedtime_at
        if not LEAST_NIGHT_S <= length_s <= LONGEST_NIGHT_S:
            hours = round(length_s / 3600, 1)
            raise RefusedError(say("setting.no_night", value=repr(text), evening=f"{one.evening}", hours=hours))


def _written(times: Bedtimes | Wakes, key: str) -> str:
    """A schedule's entry as people write it; `-` where there is none."""
    if key == "default":
        at = times.default
    elif key in WEEKDAYS:
        at = times.weekdays.get(WEEKDAYS.index(key), MISSING)
    else:
        at = times.dates.get(date.fromisoformat(key), MISSING)
    return "-" if at is MISSING else "off" if at is None else at.strftime("%H:%M")
