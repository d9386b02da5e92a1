"""What winddown tells people and programs of a room: state, cue, why, press, session, quiet. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from winddown.clock import Instant
from winddown.core.news import Cue
from winddown.core.retelling import Retelling
from winddown.core.room import PUNCTUAL_S, Room
from winddown.core.session import Session
from winddown.core.state import facts, state
from winddown.model import Effect, Log, Message, NightSaid, Note, Press, Publish, Sentence
from winddown.payload import compact
from winddown.programmes import phrases, spoken
from winddown.sentences import all_told, sentences
from winddown.value import value

STORED = ("state", "quiet", "last", "diary")
"""What of a room the broker keeps for those who come later."""


@dataclass(slots=True)
class _Said:
    """What has been published of a room; None: nothing on this connection."""

    state: int | None = None
    """Its hash: the text itself is with the broker."""
    facts: tuple[object, ...] | None = None
    """What the state followed from."""
    quiet: bool | None = None
    asked_quiet: bool | None = None
    cue: str | None = None
    cue_until_boot: float = 0.0
    problem: tuple[Sentence, ...] = ()
    last: bool = True
    """What was pressed and decided last is stored there."""
    diary: bool = False
    """What people have said of this night stands there."""
    guided: bool = False
    """The cue belongs to a release or a breathing, and ends with it."""


@value()
class _Last:
    """What was pressed and decided last, for those who come later."""

    why: str | None = None
    press: str | None = None
    source: str | None = None
    pressed: str | None = None


class Voice:
    """Speaks for one room."""

    __slots__ = ("_last", "_said", "_session", "_unheard_boot", "own", "prefix", "retelling", "room")

    def __init__(self, prefix: str, room: Room, own: Mapping[str, str], said: Iterable[NightSaid]) -> None:
        self.prefix = prefix
        self.room = room
        self.own = own
        for words in (sentences, phrases):  # so that no beat waits for the file
            words(room.hours.config.language)
        self.retelling = Retelling(room, said)
        self._said = _Said()
        self._last = _Last()
        self._session = Session()
        self._unheard_boot: float | None = None
        """Since when a cue waits for somebody to hear it."""

    def connected(self) -> None:
        """A new connection: what is stored there may be lost, so all of it is said again."""
        self.again()
        self._session = Session()

    def again(self) -> None:
        """Somebody has come who may not know."""
        self.spring_back()
        self._said.last = self._last == _Last()
        self._said.diary = False
        self.retelling.again()

    def deadline(self, now: Instant) -> float:
        """Boot-time seconds at which the cue in the state is over, or another night is meant."""
        turn_boot = now.boot_at(self.retelling.until)
        return min(turn_boot, self._said.cue_until_boot) if self._said.cue is not None else turn_boot

    def press(self, press: Press, source: str, now: Instant) -> list[Effect]:
        """An accepted press."""
        said = compact({"event_type": press, "source": source})
        self._last = replace(self._last, press=press, source=source, pressed=self._iso(now.wall))
        self._said.last = False
        return [
            self._publish("press", said),
            Note(self.room.name, "press", f"{self._time(now)} {press} {source}"),
        ]

    def news(self, now: Instant, *, live: bool) -> list[Effect]:
        """Cues and whys that the room has for people. While nobody can hear them whys wait; a late cue is dropped."""
        if self._unheard_boot is not None and now.boot - self._unheard_boot > PUNCTUAL_S:
            self.room.news.cues.clear()
        self._unheard_boot = None if live or not self.room.news.cues else self._unheard_boot or now.boot
        if not live:
            self.room.news.presses.clear()
            return []
        effects = [effect for press, source in self.room.news.presses for effect in self.press(press, source, now)]
        self.room.news.presses.clear()
        for cue in self.room.news.cues:
            effects += self._cue(cue, now)
        for why in self.room.news.whys:
            effects += self._why(why, now)
        self.room.news.cues.clear()
        self.room.news.whys.clear()
        return effects

    def present(self, now: Instant, problem: tuple[Sentence, ...]) -> list[Effect]:
        """What has changed in state and quiet since it was last said."""
        ended = self._said.guided and self.room.sequence is None
        if ended or now.boot >= self._said.cue_until_boot:
            self._said.cue = None
        effects: list[Effect] = []
        quiet = self.room.hours.quiet(now)
        if quiet is not self._said.quiet:
            self._said.quiet = quiet
            effects.append(self._publish("quiet", "ON" if quiet else "OFF", retain=True))
        effects += self._ask_quiet(quiet, now)
        if problem != self._said.problem:
            self._said.problem = problem
            effects += [Log(f"{self.room.name}: {self._told(problem)}", "warning")] if problem else []
        effects += self._state(now, problem)
        if not self._said.last:
            self._said.last = True
            effects.append(self._publish("last", compact(asdict(self._last)), retain=True))
        return effects + self._diary(now)

    def _diary(self, now: Instant) -> list[Effect]:
        changed = self.retelling.look(now)
        effects: list[Effect] = []
        if changed or not self._said.diary:
            self._said.diary = True
            effects.append(self._publish("diary", self.retelling.figures(), retain=True))
        if (note := self.retelling.note()) is not None:
            effects.append(self._publish("note", note))
        return effects

    def _state(self, now: Instant, problem: tuple[Sentence, ...]) -> list[Effect]:
        known = facts(self.room, now, self._said.cue, problem)
        if known == self._said.facts:
            return []
        self._said.facts = known
        text = state(self.room, now, self._said.cue, self._told(problem) or None)
        effects: list[Effect] = []
        if hash(text) != self._said.state:
            self._said.state = hash(text)
            effects.append(self._publish("state", text, retain=True))
            effects += [self._publish("session", compact(news)) for news in self._session.news(self.room)]
        return effects

    def farewell(self, now: Instant) -> list[Effect]:
        """The daemon ends: nothing is muted any more."""
        if not self._said.quiet:
            return []
        self._said.quiet = False
        return [self._publish("quiet", "OFF", retain=True), *self._ask_quiet(False, now)]

    def vanish(self, now: Instant) -> list[Effect]:
        """The room is no more: what is stored of it goes, after a last OFF for whoever follows its quiet."""
        return [
            *self.farewell(now),
            *(self._publish(name, "", retain=True) for name in STORED),
        ]

    def spring_back(self) -> None:
        """Somebody set what cannot be: the state is said again, so that what shows it shows the truth."""
        self._said.state = self._said.facts = None
        self._said.quiet = None
        self.room.stir()

    def _ask_quiet(self, quiet: bool, now: Instant) -> list[Effect]:
        if quiet is self._said.asked_quiet or (self._said.asked_quiet is None and not quiet):
            return []
        self._said.asked_quiet = quiet
        until = self.room.hours.quiet_until(now)
        request = {
            "ts": int(now.wall),
            "mode": "priority_only" if quiet else "off",
            "until": None if until is None else self._iso(until),
        }
        return [Publish(Message(f"{self.prefix}/bridge/{self.room.name}/quiet/request", compact(request), qos=1))]

    def _cue(self, cue: Cue, now: Instant) -> list[Effect]:
        config = self.room.hours.config
        known = phrases(config.language, self.own)
        if cue.key not in known:
            return []
        text = spoken(known[cue.key], inhale_s=config.breathing.inhale_s, exhale_s=config.breathing.exhale_s)
        self._said.cue, self._said.cue_until_boot = text, now.boot + cue.for_s
        self._said.guided = self.room.sequence is not None
        said = {"text": text, "key": cue.key, "language": config.language, "for_s": cue.for_s}
        request = {"ts": int(now.wall), "text": text, "language": config.language}
        topic = f"{self.prefix}/bridge/{self.room.name}/say/request"
        return [
            self._publish("cue", compact(said)),
            Publish(Message(topic, compact(request), qos=1)),
            Note(self.room.name, "cue", f"{self._time(now)} {text}"),
        ]

    def _told(self, several: tuple[Sentence, ...]) -> str:
        return all_told(several, self.room.hours.config.language)

    def _why(self, why: Sentence, now: Instant) -> list[Effect]:
        text = self._told((why,))
        line = f"{self._time(now)} {text}"
        self._last = replace(self._last, why=line)
        self._said.last = False
        return [self._publish("why", line), Note(self.room.name, "why", line), Log(f"{self.room.name}: {text}")]

    def _time(self, now: Instant) -> str:
        return self.room.hours.clock(now.wall)

    def _iso(self, at: float) -> str:
        return datetime.fromtimestamp(at, self.room.hours.zone).isoformat(timespec="seconds")

    def _publish(self, name: str, payload: str, *, retain: bool = False) -> Publish:
        return Publish(Message(f"{self.prefix}/{self.room.name}/{name}", payload, qos=1, retain=retain))
