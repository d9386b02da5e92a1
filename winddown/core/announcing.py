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
from winddown.homeassistant import (
    Place,
    Standing,
    announced,
    forgotten,
    hub,
    read_standing,
    times_withdrawn,
    withdrawn,
)
from winddown.homeassistant.entities import RETIRED, TIMES
from winddown.model import Effect, Message, Publish, Received

STORED_S = 1.0
"""After a connection: by then we have heard what the broker had stored."""
BIRTH_S = (1.0, 5.0)
"""Everybody answers a birth, so not all at once."""
LET_GO_S = 2.0
"""Home Assistant takes so long to let go of what a device that is withdrawn had said."""
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
        self.alone = False
        """Who is said to be online are we ourselves, in an earlier life."""
        self._contradicted = False
        """An older connection of ours has ended, or another winddown: somebody said that we are offline."""
        self._leftovers: list[Message] = []
        """What is cleared when the devices are gone."""
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
            self._somebody_online |= got.payload == b"online" and got.retain and not self.alone
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
        if boot < self._due_boot and not self._contradicted:
            return []
        messages = [self._online()] if self._contradicted else []
        self._contradicted = False
        if boot >= self._due_boot:
            messages += self._next(boot)
        return [Publish(message) for message in messages]

    def _everything(self, at_boot: float) -> None:
        if self._config.home_assistant.discovery:
            self._waiting = deque(self._config.rooms)
            self._hub_waits = True
        self._due_boot = at_boot

    def _next(self, boot: float) -> list[Message]:
        """One step: what stood before, what was said of it, the hub, then a few rooms at a time."""
        self._due_boot = boot + SPACING_S
        if not self._settled:
            self._settled = True
            if self._before is not None:
                messages = self._settle(self._before)
                self._due_boot = boot + (LET_GO_S if messages else SPACING_S)
                return messages
        if self._leftovers:
            messages, self._leftovers = self._leftovers, []
            return messages
        if self._hub_waits:  # before the rooms, and by itself: they are reached via it
            self._hub_waits = False
            return [self._standing().message(self._hub), hub(self._hub)]
        return self._rooms()

    def _rooms(self) -> list[Message]:
        few = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        messages = [message for room in few for message in announced(self._place(room), self._gone)]
        if self._waiting:
            return messages
        self._due_boot, self._gone = float("inf"), {}
        if self._states_wait:
            self._states_wait = False
            messages.append(self._online())
            for voice in self._voices.values():
                voice.again()
        return messages

    def _online(self) -> Message:
        return Message(self._status, "online", qos=1, retain=True)

    def _standing(self) -> Standing:
        wanted = self._config.home_assistant
        return Standing(wanted.prefix, tuple(self._config.rooms), self._others, wanted.time_entities)

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

    def _settle(self, before: Standing) -> list[Message]:
        """Take away what is there no more."""
        wanted, ours = self._config.home_assistant, set(self._config.rooms)
        old = Place(self._hub.prefix, before.discovery)
        stay = [_at(old, room) for room in before.rooms if room in ours]
        go = [_at(old, room) for room in (*before.rooms, *before.others) if room not in ours]
        if self._somebody_online:
            self._others, go = tuple(place.room for place in go), []
        self._leftovers = [message for place in go for message in forgotten(place)]
        if not wanted.discovery or before.discovery != wanted.prefix:
            go += [*stay, old]
            self._leftovers += [] if wanted.discovery else [Message(old.topic("state"), "", qos=1, retain=True)]
        messages = [message for place in go for message in withdrawn(place)]
        if before.time_entities and not wanted.time_entities:
            messages += [message for place in stay for message in times_withdrawn(place)]
        self._gone = dict(RETIRED) | ({} if before.time_entities else dict.fromkeys(TIMES, "text"))
        return messages


def _at(place: Place, room: str) -> Place:
    return Place(place.prefix, place.discovery, room)
