"""Plays an evening through the daemon's own engine, on lamps of paper, and writes it down. No clock, no broker.

Waiting is what makes time pass here: the next instant is the one at which the engine wants to be asked.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from winddown.clock import Instant
from winddown.config import Config, Room
from winddown.core.calendar import night_at
from winddown.core.engine import Engine
from winddown.core.evening import Evening, evening_of
from winddown.model import Connected, Effect, Message, Phase, Publish, Received
from winddown.plan.paper import Known, PaperLamp, Start, on_paper
from winddown.plan.track import Track
from winddown.plan.week import evening_on

_LEAD_S = 60.0
"""The daemon is up this long before the first lamp is wanted."""
_LEAST_S = 0.01
_BEFORE = b"as it was"
"""What every quiet target says of itself before it is muted."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened."""

    at: float
    kind: str
    """`phase`, `quiet`, `mute`, `cue`."""
    text: str
    """The phase; ON or OFF; the topic and its payload; the sentence."""


@dataclass(slots=True)
class Rehearsal:
    """An evening that was played."""

    key: str
    room: Room
    zone: ZoneInfo
    evening: Evening
    tracks: dict[str, Track]
    """By the lamp's name in the room."""
    told: list[Told] = field(default_factory=list)

    @property
    def pacing(self) -> str:
        """The lamp that breathes."""
        return self.room.breathing.light or next(iter(self.room.lights))

    def phases(self) -> list[tuple[float, Phase]]:
        """Every phase, by the instant at which it begins."""
        return [(told.at, Phase(told.text)) for told in self.told if told.kind == "phase"]

    def span(self, phase: Phase) -> tuple[float, float] | None:
        """From when to when a phase lasts; None: it does not come."""
        found = self.phases()
        for n, (at, one) in enumerate(found):
            if one is phase and at >= self.evening.runway_at - 1:
                return at, found[n + 1][0] if n + 1 < len(found) else self.evening.wake_at
        return None

    def quiet(self) -> tuple[float, float] | None:
        """From when to when it is quiet."""
        on = [told.at for told in self.told if told.kind == "quiet" and told.text == "ON"]
        off = [told.at for told in self.told if told.kind == "quiet" and told.text == "OFF" and on and told.at > on[0]]
        return (on[0], off[0] if off else self.evening.wake_at) if on else None


def rehearse(
    config: Config, key: str, day: date, start: Start | None = None, known: Known | None = None
) -> Rehearsal | None:
    """The evening of a date in a room, as it would run if the routine were on; None where its bedtime is off."""
    config = _routine_on(on_paper(config, known or {}), key)
    room, zone = config.rooms[key], config.zone()
    evening = evening_on(room, day, zone)
    if evening is None:
        return None
    begin = min(_begins(other, evening, zone) for other in config.rooms.values()) - _LEAD_S
    stage = _Stage(config, key, begin, start or Start())
    _play(Engine(config), stage, begin, evening.wake_at + 2)
    return Rehearsal(key, room, zone, evening, stage.tracks_of(room), stage.told)


def _routine_on(config: Config, key: str) -> Config:
    room = config.rooms[key].model_copy(update={"enabled": True})
    return config.model_copy(update={"rooms": {**config.rooms, key: room}})


def _begins(room: Room, evening: Evening, zone: ZoneInfo) -> float:
    """When the evening of a room, which may share a lamp with ours, begins: that one which runs at our runway."""
    night = night_at(evening.runway_at, room.bedtime, room.wake, zone)
    if night is None:
        return evening.runway_at
    return min(evening_of(room, night).runway_at, evening.runway_at)


def _play(engine: Engine, stage: _Stage, begin: float, end: float) -> None:
    at = begin
    stage.carry_out(engine.begin(_instant(at)), at)
    stage.carry_out(engine.handle(Connected(), _instant(at)), at)
    stage.introduce()
    while at < end:
        stage.carry_out(engine.tick(_instant(at)), at)
        while stage.answers:
            stage.carry_out(engine.handle(stage.answers.popleft(), _instant(at)), at)
        at = max(engine.deadline(_instant(at)), at + _LEAST_S)


def _instant(at: float) -> Instant:
    return Instant(wall=at, boot=at)


class _Stage:
    """The broker, the lamps and the speakers of the rehearsal: what they are told, and what they answer."""

    def __init__(self, config: Config, key: str, begin: float, start: Start) -> None:
        self.answers: deque[Received] = deque()
        self.told: list[Told] = []
        self._config = config
        self._room_topic = f"{config.mqtt.prefix}/{key}/"
        self._muted = {target.topic for target in config.rooms[key].quiet}
        self._tracks = {lamp.told: _track(lamp, begin, start) for lamp in _lamps(config)}
        self._phase = ""

    def introduce(self) -> None:
        """Everything says how it is."""
        for lamp in _lamps(self._config):
            self.answers.append(self._report(lamp.told))
        for room in self._config.rooms.values():
            self.answers += [Received(target.state, _BEFORE) for target in room.quiet if target.state is not None]

    def carry_out(self, effects: Iterable[Effect], at: float) -> None:
        """Write down what is sent, and do it."""
        for effect in effects:
            match effect:
                case Publish(message) if message.topic in self._tracks:
                    self._tell_lamp(message, at)
                case Publish(message) if message.topic in self._muted:
                    self.told.append(Told(at, "mute", f"{message.topic} {message.payload}"))
                case Publish(message) if message.topic.startswith(self._room_topic):
                    self._hear_room(message.topic.removeprefix(self._room_topic), message.payload, at)
                case _:
                    pass

    def tracks_of(self, room: Room) -> dict[str, Track]:
        """The tracks of a room, by its own names."""
        drivers = {name: lamp.driver for name, lamp in room.lights.items()}
        return {name: self._tracks[lamp.told] for name, lamp in drivers.items() if isinstance(lamp, PaperLamp)}

    def _tell_lamp(self, message: Message, at: float) -> None:
        said = json.loads(message.payload)
        if said:
            track = self._tracks[message.topic]
            level = track.profile.scale if said["on"] and not track.profile.dims else said["level"]
            track.go(at, level, said["mired"], said["fade_s"])
        self.answers.append(self._report(message.topic))

    def _report(self, topic: str) -> Received:
        track = self._tracks[topic]
        on = track.last_level > 0
        said = {"on": on, "level": track.last_level if on and track.profile.dims else None, "mired": track.last_mired}
        return Received(topic.removesuffix("/set"), json.dumps(said).encode())

    def _hear_room(self, name: str, payload: str, at: float) -> None:
        match name:
            case "state":
                phase = str(json.loads(payload)["phase"])
                if phase != self._phase:
                    self._phase = phase
                    self.told.append(Told(at, "phase", phase))
            case "quiet":
                self.told.append(Told(at, "quiet", payload))
            case "cue":
                self.told.append(Told(at, "cue", str(json.loads(payload)["text"])))
            case _:
                pass


def _lamps(config: Config) -> list[PaperLamp]:
    """Every lamp of the house, once."""
    all_ = [lamp.driver for room in config.rooms.values() for lamp in room.lights.values()]
    return list({lamp.key: lamp for lamp in all_ if isinstance(lamp, PaperLamp)}.values())


def _track(lamp: PaperLamp, begin: float, start: Start) -> Track:
    profile = lamp.limits
    shown = start.report(profile)
    return Track(profile, begin, profile.scale if shown.level is None else shown.level, shown.mired)
