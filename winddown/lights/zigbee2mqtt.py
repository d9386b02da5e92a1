"""Lamps and groups behind Zigbee2MQTT. Never lights a lamp without saying how bright, never fades one to off.

Habits of Zigbee2MQTT that shape the messages: a plain brightness lights a lamp that is off; with `"state": null` beside
it, it cannot. That null needs a brightness. A `plain` lamp (Tuya's dimmers that speak in datapoints) fails on the null
and on a transition, so it is sent the brightness alone: whoever dims it must know that it is on. And what is published
after a command is the goal, with the old `state`, not what the lamp shows.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, assert_never

from pydantic import AfterValidator

from winddown import payload as read
from winddown.lights import zigbee_catalogue
from winddown.lights.dialect import Air, LightDialect
from winddown.lights.limits import COOLEST_MIRED, WARMEST_MIRED, fade_within, level_within, mired_within
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    Heard,
    LampCommand,
    Light,
    Message,
    Off,
    Profile,
    Report,
)
from winddown.payload import Topic, Word
from winddown.value import shared

_SCALE = 254
_ON = {"on": True, "off": False}


def _end(word: str) -> str:
    if not word.isidentifier() and not word.isdigit():
        raise ValueError("is no endpoint, write what follows in its `state_l1`: l1")
    return word


class Zigbee2MqttLight(LightDialect):
    """A lamp or a group that Zigbee2MQTT knows by its friendly name."""

    DIALECT: ClassVar[str] = "zigbee2mqtt"

    base: Topic = "zigbee2mqtt"
    """The base topic of the Zigbee2MQTT that has it."""
    endpoint: Annotated[Word, AfterValidator(_end)] | None = None
    """Of a device that has several lamps, which: l1, left, as it stands in its `state_l1`."""

    @property
    def key(self) -> str:
        """With the base where it is another one: two networks may each have a `lamp`."""
        return self._key

    @property
    def short_name(self) -> str:
        """With its endpoint, as the device's own fields have it."""
        return f"{super().short_name}{self._suffix}"

    def renamed(self, address: str) -> str:
        """With its endpoint, which stays what it is."""
        if self.endpoint is None:
            return super().renamed(address)
        return f"{{{self.DIALECT}: {address}, endpoint: {self.endpoint}}}"

    def air(self) -> Air:
        """One radio for all lamps of a Zigbee2MQTT."""
        return shared(Air(f"zigbee2mqtt@{self.base}", 4.0, 8.0))

    def profile(self) -> Profile:
        """Brightness and fades, no warmth: a lamp without colours would log an error for each one it is sent."""
        return zigbee_catalogue.UNKNOWN

    def topics(self) -> tuple[str, ...]:
        return (
            self._topic,
            f"{self._topic}/availability",
            *self.command_topics(),
            f"{self.base}/bridge/state",
            f"{self.base}/bridge/event",
            *self.catalogue_topics(),
        )

    def catalogue_topics(self) -> tuple[str, ...]:
        return (f"{self.base}/bridge/devices", f"{self.base}/bridge/groups")

    def command_topics(self) -> tuple[str, ...]:
        """One lamp of several is commanded on its own topic, and on that of the device."""
        return (self._set,) if self.endpoint is None else (self._set, f"{self._topic}/set")

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                bodies = _dim(command, profile)
            case Light():
                bodies = (_light(command, profile),)
            case Off():
                bodies = _off(profile)
            case Ask():
                return self._ask(profile)
            case _:
                assert_never(command)
        return tuple([Message(self._set, read.compact(body)) for body in bodies])

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:  # noqa: ARG002  one scale for all
        if topic == self._topic:
            return _report(self._own(payload))
        if topic == f"{self.base}/bridge/devices":
            return self._catalogue(zigbee_catalogue.devices(payload), "devices")
        if topic == f"{self.base}/bridge/groups":
            return self._catalogue(zigbee_catalogue.groups(payload), "groups")
        if topic == f"{self.base}/bridge/event":
            return self._started(payload)
        if topic == f"{self.base}/bridge/state":
            return _availability(payload, bridge=True)
        if topic == f"{self._topic}/availability":
            return _availability(payload, bridge=False)
        if topic == self._set:
            return _commanded(payload)
        return _commanded(self._own(payload)) if topic == f"{self._topic}/set" else None

    @cached_property
    def _key(self) -> str:
        key = super().key if self.endpoint is None else f"{super().key}/{self.endpoint}"
        return key if self.base == "zigbee2mqtt" else f"{key}@{self.base}"

    @cached_property
    def _topic(self) -> str:
        return f"{self.base}/{self.address}"

    @property
    def _suffix(self) -> str:
        return "" if self.endpoint is None else f"_{self.endpoint}"

    @cached_property
    def _set(self) -> str:
        return self._to("set")

    def _to(self, verb: str) -> str:
        return f"{self._topic}/{verb}" if self.endpoint is None else f"{self._topic}/{self.endpoint}/{verb}"

    def _own(self, payload: bytes) -> bytes | dict[str, object]:
        """Of a device with several lamps, what is said of this one, without its suffix."""
        if self.endpoint is None:
            return payload
        said = read.as_object(payload) or {}
        return {key.removesuffix(self._suffix): said[key] for key in said if key.endswith(self._suffix)}

    def _ask(self, profile: Profile) -> tuple[Message, ...]:
        if not profile.can_ask:
            return ()
        body = {"state": ""}
        if profile.dims:
            body["brightness"] = ""
        if profile.warmest_mired is not None:
            body["color_temp"] = ""
        return (Message(self._to("get"), read.compact(body)),)

    def _started(self, payload: bytes) -> Availability | None:
        """A lamp that comes to power announces itself; Zigbee2MQTT reads its state two seconds later."""
        said = read.as_object(payload) or {}
        who = read.object_in(said.get("data")) or {}
        mine = said.get("type") == "device_announce" and who.get("friendly_name") == self.address
        return Availability(online=True, started=True) if mine else None

    def _catalogue(self, found: zigbee_catalogue.Found | None, part: str) -> Catalogue | None:
        if found is None:
            return None
        known = found.layers if self.endpoint is None else found.parts.get(self.endpoint, {})
        layers, identity = known.get(self.address, ()), found.identity(self.address)
        return Catalogue(found.names, layers, identity, found.by_identity, part)


def _dim(command: Dim, profile: Profile) -> tuple[dict[str, object], ...]:
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    warmth: dict[str, object] = {} if mired is None else {"color_temp": mired}
    if level is None:
        return (warmth | _fade(command.fade_s if profile.together else 0, profile),) if warmth else ()
    unlit: dict[str, object] = {} if profile.plain else {"state": None}
    body = unlit | {"brightness": level}
    if profile.together or not warmth:
        return (body | warmth | _fade(command.fade_s, profile),)
    return (warmth | _fade(0, profile), body | _fade(command.fade_s, profile))


def _light(command: Light, profile: Profile) -> dict[str, object]:
    """One message, because a colour sent to a lamp that is off is lost.

    Where level and warmth cannot fade together, both are set at once. Brightness comes before `state`: a lamp that is
    told word by word then does not flash at its old level.
    """
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    warmth: dict[str, object] = {} if mired is None else {"color_temp": mired}
    if level is None:
        return {"state": "ON"} | warmth
    at_once = warmth and not profile.together
    return {"brightness": level, "state": "ON"} | warmth | _fade(0 if at_once else command.fade_s, profile)


def _off(profile: Profile) -> tuple[dict[str, object], ...]:
    """Never with a transition: that is no real off, some lamps stay at 1, or come back."""
    off: dict[str, object] = {"state": "OFF"}
    return ({"brightness_move": "stop"}, off) if profile.relights else (off,)


def _fade(fade_s: float, profile: Profile) -> dict[str, object]:
    """Said even when it is 0: a person may have set a default for the lamp in Zigbee2MQTT."""
    return {} if profile.plain else {"transition": fade_within(fade_s, profile)}


def _report(payload: bytes | dict[str, object]) -> Report | None:
    said = read.as_object(payload) if isinstance(payload, bytes) else payload
    if said is None:
        return None
    on, level, mired = _on(said.get("state")), _level(said), _mired(said)
    return None if on is None and level is None and mired is None else Report(on, level, mired)


def _commanded(payload: bytes | dict[str, object]) -> Commanded | None:
    text = (read.as_text(payload) or "") if isinstance(payload, bytes) else ""
    if text.lower() in {"on", "off", "toggle"}:
        return Commanded(on=_on(text))
    told = read.as_object(payload) if isinstance(payload, bytes) else payload or None
    if told is None:
        return None
    level = _level(told)
    on = _on(told.get("state"))
    if "state" not in told and level is not None:
        on = level > 0  # a plain brightness lights the lamp
    return Commanded(on, level, _mired(told))


def _availability(payload: bytes, *, bridge: bool) -> Availability | None:
    said = read.as_object(payload)
    text = read.as_text(payload) if said is None else said.get("state")
    return Availability(text == "online", bridge) if text in ("online", "offline") else None


def _on(state: object) -> bool | None:
    return _ON.get(state.lower()) if isinstance(state, str) else None


def _level(fields: dict[str, object]) -> int | None:
    level = read.whole(fields.get("brightness"), 0, _SCALE + 1)  # 255 is taken for 254
    return None if level is None else min(level, _SCALE)


def _mired(fields: dict[str, object]) -> int | None:
    if fields.get("color_mode") not in (None, "color_temp"):
        return None  # a lamp that shows a colour still names the warmth nearest to it
    return read.whole(fields.get("color_temp"), COOLEST_MIRED, WARMEST_MIRED)
