"""Shelly lamps and dimmers since the second generation, by their JSON-RPC. No fade is shorter than half a second.

Brightness is sent without `on`, which is what lights; that the device keeps to that is its documentation's word. It
answers a question on a topic below its own prefix, so no rights are needed beyond those.
"""

from __future__ import annotations

from typing import ClassVar, assert_never

from winddown import payload as read
from winddown.lights.availability import availability
from winddown.lights.dialect import LightDialect
from winddown.lights.limits import fade_within, kelvin_of, level_within, mired_of, mired_within
from winddown.model import Ask, Commanded, Dim, Heard, LampCommand, Light, Message, Off, Profile, Report

_LONGEST_FADE_S = 10_800.0
_SHORTEST_FADE_S = 0.5
"""Less is refused; left out, the device takes its own default of some seconds."""
_COOLEST_K, _WARMEST_K = 6500, 2700
_ON = {"on": True, "true": True, "off": False, "false": False}


class Shelly2Light(LightDialect):
    """A lamp or dimmer named by its topic prefix, and its channel if that is not 0: `shelly2/shellyprodm2pm-a1b2/1`."""

    DIALECT: ClassVar[str] = "shelly2"

    white: bool = False
    """True: it is one of the components that Shelly calls CCT, whose white can be warm or cool."""

    @property
    def key(self) -> str:
        """With the channel where it is not 0, however it is written."""
        return f"shelly2/{self._prefix}/{self._channel}" if self._channel else f"shelly2/{self._prefix}"

    @property
    def short_name(self) -> str:
        name = self._prefix.rpartition("/")[2]
        return f"{name}_{self._channel}" if self._channel else name

    def profile(self) -> Profile:
        warmth = (mired_of(_COOLEST_K), mired_of(_WARMEST_K)) if self.white else (None, None)
        return Profile(scale=100, coolest_mired=warmth[0], warmest_mired=warmth[1], max_fade_s=_LONGEST_FADE_S)

    def topics(self) -> tuple[str, ...]:
        return (
            f"{self._prefix}/status/{self._component}",
            f"{self._prefix}/events/rpc",
            f"{self._source}/rpc",
            f"{self._prefix}/online",
            *self.command_topics(),
        )

    def command_topics(self) -> tuple[str, ...]:
        return (f"{self._prefix}/rpc", f"{self._prefix}/command/{self._component}")

    def encode(self, command: LampCommand, profile: Profile) -> tuple[Message, ...]:
        match command:
            case Dim():
                shown = _shown(command, profile)
                return self._call("Set", shown) if shown else ()
            case Light():
                return self._call("Set", {"on": True, **_shown(command, profile)})
            case Off():
                return self._call("Set", {"on": False, "transition_duration": _SHORTEST_FADE_S})
            case Ask():
                return self._call("GetStatus", {})
            case _:
                assert_never(command)

    def decode(self, topic: str, payload: bytes, profile: Profile) -> Heard | None:
        if topic == f"{self._prefix}/online":
            return availability(payload, here="true", gone="false")
        if topic == f"{self._prefix}/command/{self._component}":
            return _simple(read.as_text(payload) or "", profile)
        said = read.as_object(payload)
        if said is None:
            return None
        if topic == f"{self._prefix}/rpc":
            return self._told(said, profile)
        if topic == f"{self._prefix}/events/rpc":
            status = read.object_in(said.get("params")) or {}
            said = read.object_in(status.get(self._component)) or {}
        elif topic == f"{self._source}/rpc":
            said = self._mine(said.get("result"))
        elif topic != f"{self._prefix}/status/{self._component}":
            return None
        return _report(said, profile)

    def _call(self, method: str, params: dict[str, object]) -> tuple[Message, ...]:
        name = "CCT" if self.white else "Light"
        call = {
            "id": 1,
            "src": self._source,
            "method": f"{name}.{method}",
            "params": {"id": self._channel, **params},
        }
        return (Message(f"{self._prefix}/rpc", read.compact(call)),)

    def _told(self, call: dict[str, object], profile: Profile) -> Commanded | None:
        params = self._mine(call.get("params"))
        if call.get("method") != ("CCT.Set" if self.white else "Light.Set") or not params:
            return None
        on = params.get("on")
        return Commanded(on if isinstance(on, bool) else None, _level(params, profile), _mired(params))

    def _mine(self, fields: object) -> dict[str, object]:
        """The fields where they are about this channel; a device has one topic for all of them."""
        found = read.object_in(fields) or {}
        return found if found.get("id") == self._channel else {}

    @property
    def _prefix(self) -> str:
        return read.with_number(self.address)[0]

    @property
    def _channel(self) -> int:
        return read.with_number(self.address)[1] or 0

    @property
    def _component(self) -> str:
        return f"{'cct' if self.white else 'light'}:{self._channel}"

    @property
    def _source(self) -> str:
        return f"{self._prefix}/winddown"


def _shown(command: Dim | Light, profile: Profile) -> dict[str, object]:
    level, mired = level_within(command.level, profile), mired_within(command.mired, profile)
    shown = {"brightness": level, "ct": None if mired is None else kelvin_of(mired)}
    body: dict[str, object] = {name: value for name, value in shown.items() if value is not None}
    fade_s = max(_SHORTEST_FADE_S, fade_within(command.fade_s, profile))
    return body | {"transition_duration": fade_s} if body else {}


def _simple(text: str, profile: Profile) -> Commanded | None:
    """`on`, `off`, or `set,true,40`: the plain commands that a device can be made to take."""
    verb, *values = text.lower().split(",")
    if verb in ("on", "off"):
        return Commanded(_ON[verb])
    if verb != "set" or not values:
        return None
    level = read.number_in(values[1], 0, profile.scale) if len(values) > 1 else None
    return Commanded(_ON.get(values[0].strip()), None if level is None else round(level))


def _report(said: dict[str, object], profile: Profile) -> Report | None:
    on = said.get("output")
    report = Report(on if isinstance(on, bool) else None, _level(said, profile), _mired(said))
    return None if report == Report() else report


def _level(fields: dict[str, object], profile: Profile) -> int | None:
    return read.whole(fields.get("brightness"), 0, profile.scale)


def _mired(fields: dict[str, object]) -> int | None:
    kelvin = read.number(fields.get("ct"), 1000, 20_000)
    return None if kelvin is None else mired_of(kelvin)
