"""A Zigbee lamp behind Zigbee2MQTT, with its manners and its bad manners. It never decides anything for the daemon.

What Zigbee2MQTT publishes is its cache: what it believes. So an answer about the level still carries the old `state`,
and the final value of a fade is told when the fade begins. Frames to one lamp wait in line, 50 ms each.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from world.air import Air, Frame, nothing
from world.body import Lamp
from world.sent import Sent, as_object

if TYPE_CHECKING:
    from world.world import World

LONGEST_TRANSITION_S = 6553
REPORT_EVERY_S = 1.0
WARMTH_AFTER_POWER_S = 500.0
RELIGHTS_S = 10.0


class ZigbeeLamp(Lamp):
    """Silent by default: it says nothing but the echo of what it was told, and answers when asked."""

    def __init__(
        self,
        name: str,
        *,
        base: str = "zigbee2mqtt",
        chatty: bool = False,
        late_s: float = 0.0,
        duplicates: bool = False,
        echoes: bool = True,
        answers: Literal["each", "once", "never"] = "each",
        forgets_off: int = 0,
        deaf_to_off: int = 0,
        jumps: bool = False,
        freezes: bool = False,
        relights: bool = False,
        flashes: bool = False,
        drags: float = 1.0,
        lies_by: int = 0,
        off_at: int = 0,
        vendor: str = "Innr",
        **bulb: Any,
    ) -> None:
        super().__init__(name, **bulb)
        self.base = base
        self.endpoint: str | None = None
        """Which of the lamps of a device it is, where that has several."""
        self.topic = self.door = f"{base}/{name}"
        """Where it says what it shows; and below which it is commanded and asked."""
        self.chatty = chatty
        """It reports its level each second while it fades, and every change."""
        self.late_s = late_s
        """Everything it says comes this much later."""
        self.duplicates = duplicates
        """It says everything twice."""
        self.echoes = echoes
        """What it is told is said at once, as its goal; not, where `optimistic: false` is set for it."""
        self.answers = answers
        """`each`: a message for each attribute asked, only the last of them whole. `once`. `never`."""
        self.forgets_off = forgets_off
        """It obeys this many OFFs without saying so."""
        self.deaf_to_off = deaf_to_off
        """It does not even hear this many OFFs."""
        self.jumps = jumps
        """IKEA: level and warmth in one message make the level jump, and a fade of one ends that of the other."""
        self.nameless = False
        """Its bridge knows it by another name now, or not at all."""
        self.freezes = freezes
        """While its warmth fades it hears nothing, not even OFF."""
        self.relights = relights
        """Sengled: turned off in mid-fade, it lights itself again."""
        self.flashes = flashes
        """Innr: lit with a fade, it begins with what it showed last."""
        self.drags = drags
        """Its fades take so many times as long as they should."""
        self.lies_by = lies_by
        """Its answers about its level are off by this much."""
        self.off_at = off_at
        """At this level and below there is no light."""
        self.vendor = vendor
        self.says: dict[str, object] = {}
        """What Zigbee2MQTT believes."""
        self.complaints: list[str] = []
        """What Zigbee2MQTT would have put in its log as an error."""
        self._air = Air(self, partial(self._complain, f"Publish 'set' to '{name}' failed: Timeout after 10000ms"))
        self._fade = 0

    @property
    def askable(self) -> bool:
        """It can be asked what it shows."""
        return self.answers != "never"

    @property
    def dims_unlit(self) -> bool:
        """With `state: null`, which is of use only where it fades: without a fade a plain level is all there is."""
        return self.fades

    def enter(self, world: World) -> None:
        """Stand in a world behind its bridge."""
        super().enter(world)
        self.says = self._truth()
        world.broker.listen(f"{self.door}/set", self._set)
        world.broker.listen(f"{self.door}/get", self._get)

    @property
    def command_topics(self) -> frozenset[str]:
        """Where it is told what to show."""
        return frozenset({f"{self.door}/set"})

    def attributes(self, sent: Sent) -> frozenset[str]:
        """Which of `on`, `level`, `warmth` a command names."""
        data = as_object(sent.payload) or {}
        named = {"level"} if "brightness" in data else set()
        named |= {"warmth"} if "color_temp" in data else set()
        if data.get("state") == "OFF" or (data.get("state") and "brightness" not in data):
            named.add("on")
        return frozenset(named)

    # ------------------------------------------------------------ commands

    def _set(self, sent: Sent) -> None:
        data = as_object(sent.payload)
        if data is None:
            data = {"state": sent.payload} if sent.payload in {"ON", "OFF", "TOGGLE"} else None
        if data is None or float(data.get("transition") or 0) > LONGEST_TRANSITION_S:
            self._complain(f"Invalid message {sent.payload[:80]!r}")
            return
        frames: list[Frame] = []
        said: dict[str, object] = {}
        if data.get("brightness_move") == "stop":
            frames.append(self._stop)
        self._state_and_level(data, frames, said)
        self._warmth(data, frames, said)
        if frames:
            acts: list[Frame] = [partial(self._act, sent, frame) for frame in frames]
            self._air.send(acts, partial(self._tell, said) if self.echoes else nothing)

    def _state_and_level(self, data: dict[str, Any], frames: list[Frame], said: dict[str, object]) -> None:
        fade_s = float(data.get("transition") or 0)
        state, level = data.get("state"), data.get("brightness")
        if level is not None and not self._possible(level):
            level = None
        if state == "TOGGLE":
            state = "OFF" if self.says["state"] == "ON" else "ON"
        if state == "OFF" or (level == 0 and "state" not in data):
            frames.append(partial(self._off, fade_s))
            said |= {"state": "OFF"} | ({} if level is None else {"brightness": 0})
        elif level is not None:
            lights = not ("state" in data and state is None)
            level = min(254, int(level))
            over_s = 0.0 if self.jumps and "color_temp" in data else fade_s
            frames.append(partial(self._move, level, over_s, lights))
            said |= {"brightness": level} | ({"state": "ON"} if lights else {})
        elif state == "ON":
            frames.append(partial(self._on, fade_s))
            said |= {"state": "ON"}

    def _possible(self, level: object) -> bool:
        if isinstance(level, int | float) and not isinstance(level, bool) and 0 <= level <= self.scale + 1:
            return True
        self._complain(f"Brightness {level!r} invalid")
        return False

    def _warmth(self, data: dict[str, Any], frames: list[Frame], said: dict[str, object]) -> None:
        mired = data.get("color_temp")
        if not isinstance(mired, int | float) or self.warm is None:
            return
        mired = min(max(mired, self.warm[0]), self.warm[1])
        frames.append(partial(self._warm, mired, float(data.get("transition") or 0)))
        said |= {"color_temp": mired, "color_mode": "color_temp"}

    def _act(self, sent: Sent, frame: Frame) -> None:
        if self.freezes and self.mired is not None and self.world.boot < self.mired.end:
            return
        before = self.shows()
        frame()
        self.world.promises.acted(self, sent, before)
        if self.chatty:
            self._report_fade()

    def _off(self, over_s: float) -> None:
        if self.deaf_to_off > 0:
            self.deaf_to_off -= 1
            return
        if self.relights and self.on and self.level.end > self.world.boot:
            self.world.after(RELIGHTS_S, self._light_itself)
        self.turn_off(over_s)

    def _light_itself(self) -> None:
        self.turn_on()
        self._tell_one("state")

    def _stop(self) -> None:
        self.change_level(self.shows().level)

    def _on(self, over_s: float) -> None:
        goal = self.level.at(self.world.boot)
        was_on = self.on
        self.turn_on()
        if over_s > 0 and not was_on:
            self.change_level(1)
            self.change_level(goal, over_s)

    def _move(self, level: float, over_s: float, lights: bool) -> None:
        if not self.on and not lights:
            return
        if level <= self.off_at:
            self.turn_off(over_s)
            return
        if not self.on:
            if not (self.flashes and over_s > 0):
                self.change_level(1)
            self.turn_on()
        if self.jumps and self.mired is not None:
            self.mired.rest(self.world.boot)
        self.change_level(level, self.drags * over_s)

    def _warm(self, mired: float, over_s: float) -> None:
        if self.jumps:
            self.level.rest(self.world.boot)
        self.change_mired(mired, over_s)

    # ------------------------------------------------------------ answers and reports

    def _get(self, sent: Sent) -> None:
        data = as_object(sent.payload) or {}
        asked = [key for key in ("brightness", "state", "color_temp") if key in data and key in self.says]
        if self.answers == "never" or not asked:
            return
        if self.answers == "once":
            self._air.send([nothing], self._tell_all)
            return
        for key in asked:
            self._air.send([nothing], partial(self._tell_one, key))
        self._air.send([], self._known)

    def _known(self) -> None:
        """Whoever asked has been told all."""
        self.secret = False

    def report_hand(self, *, switched: bool) -> None:
        """The attribute reports that a change by hand causes: on and off first, with the old level."""
        if switched:
            self._tell_one("state")
        self._tell_one("brightness")
        if self.mired is not None and self._truth()["color_temp"] != self.says.get("color_temp"):
            self._tell_one("color_temp")

    def _report_fade(self) -> None:
        self._fade = fade = self.world.ticket()
        self.world.after(REPORT_EVERY_S, partial(self._report, fade))

    def _report(self, fade: int) -> None:
        if fade != self._fade or not self.mains:
            return
        if self._truth() != self.says:
            self._tell_all()
        if self.level.end > self.world.boot or (self.mired is not None and self.mired.end > self.world.boot):
            self.world.after(REPORT_EVERY_S, partial(self._report, fade))

    def _truth(self) -> dict[str, object]:
        shown = self.shows()
        level = min(max(round(shown.level) + self.lies_by, 1), self.scale)
        truth: dict[str, object] = {"brightness": level, "state": "ON" if self.on else "OFF"}
        if shown.mired is not None:
            truth |= {"color_mode": "color_temp", "color_temp": round(shown.mired)}
        return truth

    def _tell_one(self, key: str) -> None:
        self._tell({key: self._truth()[key]})

    def _tell_all(self) -> None:
        self.secret = False
        self._tell(self._truth())

    def tell_cached(self) -> None:
        """What Zigbee2MQTT says of itself, as at its start."""
        self._tell({})

    def cache(self) -> dict[str, object]:
        """What Zigbee2MQTT says of it: of a device, all that it believes."""
        return self.says

    def _tell(self, said: dict[str, object]) -> None:
        if said.get("state") == "OFF" and self.forgets_off > 0:
            self.forgets_off -= 1
            return
        self.says.update(said)
        payload = json.dumps({**self.cache(), "linkquality": 132})
        publish = partial(self.world.broker.publish, self.topic, payload)
        for delay_s in (self.late_s, self.late_s + 0.02)[: 2 if self.duplicates else 1]:
            if delay_s > 0:
                self.world.after(delay_s, publish)
            else:
                publish()

    def _complain(self, text: str) -> None:
        self.complaints.append(text)
        payload = json.dumps({"level": "error", "message": f"z2m: {text}"})
        self.world.broker.publish(f"{self.base}/bridge/logging", payload)

    def power_on(self, level: float | None = None, *, on: bool = True) -> None:
        """Power is back. Zigbee2MQTT reads on and off after 2 s, the level only after 500 s."""
        super().power_on(level, on=on)
        self.world.broker.publish(f"{self.topic}/availability", '{"state":"online"}', retain=True)
        announced = {"type": "device_announce", "data": {"friendly_name": self.topic.removeprefix(f"{self.base}/")}}
        self.world.broker.publish(f"{self.base}/bridge/event", json.dumps(announced))
        self.world.after(2.0, partial(self._tell_one, "state"))
        self.world.after(WARMTH_AFTER_POWER_S, self._tell_if_powered)

    def _tell_if_powered(self) -> None:
        if self.mains:
            self._tell_all()

    def unavailable(self) -> None:
        """Zigbee2MQTT has noticed, some ten minutes late, that the lamp does not answer."""
        self.world.broker.publish(f"{self.topic}/availability", '{"state":"offline"}', retain=True)
