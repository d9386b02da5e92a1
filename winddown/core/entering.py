"""What people say of a night by message: into the diary, or a `why` at each field that cannot be. It keeps nothing.

A note is private: no `why` repeats it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from winddown import payload as read_payload
from winddown.clock import Instant
from winddown.core.hearing import ToDiary
from winddown.core.room import Room
from winddown.core.whose_night import evening_meant, tension_meant
from winddown.diary.entry import Refusal, Said, read
from winddown.diary.night import taken
from winddown.model import Effect, Enter, NightSaid, Received, Sentence, say, word

LARGEST_BYTES = 8192
MOST_TOLD = 5
"""So many refusals are told of one message."""
_OLDEST = timedelta(days=400)
_TENSION = re.compile(r"(?:(before|after)\s+)?(\S+)")


def enter(room: Room, route: ToDiary, got: Received, now: Instant) -> list[Effect]:
    """Take in one message."""
    if got.old:
        return []
    topic = f"{route.name}/set"
    fields = _fields(room, route.name, got.payload, now)
    if fields is None:
        room.news.misheard = True
        room.news.whys.append(_wanted(route.name, topic))
        return []
    evening = _evening(room, fields.pop("evening", None), now)
    if isinstance(evening, Sentence):
        room.news.whys.append(say("diary.wrong_evening", topic=topic, why=evening))
        return []
    wanted, refused = read(fields)
    kept, contradicting = taken(evening, Said(), wanted, room.hours.zone)
    _tell(room, topic, evening, [*refused, *contradicting], list(kept))
    room.news.misheard |= bool(refused or contradicting)
    if not kept:
        return []
    room.news.entries.append(NightSaid(evening.isoformat(), kept))
    if route.name == "note":
        room.news.note = str(kept["note"] or "")
    return [Enter(room.name, evening.isoformat(), said=kept)]


def _wanted(name: str, topic: str) -> Sentence:
    match name:
        case "diary":
            return say("diary.want_diary", topic=topic)
        case "tension":
            return say("diary.want_tension", topic=topic)
        case "quality":
            return say("diary.want_quality", topic=topic)
        case _:
            return say("diary.want_note", topic=topic, bytes=LARGEST_BYTES)


def _fields(room: Room, name: str, payload: bytes, now: Instant) -> dict[str, object] | None:
    """What is said, by field; `evening` where it is said or meant; None: nothing to be made of it."""
    if len(payload) > LARGEST_BYTES:
        return None
    if name == "diary":
        return read_payload.as_object(payload)
    text = read_payload.as_text(payload)
    if name == "note" and not payload.strip():
        return {name: None}
    if text is None:
        return None
    if name != "tension":
        return {name: text}
    match = _TENSION.fullmatch(text)
    if match is None:
        return None
    if match[1]:
        return {f"tension_{match[1]}": match[2]}
    evening, field = tension_meant(room.hours.config, room.hours.zone, now.wall)
    return {"evening": evening.isoformat(), field: match[2]}


def _evening(room: Room, wanted: object, now: Instant) -> date | Sentence:
    """The evening of the night that is meant, or why it cannot be."""
    config, zone = room.hours.config, room.hours.zone
    meant = evening_meant(config, zone, now.wall)
    if wanted is None:
        return meant
    latest = max(meant, tension_meant(config, zone, now.wall)[0])
    try:
        said = date.fromisoformat(str(wanted))
    except ValueError:
        return say("diary.no_date", value=str(wanted)[:40], evening=f"{meant}")
    return said if latest - _OLDEST <= said <= latest else say("diary.no_night", evening=f"{said}")


def _tell(room: Room, topic: str, evening: date, refused: list[Refusal], kept: list[str]) -> None:
    for one in refused[:MOST_TOLD]:
        room.news.whys.append(say("diary.refused", topic=topic, field=one.called, why=_private(one)))
    if kept:
        fields = tuple(word("field", name) for name in kept)
        room.news.whys.append(say("diary.taken", evening=f"{evening}", fields=fields))


def _private(refusal: Refusal) -> Sentence:
    """Why, without what a person wrote in words."""
    return say("entry.private") if refusal.field in ("note", "where") else refusal.says
