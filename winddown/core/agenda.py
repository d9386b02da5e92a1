"""Who is due when, the earliest first: a heap, so that nobody who is not due is looked at. It knows no clock."""

from __future__ import annotations

from collections.abc import Hashable
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

NEVER = float("inf")
_SPARE = 64
"""Entries that count no more are kept until they are this many and as many as those that do."""


class Agenda(Generic[K]):
    """One instant for each."""

    def __init__(self) -> None:
        self._due: dict[K, float] = {}
        self._heap: list[tuple[float, int, K]] = []
        """Every instant that somebody was ever put at; it counts where `_due` says the same."""
        self._number = count()

    def put(self, who: K, boot: float) -> None:
        """Due then, and not when it was before; infinity: not at all."""
        if self._due.get(who, NEVER) == boot:
            return
        if boot == NEVER:
            del self._due[who]
            return
        self._due[who] = boot
        heappush(self._heap, (boot, next(self._number), who))
        if len(self._heap) > 2 * len(self._due) + _SPARE:
            self._heap = [(at, next(self._number), one) for one, at in self._due.items()]
            heapify(self._heap)

    def at(self, who: K) -> float:
        """When it is due."""
        return self._due.get(who, NEVER)

    def next_boot(self) -> float:
        """When the first of them is due."""
        while self._heap and self._due.get(self._heap[0][2], NEVER) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else NEVER

    def take(self, boot: float) -> list[K]:
        """Those who are due by then; they are on it no more."""
        taken: list[K] = []
        while self.next_boot() <= boot:
            who = heappop(self._heap)[2]
            del self._due[who]
            taken.append(who)
        return taken
