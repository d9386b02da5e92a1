"""Devices that run Tasmota, by what they tell of themselves for discovery. From documentation; trusts no other word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winddown import payload as read
from winddown.model import Press
from winddown.survey.finding import ON_OFF, Finding, abilities, button, lamp, profile_of, refused
from winddown.survey.heard import Heard, Places

_USUAL_TOPIC = "%prefix%/%topic%/"
_PREFIXES = ["cmnd", "stat", "tele"]
_RELAY, _LAMP, _SHUTTER = 1, 2, 3
_WITH_WARMTH = (2, 5)
"""The kinds of lamp that have a warm and a cool white."""
_NO_SWITCH = -1


@dataclass(frozen=True, slots=True)
class _Device:
    """What one device says of itself."""

    topic: str
    full_topic: str
    model: str
    said: dict[str, object]

    def numbers(self, key: str) -> list[int]:
        """A list of small numbers; none where it is no such list."""
        value = self.said.get(key)
        listed = value if isinstance(value, list) else []
        return [read.whole(one, -10, 1000) or 0 for one in listed]

    def option(self, number: int) -> bool:
        """Whether a SetOption is on."""
        return (read.object_in(self.said.get("so")) or {}).get(str(number)) == 1

    @property
    def changed(self) -> str | None:
        """Its FullTopic, where it is another than usual."""
        return None if self.full_topic == _USUAL_TOPIC else self.full_topic

    def at(self, prefix: str) -> str:
        """Where its topics of a kind begin."""
        return read.filled(self.full_topic, prefix, self.topic)


def filters(places: Places) -> tuple[str, ...]:  # noqa: ARG001  Tasmota's topics are its own
    """Each device leaves one message here."""
    return ("tasmota/discovery/+/config",)


def find(heard: Heard, places: Places) -> Iterator[Finding]:  # noqa: ARG001  one place for all
    """The lamp, the relays, the buttons and the switches of each device."""
    for topic, payload in heard.latest.items():
        if not topic.startswith("tasmota/discovery/") or not topic.endswith("/config"):
            continue
        device = _device(read.as_object(payload) or {})
        if device is None:
            continue
        if device.said.get("tp", _PREFIXES) != _PREFIXES:
            yield refused("lamp", f"tasmota/{device.topic}", "its prefixes are not cmnd, stat and tele", device.model)
            continue
        yield from _relays(device)
        yield from _keys(device)


def _device(said: dict[str, object]) -> _Device | None:
    topic, full_topic = said.get("t"), said.get("ft", _USUAL_TOPIC)
    if not isinstance(topic, str) or not topic or not isinstance(full_topic, str):
        return None
    names = [said.get(key) for key in ("md", "dn")]
    model = " · ".join(dict.fromkeys(name for name in names if isinstance(name, str) and name))
    return _Device(topic, full_topic, model, said)


def _relays(device: _Device) -> Iterator[Finding]:
    relays = [(number, kind) for number, kind in enumerate(device.numbers("rl"), 1) if kind]
    lamps = [number for number, kind in relays if kind == _LAMP]
    if lamps:
        yield _lamp(device, lamps, first=relays[0][0])
    for number, kind in relays:
        if kind == _RELAY:
            yield _plug(device, f"POWER{number}" if len(relays) > 1 else "POWER")
    if any(kind == _SHUTTER for _, kind in relays):
        yield refused("other", f"tasmota/{device.topic}", "a shutter; winddown leaves blinds alone", device.model)


def _lamp(device: _Device, lamps: list[int], first: int) -> Finding:
    name = f"tasmota/{device.topic}"
    if len(lamps) > 1:
        return refused("lamp", name, f"{len(lamps)} lamps in one device; winddown drives one a device", device.model)
    if lamps[0] != first:
        return refused("lamp", name, "its lamp is not its first relay", device.model)
    if device.option(4):
        return refused("lamp", name, "it answers on a topic for each command; set SetOption4 0", device.model)
    profile = profile_of("tasmota")
    warm = read.whole(device.said.get("lt_st"), 0, 10) in _WITH_WARMTH
    can = abilities(profile) if warm else f"dims · fades up to {profile.max_fade_s:g} s"
    return lamp("tasmota", device.topic, can, device.model, beside={"full_topic": device.changed})


def _plug(device: _Device, power: str) -> Finding:
    """A relay has no level, and to dim one would be an error each time: it is only switched."""
    told, says = f"{device.at('cmnd')}{power}", f"{device.at('stat')}{power}"
    return lamp("generic", told, ON_OFF, device.model, plug=True, beside={"state_topic": says})


def _keys(device: _Device) -> Iterator[Finding]:
    buttons = [number for number, there in enumerate(device.numbers("btn"), 1) if there == 1]
    switches = [number for number, mode in enumerate(device.numbers("swc"), 1) if mode != _NO_SWITCH]
    alone = len({*buttons, *switches}) == 1
    for numbers, option, words in ((buttons, 73, tuple(Press)), (switches, 114, (Press.SINGLE, Press.HOLD))):
        for number in numbers:
            if not device.option(option):
                name = f"tasmota/{device.topic} {'button' if option == 73 else 'switch'} {number}"
                yield refused("button", name, f"says nothing until SetOption{option} 1 is set", device.model)
                continue
            only = None if alone else number
            yield button(
                "tasmota", device.topic, words, device.model, beside={"full_topic": device.changed, "button": only}
            )
