"""Plays an engine on borrowed lamps: their commands go out, all else goes to the terminal. It plans nothing."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from winddown import clock, payload
from winddown.cli.trying import OnLamps
from winddown.clock import Instant
from winddown.core.engine import Engine
from winddown.model import Connected, Effect, Phase, Publish
from winddown.trial import DARK_S

_PHASES = {
    Phase.DAY: "day",
    Phase.RUNWAY: "the runway: lamps sink and turn warm",
    Phase.RELEASE: "release",
    Phase.BREATHING: "bedtime: one lamp breathes",
    Phase.NIGHT: "night",
}


class Showing:
    """An engine that plays on the lamps; what it says of itself goes to the terminal, and nowhere else."""

    def __init__(
        self, lamps: OnLamps, engine: Engine, own_prefix: str, room: str, now: Instant, until_boot: float
    ) -> None:
        self._lamps = lamps
        self._engine = engine
        self._own_prefix = f"{own_prefix}/"
        self._room = f"{own_prefix}/{room}/"
        self._began_boot = now.boot
        self._until_boot = until_boot
        self._phase = Phase.DAY

    def run(self) -> None:
        """To the end of the evening, and a moment of dark."""
        engine = self._engine
        self._carry_out(engine.begin(clock.now()))
        self._carry_out(engine.handle(Connected(), clock.now()))
        for message in list(self._lamps.heard.values()):
            self._carry_out(engine.handle(message, clock.now()))
        while (now := clock.now()).boot < self._until_boot:
            self._carry_out(engine.tick(now))
            due_boot = min(engine.deadline(now), self._until_boot)
            event = self._lamps.next(max(due_boot - clock.now().boot, 0.0))
            if event is not None:
                self._carry_out(engine.handle(event, clock.now()))

    def _carry_out(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case Publish(message) if message.topic.startswith(self._own_prefix):
                    self._tell(message.topic.removeprefix(self._room), message.payload)
                case Publish(message) if not message.retain:
                    self._lamps.pass_on(message)
                case _:
                    pass  # nothing is remembered, and the loop looks at the clock by itself

    def _tell(self, name: str, text: str) -> None:
        match name:
            case "state":
                self._follow(payload.as_object(text.encode()) or {})
            case "cue":
                said = payload.as_object(text.encode()) or {}
                self._line(f"  “{said.get('text')}”")
            case "why" if self._phase is not Phase.DAY:
                self._line(f"  {text[6:]}")  # without its time of day, which is no evening's
            case _:
                pass

    def _follow(self, state: dict[str, object]) -> None:
        touched = state.get("touched")
        self._lamps.yours = {str(name) for name in touched} if isinstance(touched, list) else set()
        phase = Phase(str(state.get("phase")))
        if phase is self._phase:
            return
        self._phase = phase
        self._line(_PHASES[phase])
        if phase is Phase.NIGHT:
            self._until_boot = clock.now().boot + DARK_S

    def _line(self, text: str) -> None:
        typer.echo(f"{clock.now().boot - self._began_boot:4.0f} s  {text}")
