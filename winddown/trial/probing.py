"""Finds with a person's eyes what one lamp can do: its least light, its whites, its fades. It sends and keeps nothing.

Rules of this file:
1. The lamp is always lit at an explicit level, and goes up only where less was not seen, or after that was said.
2. It is brought down to its least known level before anything is tried.
3. A white or a fade is found only where it is not as is known already: else the bridge goes on knowing.
"""

from __future__ import annotations

from winddown.config import Limits
from winddown.model import Dim, Light, Off, Profile, Report
from winddown.trial.talk import Pause, Question, Say, Talk, Tell, asked, read

SINK_S = 2.0
"""How long the lamp takes down before the first question."""
DARK_S = 1.0
"""How long it is dark between two levels: lit from dark, the least light is easiest to see."""
HIGHEST = 25.0
"""Percent of its scale: whoever sees nothing at this looks at another lamp."""
WHITE_LEVEL = 10.0
"""Percent: bright enough to see a white."""
CLOSE_MIRED = 10
"""Lamps round their whites; nearer than this they do as told."""
FADE_S = 10.0
FADE_FROM = 30.0
"""Percent from which the fade on trial goes down."""


def probe(profile: Profile, shown: Report) -> Talk[Limits | None]:
    """What was found; None: the person never saw any light.

    `shown` is what the lamp said it shows. Commands are to be encoded without a least level: that is looked for.
    """
    if shown.on:
        yield Tell(Dim(profile.min_level, None, SINK_S))
        yield Pause(SINK_S)
    least = yield from smallest(profile)
    if least is None:
        return None
    yield Say(f"The least light is level {least} of {profile.scale} ({_percent(profile, least)}).\n")
    coolest, warmest = yield from whites(profile, least)
    smooth = yield from fades(profile, least)
    found = {"smallest": 100 * least / profile.scale}
    if coolest is not None:
        found["coolest"] = 1_000_000 / coolest
    if warmest is not None:
        found["warmest"] = 1_000_000 / warmest
    return Limits(**found) if smooth else Limits(**found, longest_fade_s=0.0)


# ---------------------------------------------------------------- the least light


def smallest(profile: Profile) -> Talk[int | None]:
    """The least level that the person sees when the lamp is lit with it; None: none up to a quarter of the scale."""
    known, highest = profile.min_level, max(profile.min_level, int(profile.scale * HIGHEST / 100))
    unseen, seen, level = 0, highest + 1, known
    while True:
        if (yield from _visible(profile, level)):
            seen = level
        else:
            unseen = level
        if seen - unseen <= 1:
            return seen if seen <= highest else None
        level = (unseen + seen) // 2 if seen <= highest else min(highest, unseen + max(1, unseen - known))


def _visible(profile: Profile, level: int) -> Talk[bool]:
    question = Question(
        f"Level {level} of {profile.scale} ({_percent(profile, level)}). Can you see it now?", ("yes", "no", "again")
    )
    while True:
        yield Tell(Off())
        yield Pause(DARK_S)
        yield Tell(Light(level, profile.warmest_mired))
        yield Pause(DARK_S)
        choice = yield from asked(question)
        if choice != "again":
            return choice == "yes"


# ---------------------------------------------------------------- whites


def whites(profile: Profile, least: int) -> Talk[tuple[int | None, int | None]]:
    """The coolest and the warmest white in mired, where the lamp says other ones than it is told."""
    coolest, warmest = profile.coolest_mired, profile.warmest_mired
    if coolest is None or warmest is None:
        yield Say("It has one white only, as far as anybody says.\n")
        return None, None
    level = max(least, profile.steps(WHITE_LEVEL))
    yield Say("Now its whites: it turns cool, then warm. There is nothing to do.")
    yield Tell(Light(least, None))
    yield Tell(Dim(level, None, SINK_S))
    yield Pause(SINK_S)
    cool = yield from _white("coolest", coolest)
    warm = yield from _white("warmest", warmest)
    found_cool = cool if cool is not None and coolest + CLOSE_MIRED < cool < warmest else None
    found_warm = warm if warm is not None and coolest < warm < warmest - CLOSE_MIRED else None
    if found_cool is not None and found_warm is not None and found_cool >= found_warm:
        yield Say("  These two make no sense together, so they are left out.")
        return None, None
    return found_cool, found_warm


def _white(name: str, mired: int) -> Talk[int | None]:
    yield Tell(Dim(None, mired, 0.0))
    yield Pause(SINK_S)
    report = yield from read()
    said = "says nothing of it" if not report.mired else f"shows {1_000_000 / report.mired:.0f} K"
    yield Say(f"  {name}: told {1_000_000 / mired:.0f} K, {said}")
    return report.mired


# ---------------------------------------------------------------- fades


def fades(profile: Profile, least: int) -> Talk[bool]:
    """Whether a fade of its own looks smooth; a lamp that has none is left with its small steps."""
    if not profile.max_fade_s:
        yield Say("It does not fade by itself: winddown sends it small steps.\n")
        return True
    length_s = min(FADE_S, profile.max_fade_s)
    start = max(least, profile.steps(FADE_FROM))
    yield Say(f"\nLast, a fade: it comes up, waits, and sinks for {length_s:g} s. Look at it while it sinks.")
    yield Tell(Light(least, None))
    while True:
        yield Tell(Dim(start, None, SINK_S))
        yield Pause(SINK_S + DARK_S)
        yield Tell(Dim(least, None, length_s))
        yield Pause(length_s + DARK_S)
        choice = yield from asked(Question("Was it smooth, without a jump?", ("yes", "no", "again")))
        if choice != "again":
            return choice == "yes"


def _percent(profile: Profile, level: int) -> str:
    return f"{100 * level / profile.scale:.1f} %"
