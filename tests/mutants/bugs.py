"""The bugs, each a small change to the engine for as long as its context lasts. Nothing here is ever left in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from winddown.core import fade, hours, room, sequence, touch, verbs
from winddown.core.asking import Asking
from winddown.core.bedside import Bedside
from winddown.core.engine import Engine
from winddown.core.lamp import Lamp
from winddown.core.link import Link
from winddown.core.off import OffWatch
from winddown.core.quiet import Quiet
from winddown.core.reach import Reach
from winddown.core.reading import Reading
from winddown.core.room import Room
from winddown.core.seen import Seen
from winddown.core.sending import Sending
from winddown.lights import zigbee2mqtt
from winddown.model import Publish, QuietMemory

Around = Callable[..., Any]


@dataclass(frozen=True)
class Bug:
    """A planted bug."""

    name: str
    where: Any
    what: str
    """The attribute of `where` that is changed."""
    instead: Around
    """Gets the original first, then its arguments."""
    shown_by: str
    """The evening, or the test, in which it is known to show."""
    also: tuple[Bug, ...] = ()
    """What else must be changed for it."""

    @contextmanager
    def planted(self) -> Iterator[None]:
        """The engine with this bug in it."""
        original = getattr(self.where, self.what)

        @wraps(original if callable(original) else self.instead)
        def changed(*args: Any, **kwargs: Any) -> Any:
            return self.instead(original, *args, **kwargs)

        setattr(self.where, self.what, property(changed) if isinstance(original, property) else changed)
        try:
            with ExitStack() as others:
                for bug in self.also:
                    others.enter_context(bug.planted())
                yield
        finally:
            setattr(self.where, self.what, original)


# ---------------------------------------------------------------- what the bugs do


def forgets_touches(original: Around, seen: Seen, profile: Any, memory: Any) -> None:
    original(seen, profile, replace(memory, touched=()))


def rounds_up(original: Around, seen: Seen, boot: float) -> int | None:
    level = original(seen, boot)
    return None if level is None else level + 1


def never_ends(original: Around, off: OffWatch) -> float:
    return off.told_boot + 20 * (off.repeats + 1)


def mutes_first(original: Around, quiet: Quiet, target: Any, memory: Any, boot: float) -> None:
    quiet._says[target.topic] = target.mute
    quiet._remember(target.topic, QuietMemory(muted=True, before=target.mute))
    quiet._tell(target, target.mute, boot)


def wake_too(original: Around, planned: Any, tonight: Any) -> Any:
    made = original(planned, tonight)
    return replace(made, wake_at=made.wake_at + made.bedtime_at - planned.bedtime_at)


def drifts(original: Around, *given: Any, **more: Any) -> Any:
    made = original(*given, **more)
    moves, pieces = (
        tuple(replace(one, begin=one.begin + 0.002 * n, end=one.end + 0.002 * n) for n, one in enumerate(all_))
        for all_ in (made.moves, made.pieces)
    )
    return replace(made, moves=moves, pieces=pieces)


def no_null(original: Around, command: Any, profile: Any) -> Any:
    return tuple({key: value for key, value in body.items() if key != "state"} for body in original(command, profile))


def keeps_a_backlog(original: Around, engine: Any) -> Any:
    kept = engine.__dict__.setdefault("backlog", [])
    effects = original(engine)
    late = [one for one in effects if isinstance(one, Publish) and one.message.topic in engine.sending.topics]
    if engine.sending.usable:
        effects = [*kept, *effects]
        kept.clear()
    else:
        kept += late
        effects = [one for one in effects if one not in late]
    return effects


def believes_what_was_stored(original: Around, engine: Engine, got: Any, now: Any) -> Any:
    return original(engine, replace(got, retain=False), now)


def lights_at_bedtime(original: Around, breathing: Any, side: Any, evening: Any, now: Any) -> bool:
    return bool(now.wall < evening.breathing_until)


def lights_always(original: Around, room_: Room, running: Any, now: Any, *, lights: bool, **more: Any) -> None:
    original(room_, running, now, lights=True, **more)


def brightest(original: Around, lamp: Lamp, now: Any) -> Any:
    return max(lamp.courses.values(), key=lambda course: course.wish(now), default=None)


def mutes_for_ever(original: Around, quiet: Quiet, target: Any, memory: Any, boot: float) -> None:
    return None


def puts_back_twice(original: Around, quiet: Quiet, target: Any, memory: Any, boot: float) -> None:
    original(quiet, target, memory, boot)
    quiet._tell(target, memory.before or "35", boot)


def puts_back_over_somebody(original: Around, quiet: Quiet, target: Any, memory: Any, boot: float) -> None:
    quiet._says.pop(target.topic, None)
    original(quiet, target, replace(memory, changed=False), boot)


def glows_at_full(original: Around, profile: Any, begin_boot: float, for_s: float) -> Any:
    return original(replace(profile, min_level=profile.scale), begin_boot, for_s)


def twice_the_peak(original: Around, release: Any, breathing: Any, *given: Any, **more: Any) -> Any:
    return original(release, breathing.model_copy(update={"peak": 2 * breathing.peak}), *given, **more)


def keeps_what_was_before(original: Around, side: Any) -> None:
    side.befores = {name: lamp.seen.memory.before for name, lamp in side.lamps.items()}
    original(side)


def puts_lamps_back_at_wake(original: Around, side: Any) -> None:
    original(side)
    put_back(side, side.__dict__.pop("befores", {}), 0.0)


def puts_lamps_back_at_night(original: Around, room_: Room, now: Any) -> None:
    befores = {name: lamp.seen.memory.before for name, lamp in room_.bedside.lamps.items()}
    original(room_, now)
    put_back(room_.bedside, befores, now.wall)


def put_back(side: Any, befores: dict[str, Any], at: float) -> None:
    for name, before in befores.items():
        if before is not None and before.on:
            side.lamps[name].follow(side.room, fade.back(side.lamps[name].seen.profile, before, at))


def says_again(original: Around, room_: Room, now: Any, *more: Any) -> None:
    original(room_, now, *more)
    room_._said_boot = float("-inf")


def acts_late(original: Around, *given: Any, late: bool, first: Any) -> Any:
    return original(*given, late=False, first=first)


def between_the_ends(original: Around, aim: Any, boot: float, *, asked: bool) -> Any:
    """As if a lamp in a fade might be anywhere in it."""
    spans = original(aim, boot, asked=asked)
    return spans and [(min(aim.start.level, aim.goal.level), max(aim.start.level, aim.goal.level))]


# ---------------------------------------------------------------- the bugs

KEEPS = Bug("", Bedside, "morning", keeps_what_was_before, "")


LIGHTS = Bug("", Room, "_go_on", lights_always, "")
ALWAYS_SENDS = Bug("", Sending, "may", lambda *_: True, "")
HEARS_ALL = Bug("takes no lamp for deaf", Reach, "deaf", lambda _, reach, boot, *, again=False: False, "")

BUGS = (
    Bug("rounds up by one", Seen, "level_at", rounds_up, "a press by day"),
    Bug(
        "forgets a touch after a restart",
        Seen,
        "__init__",
        forgets_touches,
        "a hand turns a lamp brighter, and a restart",
    ),
    Bug("tells OFF without end", OffWatch, "next_boot", never_ends, "nothing happens"),
    Bug("takes the snapshot after the mute", Quiet, "_mute", mutes_first, "nothing happens"),
    Bug("moves the wake with later", hours, "moved", wake_too, "later"),
    Bug("adds up the beats", sequence, "plan", drifts, "nothing happens"),
    Bug("drops the null that lights none", zigbee2mqtt, "_dim", no_null, "a hand switches off just after the question"),
    Bug(
        "sends its backlog after an outage",
        Engine,
        "_flush",
        keeps_a_backlog,
        "no broker for ten minutes",
        (ALWAYS_SENDS, HEARS_ALL),
    ),
    Bug(
        "goes on into a broker that hangs",
        Link,
        "live",
        lambda _, link, boot: link.connected,
        "a broker that hangs in a breath",
    ),
    Bug("dims a touched lamp", Seen, "touched", lambda _, seen: frozenset(), "a hand turns a lamp brighter"),
    Bug("acts on a stored press", Engine, "_receive", believes_what_was_stored, "a stored press, and a restart"),
    Bug(
        "lights the lamp that is to breathe",
        room,
        "pulses_by_itself",
        lights_at_bedtime,
        "the breathing lamp is off",
        (LIGHTS,),
    ),
    Bug("lights a lamp after a restart", Room, "_go_on", lights_always, "off in a breath, and a restart"),
    Bug(
        "lets the brightest wish win",
        Lamp,
        "_leading",
        brightest,
        "two_rooms: at the earlier bedtime the shared lamp goes off though the other runway goes on",
    ),
    Bug("never reads before a step", Reading, "before", lambda *_: False, "a hand dims and tells nobody"),
    Bug("never puts the quiet back", Quiet, "_put_back", mutes_for_ever, "nothing happens"),
    Bug("puts the quiet back twice", Quiet, "_put_back", puts_back_twice, "nothing happens"),
    Bug(
        "puts back what somebody changed", Quiet, "_put_back", puts_back_over_somebody, "somebody turns the speaker up"
    ),
    Bug("glows at full", fade, "glow", glows_at_full, "the way to the toilet"),
    Bug("breathes twice as bright", sequence, "plan", twice_the_peak, "nothing happens"),
    Bug("puts the lamps back at wake", Bedside, "let_go", puts_lamps_back_at_wake, "nothing happens", (KEEPS,)),
    Bug("puts the lamps back after bedtime", verbs, "_stop", puts_lamps_back_at_night, "stop in a breath"),
    Bug(
        "says a cue again after a restart",
        Room,
        "restore",
        says_again,
        "end_and_restart: killed just after a cue it is not said again",
    ),
    Bug(
        "acts on a press out of a backlog",
        Asking,
        "press",
        acts_late,
        "broker: a press out of a backlog is not acted on",
    ),
    Bug(
        "forgets after a restart what it had in hand",
        room,
        "recall",
        lambda *_: None,
        "died_before_bedtime: a lamp that answers late goes off too",
    ),
    Bug(
        "takes a lamp that was told to go off for one that is on",
        Seen,
        "take_back",
        lambda _original, seen: (seen.forget_off(), seen.keep(touched=(), touched_at=None)),
        "a press right after dark",
    ),
    Bug(
        "takes every level of a fade for its own",
        touch,
        "_spans",
        between_the_ends,
        "hands: a lamp that is turned up in mid fade is left at that also below where its fade began",
    ),
    Bug(
        "goes on telling a lamp that hears nothing",
        Reach,
        "deaf",
        lambda _, reach, boot, *, again=False: False,
        "power: a lamp without power that nobody noticed is asked only and named and joins the others when it is back",
    ),
    Bug(
        "sends to a name that nobody has",
        Reach,
        "named",
        lambda _, reach, *, lost: False,
        "renamed: a name that was given up is told nothing",
    ),
    Bug("leaves the lamp on that has breathed", Bedside, "sleep", lambda *_: None, "nothing happens"),
    Bug(
        "takes a hand by day for one in the evening",
        Bedside,
        "look",
        lambda original, bedside, *, begins: original(bedside, begins=False),
        "dimmed by day without a word, and an early start",
    ),
    Bug(
        "forgets at bedtime a lamp that is still being asked",
        Bedside,
        "at_bedtime",
        lambda *_: None,
        "back in the last second before bedtime",
    ),
)
