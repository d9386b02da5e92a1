"""What people ask, by button or by message: which of it counts, and whom it is for. Refusals are `why` lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from winddown.clock import Instant
from winddown.core.hearing import FromButton, ToRoom
from winddown.core.lamp import Lamp
from winddown.core.presses import parse_command, verb_for
from winddown.core.reconfigured import reconfigured
from winddown.core.room import Room
from winddown.core.sequence import late as entered_late
from winddown.core.sequence import sequence
from winddown.core.settings import MOVING, RefusedError, changed
from winddown.core.verbs import SECOND_SINGLE_S, carry_out
from winddown.core.voice import Voice
from winddown.model import Effect, Log, Press, Received, Sentence, say, word

LONGEST_TEXT = 200
"""Nothing that people ask is longer."""


class Play(Protocol):
    """Sends what lamps are to show now: before everything that is only told."""

    def __call__(self, now: Instant, lamps: Iterable[Lamp] | None = None) -> None:
        """Those of a room, or all of them."""


class Asking:
    """Presses, commands and settings for all rooms."""

    def __init__(self, rooms: Mapping[str, Room], voices: Mapping[str, Voice]) -> None:
        self.rooms = rooms
        self.voices = voices
        self._counted: dict[tuple[str, str], str] = {}
        """By room and topic: what a button that repeats itself last counted on this connection."""

    def connected(self) -> None:
        """What buttons counted meanwhile is unknown."""
        self._counted.clear()

    def button(self, route: FromButton, got: Received, now: Instant, *, late: bool, first: Play) -> list[Effect]:
        """A message from a room's button: mostly a press, sometimes an old one told again."""
        counted = route.button.sequence(got.topic, got.payload)
        if counted is not None:
            before = self._counted.get((route.room, got.topic))
            self._counted[route.room, got.topic] = counted
            if before in (None, counted):
                return []
        press = None if got.old else route.button.decode(got.topic, got.payload)
        return [] if press is None else self.press(route.room, press, route.button.key, now, late=late, first=first)

    def press(self, name: str, press: Press, source: str, now: Instant, *, late: bool, first: Play) -> list[Effect]:
        """A finger on a room's button."""
        room = self.rooms[name]
        room.stir()
        if late:
            room.news.whys.append(say("press.late", what=word("press", press)))
            return []
        feel = room.finger.feel(press, now.boot)
        if feel == "flood_first":
            room.news.whys.append(say("press.flood"))
        if feel != "accepted":
            return []
        sequence = room.sequence
        if press is Press.SINGLE and sequence is not None and 0 <= sequence.at(now.boot) < SECOND_SINGLE_S:
            return []
        phase = room.press_phase(now)
        order = verb_for(press, phase, room.origin, room.hours.config.presses.overrides)
        if order is not None:
            carry_out(room, order, now)
            first(now, room.bedside.lamps.values())
            verb, pressed = word("verb", order.verb), word("press", press)
            room.news.whys.insert(0, say("press.did", press=pressed, phase=word("phase", phase), verb=verb))
        room.news.presses.append((press, source))
        return []

    def order(self, route: ToRoom, got: Received, now: Instant, *, late: bool, first: Play) -> list[Effect]:
        """A command or a setting for a room, or a command for all of them."""
        if got.old:
            return [Log(f"{got.topic}: an old command is ignored", "debug")]
        text = _text(got.payload)
        if text == "" and route.name is None:
            return []  # somebody cleared what was stored there
        if text is None:
            if route.room is not None and route.name is not None:
                self.rooms[route.room].stir()
                no_value = say("setting.no_value", name=route.name, value=repr(got.payload[:40]))
                self.rooms[route.room].news.whys.append(no_value)
                self.voices[route.room].spring_back()
            return [Log(f"{got.topic}: nothing to be made of {got.payload[:60]!r}", "debug")]
        effects: list[Effect] = []
        for name in self.rooms if route.room is None else (route.room,):
            room = self.rooms[name]
            room.stir()
            if late:
                room.news.whys.append(say("press.late", what=text))
                continue
            if route.name is None:
                self._command(room, text, now, turn_s=room.hours.turn_s if route.room is None else 0.0)
            elif route.name == "press":
                effects += self._pressed(room, text, now, first)
            else:
                self._set(room, route.name, text, now)
        first(now)
        return effects

    def _command(self, room: Room, text: str, now: Instant, *, turn_s: float) -> None:
        order = parse_command(text)
        if isinstance(order, Sentence):
            room.news.whys.append(order)
            return
        carry_out(room, order, now, turn_s=turn_s)
        room.news.whys.insert(0, say("order.asked", text=text.strip()))

    def _pressed(self, room: Room, text: str, now: Instant, first: Play) -> list[Effect]:
        if text not in {*Press}:
            room.news.whys.append(say("press.unknown", value=repr(text)))
            return []
        return self.press(room.name, Press(text), "mqtt", now, late=False, first=first)

    def _set(self, room: Room, name: str, text: str, now: Instant) -> None:
        if name == "quiet":
            self._quiet(room, text, now)
            return
        try:
            after = changed(room.hours.file, room.hours.memory.settings, name, text, room.hours.night, room.hours.zone)
        except RefusedError as error:
            room.news.whys.append(error.says)
            self.voices[room.name].spring_back()
            return
        room.hours.keep(settings=after)
        reconfigured(room, now, moved=name in MOVING)
        if name in ("breathing", "pace"):
            _breathe_anew(room, now)
        room.news.whys.append(say("setting.set", name=word("setting", name), value=text.strip()))

    def _quiet(self, room: Room, text: str, now: Instant) -> None:
        """OFF: until the next evening. ON by day: until OFF or wake."""
        if text not in ("ON", "OFF"):
            room.news.whys.append(say("setting.no_switch", name="quiet", value=repr(text)))
            self.voices[room.name].spring_back()
            return
        until = None if room.hours.evening is None else room.hours.evening.wake_at
        wanted: bool | None = text == "ON"
        room.hours.keep(quiet_set=None, quiet_set_until=None)
        if room.hours.quiet(now) is not wanted:
            room.hours.keep(quiet_set=wanted, quiet_set_until=until or now.wall + 86_400)


def _breathe_anew(room: Room, now: Instant) -> None:
    """A breathing that runs goes on at the new pace, with its next whole breath, and ends by the new length."""
    running, old = room.hours.memory.running, room.sequence
    if running is None or old is None or not old.breaths:
        return
    running = replace(running, for_s=room.hours.config.breathing.for_s)
    made = sequence(room.hours.config, room.bedside.pacing.seen.profile, running, old.begin_boot, lights=old.lights)
    room.run(entered_late(made, now.boot), now)
    room.hours.keep(running=running)


def _text(payload: bytes) -> str | None:
    """Short text without control characters; None: something else."""
    if len(payload) > LONGEST_TEXT:
        return None
    try:
        text = payload.decode().strip()
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
