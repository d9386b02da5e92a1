"""What is to be seen at one moment, made of what happened so far. It draws nothing and reads no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from winddown.clock import Instant
from winddown.core.breathing import SLOWING_S, breath_at, breaths
from winddown.core.presses import verb_for
from winddown.demo.devices import PhoneIs, Shown
from winddown.demo.onlooker import Accepted, Beat, CueSaid, StateIs
from winddown.demo.stage import Seen
from winddown.model import Origin, Phase, Press, Verb

CUE_IN_S, CUE_OUT_S = 0.35, 0.9
_FLASH_S = 0.9


@dataclass(frozen=True, slots=True)
class Breathing:
    """The breath at this moment."""

    inhales: bool
    fullness: float
    """0 breathed out, 1 breathed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything on the screen."""

    lamps: Mapping[str, Shown]
    muted: bool = False
    phase: Phase = Phase.DAY
    share: float = 0.0
    """How much of the phase is over, 0 to 1."""
    over: bool = False
    """It is day again."""
    cue: str = ""
    cue_strength: float = 1.0
    """It comes and goes softly: 0 to 1."""
    breath: Breathing | None = None
    flash: Press | None = None
    """The press that was felt just now."""
    verbs: Mapping[Press, Verb | None]
    """What each press would do now."""
    clock: str = ""
    port: int = 0


class Scene:
    """Told what happens, it says what there is to see."""

    def __init__(self, port: int, zone: ZoneInfo, overrides: Mapping[Press, Mapping[Phase, str]]) -> None:
        self._port = port
        self._zone = zone
        self._overrides = overrides
        self._muted = False
        self._state = StateIs(Phase.DAY, Origin.DAY, 0.0, None, None)
        self._been_dark = False
        self._cue = ""
        self._cue_boot, self._cue_for_s = 0.0, 0.0
        self._flash: Press | None = None
        self._flash_boot = 0.0

    def take(self, seen: Seen, now: Instant) -> None:
        """Something has happened."""
        match seen:
            case PhoneIs(muted):
                self._muted = muted
            case StateIs():
                self._state = seen
                self._been_dark = self._been_dark or seen.phase is Phase.NIGHT
            case CueSaid(text, for_s):
                self._cue, self._cue_boot, self._cue_for_s = text, now.boot, for_s
            case Accepted(press):
                self._flash, self._flash_boot = press, now.boot
            case _:
                pass

    def view(self, lamps: Mapping[str, Shown], now: Instant) -> View:
        """What there is to see now."""
        state, age_s = self._state, now.boot - self._cue_boot
        left_s = self._cue_for_s + CUE_OUT_S - age_s
        strength = max(0.0, min(1.0, age_s / CUE_IN_S, left_s / CUE_OUT_S))
        return View(
            lamps=lamps,
            muted=self._muted,
            phase=state.phase,
            share=_share(state, now.wall),
            over=self._been_dark and state.phase is Phase.DAY,
            cue=self._cue if strength > 0 else "",
            cue_strength=strength,
            breath=None if state.beat is None else breathing(state.beat, now.wall),
            flash=self._flash if now.boot - self._flash_boot < _FLASH_S else None,
            verbs={press: self._verb(press) for press in Press},
            clock=f"{datetime.fromtimestamp(now.wall, self._zone):%H:%M:%S}",
            port=self._port,
        )

    def _verb(self, press: Press) -> Verb | None:
        order = verb_for(press, self._state.phase, self._state.origin, self._overrides)
        return None if order is None else order.verb


def breathing(beat: Beat, at: float) -> Breathing:
    """Where the breath is at an instant (POSIX seconds), computed from what winddown publishes, as any client may."""
    planned = breaths(
        inhale_s=beat.inhale_s,
        exhale_s=beat.exhale_s,
        for_s=max(SLOWING_S, beat.breaths * (beat.inhale_s + beat.exhale_s)),
        start_pace=beat.start_pace,
        peak=1,
        floor=0,
    )[: beat.breaths]
    breath = planned[breath_at(planned, at - beat.since_at)]
    into_s = at - beat.since_at - breath.begin_s
    if into_s < breath.inhale_s:
        return Breathing(inhales=True, fullness=max(0.0, into_s / breath.inhale_s))
    return Breathing(inhales=False, fullness=max(0.0, 1 - (into_s - breath.inhale_s) / breath.exhale_s))


def _share(state: StateIs, at: float) -> float:
    if state.until_at is None or state.until_at <= state.since_at:
        return 0.0
    return max(0.0, min(1.0, (at - state.since_at) / (state.until_at - state.since_at)))
