"""Whether a lamp would hear what it is told: it, and the bridge in front of it. What it would not hear is not sent."""

from __future__ import annotations

from winddown.model import Availability

BACK_S = 10.0
"""What it says this soon after it came back is what its power, or an old state, made of it."""
DEAF_S, UNHEARD = 20.0, 3
"""Told so often in so long, without a word: it has no power, and its bridge does not know that yet."""
AGAIN_S = 60.0
"""A deaf lamp is asked at most that often: each read of it keeps a Zigbee bridge busy for ten seconds."""


class Reach:
    """One lamp, as far as it and its bridge say, or fail to say."""

    __slots__ = (
        "_asked",
        "_first_boot",
        "_last_boot",
        "_lost",
        "_unheard",
        "bridge_back_boot",
        "bridge_gone",
        "online",
    )

    def __init__(self) -> None:
        self.online: bool | None = None
        self.bridge_gone = False
        self.bridge_back_boot = float("-inf")
        """When the bridge was last there again."""
        self._lost = False
        self._unheard = 0
        self._asked = False
        """It was asked something since it last spoke."""
        self._first_boot = self._last_boot = float("-inf")
        """Of what it was told since it last spoke."""

    def __bool__(self) -> bool:
        return self.online is not False and not self.bridge_gone and not self._lost

    def told(self, boot: float, *, asks: bool) -> None:
        """It is told or asked something, upon which such a lamp speaks."""
        self._first_boot, self._last_boot = self._first_boot if self._unheard else boot, boot
        self._unheard, self._asked = self._unheard + 1, asks or (self._asked and self._unheard > 0)

    def untold(self) -> None:
        """What it was told last was never sent."""
        self._unheard = max(0, self._unheard - 1)

    def doubtful(self, boot: float) -> bool:
        """It has said nothing for so long that it is worth a question: it may hear, and not say what it is told."""
        return self._unheard >= UNHEARD and not self._asked and boot >= self._first_boot + DEAF_S / 2

    def deaf(self, boot: float, *, again: bool = False) -> bool:
        """It gives no sign of life, so it is told nothing; `again`: and it is time to ask whether it does by now."""
        silent = self._unheard >= UNHEARD and self._asked and boot >= self._first_boot + DEAF_S
        return silent and (not again or boot >= self._last_boot + AGAIN_S)

    def speaks(self) -> None:
        """It has said something, so it is there, whatever was said of it."""
        self.online = None if self.online is None else True
        self._unheard = 0

    def named(self, *, lost: bool) -> bool:
        """Whether its bridge has nobody of its name any more; True: it is back."""
        before, self._lost = self._lost, lost
        return before and not lost

    def hear(self, said: Availability, boot: float) -> bool:
        """Take in what is said of it; True: it is back from where it could not be heard."""
        gone = self.bridge_gone if said.bridge else self.online is False
        if said.bridge:
            self.bridge_gone = not said.online
        else:
            self.online = said.online
        self._unheard = 0 if said.online else self._unheard
        back = said.online and (gone or said.started)
        if back and said.bridge:
            self.bridge_back_boot = boot
        return back
