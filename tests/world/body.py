"""A lamp as it truly is: level and warmth over time. It speaks no protocol; see `zigbee.py` and `lamps.py`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from world.sent import Sent
    from world.world import World


class Shown(NamedTuple):
    """What a person in the room sees."""

    on: bool
    level: float
    """In the lamp's own steps, also while it is off."""
    mired: float | None


class Track:
    """A value that stands still or goes in a straight line to another."""

    __slots__ = ("begin", "end", "goal", "start")

    def __init__(self, value: float) -> None:
        self.start = self.goal = value
        self.begin = self.end = 0.0

    def at(self, boot: float) -> float:
        """The value at `boot`."""
        if boot >= self.end:
            return self.goal
        if boot <= self.begin:
            return self.start
        return self.start + (self.goal - self.start) * (boot - self.begin) / (self.end - self.begin)

    def go(self, boot: float, goal: float, over_s: float = 0.0) -> None:
        """From what it is to `goal`, in a straight line."""
        self.start = self.at(boot)
        self.begin, self.end, self.goal = boot, boot + over_s, goal
        if over_s <= 0:
            self.start = goal

    def rest(self, boot: float) -> None:
        """Stay at what it is."""
        self.go(boot, self.at(boot))


class Lamp:
    """The bulb. Its flags are how badly it behaves; a test may set them at any time."""

    def __init__(
        self,
        name: str,
        *,
        on: bool = True,
        level: float | None = None,
        mired: float | None = 300,
        scale: int = 254,
        warm: tuple[int, int] | None = (153, 500),
        fades: bool = True,
    ) -> None:
        self.name = name
        self.on = on
        self.scale = scale
        self.warm = warm
        """Coolest and warmest, in mired; None: no white spectrum."""
        self.fades = fades
        """It fades by itself; without, every change is a jump whatever transition it is told."""
        self.mains = True
        self.powered_boot = float("-inf")
        """When its power last went or came."""
        self.secret = False
        """A hand changed it and nobody was told yet."""
        self.believed: Shown | None = None
        """What it showed before that."""
        self.level = Track(float(scale * 4 // 5 if level is None else level))
        self.mired = Track(float(mired)) if warm is not None and mired is not None else None
        self.history: list[tuple[float, Shown]] = []
        """Every corner of the lines that it went: (boot, what it showed)."""
        self._world: World | None = None
        self._fading_off = 0

    # ------------------------------------------------------------ in the world

    @property
    def world(self) -> World:
        """The world it stands in."""
        assert self._world is not None, f"{self.name} stands in no world: World(..., lamps=[lamp]) or world.add(lamp)"
        return self._world

    def enter(self, world: World) -> None:
        """Stand in a world, and listen to it."""
        self._world = world
        self.history.append((world.boot, self.shows()))

    def shows(self, boot: float | None = None) -> Shown:
        """What it truly shows now, or shows at a later `boot` if nothing happens."""
        at = self.world.boot if boot is None else boot
        return Shown(self.on and self.mains, self.level.at(at), None if self.mired is None else self.mired.at(at))

    @property
    def goal(self) -> Shown:
        """What it will show when its fades are over."""
        on = self.on and self.mains and not self._fading_off
        return Shown(on, self.level.goal, None if self.mired is None else self.mired.goal)

    @property
    def askable(self) -> bool:
        """It can be asked what it shows."""
        return False

    @property
    def known(self) -> Shown:
        """What it shows, or, where it keeps a secret and cannot be asked, what anybody must take it to show."""
        if self.secret and not self.askable and self.believed is not None:
            return self.believed
        return self.shows()._replace(on=self.on)

    @property
    def dims_unlit(self) -> bool:
        """There is a command that dims it and cannot light it."""
        return False

    @property
    def lit(self) -> bool:
        """A person sees light."""
        return self.on and self.mains

    def brightest(self, since: float) -> float:
        """The highest level in its own steps since `since` (boot) while it was on; 0: it was dark."""
        corners = [shown.level for boot, shown in self.history if boot >= since and shown.on]
        return max([*corners, self.shows().level if self.lit else 0.0], default=0.0)

    @property
    def command_topics(self) -> frozenset[str]:
        """Where it is told what to show."""
        raise NotImplementedError

    def attributes(self, sent: Sent) -> frozenset[str]:
        """Which of `on`, `level`, `warmth` a command names."""
        raise NotImplementedError

    # ------------------------------------------------------------ what happens to it

    def by_hand(
        self,
        *,
        on: bool | None = None,
        level: float | None = None,
        mired: float | None = None,
        reports: bool = True,
        over_s: float = 0.0,
    ) -> None:
        """A person at a bound remote or at the lamp itself; `reports=False` tells nobody."""
        before = self.shows()
        changes = {"on": on, "level": level, "warmth": mired}
        if on is not None and on != self.on:
            self._switch(on)
        if level is not None:
            self.change_level(level, over_s)
        if mired is not None:
            self.change_mired(mired, over_s)
        if not reports:
            self._keep_secret(before)
        named = frozenset(name for name, value in changes.items() if value is not None)
        self.world.promises.hand(self, before, named if reports else None)
        if reports:
            self.report_hand(switched=on is not None)

    def power_off(self) -> None:
        """The wall switch, or a cable: dark and gone."""
        self._mark()
        self.powered_boot = self.world.boot
        self.mains = False
        self._mark()

    def power_on(self, level: float | None = None, *, on: bool = True) -> None:
        """Power is back; most bulbs come back at full."""
        self._mark()
        before = self.shows()._replace(on=self.on)
        self.powered_boot = self.world.boot
        self.mains = True
        self.on = on
        self._fading_off = 0
        self.level.go(self.world.boot, self.scale if level is None else level)
        self._mark()
        self._keep_secret(before)

    def _keep_secret(self, before: Shown) -> None:
        """The first of several hands was the last that found it as anybody knows it."""
        self.believed = self.believed if self.secret else before
        self.secret = True

    def report_hand(self, *, switched: bool) -> None:
        """Tell what a hand has done."""
        raise NotImplementedError

    # ------------------------------------------------------------ what a command does to the bulb

    def change_level(self, level: float, over_s: float = 0.0) -> None:
        """Go to a level; whether that is seen depends on `on`."""
        self._mark()
        self._fading_off = 0
        self.level.go(self.world.boot, level, over_s if self.fades else 0.0)
        self._mark()

    def change_mired(self, mired: float, over_s: float = 0.0) -> None:
        """Go to a warmth, within what it can; a lamp that is off does not hear it."""
        if self.mired is None or self.warm is None or not self.on:
            return
        self._mark()
        self.mired.go(self.world.boot, min(max(mired, self.warm[0]), self.warm[1]), over_s if self.fades else 0.0)
        self._mark()

    def turn_off(self, over_s: float = 0.0) -> None:
        """Off, at once or at the end of a fade."""
        if over_s <= 0 or not self.fades or not self.on:
            self._switch(on=False)
            return
        self.change_level(1, over_s)
        self._fading_off = token = self.world.ticket()
        self.world.after(over_s, partial(self._faded_off, token))

    def _faded_off(self, token: int) -> None:
        if self._fading_off == token:
            self._switch(on=False)

    def turn_on(self) -> None:
        """On, as bright as it was."""
        if not self.on:
            self._switch(on=True)

    def _switch(self, on: bool) -> None:
        self._mark()
        self.level.rest(self.world.boot)
        self.on = on
        self._fading_off = 0
        self._mark()

    def _mark(self) -> None:
        """Keep the corners: the end of a fade that is over, and now."""
        now = self.world.boot
        last = self.history[-1][0] if self.history else now
        ends = {track.end for track in (self.level, self.mired) if track is not None and last < track.end < now}
        for boot in sorted(ends):
            self.history.append((boot, self.shows(boot)))
        self.history.append((now, self.shows()))
