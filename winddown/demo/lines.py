"""The demonstration without a terminal: one line an event. It shows what happened and never what is meant to happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from winddown.demo.devices import PhoneIs, Shown, Told
from winddown.demo.onlooker import Accepted, Came, CueSaid, StateIs
from winddown.demo.stage import Seen
from winddown.demo.words import Words
from winddown.model import Phase


@dataclass(slots=True)
class Lines:
    """Turns what happens into lines."""

    words: Words
    print: Callable[[str], None]
    phase: Phase | None = None

    def room(self, lamps: dict[str, Shown], *, muted: bool) -> None:
        """How the room is when the curtain rises."""
        for name, shown in lamps.items():
            kelvin = round(shown.kelvin, -1) if name == "bedside" else None
            self.take(Told(name, round(100 * shown.level), None if kelvin is None else int(kelvin), 0.0))
        self.take(PhoneIs(muted))

    def take(self, seen: Seen) -> None:
        """Print what is worth a line."""
        text = self._line(seen)
        if text is not None:
            self.print(text)

    def _line(self, seen: Seen) -> str | None:
        match seen:
            case Told():
                return told(seen, self.words)
            case PhoneIs(muted):
                return f"{self.words.phone} {self.words.muted if muted else self.words.rings}"
            case StateIs(phase=phase):
                return self._new_phase(phase)
            case CueSaid(text):
                return f"“{text}”"
            case Accepted(press):
                return f"{self.words.press} {self.words.presses[press]}"
            case Came(online):
                return f"winddown {'online' if online else 'offline'}"
            case _:
                assert_never(seen)

    def _new_phase(self, phase: Phase) -> str | None:
        if phase is self.phase:
            return None
        self.phase = phase
        return f"{self.words.phase} {self.words.phases[phase]}"


def told(seen: Told, words: Words) -> str:
    """`lamp bedside 60 % 2700 K in 5 s`."""
    name = f"{words.lamp} {words.lamps[seen.lamp]}"
    if seen.percent == 0:
        return f"{name} {words.off}"
    warmth = "" if seen.kelvin is None else f" {seen.kelvin} K"
    seconds = f"{seen.fade_s:.1f}".removesuffix(".0").replace(".", words.decimal)
    fade = f" {words.within.format(seconds=seconds)}" if seen.fade_s else ""
    return f"{name} {seen.percent} %{warmth}{fade}"
