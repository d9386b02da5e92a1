"""What is to be told to a person, before it has a language. The words are in `winddown.sentences`; here are none.

Nothing is written until it is published: most of what is found out in a tick is what was found out before.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from winddown.value import value

Key = Literal[
    "press.did",
    "press.late",
    "press.flood",
    "press.unknown",
    "order.asked",
    "order.empty",
    "order.unknown",
    "order.alone",
    "order.skip",
    "order.minutes",
    "setting.set",
    "setting.overruled",
    "setting.no_value",
    "setting.no_time",
    "setting.no_minutes",
    "setting.no_pace",
    "setting.no_switch",
    "setting.no_language",
    "setting.no_night",
    "setting.unknown",
    "trouble.safe",
    "trouble.clock",
    "trouble.bridge",
    "trouble.dropped",
    "trouble.during_message",
    "trouble.during_event",
    "trouble.during_due",
    "trouble.during_memory",
    "file.again",
    "file.stays",
    "file.stays_more",
    "lamp.silent",
    "lamp.alone",
    "lamp.alone_known",
    "lamp.driven",
    "lamp.renamed",
    "lamp.lost",
    "lamp.deaf",
    "lamp.still_on",
    "lamp.still_on_told",
    "lamp.forgotten",
    "lamp.yours",
    "lamp.turned_on",
    "lamp.turned_off",
    "lamp.level",
    "lamp.warmth",
    "lamp.changed",
    "lamp.both",
    "lamp.power_back",
    "lamp.power_cut",
    "lamp.alarm",
    "lamp.group",
    "runway.until",
    "bedtime.past",
    "bedtime.press",
    "bedtime.group",
    "bedtime.yours",
    "bedtime.is_off",
    "bedtime.unknown",
    "rest.until",
    "rest.answered",
    "release.nothing",
    "breathe.group",
    "breathe.yours",
    "next.nothing",
    "start.begun",
    "later.moved",
    "later.night",
    "later.most",
    "later.wake",
    "skip.skipped",
    "skip.nothing",
    "skip.was_not",
    "stop.done",
    "resume.back",
    "resume.nothing",
    "glow.yours",
    "quiet.lost",
    "diary.taken",
    "diary.refused",
    "diary.wrong_evening",
    "diary.want_diary",
    "diary.want_tension",
    "diary.want_quality",
    "diary.want_note",
    "diary.no_date",
    "diary.no_night",
    "entry.unknown",
    "entry.time",
    "entry.time_meant",
    "entry.duration",
    "entry.minutes",
    "entry.awakenings",
    "entry.quality",
    "entry.tension",
    "entry.no_text",
    "entry.long",
    "entry.markup",
    "entry.mark",
    "entry.private",
    "entry.order",
    "entry.awake",
    "entry.room",
    "word.list",
]
"""Every sentence there is; each language has them all."""

Family = Literal["phase", "press", "verb", "setting", "field"]
"""Words of ours that stand in sentences, by what they name."""


@value()
class Sentence:
    """One, or a part of one."""

    key: str
    values: Mapping[str, Value]
    """What is filled in, by the names in the braces."""


Value = str | int | float | Sentence | tuple[Sentence, ...]
"""A person's own word, a number, a part that has words itself, or several of these."""


def say(key: Key, **values: Value) -> Sentence:
    """The sentence of this key."""
    return Sentence(key, values)


@cache
def word(family: Family, name: str) -> Sentence:
    """What something is called: a phase, a verb, a field of the diary."""
    return Sentence(f"word.{family}.{name}", {})
