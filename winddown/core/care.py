"""What a room does for the body beside its light: suggestions, posture, rest moments, and the diary of what it saw.

It moves no lamp but for the nod at a rest moment, and never speaks into a night that somebody wants left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from winddown.clock import Instant
from winddown.config import RestMoments
from winddown.core.landing import posture, slots, suggestion
from winddown.core.moments import moment_cue, next_moment
from winddown.core.news import Cue
from winddown.core.nod import Nod
from winddown.core.room import PUNCTUAL_S, Room
from winddown.core.watch import Watch
from winddown.model import Effect, Enter, Memory, NightSeen, Phase, say
from winddown.programmes import phrases

ANSWER_S = 600.0
"""A press so long after a rest moment answers it."""
CUE_S = 15.0


class Care:
    """One room's."""

    __slots__ = (
        "_alone",
        "_checked",
        "_looked_at",
        "_moment_at",
        "_suggested",
        "_upcoming",
        "nod",
        "own",
        "room",
        "watch",
    )

    def __init__(self, room: Room, memory: Mapping[str, Memory], own: Mapping[str, str]) -> None:
        self.room = room
        self.own = own
        seen = memory.get(f"night/{room.name}")
        self.watch = Watch(seen if isinstance(seen, NightSeen) else None)
        self.nod = Nod(room)
        self._looked_at: float | None = None
        self._suggested: tuple[tuple[date, int], ...] = ()
        self._checked: date | None = None
        """The evening of the last posture check."""
        self._alone: date | None = None
        """The evening up to which nobody wants to hear of us, by day."""
        self._moment_at: float | None = None
        """Of the last rest moment, as long as nobody has answered it."""
        self._upcoming = (0.0, 0.0)
        """From when on the next rest moment is known, and when it is."""

    def go_on_from(self, before: Care) -> None:
        """The same room under another configuration: what was said and seen so far counts."""
        self.watch, self._looked_at = before.watch, before._looked_at
        self._suggested, self._checked = before._suggested, before._checked
        self._alone, self._moment_at = before._alone, before._moment_at

    def look(self, now: Instant) -> list[Effect]:
        """Say what is due, and see what has happened."""
        since, self._looked_at = self._looked_at, now.wall
        self._hear_stop()
        in_bed = self.watch.seen.to_bed_at is not None
        self.nod.look(now)
        answered, offered = self._answers(now), 0
        if since is not None and since < now.wall:
            self._suggest(since, now)
            offered = self._offer(since, now)
        new = self.watch.look(self.room, now)
        if self.watch.seen.to_bed_at is not None and not in_bed and since is not None:
            self._check_posture(now)
        if answered or offered:
            new = self.watch.moment(offered, answered) or new
        return [Enter(self.room.name, self.watch.seen.evening, seen=self.watch.seen)] if new else []

    def deadline(self, now: Instant) -> float:
        """Boot-time seconds at which it has something to say."""
        hours = self.room.hours
        due: list[float] = []
        if hours.evening is not None and self.room.phase is Phase.RUNWAY and hours.config.suggestions:
            due += slots(hours.evening)
        if hours.config.rest_moments is not None:
            due.append(self._next_moment(now.wall, hours.config.rest_moments))
        return min([self.nod.deadline(), *(now.boot_at(at) for at in due if at > now.wall)])

    # ------------------------------------------------------------ evening

    def _suggest(self, since: float, now: Instant) -> None:
        hours = self.room.hours
        evening = hours.evening
        if evening is None or not hours.config.suggestions:
            return
        if self.room.phase is not Phase.RUNWAY or hours.memory.rest is not None:
            return
        for slot, at in enumerate(slots(evening)):
            if _comes(at, since, now) and (evening.date, slot) not in self._suggested:
                self._suggested = (*self._suggested, (evening.date, slot))
                self._say(suggestion(self._known(), evening.date, slot, evening.bedtime_at - now.wall))

    def _check_posture(self, now: Instant) -> None:
        """Once, when somebody goes to bed; before what else is said then."""
        hours, tonight = self.room.hours, self.room.hours.tonight
        evening = hours.evening
        if evening is None or tonight is None or tonight.dark_at is not None:
            return
        if now.wall - self.room.since_at <= PUNCTUAL_S and self._checked != evening.date:
            self._checked = evening.date
            self._say(posture(hours.config.body, evening.date), first=True)

    # ------------------------------------------------------------ day

    def _offer(self, since: float, now: Instant) -> int:
        """A rest moment, if one is due; how many."""
        hours = self.room.hours
        rest = hours.config.rest_moments
        if rest is None or self.room.phase is not Phase.DAY or not self._welcome():
            return 0
        at = self._next_moment(since, rest)
        if not _comes(at, since, now) or hours.dark(now):
            return 0
        self._moment_at = at
        self._say(moment_cue(self._known(), at, rest, hours.zone))
        if rest.nod:
            self.nod.ask(now)
        return 1

    def _welcome(self) -> bool:
        """Somebody is there, and nobody wants to be left alone."""
        hours = self.room.hours
        alone = hours.evening is not None and hours.evening.date == self._alone
        return hours.config.enabled and hours.present is not False and not alone

    def _hear_stop(self) -> None:
        """`stop` holds until the next press or evening."""
        news, evening = self.room.news, self.room.hours.evening
        if news.presses or news.stopped:
            self._alone = evening.date if news.stopped and evening is not None else None
        news.stopped = False

    def _next_moment(self, after: float, rest: RestMoments) -> float:
        """The first one after an instant; reckoned anew only when that one has come."""
        if not self._upcoming[0] <= after < self._upcoming[1]:
            self._upcoming = (after, next_moment(after, rest, self.room.hours.zone))
        return self._upcoming[1]

    def _answers(self, now: Instant) -> int:
        at = self._moment_at
        if at is None or not self.room.news.presses:
            return 0
        self._moment_at = None
        if now.wall - at > ANSWER_S:
            return 0
        self.room.news.whys.append(say("rest.answered", at=self.room.hours.clock(at)))
        return 1

    def _known(self) -> Mapping[str, str]:
        return phrases(self.room.hours.config.language, self.own)

    def _say(self, key: str | None, *, first: bool = False) -> None:
        if key is not None:
            cues = self.room.news.cues
            cues.insert(0 if first else len(cues), Cue(key, CUE_S))


def _comes(at: float, since: float, now: Instant) -> bool:
    """It is due since the last look, and not too late to be said."""
    return since < at <= now.wall and now.wall - at <= PUNCTUAL_S
