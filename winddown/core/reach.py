"""Whether a lamp would hear what it is told: it, and the bridge in front of it. What it would not hear is not sent."""

from __future__ import annotations

from winddown.model import Availability


class Reach:
    """One lamp, as far as it and its bridge say."""

    def __init__(self) -> None:
        self.online: bool | None = None
        self.bridge_gone = False
        self.bridge_back_boot = float("-inf")
        """When the bridge was last there again."""

    def __bool__(self) -> bool:
        return self.online is not False and not self.bridge_gone

    def speaks(self) -> None:
        """It has said something, so it is there, whatever was said of it."""
        self.online = None if self.online is None else True

    def hear(self, said: Availability, boot: float) -> bool:
        """Take in what is said of it; True: it is back from where it could not be heard."""
        gone = self.bridge_gone if said.bridge else self.online is False
        if said.bridge:
            self.bridge_gone = not said.online
        else:
            self.online = said.online
        back = said.online and (gone or said.started)
        if back and said.bridge:
            self.bridge_back_boot = boot
        return back
