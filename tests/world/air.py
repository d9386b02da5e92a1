"""The air between a Zigbee coordinator and one lamp: one frame at a time, ten seconds for one unheard. Drops none."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from world.body import Lamp

ONE_WAY_S = 0.025
NO_ANSWER_S = 10.0
Frame = Callable[[], object]


class Air:
    """The line of messages to one lamp. A message is its frames, and what follows once the last one is answered."""

    def __init__(self, lamp: Lamp, unheard: Frame) -> None:
        self._lamp = lamp
        self._unheard = unheard
        self._line: deque[tuple[Sequence[Frame], Frame]] = deque()
        self._busy = False

    def send(self, frames: Sequence[Frame], answered: Frame) -> None:
        """Put a message into the line."""
        self._line.append((frames, answered))
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._line)
        if self._line:
            frames, answered = self._line.popleft()
            self._frame(frames, 0, answered)

    def _frame(self, frames: Sequence[Frame], n: int, answered: Frame) -> None:
        if n == len(frames):
            answered()
            self._next()
        elif self._lamp.mains:
            self._lamp.world.after(ONE_WAY_S, partial(self._arrive, frames, n, answered))
        else:
            self._lamp.world.after(NO_ANSWER_S, partial(self._lost, frames, n))

    def _arrive(self, frames: Sequence[Frame], n: int, answered: Frame) -> None:
        if self._lamp.mains:
            frames[n]()
        self._lamp.world.after(ONE_WAY_S, partial(self._frame, frames, n + 1, answered))

    def _lost(self, frames: Sequence[Frame], n: int) -> None:
        self._unheard()
        self._frame(frames, n + 1, nothing)


def nothing() -> None:
    """A frame that only reads."""
