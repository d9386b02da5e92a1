"""What to do about our own mistakes: drop one, end at the second, and after the third be content with less.

One message that nobody can digest must not end a night. But whoever stumbles twice, in two places, does not know any
more what it is doing, and begins again. Who does that three times within five minutes would do it all night.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from winddown.model import CrashMemory, Memory, Remember, Sentence, say
from winddown.sentences import told

_log = logging.getLogger(__name__)

APART_S = 600.0
"""A second, different one within this time ends the process."""
FAILING_S = 60.0
"""So does an engine that could do nothing of what was due for so long."""
AGAIN_S = 300.0
SAFE_AFTER = 2
"""After so many ends by our own fault within `AGAIN_S`, the next start is a safe night."""
CRASHES = "crashes/daemon"


class Mishaps:
    """Exceptions that must not end the night: each is told once, by the line of code that it comes from."""

    def __init__(self) -> None:
        self._told: set[tuple[str, int]] = set()

    def tell(self, during: str, error: Exception) -> bool:
        """Log it, with its traceback, unless its like was logged before; True: it is a new one."""
        place = _origin(error)
        if place in self._told:
            return False
        self._told.add(place)
        _log.error("dropped after an error of ours: %s", during, exc_info=error)
        return True


class Stumbles:
    """Counts the engine's."""

    def __init__(self, tell: Callable[[Sentence], object]) -> None:
        self.enough: str | None = None
        """Why the process is to end; None: it need not."""
        self._mishaps = Mishaps()
        self._tell = tell
        self._last_boot: float | None = None
        self._failing_boot: float | None = None

    def dropped(self, during: Sentence, error: Exception, boot: float) -> None:
        """Something was dropped, at this boot-time second."""
        if not self._mishaps.tell(told(during, "en"), error):
            return
        if self._last_boot is not None and boot - self._last_boot <= APART_S:
            self.enough = f"two different errors of ours within {APART_S / 60:g} minutes; beginning again"
        self._last_boot = boot
        self._tell(say("trouble.dropped", during=during))

    def failed(self, error: Exception, boot: float) -> None:
        """What was due could not be done."""
        if self._failing_boot is None:
            self._failing_boot = boot
        if boot - self._failing_boot >= FAILING_S:
            self.enough = f"nothing that was due could be done for {FAILING_S:g} s; beginning again"
        self.dropped(say("trouble.during_due"), error, boot)

    def went_well(self) -> None:
        """What was due was done."""
        self._failing_boot = None


def crashed(before: Memory | None, boot: float) -> Remember:
    """To be kept when the process ends by its own fault."""
    return Remember(CRASHES, CrashMemory(at_boot=(*recent(before, boot), boot)[-SAFE_AFTER:]))


def wants_safety(before: Memory | None, boot: float) -> bool:
    """It has ended by its own fault so often that this start had better do less."""
    return len(recent(before, boot)) >= SAFE_AFTER


def recent(before: Memory | None, boot: float) -> tuple[float, ...]:
    """The crashes that count: of this boot, and not long ago. Who was killed, or lost its power, did not crash."""
    found = before.at_boot if isinstance(before, CrashMemory) else ()
    return tuple(at for at in found if 0 <= boot - at <= AGAIN_S)


def _origin(error: Exception) -> tuple[str, int]:
    """File and line where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return ("", 0) if trace is None else (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
