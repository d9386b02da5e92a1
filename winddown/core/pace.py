"""Airtime: how fast commands may follow each other. It holds back what would come too fast, and sends nothing itself.

A Zigbee network carries a few commands a second; more of them are lost, or come in a burst when the moment is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from winddown.lights.dialect import Air

BEAT_S = 0.3
"""A beat that would come later than this is of no use: the next one is."""
KEPT_FREE = 2
"""Commands that questions leave room for: a press is answered at once, whatever is asked at the moment."""


class Urgency(IntEnum):
    """What goes first where not all can."""

    OFF = 0
    PRESS = 1
    BEAT = 2
    STEP = 3
    ASK = 4


@dataclass(frozen=True, slots=True)
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
        free = KEPT_FREE if wanted.urgency is Urgency.ASK else 0
        return max(0.0, min(wanted.cost + free, self.air.burst) - self.left)

    def take(self, wanted: Waiting) -> None:
        self.left -= wanted.cost


class Pace:
    """All networks; a lamp whose system needs no care is a network of its own."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._waiting: dict[str, dict[tuple[str, bool], Waiting]] = {}
        """By network, then by lamp and whether it is a question: what is newer replaces what waits."""
        self.dropped = self.replaced = 0

    def admits(self, air: Air, wanted: Waiting, boot: float) -> bool:
        """It may go now. Else it waits, in the place of what waited for the same lamp."""
        waiting = self._waiting.get(air.key)
        place = (wanted.key, wanted.urgency is Urgency.ASK)
        bucket = self._bucket(air, boot)
        ahead = waiting and any(one.urgency <= wanted.urgency for one in waiting.values())
        if not ahead and not bucket.lacks(wanted):
            bucket.take(wanted)
            if waiting and waiting.pop(place, None) is not None:
                self.replaced += 1
            return True
        queue = self._waiting.setdefault(air.key, {})
        self.replaced += place in queue
        queue[place] = wanted
        return False

    def due(self, boot: float) -> Iterator[Waiting]:
        """What may go by now, the most urgent first; a beat that has waited too long goes nowhere."""
        for network, queue in list(self._waiting.items()):
            bucket = self._buckets[network]
            bucket.fill(boot)
            for place, one in sorted(queue.items(), key=lambda item: (item[1].urgency, item[1].since_boot)):
                if one.urgency is Urgency.BEAT and boot - one.since_boot > BEAT_S:
                    self.dropped += 1
                    del queue[place]
                elif not bucket.lacks(one):
                    bucket.take(one)
                    del queue[place]
                    yield one
                else:
                    break
            if not queue:
                del self._waiting[network]

    def deadline(self) -> float:
        """Boot-time seconds at which the next one may go; infinity: nothing waits."""
        due = [
            bucket.at_boot + min(map(bucket.lacks, queue.values())) / bucket.air.per_s
            for network, queue in self._waiting.items()
            if queue and (bucket := self._buckets[network])
        ]
        return min(due, default=float("inf"))

    def holds(self, place: tuple[str, bool]) -> bool:
        """It waits still."""
        return any(place in queue for queue in self._waiting.values())

    def clear(self) -> None:
        """Nothing may be sent any more: what waited is not for later."""
        self._waiting.clear()

    def _bucket(self, air: Air, boot: float) -> _Bucket:
        bucket = self._buckets.get(air.key)
        if bucket is None:
            bucket = self._buckets[air.key] = _Bucket(air, air.burst, boot)
        bucket.fill(boot)
        return bucket
