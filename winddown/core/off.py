"""Off means off: how often a lamp that does not say OFF is told again, and when that is a problem. It sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

AGAIN_S = (2.0, 5.0, 15.0, 30.0)
"""After the first OFF; then every `THEN_EVERY_S` until wake."""
THEN_EVERY_S = 300.0
STALE_S = 2.0
"""An ON this soon after a said OFF may be the tail of a fade, and is asked about before it is believed."""


@dataclass(slots=True)
class OffWatch:
    """One OFF, and whether the lamp has said so."""

    told_boot: float
    mute: bool
    """The lamp cannot report: it is told twice, and that is all."""
    repeats: int = 0
    said_boot: float | None = None
    complained: bool = False
    """People were told that it refuses."""

    @property
    def said(self) -> bool:
        """The lamp has said OFF."""
        return self.said_boot is not None

    @property
    def refused(self) -> bool:
        """Told five times and still not off: a person should know."""
        return not self.said and not self.mute and self.repeats >= len(AGAIN_S)

    def next_boot(self) -> float | None:
        """When it is to be told again; None: never."""
        if self.said or (self.mute and self.repeats):
            return None
        if self.repeats < len(AGAIN_S):
            return self.told_boot + AGAIN_S[self.repeats]
        return self.told_boot + AGAIN_S[-1] + THEN_EVERY_S * (self.repeats - len(AGAIN_S) + 1)

    def due(self, boot: float) -> bool:
        """It is to be told again now; after this it counts as told."""
        at_boot = self.next_boot()
        if at_boot is None or boot < at_boot:
            return False
        self._catch_up(boot)
        return True

    def _catch_up(self, boot: float) -> None:
        """What came late makes what follows late by as much, so that it does not come at once."""
        late_s = boot - (self.next_boot() or boot)
        self.told_boot += late_s if late_s > 1 else 0
        self.repeats += 1
