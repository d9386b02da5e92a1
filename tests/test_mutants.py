"""Each planted bug shows in the evening that was written for it; `make mutants` looks for them everywhere."""

from __future__ import annotations

import pytest

from evenings.chance import live
from evenings.known import KNOWN
from mutants.bugs import BUGS, Bug
from mutants.hunt import known, shows, told

PLAYS = {**known(), **told()}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_is_caught(bug: Bug):
    with bug.planted():
        assert shows(PLAYS[bug.shown_by])


@pytest.mark.parametrize("name", KNOWN)
def test_an_evening_that_is_known_to_be_hard_keeps_every_promise(name: str):
    world = live(KNOWN[name])

    assert world.state()["phase"] == "day"
