"""Midnight, and the two nights on which the clocks change."""

from __future__ import annotations

from datetime import datetime

from evenings.bedroom import MUTED, Since, bedroom, bedtime, dark, phase, things
from world import World


def at(text: str, offset: str) -> float:
    return datetime.fromisoformat(f"{text}{offset}").timestamp()


def starts(world: World) -> list[tuple[str, datetime]]:
    """Each phase that the room said, with the time."""
    said, last = [], None
    for when, state in world.sent("winddown/bedroom/state"):
        if state["phase"] != last:
            last = state["phase"]
            said.append((last, when))
    return said


def test_a_bedtime_after_midnight_belongs_to_the_evening_before():
    world = bedroom("2026-11-28 23:30", bedtime='{default: "22:45", sat: "00:30"}')

    world.run_until("2026-11-29 08:00")

    assert [(name, f"{when:%a %H:%M}") for name, when in starts(world)] == [
        ("day", "Sat 23:30"),
        ("runway", "Sat 23:45"),
        ("breathing", "Sun 00:30"),
        ("night", "Sun 00:40"),
        ("day", "Sun 07:00"),
    ]


def test_a_bedtime_after_midnight_is_moved_later_over_the_same_night():
    world = bedroom("2026-11-28 23:40", bedtime='{default: "22:45", sat: "00:30"}')
    world.run_until("00:10")

    world.press("double")
    world.run_for(seconds=5)

    assert (phase(world), bedtime(world)) == ("runway", "00:45")
    world.run_until("01:10")
    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_an_evening_that_is_off_does_not_happen():
    world = bedroom("2026-11-25 20:00", bedtime='{default: "22:45", wed: off}')
    since = Since(world)

    world.run_until("2026-11-26 12:00")

    assert (since.ours(), phase(world)) == ([], "day")
    assert world.state()["next_start"][:16] == "2026-11-26T22:00"


def test_in_the_autumn_night_the_runway_is_not_an_hour_longer():
    world = bedroom("2027-10-31 00:30", bedtime='"02:30"', wake='"08:00"', runway="60 min")
    world.run_until("2027-10-31 08:30")

    said = dict(starts(world)[1:])

    assert said["breathing"].timestamp() - said["runway"].timestamp() == 3600
    assert abs(said["breathing"].timestamp() - at("2027-10-31T02:30", "+02:00")) < 1


def test_in_the_autumn_night_a_bedtime_that_comes_twice_happens_once():
    world = bedroom("2027-10-31 00:30", bedtime='"02:30"', wake='"08:00"')

    world.run_until("2027-10-31 09:00")

    assert [name for name, _ in starts(world)] == ["day", "runway", "breathing", "night", "day"]


def test_in_the_spring_night_a_bedtime_that_does_not_exist_is_an_hour_later():
    world = bedroom("2027-03-28 00:30", bedtime='"02:30"', wake='"08:00"')
    world.run_until("2027-03-28 09:00")

    said = dict(starts(world)[1:4])

    assert f"{said['breathing']:%H:%M}" == "03:30"
    assert said["breathing"].timestamp() - said["runway"].timestamp() == 45 * 60


def test_wake_is_at_its_time_on_the_wall_in_both_nights():
    woken = []
    for day in ("2027-10-30", "2027-03-27"):
        world = bedroom(f"{day} 22:30")
        world.run_until("08:00")
        woken.append(f"{starts(world)[-1][1]:%H:%M}")

    assert woken == ["07:00", "07:00"]


def test_a_clock_that_is_set_forward_into_the_night_enters_it():
    world = bedroom("2026-11-22 21:00")

    world.step_wall(2.5 * 3600)
    world.run_for(seconds=40)

    assert (phase(world), dark(world) or world.lamp("bedside").lit, things(world)) == ("night", True, MUTED)


def test_before_the_clock_is_set_no_evening_begins_and_it_is_said():
    world = bedroom("2026-11-22 23:00", world={})
    early = World(world.config, at="1970-01-02 22:30")
    since = Since(early)

    early.run_for(minutes=30)

    assert (phase(early), since.ours()) == ("day", [])
    assert "clock" in early.problem()


def test_once_the_clock_is_set_the_evening_is_entered_where_it_is():
    configured = bedroom("2026-11-22 12:00").config
    world = World(configured, at="1970-01-02 12:00")
    world.run_for(minutes=1)

    world.step_wall(at("2026-11-22T22:20", "+01:00") - world.wall)
    world.run_for(seconds=40)

    assert (phase(world), things(world), world.problem()) == ("runway", MUTED, None)
