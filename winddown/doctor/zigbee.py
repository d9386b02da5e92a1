"""Every Zigbee2MQTT that the house needs: there, alone on its topics, and set up so that nothing surprises anybody."""

from __future__ import annotations

from collections.abc import Iterator

from winddown import payload as read
from winddown.doctor.facts import Facts, bases, buttons
from winddown.doctor.verdict import Verdict, right, watch, wrong

LARGEST_BYTES = 16 * 1024 * 1024
"""Its lists grow with the house."""


def judged(facts: Facts) -> Iterator[Verdict]:
    """Each with at least a line."""
    for base in bases(facts.house):
        verdicts = [*_bridge(facts, base)]
        yield from verdicts or [right(base, "a Zigbee2MQTT is there")]


def is_there(facts: Facts, base: str) -> bool:
    """It said something, and not goodbye."""
    return known(facts, base) is not None and _state(facts, base) != "offline"


def known(facts: Facts, base: str) -> tuple[str, ...] | None:
    """The names of all its devices and groups; None: it tells of none."""
    devices = facts.latest(f"{base}/bridge/devices")
    if devices is None:
        return None
    both = (devices, facts.latest(f"{base}/bridge/groups") or b"")
    entries = [one for payload in both for one in read.objects_in(read.as_json(payload, LARGEST_BYTES))]
    return tuple(name for one in entries if isinstance(name := one.get("friendly_name"), str))


def _bridge(facts: Facts, base: str) -> Iterator[Verdict]:
    if known(facts, base) is None and _state(facts, base) is None:
        mend = "start it, look at its base_topic, and let this user read it (mqtt.zigbee2mqtt, or base: at the lamp)"
        yield wrong(base, "no Zigbee2MQTT tells of itself here", mend)
        return
    if _state(facts, base) == "offline":
        yield wrong(base, "its Zigbee2MQTT is offline", "start it; its own log says why it ended")
    if len(_coordinators(facts, base)) > 1:
        yield wrong(base, "two Zigbee2MQTT publish here, each over the other", "give one another base_topic")
    settings = _settings(facts, base)
    if settings and not _availability(settings):
        mend = "in Zigbee2MQTT: availability: {enabled: true}"
        yield watch(base, "does not look after which lamps can be reached", mend)
    yield from _retaining(facts, base, settings)


def _retaining(facts: Facts, base: str, settings: dict[str, object]) -> Iterator[Verdict]:
    """A button whose last press is stored is pressed again whenever somebody connects; by us that is ignored."""
    everything = (read.object_in(settings.get("device_options")) or {}).get("retain") is True
    devices = [read.object_in(one) or {} for one in (read.object_in(settings.get("devices")) or {}).values()]
    says = {str(one.get("friendly_name")): one.get("retain", everything) for one in devices}
    for key, button in buttons(facts.house).items():
        if getattr(button, "base", None) == base and says.get(button.address) is True:
            mend = f"in Zigbee2MQTT set retain: false for {button.address}; then its stored message can be cleared"
            yield watch(key, "is retained, so its last press comes again at each start (winddown ignores it)", mend)


def _settings(facts: Facts, base: str) -> dict[str, object]:
    return read.object_in(_info(facts, base).get("config")) or {}


def _availability(settings: dict[str, object]) -> bool:
    said = settings.get("availability")
    return said is True or (isinstance(said, dict) and said.get("enabled", True) is True)


def _coordinators(facts: Facts, base: str) -> set[str]:
    """Each Zigbee2MQTT has one; who publishes over another leaves parts of both."""
    devices = read.objects_in(read.as_json(facts.latest(f"{base}/bridge/devices") or b"", LARGEST_BYTES))
    listed = [one.get("ieee_address") for one in devices if one.get("type") == "Coordinator"]
    infos = [one.payload for one in facts.heard if one.topic == f"{base}/bridge/info"]
    told = [(read.object_in(_object(info).get("coordinator")) or {}).get("ieee_address") for info in infos]
    return {one for one in (*listed, *told) if isinstance(one, str)}


def _info(facts: Facts, base: str) -> dict[str, object]:
    return _object(facts.latest(f"{base}/bridge/info") or b"")


def _object(payload: bytes) -> dict[str, object]:
    return read.object_in(read.as_json(payload, LARGEST_BYTES)) or {}


def _state(facts: Facts, base: str) -> str | None:
    payload = facts.latest(f"{base}/bridge/state") or b""
    said = _object(payload).get("state", read.as_text(payload))
    return said if isinstance(said, str) else None
