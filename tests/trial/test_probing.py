"""What a probe finds, with people and lamps of every kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trial.talking import Bedside
from winddown.model import Dim, Light, Off, Profile, Report
from winddown.trial import probe
from winddown.trial.probing import smallest

LAMP = Profile(min_level=2, coolest_mired=250, warmest_mired=454, max_fade_s=60.0)
ON, OFF = Report(True, 120, 300), Report(on=False)


@pytest.mark.parametrize("scale", [100, 254])
@pytest.mark.parametrize("known", [1, 2, 4, 13])
@pytest.mark.parametrize("sees_from", [1, 2, 3, 4, 5, 9, 13, 14, 24, 25])
def test_the_least_light_is_found_from_below_and_from_above(scale: int, known: int, sees_from: int) -> None:
    bedside = Bedside(sees_from)

    assert bedside.hold(smallest(replace(LAMP, scale=scale, min_level=known))) == sees_from
    assert len(bedside.asked) <= 12


def test_a_lamp_that_shows_from_level_4_on_is_asked_about_few_levels() -> None:
    bedside = Bedside(sees_from=4)

    found = bedside.hold(smallest(LAMP))

    assert found == 4
    assert bedside.levels() == [2, 3, 4]


def test_where_no_light_is_seen_nothing_is_found_and_nothing_bright_is_tried() -> None:
    bedside = Bedside(sees_from=200)

    assert bedside.hold(probe(LAMP, ON)) is None
    assert max(bedside.levels()) <= 254 // 4


@pytest.mark.parametrize("sees_from", [1, 4, 40])
def test_no_level_is_tried_that_is_brighter_than_one_that_was_seen(sees_from: int) -> None:
    bedside = Bedside(sees_from)

    bedside.hold(smallest(LAMP))

    seen = 255
    for level in bedside.levels():
        assert level < seen
        seen = min(seen, level) if level >= sees_from else seen


def test_a_lamp_that_is_on_sinks_to_its_least_known_level_before_anything_else() -> None:
    bedside = Bedside()

    bedside.hold(probe(LAMP, ON))

    assert bedside.sent[0] == Dim(2, None, 2.0)
    assert bedside.sent[1:3] == [Off(), Light(2, 454)]


def test_a_lamp_that_is_off_is_lit_at_its_least_known_level() -> None:
    bedside = Bedside(shows=OFF)

    bedside.hold(probe(LAMP, OFF))

    assert next(one for one in bedside.sent if not isinstance(one, Off)) == Light(2, 454)


def test_nonsense_is_asked_about_again_and_changes_nothing() -> None:
    bedside = Bedside(sees_from=4, nonsense=("", "maybe", "42", "ye", "\x00"))

    assert bedside.hold(smallest(LAMP)) == 4
    assert sum("please answer yes or no or again" in text for text in bedside.said) == 5


def test_again_shows_the_same_level_again() -> None:
    bedside = Bedside(sees_from=2, nonsense=("again", "a"))

    bedside.hold(smallest(LAMP))

    assert bedside.levels()[:3] == [2, 2, 2]


@pytest.mark.parametrize("word", ["y", "Yes", "JA", " j ", "yes!"])
def test_a_person_may_answer_as_at_home(word: str) -> None:
    assert Bedside(nonsense=(word, "nee")).hold(smallest(LAMP)) == 2


# ---------------------------------------------------------------- whites and fades


def test_a_lamp_that_does_as_its_bridge_says_is_found_to_have_its_least_light_only() -> None:
    found = Bedside().hold(probe(LAMP, ON))

    assert found.model_dump(exclude_none=True) == {"smallest": 100 * 2 / 254}


def test_a_white_that_the_lamp_does_not_reach_is_found() -> None:
    found = Bedside(warmest_mired=370, coolest_mired=280).hold(probe(LAMP, ON))

    assert found.facts(254)["warmest_mired"] == 370
    assert found.facts(254)["coolest_mired"] == 280


def test_a_lamp_that_is_stuck_at_one_white_keeps_what_its_bridge_says() -> None:
    found = Bedside(warmest_mired=300, coolest_mired=300).hold(probe(LAMP, ON))

    assert found.warmest is None
    assert found.coolest is None


def test_a_lamp_that_says_nothing_of_its_whites_keeps_what_its_bridge_says() -> None:
    bedside = Bedside(silent=True)

    found = bedside.hold(probe(LAMP, ON))

    assert found.warmest is None
    assert any("says nothing of it" in text for text in bedside.said)


def test_a_lamp_without_whites_is_sent_none() -> None:
    bedside = Bedside()

    bedside.hold(probe(replace(LAMP, coolest_mired=None, warmest_mired=None), ON))

    assert all(one.mired is None for one in bedside.sent if isinstance(one, Dim | Light))


def test_a_fade_that_jumps_makes_it_go_in_small_steps() -> None:
    assert Bedside(smooth="no").hold(probe(LAMP, ON)).longest_fade_s == 0


@pytest.mark.parametrize(("longest_s", "tried_s"), [(60.0, 10.0), (5.0, 5.0)])
def test_the_fade_on_trial_is_one_that_the_lamp_has(longest_s: float, tried_s: float) -> None:
    bedside = Bedside()

    bedside.hold(probe(replace(LAMP, max_fade_s=longest_s), ON))

    assert bedside.sent[-1] == Dim(2, None, tried_s)


def test_a_lamp_that_does_not_fade_is_not_asked_about() -> None:
    bedside = Bedside()

    assert bedside.hold(probe(replace(LAMP, max_fade_s=0.0), ON)).longest_fade_s is None
    assert not any("smooth" in text for text in bedside.asked)


def test_nothing_goes_brighter_than_a_third() -> None:
    bedside = Bedside()

    bedside.hold(probe(LAMP, ON))

    assert max(bedside.levels()) <= 254 / 3
