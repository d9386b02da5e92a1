"""Lamps that come on untold: by their power, or all at once. Tells a wall switch from a power cut and from an alarm.

Rules of this file:
1. A lamp that comes back alone in the night: somebody is up. The least light there is, for ten minutes.
2. Two or more, or one and its bridge, within ten seconds: the power was away. Off.
3. Two lamps that others turn on brightly in the night within five seconds: an alarm. Everything is let go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from winddown.clock import Instant
from winddown.core import fade
from winddown.core.lamp import Lamp
from winddown.core.presses import Order
from winddown.core.reach import BACK_S
from winddown.core.room import Room
from winddown.core.touch import over
from winddown.core.verbs import carry_out
from winddown.model import Commanded, Phase, Report, Verb, say

TOGETHER_S = 10.0
AT_ONCE_S = 5.0
BRIGHT = 0.8
"""Share of a lamp's scale."""


class Power:
    """Looks at all lamps of the house."""

    def __init__(self, rooms: Mapping[str, Room], lamps: Mapping[str, Lamp]) -> None:
        self._rooms = rooms
        self._lamps = lamps
        self._woken: dict[str, float] = {}
        """By lamp: when (boot-time seconds) its power lit it."""
        self._bright: dict[str, float] = {}
        """By lamp: when somebody turned it on brightly in the night."""

    def look(self, lamps: Iterable[Lamp], now: Instant) -> None:
        """Which of these lamps have come on since the last look?"""
        woken = [lamp.key for lamp in lamps if lamp.seen.woke]
        if not woken:
            return
        self._woken = {key: boot for key, boot in self._woken.items() if now.boot - boot <= TOGETHER_S}
        for key in woken:
            self._lamps[key].seen.woke = False
            self._woken[key] = now.boot
        bridge = any(now.boot - self._lamps[key].reach.bridge_back_boot <= TOGETHER_S for key in self._woken)
        if bridge or len(self._woken) > 1:
            self._cut(self._woken, now)
        else:
            self._feet(woken, now)

    def bright(self, lamp: Lamp, before: Report, heard: Report | Commanded, now: Instant) -> None:
        """Somebody has turned this lamp on, or asks that of it; brightly, and in the night?"""
        back = now.boot - lamp.seen.returned_boot < BACK_S  # what its bridge remembers of it is nobody's doing
        if back or not lamp.seen.touched or before.on is None:
            return
        after, scale = over(before, Report(heard.on, heard.level)), lamp.seen.profile.scale
        if _is_bright(before, scale) or not _is_bright(after, scale) or not any(map(_asleep, self._of(lamp))):
            return
        self._bright = {key: boot for key, boot in self._bright.items() if now.boot - boot <= AT_ONCE_S}
        self._bright[lamp.key] = now.boot
        if len(self._bright) > 1:
            self._let_go(now)

    def _feet(self, keys: Iterable[str], now: Instant) -> None:
        for key in keys:
            lamp = self._lamps[key]
            for room in self._of(lamp):
                lamp.follow(room.name, fade.feet(lamp.seen.profile, now.wall))
                room.news.whys.append(say("lamp.power_back", lamp=_name(room, lamp)))

    def _cut(self, keys: Iterable[str], now: Instant) -> None:
        for key in keys:
            lamp = self._lamps[key]
            for room in self._of(lamp):
                lamp.follow(room.name, fade.off(now.wall, resends=True))
                room.news.whys.append(say("lamp.power_cut", lamp=_name(room, lamp)))

    def _let_go(self, now: Instant) -> None:
        self._bright.clear()
        for room in self._rooms.values():
            if _asleep(room):
                room.stir()
                carry_out(room, Order(Verb.STOP), now)
                room.news.whys.append(say("lamp.alarm"))

    def _of(self, lamp: Lamp) -> list[Room]:
        return [self._rooms[name] for name in sorted(lamp.claims) if lamp in self._rooms[name].bedside.lamps.values()]


def _is_bright(shown: Report, scale: int) -> bool:
    return shown.on is True and (shown.level or 0) >= BRIGHT * scale


def _asleep(room: Room) -> bool:
    """It is night there, and not let go already."""
    tonight = room.hours.tonight
    return room.phase is Phase.NIGHT and not (tonight is not None and tonight.stopped)


def _name(room: Room, lamp: Lamp) -> str:
    return next(name for name, one in room.bedside.lamps.items() if one is lamp)
