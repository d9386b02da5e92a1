"""Two daemons for one room: the newer one has it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from evenings.bedroom import Since, config, in_breathing, in_runway, phase
from world import World

OWNER = "winddown/owner"


def claim(world: World, ahead_s: float, *rooms: str, instance: str = "another") -> dict[str, object]:
    since = datetime.fromtimestamp(world.wall + ahead_s, UTC).isoformat()
    return {"instance": instance, "since": since, "rooms": list(rooms or ("bedroom",))}


def test_who_sees_a_newer_owner_ends_with_4_and_says_nothing_more():
    world = in_breathing()
    world.say(OWNER, claim(world, 0), retain=True)
    since = len([one for one in world.trace if one.ours])

    world.run_for(minutes=2)

    assert world.exit_code == 4
    assert len([one for one in world.trace if one.ours]) == since
    assert world.broker.retained["winddown/status"] == "online"


def test_what_it_had_to_say_at_that_moment_is_not_said():
    world = in_runway()
    since = Since(world)

    world.say(OWNER, claim(world, 0), retain=True)

    assert since.ours() == []
    assert json.loads(world.broker.retained[OWNER])["instance"] == "another"


@pytest.mark.parametrize("rooms", [("study",), ("study", "attic")])
def test_who_owns_other_rooms_is_no_concern_of_ours(rooms: tuple[str, ...]):
    world = in_runway()

    world.say(OWNER, claim(world, 0, *rooms), retain=True)
    world.run_for(minutes=1)

    assert (world.exit_code, phase(world)) == (None, "runway")


def test_an_older_owner_is_answered_by_nobody():
    world = in_runway()

    world.say(OWNER, claim(world, -3600), retain=True)
    world.run_for(minutes=1)

    assert (world.exit_code, phase(world)) == (None, "runway")


def test_our_own_word_is_not_taken_for_another():
    world = in_runway()

    world.say(OWNER, world.broker.retained[OWNER], retain=True)
    world.run_for(minutes=1)

    assert world.exit_code is None


def test_who_comes_after_a_crash_takes_over_from_whoever_was_before():
    world = World(config(), at="2026-11-22 22:20")
    world.broker.publish(OWNER, json.dumps(claim(world, -60)), retain=True)

    world.run_for(seconds=5)

    assert (world.exit_code, json.loads(world.broker.retained[OWNER])["instance"]) == (None, "winddown")


def test_a_predecessor_whose_clock_ran_ahead_is_outranked():
    world = World(config(), at="2026-11-22 22:20")
    theirs = claim(world, 900)
    world.broker.publish(OWNER, json.dumps(theirs), retain=True)

    world.run_for(seconds=5)

    ours = json.loads(world.broker.retained[OWNER])
    assert (world.exit_code, ours["instance"]) == (None, "winddown")
    assert datetime.fromisoformat(ours["since"]) > datetime.fromisoformat(str(theirs["since"]))


def test_who_was_away_while_another_took_over_ends_without_a_word():
    world = in_runway()
    world.broker_down()
    world.run_for(minutes=5)
    world.broker.up = True
    world.broker.publish(OWNER, json.dumps(claim(world, 0)), retain=True)
    world.broker.up = False
    before = len([one for one in world.trace if one.ours])

    world.broker_up()
    world.run_for(minutes=1)

    assert (world.exit_code, len([one for one in world.trace if one.ours])) == (4, before)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nobody",
        "[]",
        "{}",
        '{"instance": "x"}',
        '{"instance": "x", "since": "soon", "rooms": ["bedroom"]}',
        '{"instance": "x", "since": "2030-01-01T00:00:00", "rooms": ["bedroom"]}',
        '{"instance": "x", "since": "2030-01-01T00:00:00+00:00", "rooms": 3}',
        '{"instance": "x", "since": 1e999, "rooms": ["bedroom"]}',
        "[" * 5000,
    ],
)
def test_an_owner_who_is_none_is_ignored(said: str):
    world = in_runway()

    world.say(OWNER, said)
    world.run_for(seconds=40)

    assert (world.exit_code, phase(world)) == (None, "runway")
