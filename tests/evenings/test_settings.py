"""What can be set while it runs: the newest change wins, and what cannot be springs back."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    LOUD,
    MUTED,
    Since,
    bedroom,
    bedtime,
    by_day,
    by_noon,
    config,
    dark,
    in_breathing,
    in_night,
    in_runway,
    level,
    phase,
    things,
    tonight,
)
from winddown.model import Received
from world import World, config_of

# ---------------------------------------------------------------- times


@pytest.mark.parametrize("said", ["23:15", "23:15:00"])
def test_a_bedtime_that_is_set_is_tonights_and_every_nights(said: str):
    world = by_day()

    world.set("bedroom", "bedtime", said)
    world.run_until("22:31")

    assert (world.state()["bedtime"], bedtime(world), phase(world)) == ("23:15", "23:15", "runway")
    world.run_until("2026-11-23 22:20")
    assert phase(world) == "day"


def test_a_bedtime_that_is_set_changes_the_entry_that_speaks_for_tonight():
    world = bedroom("2026-11-27 20:00", bedtime='{default: "22:45", fri: "23:30"}')

    world.set("bedroom", "bedtime", "23:00")
    world.run_for(seconds=1)
    tonights = world.state()["bedtime"]
    world.run_until("2026-11-28 12:00")

    assert (tonights, world.state()["bedtime"]) == ("23:00", "22:45")


def test_a_wake_that_is_set_ends_the_night_then():
    world = in_night()

    world.set("bedroom", "wake", "06:15")
    world.run_until("06:16")

    assert (phase(world), things(world), world.state()["wake"]) == ("day", LOUD, "06:15")


def test_a_wake_that_is_past_is_now():
    world = in_runway()
    world.run_until("06:00")

    world.set("bedroom", "wake", "05:00")
    world.run_for(seconds=5)

    assert (phase(world), things(world)) == ("day", LOUD)


def test_a_bedtime_that_is_moved_to_less_than_two_hours_ago_is_now():
    world = in_runway()

    world.set("bedroom", "bedtime", "21:45")
    world.run_for(seconds=5)

    assert (phase(world), bedtime(world)) == ("breathing", "22:20")


def test_at_a_bedtime_that_is_moved_to_now_the_other_lamps_go_off():
    world = in_runway()

    world.set("bedroom", "bedtime", "22:15")
    world.run_for(seconds=40)

    assert (phase(world), world.lamp("bedside").lit, world.lamp("ceiling").lit) == ("breathing", True, False)


def test_at_a_bedtime_that_is_moved_to_now_the_lamp_goes_off_that_waits_for_a_press_to_breathe():
    world = in_runway(breathing="{starts: press}")

    world.set("bedroom", "bedtime", "22:15")
    world.run_for(seconds=40)

    assert (phase(world), dark(world)) == ("night", True)


def test_a_bedtime_whose_runway_has_not_begun_means_day_again_with_the_lamps_as_they_are():
    world = in_runway()
    shown = level(world, "bedside")

    world.set("bedroom", "bedtime", "23:45")
    world.run_for(minutes=2)

    assert (phase(world), things(world)) == ("day", LOUD)
    assert level(world, "bedside") == pytest.approx(shown, abs=4)
    world.run_until("23:01")
    assert (phase(world), things(world)) == ("runway", MUTED)


def test_a_longer_runway_makes_a_slower_way_down_from_where_the_lamps_are():
    world = in_runway()
    shown = level(world, "bedside")
    since = Since(world)

    world.set("bedroom", "bedtime", "23:00")
    world.run_for(minutes=5)

    assert (phase(world), bedtime(world)) == ("runway", "23:00")
    assert since.brightest("bedside") <= shown + 1
    world.run_until("22:59:59")
    assert round(level(world, "bedside")) == 5


def test_a_runway_is_set_in_minutes():
    world = by_day()

    world.set("bedroom", "runway", "90")
    world.run_until("21:16")

    assert (phase(world), world.state()["runway"]) == ("runway", 90)


def test_a_bedtime_that_is_set_in_the_night_does_not_begin_a_second_evening():
    world = in_night()
    since = Since(world)

    world.set("bedroom", "bedtime", "23:45")
    world.run_until("06:59")

    assert (phase(world), since.keys(), since.ours(), world.state()["bedtime"]) == ("night", [], [], "23:45")


def test_a_bedtime_that_is_set_in_the_breathing_lets_it_go_on():
    world = in_breathing()

    world.set("bedroom", "bedtime", "23:45")
    world.run_for(minutes=2)

    assert phase(world) == "breathing"


# ---------------------------------------------------------------- switches


def test_a_routine_that_is_switched_off_does_not_run_and_says_so():
    world = by_day()

    world.set("bedroom", "enabled", "OFF")
    world.run_until("22:30")

    assert (phase(world), world.state()["enabled"], world.state()["next_start"]) == ("day", False, None)


def test_a_routine_that_is_switched_on_again_runs():
    world = by_day(enabled="false")

    world.set("bedroom", "enabled", "ON")
    world.run_until("22:30")

    assert phase(world) == "runway"


def test_another_language_is_spoken_from_now_on():
    world = by_day()

    world.set("bedroom", "language", "nl")
    world.run_until("22:01")

    assert {said["language"] for _, said in world.sent("winddown/bedroom/cue")} == {"nl"}


def test_quiet_off_in_the_runway_puts_back_until_the_next_evening():
    world = in_runway()

    world.set("bedroom", "quiet", "OFF")
    world.run_for(seconds=2)

    assert (things(world), world.state()["quiet"], phase(world)) == (LOUD, False, "runway")
    world.run_until("06:00")
    assert things(world) == LOUD
    world.run_until("22:10")
    assert things(world) == MUTED


def test_quiet_on_by_day_lasts_until_off():
    world = by_noon()
    world.set("bedroom", "quiet", "ON")
    world.run_for(minutes=10)
    assert things(world) == MUTED

    world.set("bedroom", "quiet", "OFF")
    world.run_for(seconds=2)

    assert things(world) == LOUD


def test_quiet_on_by_day_lasts_until_wake():
    world = by_noon()

    world.set("bedroom", "quiet", "ON")
    world.run_until("06:59")

    assert things(world) == MUTED
    world.run_until("07:01")
    assert things(world) == LOUD


# ---------------------------------------------------------------- what cannot be

RUBBISH = {
    "bedtime": ["25:00", "24:00", "7:5", "22:45:30", "soon", "", "-1", "22.45", "٢٢:٤٥", "05:30"],
    "wake": ["24:00", "noon", "23:00", "15:00"],
    "runway": ["9", "181", "1e2", "-45", "45 min", "NaN", "inf"],
    "breathing": ["0", "121", "", "-5", "10 min", "NaN"],
    "pace": ["6", "fast", "", "4 / 6", "0/0", "11"],
    "enabled": ["on", "true", "1", "maybe", ""],
    "language": ["de", "EN", ""],
    "quiet": ["on", "maybe", ""],
    "press": ["triple", "", "SINGLE"],
}


@pytest.mark.parametrize(("name", "said"), [(name, said) for name, all_ in RUBBISH.items() for said in all_])
def test_what_cannot_be_changes_nothing_and_the_state_is_said_again(name: str, said: str):
    world = by_day()
    before, states = world.state(), len(world.ours("winddown/bedroom/state"))
    since = Since(world)

    world.set("bedroom", name, said)

    assert world.state() == before
    assert since.told(f"{name}/set") or since.told("would make the night")
    if name != "press":
        assert len(world.ours("winddown/bedroom/state")) == states + 1
        assert since.ours("winddown/bedroom/quiet") == ["OFF"]


@pytest.mark.parametrize("said", [b"\xff\xfe", b"9" * 1000, b"22:\x0045"])
@pytest.mark.parametrize("name", ["bedtime", "runway", "enabled", "quiet"])
def test_what_is_no_text_springs_back_too(name: str, said: bytes):
    world = by_day()
    before, since = world.state(), Since(world)

    world.daemon.deliver(Received(f"winddown/bedroom/{name}/set", said))
    world.settle()

    assert world.state() == before
    assert since.told(f"{name}/set: b'")
    assert len(since.ours("winddown/bedroom/state")) == 1


@pytest.mark.parametrize("said", ["STOP", "Skip", "sotp", "later 999", "skip on", "later -5", "glow 0", "start now"])
def test_a_command_that_is_none_is_refused_by_name(said: str):
    world = in_runway()
    since = Since(world)

    world.command("bedroom", said)
    world.run_for(seconds=2)

    assert phase(world) == "runway"
    assert since.told(f"{said!r} is no command; ")


def test_a_setting_that_was_stored_by_the_broker_is_ignored():
    world = World(config(), at="2026-11-22 21:00")
    world.broker.publish("winddown/bedroom/bedtime/set", "23:15", retain=True)

    world.run_for(seconds=3)

    assert bedtime(world) == "22:45"


# ---------------------------------------------------------------- how long it lasts


def test_a_setting_outlives_a_restart():
    world = by_day()
    world.set("bedroom", "bedtime", "23:15")
    world.set("bedroom", "runway", "30")
    world.kill()

    world.start()
    world.run_for(seconds=2)

    assert (bedtime(world), world.state()["runway"]) == ("23:15", 30)


def test_a_file_that_says_something_new_wins_and_why_says_so():
    world = by_day()
    world.set("bedroom", "bedtime", "23:15")
    world.kill()
    world.daemon._make = lambda memory: _engine(config_of(config(bedtime='"22:15"'), "Europe/Amsterdam"), memory)

    world.start()
    world.run_for(seconds=2)

    assert bedtime(world) == "22:15"
    assert any("the file says something new" in why for why in world.whys())


def test_what_was_made_of_tonight_outlives_a_restart():
    world = in_runway()
    world.command("bedroom", "later 30")
    world.kill()
    world.run_for(minutes=1)

    world.start()
    world.run_for(seconds=3)

    assert (bedtime(world), tonight(world)["later_min"], phase(world)) == ("23:15", 30, "runway")


def _engine(configured: object, memory: object) -> object:
    from winddown.core.engine import Engine

    return Engine(configured, memory)


# ---------------------------------------------------------------- the breathing


def test_a_breathing_that_is_set_lasts_so_many_minutes():
    world = by_day()

    world.set("bedroom", "breathing", "5")
    world.run_until("22:49:30")
    breathing = phase(world)
    world.run_until("22:51")

    assert (world.state()["breathing"], breathing, phase(world)) == (5, "breathing", "night")


def test_a_breathing_that_is_made_shorter_than_it_has_lasted_ends():
    world = in_breathing()

    world.set("bedroom", "breathing", "2")
    world.run_for(seconds=15)

    assert phase(world) == "night"


@pytest.mark.parametrize(("said", "inhale_s", "exhale_s"), [("4", 6, 9), ("5/5", 5, 5), ("10", 2.4, 3.6)])
def test_another_pace_is_breathed_at_once_and_every_night(said: str, inhale_s: float, exhale_s: float):
    world = in_breathing(world={"promises": False})  # the watch of the beats knows the file's pace only

    world.set("bedroom", "pace", said)
    world.run_for(seconds=30)

    breath = world.state()["breath"]
    assert (world.state()["pace"], phase(world)) == (said, "breathing")
    assert (breath["inhale_s"], breath["exhale_s"]) == pytest.approx((inhale_s, exhale_s))
    world.run_until("2026-11-23 22:46")
    assert world.state()["pace"] == said


def test_a_pace_of_the_files_own_can_be_chosen_again():
    world = by_day(breathing="{inhale: 3 s, exhale: 5 s}")
    world.set("bedroom", "pace", "4/6")
    assert world.state()["pace"] == "4/6"

    world.set("bedroom", "pace", "3/5")

    assert world.state()["pace"] == "3/5"


@pytest.mark.parametrize(("name", "said"), [("language", "nl"), ("breathing", "5"), ("pace", "5/5")])
def test_what_moves_no_bedtime_leaves_tonights_later_alone(name: str, said: str):
    world = in_runway()
    world.command("bedroom", "later 30")

    world.set("bedroom", name, said)
    world.run_for(seconds=5)

    assert (bedtime(world), tonight(world)["later_min"]) == ("23:15", 30)
