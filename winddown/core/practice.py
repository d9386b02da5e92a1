"""One slow round by day: what is said when, for somebody who wants to learn it while awake. It drives no lamp."""

from __future__ import annotations

from winddown.config import Breathing, Release
from winddown.core.release import Said, programme

BEGIN_S, BREATHS_SAID_S = 8.0, 6.0
LEAST_RELEASE_S = 20.0
"""Slower than in the evening: there is time to notice the difference."""
BREATHS = 4


def practice(release: Release, breathing: Breathing) -> tuple[Said, ...]:
    """The cues, in seconds from the beginning: each area once, then four breaths at the pace of the night."""
    round_ = programme(
        areas=release.areas,
        skip=release.skip,
        rounds=1,
        announce_s=release.announce_s,
        tense_s=release.tense_s,
        release_s=max(release.release_s, LEAST_RELEASE_S),
        release_only=release.release_only,
    )
    after_s = BEGIN_S + round_.length_s
    said = [Said(0.0, "practice.begin", BEGIN_S)]
    said += [Said(BEGIN_S + one.at_s, one.key, one.for_s) for one in round_.cues]
    said.append(Said(after_s, "breathing.begin", BREATHS_SAID_S))
    breath_s = breathing.inhale_s + breathing.exhale_s
    for n in range(BREATHS):
        at_s = after_s + BREATHS_SAID_S + n * breath_s
        said += [Said(at_s, "breath.in", breathing.inhale_s)]
        said += [Said(at_s + breathing.inhale_s, "breath.out", breathing.exhale_s)]
    return (*said, Said(after_s + BREATHS_SAID_S + BREATHS * breath_s, "practice.end", BEGIN_S))
