"""When Home Assistant is told of the rooms: on arrival, at its birth, after a change of language. What it is told is
in `winddown.homeassistant`. A payload is made when it goes out, a few rooms at a time, so no beat waits for twenty.

What stood announced before us is read from where it is announced: the broker. A room that is there no more is taken
away at the first connection, unless somebody was still online who may have it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from random import Random

from winddown.config import Config
from winddown.core.voice import Voice
from winddown.homeassistant import Place, Standing, announced, hub, read_standing, times_withdrawn, withdrawn
from winddown.homeassistant.entities import RETIRED, TIMES
from winddown.model import Effect, Message, Publish, Received

STORED_S = 1.0
"""After a connection: by then we have heard what the broker had stored."""
BIRTH_S = (1.0, 5.0)
"""Everybody answers a birth, so not all at once."""
AT_ONCE, SPACING_S = 4, 0.02
DEFAULT_BIRTH = "homeassistant/status"
"""Where Home Assistant says that it is born, whatever its discovery prefix."""


class Announcing:
    """Speaks to Home Assistant about all rooms, and says that we are online."""

    def __init__(self, config: Config, voices: Mapping[str, Voice], chance: Random) -> None:
        self._config = config
        self._voices = voices
        self._chance = chance
        self._hub = Place(config.mqtt.prefix, config.home_assistant.prefix, language=config.language)
        self._status = f"{config.mqtt.prefix}/status"
        self._births = {DEFAULT_BIRTH, f"{config.home_assistant.prefix}/status"}
        self._before: Standing | None = None
        self._others: tuple[str, ...] = ()
        self._settled = False
        """What stood before us has been dealt with."""
        self._somebody_online = False
        self._contradicted = False
        """Somebody said that we are offline."""
        self._gone: Mapping[str, str] = {}
        self._waiting: deque[str] = deque()
        self._hub_waits = self._states_wait = False
        self._due_boot = float("inf")

    def topics(self) -> tuple[str, ...]:
        """What is to be heard."""
        births = sorted(self._births) if self._config.home_assistant.discovery else ()
        return (self._status, self._hub.topic("state"), *births)

    def connected(self, boot: float) -> None:
        """The connection is ours to use; what the broker had stored is on its way."""
        self._everything(boot + STORED_S)

    def hear(self, got: Received, boot: float) -> None:
        """One of our topics says something."""
        if got.topic == self._status:
            self._contradicted |= got.payload == b"offline" and not got.retain
            self._somebody_online |= got.payload == b"online" and got.retain
        elif got.topic in self._births:
            if got.payload == b"online" and not got.retain:
                self._states_wait = True
                self._everything(boot + self._chance.uniform(*BIRTH_S))
        elif got.retain and not self._settled:
            self._before = read_standing(got.payload)

    def again(self, room: str | None, boot: float) -> None:
        """A room is called otherwise now."""
        if room is not None and self._config.home_assistant.discovery and room not in self._waiting:
            self._waiting.append(room)
            self._due_boot = min(self._due_boot, boot)

    def deadline(self) -> float:
        """Boot-time seconds at which there is something to tell."""
        return self._due_boot

    def due(self, boot: float) -> list[Effect]:
        """What is to be told now."""
        messages: list[Message] = []
        if self._contradicted:
            self._contradicted = False  # an older connection of ours has ended, or another winddown: we are here
            messages.append(Message(self._status, "online", qos=1, retain=True))
        if boot >= self._due_boot:
            messages += self._next(boot)
        return [Publish(message) for message in messages]

    def _everything(self, at_boot: float) -> None:
        if self._config.home_assistant.discovery:
            self._waiting = deque(self._config.rooms)
            self._hub_waits = True
        self._due_boot = at_boot

    def _next(self, boot: float) -> list[Message]:
        self._due_boot = boot + SPACING_S
        messages = [] if self._settled else self._settle()
        if self._hub_waits:  # first, and by itself: the rooms are reached via it
            self._hub_waits = False
            standing = Standing(
                self._hub.discovery, tuple(self._config.rooms), self._others, self._config.home_assistant.time_entities
            )
            return [*messages, standing.message(self._hub), hub(self._hub)]
        for _ in range(min(AT_ONCE, len(self._waiting))):
            messages += announced(self._place(self._waiting.popleft()), self._gone)
        if not self._waiting:
            self._due_boot = float("inf")
            self._gone = {}
            self._say_states_again()
        return messages

    def _say_states_again(self) -> None:
        if self._states_wait:
            self._states_wait = False
            self._contradicted = True
            for voice in self._voices.values():
                voice.again()

    def _place(self, room: str) -> Place:
        hours = self._voices[room].room.hours
        return Place(
            self._hub.prefix,
            self._hub.discovery,
            room,
            hours.file.name,
            hours.config.language,
            hours.file.breathing.pace,
            self._config.home_assistant.time_entities,
        )

    # ------------------------------------------------------------ what stood before

    def _settle(self) -> list[Message]:
        """Take away what is there no more."""
        self._settled = True
        before, wanted = self._before, self._config.home_assistant
        if before is None:
            return []
        old = Place(self._hub.prefix, before.discovery)
        moved = not wanted.discovery or before.discovery != wanted.prefix
        ours = set(self._config.rooms)
        foreign = tuple(room for room in (*before.rooms, *before.others) if room not in ours)
        if foreign and self._somebody_online:
            self._others, foreign = foreign, ()
        messages = [one for room in foreign for one in withdrawn(_at(old, room), forgets=True)]
        if moved:
            messages += [
                one for room in before.rooms if room in ours for one in withdrawn(_at(old, room), forgets=False)
            ]
            messages.append(Message(old.device_topic, "", qos=1, retain=True))
        elif before.time_entities and not wanted.time_entities:
            messages += [one for room in before.rooms if room in ours for one in times_withdrawn(_at(old, room))]
        if not wanted.discovery:
            messages.append(Message(self._hub.topic("state"), "", qos=1, retain=True))
        self._gone = dict(RETIRED) | (dict.fromkeys(TIMES, "text") if not before.time_entities else {})
        return messages


def _at(place: Place, room: str) -> Place:
    return Place(place.prefix, place.discovery, room)
