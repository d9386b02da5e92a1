"""The real daemon, and a line to its broker that is slow, refused for a while, or cut without a word."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from cable import NoCableError, laid
from proxy import Mood, Proxy
from soak.evening import Stage, stage
from soak.faults import behind_a_proxy, cut

pytestmark = pytest.mark.usefixtures("mosquitto_at_rest")  # skips where there is none

BREATHING = (1.0, 60.0, 600.0)
"""Runway, breathing, night, in seconds."""


def breathes(on: Stage) -> None:
    """From here on its light goes up and down."""
    on.daemon.start()
    assert on.bedroom.wait(lambda: on.bedroom.state.get("phase") == "breathing", 15.0), on.daemon.said()
    told(on)


def told(on: Stage, within_s: float = 20.0) -> None:
    """The lamp that breathes hears of us."""
    commands = on.bedroom.lamps["one"].commands
    before = len(commands)
    assert on.bedroom.wait(lambda: len(commands) > before, within_s), on.daemon.said()


@pytest.fixture
def proxied() -> Iterator[tuple[Stage, Proxy]]:
    """A daemon that breathes behind a proxy."""
    with behind_a_proxy(*BREATHING) as (on, proxy):
        breathes(on)
        yield on, proxy


def test_behind_a_slow_broker_the_light_breathes_and_a_word_is_answered(proxied: tuple[Stage, Proxy]):
    on, proxy = proxied

    proxy.be(Mood.SLOW, delay_s=0.4)

    on.bedroom.say("winddown/bedroom/command", "later 200")
    assert on.bedroom.wait(lambda: any("later" in why for why in on.bedroom.whys))
    told(on)
    assert on.bedroom.violations == []
    assert "offline" not in on.bedroom.statuses


def test_a_broker_that_refuses_for_a_while_in_the_evening_finds_the_same_evening(proxied: tuple[Stage, Proxy]):
    on, proxy = proxied
    calls = proxy.calls

    proxy.be(Mood.REFUSES)
    assert on.bedroom.wait(lambda: proxy.calls >= calls + 2)
    on.bedroom.statuses.clear()
    proxy.be(Mood.FAIR)

    assert on.bedroom.wait(lambda: on.bedroom.status == "online", 20.0), on.daemon.said()
    told(on)
    assert (on.bedroom.state["phase"], on.bedroom.speaker, on.bedroom.violations) == ("breathing", "0", [])
    lines = on.daemon.said().splitlines()
    assert (sum(": refuses" in line for line in lines), sum(": back" in line for line in lines)) == (1, 1)


def test_what_a_broker_that_says_nothing_for_a_while_has_kept_is_little(proxied: tuple[Stage, Proxy]):
    on, proxy = proxied
    proxy.be(Mood.SILENT)
    time.sleep(4.0)  # so long it could have gone on
    before = len(on.bedroom.lamps["one"].commands)

    on.daemon.pause()  # so that whatever arrives now was sent before
    proxy.be(Mood.FAIR)
    on.bedroom.wait(lambda: len(on.bedroom.lamps["one"].commands) > before + 2, 0.5)
    on.daemon.go_on()

    assert len(on.bedroom.lamps["one"].commands) - before <= 2


def test_a_network_that_is_cut_in_a_breath_delivers_nothing_late_and_the_light_comes_back():
    try:
        with laid() as cable, stage(*BREATHING, cable=cable) as on:
            breathes(on)

            cut(on, cable, for_s=6.0)

            told(on)
            assert on.bedroom.violations == []
            assert (on.bedroom.state["phase"], on.bedroom.speaker) == ("breathing", "0")
            assert sum(": lost" in line for line in on.daemon.said().splitlines()) <= 1
    except NoCableError as reason:
        pytest.skip(str(reason))
