"""Lamps of the other dialects, each a bulb with its own way to speak. For Zigbee lamps see `zigbee.py`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from world.body import Lamp, Shown, Track
from world.sent import Sent, as_object
from world.zigbee import ZigbeeLamp

if TYPE_CHECKING:
    from world.world import World

__all__ = ["GenericLamp", "JsonLamp", "Lamp", "Shown", "Track", "ZigbeeLamp"]

ECHO_S = 0.02


class JsonLamp(Lamp):
    """Home Assistant's JSON schema: `TOPIC/set` and `TOPIC`; a command without `state` leaves on and off alone."""

    def __init__(self, topic: str, *, state_topic: str | None = None, retains: bool = True, **bulb: Any) -> None:
        command = topic if topic.endswith("/set") else f"{topic}/set"
        super().__init__(topic, **{"scale": 255, **bulb})
        self.command_topic = command
        self.topic = state_topic or command.removesuffix("/set")
        self.retains = retains
        """Its state is kept by the broker."""
        self.speaks = True
        """False: it says nothing any more."""

    def enter(self, world: World) -> None:
        """Stand in a world and say what it shows."""
        super().enter(world)
        world.broker.listen(self.command_topic, self._set)
        self._tell()

    @property
    def command_topics(self) -> frozenset[str]:
        """Where it is told what to show."""
        return frozenset({self.command_topic})

    def attributes(self, sent: Sent) -> frozenset[str]:
        """Which of `on`, `level`, `warmth` a command names."""
        data = as_object(sent.payload) or {}
        named = {"level"} if "brightness" in data else set()
        named |= {"warmth"} if "color_temp" in data else set()
        if data.get("state") == "OFF" or (data.get("state") and "brightness" not in data):
            named.add("on")
        return frozenset(named)

    def report_hand(self, *, switched: bool) -> None:
        """Say what a hand has done."""
        self._tell()

    def _set(self, sent: Sent) -> None:
        data = as_object(sent.payload)
        if data is None or not self.mains:
            return
        before, over_s = self.shows(), float(data.get("transition") or 0)
        if data.get("state") == "OFF":
            self.turn_off(over_s)
        else:
            self._light(data, over_s)
        self.world.promises.acted(self, sent, before)
        self.world.after(ECHO_S, self._tell)

    def _light(self, data: dict[str, Any], over_s: float) -> None:
        level, mired = data.get("brightness"), data.get("color_temp")
        if data.get("state") == "ON" and not self.on:
            if level is not None:
                self.change_level(1 if self.fades and over_s > 0 else float(level))
            self.turn_on()
        if level is not None and self.on:
            self.change_level(float(level), over_s)
        if mired is not None:
            self.change_mired(float(mired), over_s)

    def _tell(self) -> None:
        if not self.mains or not self.speaks:
            return
        goal = self.goal
        says: dict[str, object] = {"state": "ON" if goal.on else "OFF", "brightness": round(goal.level)}
        if goal.mired is not None:
            says |= {"color_mode": "color_temp", "color_temp": round(goal.mired)}
        self.world.broker.publish(self.topic, json.dumps(says), retain=self.retains)


class GenericLamp(Lamp):
    """A dimmer with one topic for on and off and one for its level; it jumps, and a level above nothing lights it."""

    def __init__(
        self,
        on_topic: str,
        level_topic: str | None,
        *,
        on_word: str = "ON",
        off_word: str = "OFF",
        state_topic: str | None = None,
        level_lights: bool = False,
        presets: bool = False,
        **bulb: Any,
    ) -> None:
        super().__init__(on_topic, **{"scale": 100, "warm": None, "fades": False, **bulb})
        self.on_topic, self.level_topic, self.state_topic = on_topic, level_topic, state_topic
        self.words = (on_word, off_word)
        self.level_lights = level_lights
        """A level lights it when it is off, as many dimmers do."""
        self.presets = presets
        """A level that comes while it is off counts once it is on."""

    def enter(self, world: World) -> None:
        """Stand in a world."""
        super().enter(world)
        for topic in self.command_topics:
            world.broker.listen(topic, self._set)
        self._tell()

    @property
    def command_topics(self) -> frozenset[str]:
        """Where it is told what to show."""
        return frozenset(topic for topic in (self.on_topic, self.level_topic) if topic is not None)

    def attributes(self, sent: Sent) -> frozenset[str]:
        """Which of `on`, `level` a command names."""
        return frozenset({"on" if sent.payload in self.words else "level"})

    def report_hand(self, *, switched: bool) -> None:
        """Say what a hand has done, where it can."""
        self._tell()

    def _set(self, sent: Sent) -> None:
        before = self.shows()
        if not self.mains:
            return
        if sent.payload == self.words[0]:
            self.turn_on()
        elif sent.payload == self.words[1]:
            self.turn_off()
        elif sent.payload.isdigit():
            self._level(float(sent.payload))
        self.world.promises.acted(self, sent, before)
        self.world.after(ECHO_S, self._tell)

    def _level(self, level: float) -> None:
        if not self.on and not self.level_lights:
            self.level.go(self.world.boot, level if self.presets else self.level.goal)
            return
        self.change_level(level)
        if level <= 0:
            self.turn_off()
        else:
            self.turn_on()

    def _tell(self) -> None:
        if self.state_topic is None or not self.mains:
            return
        word = (
            (self.words[0] if self.level_topic is None else str(round(self.goal.level))) if self.on else self.words[1]
        )
        self.world.broker.publish(self.state_topic, word, retain=True)
