"""A question to a lamp, what it shows, and its answer. Asks nothing itself; says when it is worth asking.

Answers come in parts, the first of them stale; the last one in half a second counts.
"""

from __future__ import annotations

from winddown.core.touch import over
from winddown.model import Report

ANSWER_S = 0.5
BRIDGE_UP_S, TRIES = 1.0, 4
"""A Zigbee2MQTT that says that it is there cannot be asked yet; what it says of a lamp until that answers is memory."""


class Question:
    """Put to one lamp, one at a time."""

    __slots__ = ("_answer", "asked_boot", "begins", "doubts", "only")

    def __init__(self) -> None:
        self.doubts = False
        """There is something worth a question."""
        self.begins = False
        """What it answers next is what the evening finds, and no hand's doing in it."""
        self.asked_boot: float | None = None
        """When it was last asked; None: the time for answers is over."""
        self.only = 0
        """So many more answers are waited for before anything else that it says counts: its bridge has just started,
        and says what it remembers."""
        self._answer: Report | None = None

    @property
    def open(self) -> bool:
        """It is to say what it shows, and has not yet."""
        return self.doubts or self.asked_boot is not None

    def asked(self, boot: float) -> None:
        """It is being asked."""
        self.asked_boot, self._answer, self.doubts = boot, None, False

    def hears(self, report: Report, boot: float) -> bool:
        """True: that is a part of the answer, to be judged when all of it is here."""
        if self.asked_boot is None or boot > self.asked_boot + ANSWER_S:
            return False
        self._answer = report if self._answer is None else over(self._answer, report)
        return True

    def void(self) -> None:
        """It is told something else: what it has answered so far is of before."""
        self._answer = None

    def over(self, boot: float) -> bool:
        """The time for answers has just ended."""
        return self.asked_boot is not None and boot >= self.asked_boot + ANSWER_S

    def answer(self) -> Report | None:
        """All of it; None: it said nothing. The question is closed."""
        answer, self.asked_boot, self._answer = self._answer, None, None
        self.only = 0 if answer is not None else max(0, self.only - 1)
        self.doubts |= self.only > 0
        return answer
