"""What a press means, what a command says, and what is no finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winddown.core import presses
from winddown.core.presses import TABLE, Finger, Order, verb_for
from winddown.model import Origin, Phase, Press, Sentence, Verb
from winddown.sentences import told

EVERY_CELL = [(phase, press) for phase in Phase for press in Press]


def parse_command(text: str) -> Order | str:
    answer = presses.parse_command(text)
    return told(answer, "en") if isinstance(answer, Sentence) else answer


@pytest.mark.parametrize(
    ("phase", "single", "double", "hold"),
    [
        ("day", "release", "start", "stop"),
        ("runway", "go_to_bed", "later", "dark"),
        ("release", "next", "breathe", "dark"),
        ("breathing", "release", "breathe", "dark"),
        ("night", "release", "glow", "dark"),
    ],
)
def test_the_table(phase: str, single: str, double: str, hold: str) -> None:
    asked = [verb_for(press, Phase(phase), Origin.EVENING, {}) for press in Press]

    assert asked == [Order(Verb(single)), Order(Verb(double)), Order(Verb(hold))]


@pytest.mark.parametrize("phase", [Phase.RELEASE, Phase.BREATHING])
@pytest.mark.parametrize(("origin", "verb"), [(Origin.DAY, "stop"), (Origin.EVENING, "dark"), (Origin.NIGHT, "dark")])
def test_a_hold_in_a_sequence_stops_by_day_and_darkens_otherwise(phase: Phase, origin: Origin, verb: str) -> None:
    assert verb_for(Press.HOLD, phase, origin, {}) == Order(Verb(verb))


def test_every_press_asks_for_something_in_every_phase() -> None:
    assert {(phase, press) for phase, row in TABLE.items() for press in row} == {*EVERY_CELL}


def test_a_configured_press_goes_before_the_table_only_where_it_is_configured() -> None:
    own = {Press.DOUBLE: {Phase.RUNWAY: "later 20", Phase.NIGHT: "none"}, Press.HOLD: dict.fromkeys(Phase, "stop")}

    assert verb_for(Press.DOUBLE, Phase.RUNWAY, Origin.EVENING, own) == Order(Verb.LATER, 20)
    assert verb_for(Press.DOUBLE, Phase.NIGHT, Origin.EVENING, own) is None
    assert verb_for(Press.DOUBLE, Phase.DAY, Origin.DAY, own) == Order(Verb.START)
    assert verb_for(Press.HOLD, Phase.RUNWAY, Origin.EVENING, own) == Order(Verb.STOP)
    assert verb_for(Press.SINGLE, Phase.RUNWAY, Origin.EVENING, own) == Order(Verb.GO_TO_BED)


def test_a_configured_hold_holds_by_day_too() -> None:
    own = {Press.HOLD: {Phase.BREATHING: "glow 5"}}

    assert verb_for(Press.HOLD, Phase.BREATHING, Origin.DAY, own) == Order(Verb.GLOW, 5)


def test_a_configured_word_that_means_nothing_leaves_the_button_as_it_was() -> None:
    assert verb_for(Press.SINGLE, Phase.DAY, Origin.DAY, {Press.SINGLE: {Phase.DAY: "dance"}}) == Order(Verb.RELEASE)


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_may_stand_alone(verb: Verb) -> None:
    assert parse_command(verb) == Order(verb)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("later 1", Order(Verb.LATER, 1)),
        ("later 120", Order(Verb.LATER, 120)),
        ("glow 60", Order(Verb.GLOW, 60)),
        ("skip off", Order(Verb.SKIP, off=True)),
        (" stop\n", Order(Verb.STOP)),
    ],
)
def test_a_verb_may_say_more(text: str, order: Order) -> None:
    assert parse_command(text) == order


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("later 121", "'later 121' is no command; 'later' stands alone, or before whole minutes from 1 to 120"),
        ("later 0", "'later 0' is no command; 'later' stands alone, or before whole minutes from 1 to 120"),
        ("later -5", "'later -5' is no command; 'later' stands alone, or before whole minutes from 1 to 120"),
        ("later 1.5", "'later 1.5' is no command; 'later' stands alone, or before whole minutes from 1 to 120"),
        ("later ٣", "'later ٣' is no command; 'later' stands alone, or before whole minutes from 1 to 120"),
        ("later 20 min", "'later 20 min' is no command; 'later' stands alone, or before whole minutes from 1 to 120"),
        ("glow 61", "'glow 61' is no command; 'glow' stands alone, or before whole minutes from 1 to 60"),
        ("skip on", "'skip on' is no command; 'skip' stands alone, or before 'off'"),
        ("stop off", "'stop off' is no command; 'stop' stands alone"),
    ],
)
def test_what_a_verb_cannot_say_is_answered_with_what_it_can(text: str, sentence: str) -> None:
    assert parse_command(text) == sentence


@pytest.mark.parametrize("text", ["dance", "STOP", "Later 20", "none", "{}", "go to bed"])
def test_what_is_no_verb_is_answered_with_all_of_them(text: str) -> None:
    answer = parse_command(text)

    assert isinstance(answer, str)
    assert answer.startswith(f"{text!r} is no command; there are: go_to_bed, release, ")


def test_an_empty_command_is_answered_too() -> None:
    assert str(parse_command(" ")).startswith("an empty command; there are: go_to_bed,")


@pytest.mark.parametrize("text", ["x" * 1_000_000, "later " + "9" * 1_000_000, "stop\n" * 200_000, "\x00\n\x1b[31m"])
def test_a_payload_of_any_size_is_answered_in_one_short_line(text: str) -> None:
    answer = parse_command(text)

    assert isinstance(answer, str)
    assert len(answer) < 200
    assert answer.isprintable()


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_command(text), Order | str)


# ---------------------------------------------------------------- fingers


def felt(*presses: tuple[float, Press]) -> list[str]:
    finger = Finger()
    return [finger.feel(press, 1000 + at_s) for at_s, press in presses]


def singles(*at_s: float) -> list[str]:
    return felt(*((at, Press.SINGLE) for at in at_s))


def test_a_press_heard_twice_within_400_ms_is_one() -> None:
    assert singles(0, 0.1, 0.39) == ["accepted", "repeat", "repeat"]


def test_two_presses_half_a_second_apart_are_two() -> None:
    assert singles(0, 0.5) == ["accepted", "accepted"]


def test_an_echo_of_one_press_does_not_swallow_the_next() -> None:
    assert singles(0, 0.3, 0.5, 0.8) == ["accepted", "repeat", "accepted", "repeat"]


def test_a_different_press_is_no_echo() -> None:
    heard = felt((0, Press.SINGLE), (0.1, Press.HOLD), (0.2, Press.SINGLE), (0.3, Press.HOLD))

    assert heard == ["accepted", "accepted", "repeat", "repeat"]


def test_of_more_than_five_in_three_seconds_the_rest_is_ignored_and_told_once() -> None:
    assert singles(0, 0.5, 1, 1.5, 2, 2.5, 2.95) == ["accepted"] * 5 + ["flood_first", "flood"]


def test_five_in_three_seconds_and_then_a_rest_are_all_heard() -> None:
    assert singles(0, 0.5, 1, 1.5, 2, 5.1, 5.6) == ["accepted"] * 7


def test_a_stuck_button_is_ignored_until_it_rests_and_then_heard_again() -> None:
    stuck = [0.5 * n for n in range(60)]

    assert singles(*stuck, 40, 41) == ["accepted"] * 5 + ["flood_first"] + ["flood"] * 54 + ["accepted"] * 2


def test_a_second_flood_is_told_again() -> None:
    burst = [0.5 * n for n in range(6)]

    assert singles(*burst, *(at_s + 60 for at_s in burst)) == (["accepted"] * 5 + ["flood_first"]) * 2


def test_two_fingers_know_nothing_of_each_other() -> None:
    left, right = Finger(), Finger()

    assert (left.feel(Press.SINGLE, 5), right.feel(Press.SINGLE, 5)) == ("accepted", "accepted")


@given(st.lists(st.tuples(st.floats(0, 0.7), st.sampled_from(Press))))
def test_never_are_more_than_five_heard_in_three_seconds(gaps: list[tuple[float, Press]]) -> None:
    finger, now, heard = Finger(), 0.0, []
    for gap_s, press in gaps:
        now += gap_s
        if finger.feel(press, now) == "accepted":
            heard.append(now)

    assert all(later - earlier > 3 for earlier, later in zip(heard, heard[5:], strict=False))
