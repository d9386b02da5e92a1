"""Which time zone: whether a name is one, and which the machine is set to. It reads two files under /etc, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from winddown.config.mistakes import offer, shown, wrong
from winddown.errors import UsageError

_ZONE_FOLDER = "zoneinfo/"
NO_ZONES = "this machine knows no time zones at all: apt install tzdata, or pip install tzdata"


def existing_zone(value: object) -> str:
    """The name, if there is such a zone. Raises the mistake."""
    if isinstance(value, str) and _exists(value):
        return value
    if not available_timezones():
        raise wrong(f"is {shown(value)}, and {NO_ZONES}")
    if not isinstance(value, str) or not value.strip():
        raise wrong(f"is {shown(value)}, write a zone, for example Europe/Amsterdam")
    raise wrong(f"{shown(value)} is no time zone, {_meant(value)}")


def machine_zone(env: Mapping[str, str], root: Path = Path("/")) -> str:
    """The zone of this machine: TZ, else where /etc/localtime points, else /etc/timezone, else UTC."""
    for candidate in (env.get("TZ", ""), _link(root / "etc/localtime"), _text(root / "etc/timezone")):
        name = _without_folder(candidate)
        if _exists(name):
            return name
    return "UTC"


def zone_called(name: str) -> ZoneInfo:
    """The zone of a name that was found to be one. UsageError where the machine has lost its zones, or has none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        raise UsageError(f"time zone {name}: {NO_ZONES}") from None


def _exists(name: str) -> bool:
    if not name or name.strip() != name:
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _without_folder(text: str) -> str:
    name = text.removeprefix(":")
    if _ZONE_FOLDER in name:
        name = name.rsplit(_ZONE_FOLDER, 1)[1]
    return name.removeprefix("posix/")


def _link(path: Path) -> str:
    try:
        return str(path.readlink())
    except OSError:
        return ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _meant(name: str) -> str:
    """Zones are many: by another case first, then by the city alone."""
    zones = sorted(available_timezones())
    lower = name.strip().lower().replace(" ", "_")
    for zone in zones:
        if lower in (zone.lower(), zone.lower().rsplit("/", 1)[-1]):
            return f"did you mean {zone}?"
    by_lower = {zone.lower(): zone for zone in zones}
    mend = offer(lower, by_lower)
    near = mend.removeprefix("did you mean ").removesuffix("?")
    return f"did you mean {by_lower[near]}?" if near in by_lower else "write one as Europe/Amsterdam"
