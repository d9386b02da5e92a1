"""One line of the diary: what winddown saw, what a person says, and what follows from it. It estimates nothing twice.

What a person says goes before what was seen. What follows is only reckoned from what a person has said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from winddown.diary.entry import TIMES, Refusal, Said, as_kept, said
from winddown.model import NightSeen, Told, say, word

_NOON = time(12)
_LONGEST_S = 20 * 3600.0
"""From getting into bed to getting up; a time that would make it longer was meant to be before."""
_APART_S = 600.0
"""Presses in the night closer than this are of one awakening."""


@dataclass(frozen=True, slots=True)
class Line:
    """A night."""

    room: str
    evening: date
    seen: NightSeen | None = None
    said: Said = field(default_factory=Said)


def instants(evening: date, one: Said, zone: ZoneInfo) -> dict[str, float]:
    """The times of a night in their order, as POSIX seconds: each is the first of its kind after the one before.

    The first of them is in the evening, or before noon on the next day.
    """
    found: dict[str, float] = {}
    before: datetime | None = None
    for name in TIMES:
        at: time | None = getattr(one, name)
        if at is None:
            continue
        day = before.date() if before else evening if at >= _NOON else evening + timedelta(days=1)
        moment = datetime.combine(day, at, zone)
        if before is not None and moment.replace(tzinfo=None) < before.replace(tzinfo=None):
            moment = datetime.combine(day + timedelta(days=1), at, zone)
        before = moment
        found[name] = moment.timestamp()
    return found


def contradictions(evening: date, one: Said, zone: ZoneInfo) -> Iterator[Refusal]:
    """What cannot be true together; said at the later field."""
    at = instants(evening, one, zone)
    for earlier, later in zip([*at], [*at][1:], strict=False):
        if at[later] - min(at.values()) > _LONGEST_S:
            times = {"later": f"{getattr(one, later):%H:%M}", "earlier": f"{getattr(one, earlier):%H:%M}"}
            yield Refusal(later, say("entry.order", name=word("field", earlier), **times), tuple(at))
            break
    if one.awakenings == 0 and one.awake_min:
        yield Refusal("awake_min", say("entry.awake", minutes=one.awake_min), ("awakenings",))
    if "lights_out" in at and "woke" in at:
        between_min = (at["woke"] - at["lights_out"]) / 60
        awake = {"asleep_min": one.asleep_min or 0, "awake_min": one.awake_min or 0}
        if sum(awake.values()) > between_min:
            longer = max(awake, key=lambda name: awake[name])
            why = say("entry.room", minutes=awake[longer], between=round(between_min))
            yield Refusal(longer, why, (*awake, "lights_out", "woke"))


def taken(
    evening: date, before: Said, fields: Mapping[str, Told | None], zone: ZoneInfo
) -> tuple[dict[str, Told | None], list[Refusal]]:
    """Of new fields those that can be true together with each other and with what was said before."""
    wanted = dict(fields)
    refused: list[Refusal] = []
    while (found := _refused(evening, said({**as_kept(before), **wanted}), wanted, zone)) is not None:
        refused.append(found)
        del wanted[found.field]
    return wanted, refused


def _refused(evening: date, whole: Said, wanted: Mapping[str, Told | None], zone: ZoneInfo) -> Refusal | None:
    """The next of the new fields that has to go. What was kept before may contradict itself: that is told elsewhere."""
    for wrong in contradictions(evening, whole, zone):
        for name in (wrong.field, *wrong.beside):
            if wanted.get(name) is not None:
                return Refusal(name, wrong.says, wrong.beside)
    return None


# ---------------------------------------------------------------- what was seen


def estimated(line: Line, zone: ZoneInfo) -> Said:
    """What winddown would say of the night, from its own sight; blank where it saw nothing of it."""
    seen = line.seen
    if seen is None:
        return Said()
    return Said(
        to_bed=_clock(seen.to_bed_at, zone),
        lights_out=_clock(seen.lights_out_at, zone),
        awakenings=None if seen.to_bed_at is None else awakenings_seen(seen),
    )


def awakenings_seen(seen: NightSeen) -> int:
    """How often somebody pressed in the night; presses close together are one."""
    at = [press.at for press in seen.presses if press.night]
    return sum(n == 0 or one - at[n - 1] > _APART_S for n, one in enumerate(at))


def _clock(at: float | None, zone: ZoneInfo) -> time | None:
    return None if at is None else datetime.fromtimestamp(at, zone).time().replace(second=0, microsecond=0, fold=0)


# ---------------------------------------------------------------- what follows


@dataclass(frozen=True, slots=True)
class Sleep:
    """What a whole line amounts to."""

    in_bed_min: float
    asleep_min: float

    @property
    def efficiency(self) -> float:
        """The share of the time in bed that was slept, in percent (total sleep time / time in bed)."""
        return 100 * self.asleep_min / self.in_bed_min


def sleep(line: Line, zone: ZoneInfo) -> Sleep | None:
    """Time in bed and asleep; None where a person has not said all that it takes, or where that is no night."""
    one = line.said
    at = instants(line.evening, one, zone)
    awake = 0 if one.awakenings == 0 else one.awake_min
    if len(at) < len(TIMES) or one.asleep_min is None or awake is None:
        return None
    if next(contradictions(line.evening, one, zone), None) is not None or at["up"] <= at["to_bed"]:
        return None
    asleep = (at["woke"] - at["lights_out"]) / 60 - one.asleep_min - awake
    return Sleep((at["up"] - at["to_bed"]) / 60, asleep)
