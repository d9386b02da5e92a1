"""Turns what winddown publishes into lines for people, in local time. It hears nothing itself and never raises."""

from __future__ import annotations

from datetime import datetime

from winddown import clock
from winddown import payload as read
from winddown.config import Config
from winddown.config.mistakes import one_line
from winddown.model import Received


class Sayings:
    """What was last said of each room, so that only news is told."""

    def __init__(self, house: Config) -> None:
        self._zone = house.zone()
        self._prefix = house.mqtt.prefix
        self._width = max(len(name) for name in (*house.rooms, "winddown"))
        self._told: dict[str, str] = {}

    def line(self, message: Received) -> str | None:
        """A message as a line; None where there is nothing to be made of it."""
        who, _, name = message.topic.removeprefix(f"{self._prefix}/").rpartition("/")
        text = self._text(name, message.payload)
        if text is None:
            return None
        at = datetime.fromtimestamp(clock.now().wall, self._zone)
        return one_line(f"{at:%H:%M:%S}  {who or 'winddown':{self._width}}  {text}")

    def news(self, message: Received) -> str | None:
        """The same, but a state that differs only in what a lamp shows is no news."""
        gist = self._gist(message)
        if gist is not None and self._told.get(message.topic) == gist:
            return None
        self._told[message.topic] = gist or ""
        return self.line(message)

    def _text(self, name: str, payload: bytes) -> str | None:
        said = read.as_object(payload) or {}
        match name:
            case "status" | "why":
                text = read.as_text(payload)
                return text if name == "status" or text is None else f"  {_without_time(text)}"
            case "cue":
                return f"  “{said['text']}”" if "text" in said else None
            case "press":
                return f"{said['event_type']} press from {said.get('source')}" if "event_type" in said else None
            case "state":
                return self._state(said)
            case _:
                return None

    def _gist(self, message: Received) -> str | None:
        """What of a state is worth a line; None: it is no state."""
        if not message.topic.endswith("/state"):
            return None
        said = read.as_object(message.payload) or {}
        lamps = [(name, (read.object_in(lamp) or {}).get("on")) for name, lamp in _lamps(said).items()]
        return repr(([said.get(key) for key in ("phase", "origin", "quiet", "enabled", "touched", "problem")], lamps))

    def _state(self, said: dict[str, object]) -> str | None:
        if "phase" not in said:
            return None
        parts = [f"{said['phase']}{self._until(said.get('until'))}"]
        if said.get("quiet"):
            parts.append(f"quiet{self._until(said.get('quiet_until'))}")
        if said.get("enabled") is False:
            parts.append("the routine is off")
        parts += [_lamp(name, read.object_in(lamp) or {}) for name, lamp in _lamps(said).items()]
        if said.get("problem"):
            parts.append(f"problem: {said['problem']}")
        return " · ".join(parts)

    def _until(self, said: object) -> str:
        try:
            at = datetime.fromisoformat(str(said)).astimezone(self._zone)
        except ValueError:
            return ""
        near = at.timestamp() - clock.now().wall < 18 * 3600
        return f" until {at:%H:%M}" if near else f" until {at:%a %H:%M}"


def _lamps(said: dict[str, object]) -> dict[str, object]:
    return read.object_in(said.get("lights")) or {}


def _lamp(name: str, shows: dict[str, object]) -> str:
    if shows.get("online") is False:
        return f"{name} is unreachable"
    if shows.get("on") is None:
        return f"{name} unknown"
    if not shows["on"]:
        return f"{name} off"
    level = "on" if shows.get("level") is None else f"{shows['level']} %"
    return f"{name} {level}" + (f" {shows['kelvin']} K" if shows.get("kelvin") else "")


def _without_time(why: str) -> str:
    """A `why` begins with its time of day, and so does every line here."""
    return why[6:] if why[2:3] == ":" and why[5:6] == " " else why
