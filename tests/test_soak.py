"""A small slice of each errand of `make soak`, and the real daemon that reads its file again or stumbles."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from soak.evening import Stage, stage
from soak.kills import kills
from soak.load import commands, crowd, flood, presses
from soak.messages import messages
from soak.report import Report
from soak.zones import zones

pytestmark = pytest.mark.usefixtures("mosquitto_at_rest")  # skips where there is none


def test_killed_a_few_times_in_an_evening_no_promise_is_broken():
    report = kills(2, seed=3, runway_s=3.0, breathing_s=1.0, night_s=7.0, last_s=5.5)

    assert report.violations == []


def test_some_hundred_messages_by_grammar_end_nothing():
    report = messages(500, warm_up=500, distinct=60)

    assert [one for one in report.violations if "grown" not in one] == []


@pytest.mark.parametrize(
    "errand",
    [
        partial(presses, 60),
        partial(commands, 200),
        partial(crowd, seconds=3, lamps=60),
        partial(flood, seconds=1, a_second=2000),
    ],
    ids=["presses", "commands", "lamps", "messages"],
)
def test_more_at_once_than_a_house_ever_says_is_answered(errand: Callable[[], Report]):
    report = errand()

    assert report.violations == []


def test_in_some_strange_zones_every_night_of_two_years_is_on_time():
    report = zones(
        ("Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca", "America/Scoresbysund", "Etc/GMT+12")
    )

    assert report.violations == []


# ---------------------------------------------------------------- the file, read again


@pytest.fixture
def runs() -> Iterator[Stage]:
    """A daemon in its runway."""
    with stage(600.0, 60.0, 600.0) as on:
        on.daemon.start()
        assert on.bedroom.wait(lambda: on.bedroom.state.get("phase") == "runway"), on.daemon.said()
        assert on.bedroom.wait(lambda: on.bedroom.speaker == "0")
        yield on


def test_the_file_is_read_again_without_ever_being_offline(runs: Stage):
    text = runs.daemon.config.read_text()
    runs.daemon.config.write_text(text.replace("json/home/two/set, ", "").replace("rooms:", "language: nl\nrooms:"))

    runs.daemon.hang_up()

    assert runs.bedroom.wait(lambda: set(runs.bedroom.state.get("lights", {})) == {"one", "three"})
    assert runs.bedroom.wait(lambda: any("de configuratie is opnieuw gelezen" in why for why in runs.bedroom.whys))
    assert (runs.bedroom.state["phase"], runs.bedroom.speaker) == ("runway", "0")
    assert "offline" not in runs.bedroom.statuses
    assert runs.bedroom.violations == []


def test_a_file_that_is_wrong_changes_nothing_and_says_where(runs: Stage):
    config = runs.daemon.config
    config.write_text(config.read_text().replace("rounds: 1", "rounds: many"))

    runs.daemon.hang_up()

    assert runs.bedroom.wait(lambda: any("stays as it was" in why for why in runs.bedroom.whys))
    assert re.search(r"winddown\.yaml:\d+: rooms\.bedroom\.release\.rounds: ", runs.daemon.said())
    runs.bedroom.say("winddown/bedroom/command", "later 5")
    assert runs.bedroom.wait(lambda: runs.bedroom.state["tonight"]["later_min"] == 5)


def test_certificates_that_cannot_be_used_change_nothing_either(runs: Stage):
    config = runs.daemon.config
    config.write_text(config.read_text().replace("mqtt: {", "mqtt: {tls: {ca: /nowhere/ca.pem}, "))

    runs.daemon.hang_up()

    assert runs.bedroom.wait(lambda: any("stays as it was" in why for why in runs.bedroom.whys)), runs.daemon.said()
    assert runs.daemon.runs


def test_a_room_that_is_taken_out_is_put_back_and_forgotten(runs: Stage):
    config = runs.daemon.config
    runs.bedroom.plan = None  # what follows is not of this evening's plan
    config.write_text(config.read_text().replace("  bedroom:", "  attic:").replace("home/speaker/set", "home/tv/set"))

    runs.daemon.hang_up()

    assert runs.bedroom.wait(lambda: runs.bedroom.speaker == "35"), runs.daemon.said()
    time.sleep(0.1)  # whatever is stored is cleared right behind it
    assert runs.daemon.runs
    assert runs.daemon.errors() == []
