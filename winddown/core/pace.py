"""Airtime: how fast commands may follow each other. It holds back what would come too fast, and sends nothing itself.

A Zigbee network carries a few commands a second; more of them are lost, or come in a burst when the moment is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from winddown.core.agenda import NEVER, Agenda
from winddown.lights.dialect import Air
from winddown.value import value

BEAT_S = 0.3
"""A beat that would come later than this is of no use: the next one is."""


class Urgency(IntEnum):
    """What goes first where not all can."""

    OFF = 0
    PRESS = 1
    BEAT = 2
    STEP = 3
    ASK = 4


KEPT_FREE = {Urgency.BEAT: 1, Urgency.ASK: 2}
"""Commands that these leave room for: a press is answered at once, however many lamps breathe, or are asked."""


@value()
class Waiting:
    """What one lamp is to be told as soon as there is room."""

    key: str
    """The lamp's."""
    urgency: Urgency
    cost: int
    """How many commands it takes."""
    since_boot: float


@dataclass(slots=True)
class _Bucket:
    air: Air
    left: float
    at_boot: float

    def fill(self, boot: float) -> None:
        self.left = min(self.air.burst, self.left + (boot - self.at_boot) * self.air.per_s)
        self.at_boot = boot

    def lacks(self, wanted: Waiting) -> float:
        """How many commands too few are left for it; 0: it may go."""
        free = KEPT_FREE.get(wanted.urgency, 0)
        return max(0.0, min(wanted.cost + free, self.air.burst) - self.left)


class Pace:
    """All networks; a lamp whose system needs no care is a network of its own."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._waiting: dict[str, dict[tuple[str, bool], Waiting]] = {}
        """By network, then by lamp and whether it is a question: what is newer replaces what waits."""
        self._agenda = Agenda[str]()
        """When the next of a network may go."""
        self._missed: dict[str, int] = {}
        """How many beats in a row each lamp was not told. Who missed most goes first, or the same would miss all."""
        self.dropped = self.replaced = 0
        self._gone: list[tuple[str, bool]] = []

    def admits(self, air: Air, wanted: Waiting, boot: float) -> bool:
        """It may go now. Else it waits, in the place of what waited for the same lamp."""
        waiting = self._waiting.get(air.key)
        place = (wanted.key, wanted.urgency is Urgency.ASK)
        bucket = self._bucket(air, boot)
        ahead = waiting and any(self._order(one) <= self._order(wanted) for one in waiting.values())
        if not ahead and not bucket.lacks(wanted):
            self._take(bucket, wanted)
            if waiting and waiting.pop(place, None) is not None:
                self.replaced += 1
                self._put(air.key)
            return True
        queue = self._waiting.setdefault(air.key, {})
        self.replaced += place in queue
        queue[place] = wanted
        self._put(air.key)
        return False

    def due(self, boot: float) -> Iterator[Waiting]:
        """What may go by now, the most urgent first; a beat that has waited too long goes nowhere."""
        for network in self._agenda.take(boot):
            bucket, queue = self._buckets[network], self._waiting[network]
            bucket.fill(boot)
            for place, one in sorted(queue.items(), key=lambda item: self._order(item[1])):
                if one.urgency is Urgency.BEAT and boot - one.since_boot > BEAT_S:
                    self.dropped += 1
                    self._missed[one.key] = self._missed.get(one.key, 0) + 1
                    self._gone.append(place)
                    del queue[place]
                elif not bucket.lacks(one):
                    self._take(bucket, one)
                    del queue[place]
                    yield one
                else:
                    break
            self._put(network)

    def deadline(self) -> float:
        """Boot-time seconds at which the next one may go; infinity: nothing waits."""
        return self._agenda.next_boot()

    def _put(self, network: str) -> None:
        """When the first of those that wait there may go; one where nobody waits any more is never due."""
        if self._waiting[network]:
            self._agenda.put(network, self._next_boot(network))
        else:
            del self._waiting[network]
            self._agenda.put(network, NEVER)

    def _next_boot(self, network: str) -> float:
        bucket, first = self._buckets[network], min(self._waiting[network].values(), key=self._order)
        return bucket.at_boot + bucket.lacks(first) / bucket.air.per_s

    def gone(self) -> list[tuple[str, bool]]:
        """What has waited too long since this was last asked."""
        gone, self._gone = self._gone, []
        return gone

    def clear(self) -> None:
        """Nothing may be sent any more: what waited is not for later."""
        self._waiting.clear()
        self._agenda, self._gone = Agenda(), []

    def _take(self, bucket: _Bucket, wanted: Waiting) -> None:
        bucket.left -= wanted.cost
        if wanted.urgency is Urgency.BEAT:
            self._missed.pop(wanted.key, None)

    def _order(self, one: Waiting) -> tuple[Urgency, int, float]:
        """Who goes first."""
        missed = self._missed.get(one.key, 0) if one.urgency is Urgency.BEAT else 0
        return one.urgency, -missed, one.since_boot

    def _bucket(self, air: Air, boot: float) -> _Bucket:
        bucket = self._buckets.get(air.key)
        if bucket is None:
            bucket = self._buckets[air.key] = _Bucket(air, air.burst, boot)
        bucket.fill(boot)
        return bucket
