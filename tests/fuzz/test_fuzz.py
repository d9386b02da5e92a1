"""Every lamp and every button, on each of its topics, under a third of good messages, a third with one thing wrong, and
a third of noise: nothing raises, and noise does nothing."""

from __future__ import annotations

import contextlib
import dataclasses
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from fuzz.noise import anything, noise, one_wrong, written
from fuzz.spoken import BUTTONS_SPOKEN, LAMPS, Button, Lamp
from winddown.buttons import BUTTONS
from winddown.clock import Instant
from winddown.core import fade
from winddown.core.lamp import Lamp as LampInHand
from winddown.lights import LIGHTS
from winddown.lights.layers import resolve
from winddown.model import (
    Ask,
    Availability,
    Catalogue,
    Commanded,
    Dim,
    LampCommand,
    LampMemory,
    Light,
    Off,
    Press,
    Profile,
    Report,
)

every_lamp = pytest.mark.parametrize("lamp", LAMPS, ids=lambda lamp: repr(lamp.driver))
every_button = pytest.mark.parametrize("button", BUTTONS_SPOKEN, ids=lambda button: repr(button.driver))
few = settings(max_examples=40, deadline=None)
fewer = settings(max_examples=10, deadline=None)


@cache
def heard_by(one: Lamp | Button) -> st.SearchStrategy[tuple[str, bytes]]:
    """A topic of it, and what arrives there: said well, with one thing wrong, or noise, a third each."""
    ways = {topic: st.tuples(st.just(topic), arrives(one, topic)) for topic in sorted(one.says)}
    return st.sampled_from([*ways]).flatmap(ways.__getitem__)


def arrives(one: Lamp | Button, topic: str) -> st.SearchStrategy[bytes]:
    said = one.says[topic]
    return st.sampled_from((said.map(written), one_wrong(said), noise(said))).flatmap(lambda kind: kind)


@cache
def noise_for(one: Lamp | Button) -> st.SearchStrategy[tuple[str, bytes]]:
    ways = {topic: st.tuples(st.just(topic), noise(one.says[topic])) for topic in sorted(one.says)}
    return st.sampled_from([*ways]).flatmap(ways.__getitem__)


# ---------------------------------------------------------------- every dialect and every topic is there


def test_every_dialect_and_each_of_its_topics_has_its_grammar() -> None:
    assert {lamp.driver.DIALECT for lamp in LAMPS} == set(LIGHTS)
    assert {button.driver.DIALECT for button in BUTTONS_SPOKEN} == set(BUTTONS)
    for one in (*LAMPS, *BUTTONS_SPOKEN):
        assert set(one.driver.topics()) == set(one.says), one.driver


# ---------------------------------------------------------------- what is heard


@every_lamp
@few
@given(data=st.data())
def test_a_lamp_hears_what_is_so_or_nothing(lamp: Lamp, data: st.DataObject) -> None:
    topic, payload = data.draw(heard_by(lamp))

    heard = lamp.driver.decode(topic, payload, lamp.driver.profile())

    match heard:
        case Report() | Commanded():
            assert heard.level is None or 0 <= heard.level <= lamp.driver.profile().scale
            assert heard.mired is None or 50 <= heard.mired <= 1000
        case Catalogue():
            profile = resolve(heard.layers, lamp.driver.profile()).profile
            assert 1 <= profile.min_level <= profile.scale
            assert (profile.coolest_mired or 0) <= (profile.warmest_mired or 0)
        case _:
            assert heard is None or isinstance(heard, Availability)


@every_button
@few
@given(data=st.data())
def test_a_button_hears_a_press_or_none(button: Button, data: st.DataObject) -> None:
    topic, payload = data.draw(heard_by(button))

    assert button.driver.decode(topic, payload) in {None, *Press}
    assert isinstance(button.driver.sequence(topic, payload), str | None)


@every_button
@few
@given(data=st.data())
def test_noise_is_no_press(button: Button, data: st.DataObject) -> None:
    topic, payload = data.draw(noise_for(button))

    assert button.driver.decode(topic, payload) is None


@few
@given(data=st.data())
def test_a_topic_of_nobodys_says_nothing(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([*LAMPS, *BUTTONS_SPOKEN]))
    _, payload = data.draw(heard_by(one))

    if isinstance(one, Lamp):
        assert one.driver.decode("nobody/at/all", payload, one.driver.profile()) is None
    else:
        assert one.driver.decode("nobody/at/all", payload) is None
        assert one.driver.sequence("nobody/at/all", payload) is None


# ---------------------------------------------------------------- what a lamp in hand makes of it

BEGIN = 1_800_000_000.0
RUNWAY_S = 600.0


def in_runway(lamp: Lamp) -> LampInHand:
    """On at 60 %, ours, and on its way down."""
    hand = LampInHand(lamp.driver, (), LampMemory())
    hand.connected(0.0)
    profile = hand.seen.profile
    shows = Report(True, profile.steps(60) if profile.dims else None, profile.coolest_mired)
    for boot in (0.1, 0.9):
        hand.hear(shows, Instant(BEGIN + boot, boot))
        if hand.seen.question.over(boot):
            hand.seen.judge_answer(Instant(BEGIN + boot, boot))
    hand.claim("bedroom")
    course = fade.runway(profile, shows, begin=BEGIN + 2, end=BEGIN + RUNWAY_S, goal=profile.steps(2))
    hand.follow("bedroom", course)
    return hand


def plays(hand: LampInHand, heard: list[tuple[str, bytes]], every_s: float) -> list[LampCommand]:
    """What it is told in its runway, while it hears these at even distances, and says what it was told."""
    commands, coming = [], list(heard)
    for second in range(2, int(RUNWAY_S), 5):
        now = Instant(BEGIN + second, float(second))
        if coming and second % every_s < 5:
            said = hand.driver.decode(*coming.pop(), hand.seen.profile)
            if said is not None and not (isinstance(said, Availability) and said.bridge):
                hand.hear(said, now)
        if hand.seen.question.over(now.boot):
            hand.seen.judge_answer(now)
        told = hand.tick(now)
        for command in told:
            hand.driver.encode(command, hand.seen.profile)
            if isinstance(command, Dim):
                hand.hear(Report(None, command.level, command.mired), now)  # else it would be given up for deaf
        commands += told
    return commands


@every_lamp
@fewer
@given(data=st.data())
def test_noise_is_no_hand_and_changes_no_command(lamp: Lamp, data: st.DataObject) -> None:
    messages = data.draw(st.lists(noise_for(lamp), min_size=4, max_size=12))
    disturbed, left_alone = in_runway(lamp), in_runway(lamp)

    told = plays(disturbed, messages, 45)

    assert told == plays(left_alone, [], 45)
    assert disturbed.seen.touched == frozenset()


@every_lamp
@fewer
@given(data=st.data())
def test_nothing_that_is_heard_lights_a_lamp_or_raises_it(lamp: Lamp, data: st.DataObject) -> None:
    hand = in_runway(lamp)
    highest = hand.seen.profile.steps(60)

    told = plays(hand, data.draw(st.lists(heard_by(lamp), min_size=4, max_size=12)), 45)

    assert not any(isinstance(command, Light) for command in told)
    if hand.seen.touched == frozenset():
        assert all(command.level is None or command.level <= highest for command in told if isinstance(command, Dim))


# ---------------------------------------------------------------- what is said

levels, mireds, fades = st.none() | st.integers(-5, 70_000), st.none() | st.integers(1, 5000), st.floats(0, 1e6)
commands = st.one_of(
    st.builds(Dim, levels, mireds, fades),
    st.builds(Light, st.integers(-5, 70_000), mireds, fades),
    st.just(Off()),
    st.just(Ask()),
)


def known_better(usual: Profile) -> st.SearchStrategy[Profile]:
    """What a bridge, a list of quirks or a person may say of such a lamp."""
    better = st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("together", "can_ask", "plain", "relights"), st.booleans()),
            "dims": st.just(False),
            "max_fade_s": st.sampled_from([0.0, 2.5, 6553.0]),
            "min_level": st.integers(1, usual.scale),
        },
    )
    white = st.sampled_from(
        [{}, {"coolest_mired": None, "warmest_mired": None}, {"coolest_mired": 153, "warmest_mired": 500}]
    )
    return st.builds(lambda some, whites: dataclasses.replace(usual, **some, **whites), better, white)


@every_lamp
@few
@given(command=commands, data=st.data())
def test_whatever_a_lamp_is_told_is_heard_as_just_that(lamp: Lamp, command: LampCommand, data: st.DataObject) -> None:
    """An OFF is heard as off, a `Light` as on and at a level that gives light, and nothing but OFF puts a lamp out."""
    profile = data.draw(known_better(lamp.driver.profile()))

    messages = lamp.driver.encode(command, profile)

    assert not any(message.retain for message in messages)
    to_it = [message for message in messages if message.topic in lamp.driver.command_topics()]
    heard = [lamp.driver.decode(message.topic, message.payload.encode(), profile) for message in to_it]
    told = [one for one in heard if isinstance(one, Commanded)]
    assert ([one.on for one in told if one.on is not None] == [False]) is isinstance(command, Off)
    assert any(one.on for one in told) or not isinstance(command, Light)
    assert told == [] or not isinstance(command, Ask)
    given_levels = {one.level for one in told if one.level is not None}
    assert all(profile.min_level <= level <= profile.scale for level in given_levels)
    assert len(given_levels) == (profile.dims and getattr(command, "level", None) is not None)


# ---------------------------------------------------------------- what a person writes

words = st.sampled_from(["a", "a/b", "a/", "", "a+", "on", "1", "%topic%/%prefix%", "light:1", "x" * 2000]) | st.text(
    max_size=6
)


@st.composite
def of_a_dialect(draw: st.DrawFn) -> tuple[Any, dict[str, Any]]:
    dialect = draw(st.sampled_from([*LIGHTS.values(), *BUTTONS.values()]))
    some = draw(st.dictionaries(st.sampled_from(sorted(dialect.model_fields)), words | anything, max_size=4))
    return dialect, {"address": draw(words), **some}


@settings(max_examples=250, deadline=None)
@given(of_a_dialect())
def test_whatever_a_person_writes_is_refused_or_makes_exact_topics(written_down: tuple[Any, dict[str, Any]]) -> None:
    dialect, fields = written_down
    with contextlib.suppress(ValidationError):
        made = dialect.model_validate(fields)

        assert made.key
        assert all(topic and "#" not in topic and "+" not in topic for topic in made.topics())
