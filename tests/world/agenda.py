"""What is going to happen, in the order in which it will. It runs nothing and knows no clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from math import inf

Action = Callable[[], object]


class Agenda:
    """A heap of actions by boot-time instant; equal instants keep the order in which they were entered."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action]] = []
        self._entered = 0

    @property
    def next_boot(self) -> float:
        """When the next action is due; infinity: nothing is."""
        return self._heap[0][0] if self._heap else inf

    def enter(self, boot: float, action: Action) -> None:
        """Let something happen at `boot`."""
        self._entered += 1
        heapq.heappush(self._heap, (boot, self._entered, action))

    def pop(self) -> Action:
        """The next action, taken out."""
        return heapq.heappop(self._heap)[2]
