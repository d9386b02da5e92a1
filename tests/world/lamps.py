"""Lamps of the other dialects, each a bulb with its own way to speak. For Zigbee lamps see `zigbee.py`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from world.body import Lamp, Shown, Track
from world.sent import Sent, as_object
from world.zigbee import ZigbeeLamp

if TYPE_CHECKING:
    from world.world import World

__all__ = ["GenericLamp", "HomeAssistantLamp", "JsonLamp", "Lamp", "Shown", "Track", "ZigbeeLamp"]

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
        self.secret = self.secret and not self.world.broker.up
        self.world.broker.publish(self.topic, json.dumps(says), retain=self.retains)


class HomeAssistantLamp(Lamp):
    """A light in Home Assistant behind the blueprint, which alone knows whether it is on."""

    def __init__(self, entity: str, topic: str, *, features: int = 32, colour: bool = False, **bulb: Any) -> None:
        super().__init__(entity, **{"scale": 255, "fades": bool(features & 32), **bulb})
        self.topic = topic
        """Without what follows in `/request` and `/state`."""
        self.features = features
        self.colour = colour
        """It shows a colour, and can show white."""

    def enter(self, world: World) -> None:
        """Stand in a world, and answer."""
        super().enter(world)
        world.broker.listen(f"{self.topic}/request", self._request)

    @property
    def askable(self) -> bool:
        """It can be asked what it shows."""
        return True

    @property
    def dims_unlit(self) -> bool:
        """By `only_if_on`."""
        return True

    @property
    def command_topics(self) -> frozenset[str]:
        """Where it is told what to show."""
        return frozenset({f"{self.topic}/request"})

    def attributes(self, sent: Sent) -> frozenset[str]:
        """Which of `on`, `level`, `warmth` a request names."""
        data = as_object(sent.payload) or {}
        named = {"level"} if "brightness" in data else set()
        named |= {"warmth"} if "color_temp_kelvin" in data else set()
        if data.get("state") == "OFF" or (data.get("state") and "brightness" not in data):
            named.add("on")
        return frozenset(named)

    def report_hand(self, *, switched: bool) -> None:
        """Say what a hand has done."""
        self._tell()

    def restarts(self) -> None:
        """Home Assistant has been started again: all of it is said."""
        self._say({"available": True})
        modes = ["brightness"] if self.mired is None else ["color_temp"]
        kelvin = {"min_color_temp_kelvin": 2000, "max_color_temp_kelvin": 6535}
        self._say({"supported_features": self.features, "supported_color_modes": modes, **kelvin})
        self._tell()

    def _request(self, sent: Sent) -> None:
        data = as_object(sent.payload)
        if data is None or not abs(self.world.wall - data.get("ts", 0)) < 30:
            return
        if data.get("ask"):
            self.secret = False
            self.world.after(ECHO_S, self.restarts)
            return
        before, over_s = self.shows(), float(data.get("transition") or 0)
        if data.get("state") == "OFF":
            self.turn_off(over_s)
        elif self.on or not data.get("only_if_on"):
            self._light(data, over_s)
        self.world.promises.acted(self, sent, before)
        self.world.after(ECHO_S, self._tell)

    def _light(self, data: dict[str, Any], over_s: float) -> None:
        self.turn_on()
        if "brightness" in data:
            self.change_level(float(data["brightness"]), over_s)
        if "color_temp_kelvin" in data:
            self.change_mired(1_000_000 / data["color_temp_kelvin"], over_s)

    def _tell(self) -> None:
        goal = self.goal
        says: dict[str, object] = {"state": "ON" if goal.on else "OFF"}
        if goal.on:
            says |= {"brightness": round(goal.level), "color_mode": "brightness"}
        if goal.on and goal.mired is not None:
            says |= {"color_mode": "color_temp", "color_temp_kelvin": round(1_000_000 / goal.mired)}
        if goal.on and self.colour:
            says = {**says, "color_mode": "xy", "color_temp_kelvin": None}
        self._say(says)

    def _say(self, said: dict[str, object]) -> None:
        if self.mains:
            self.world.broker.publish(f"{self.topic}/state", json.dumps(said))


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
        self.secret = self.secret and not self.world.broker.up
        self.world.broker.publish(self.state_topic, word, retain=True)
