"""The daemon ends cleanly, or is killed at any moment, and begins again in the same evening."""

from __future__ import annotations

import pytest

from evenings.bedroom import (
    IN,
    LOUD,
    MUTED,
    PEAK,
    PHONE,
    SPEAKER,
    Since,
    by_noon,
    dark,
    in_breathing,
    in_night,
    in_release,
    in_runway,
    level,
    phase,
    things,
)

# ---------------------------------------------------------------- a clean end


@pytest.mark.parametrize("where", IN)
def test_a_clean_end_leaves_the_lamps_and_puts_back_what_was_muted(where: str):
    world = IN[where]()
    since = Since(world)

    world.stop()
    world.run_for(seconds=1)

    assert (since.ours(), things(world)) == ([], LOUD)
    assert world.broker.retained["winddown/status"] == "offline"
    assert world.broker.retained["winddown/bedroom/quiet"] == "OFF"


def test_an_end_right_after_a_crash_puts_back_a_speaker_that_has_not_spoken_yet():
    world = in_runway()
    world.kill()
    world.broker.retained.pop("home/speaker", None)  # slow to say how it is
    world.start()
    world.run_for(seconds=0.2)

    world.stop()
    world.run_for(seconds=1)

    assert things(world) == LOUD


def test_what_somebody_has_turned_up_stays_so_over_an_end_and_a_start():
    world = in_runway()
    world.things[SPEAKER].by_hand("12")
    world.run_for(seconds=1)
    world.stop()
    world.run_for(seconds=5)

    world.start()
    world.run_for(minutes=1)

    assert world.things[SPEAKER].value == "12"
    world.run_until("07:01")
    assert world.things[SPEAKER].value == "12"


def test_a_clean_end_without_a_broker_says_what_stays_muted():
    world = in_runway()
    world.broker_down()

    world.stop()

    said = [log.text for _, log in world.daemon.logs if "stays muted" in log.text]
    assert len(said) == 2


def test_a_start_after_a_clean_end_is_quiet_again():
    world = in_runway()
    world.stop()
    world.run_for(seconds=10)

    world.start()
    world.run_for(seconds=5)

    assert (phase(world), things(world)) == ("runway", MUTED)
    world.run_until("07:01")
    assert things(world) == LOUD


# ---------------------------------------------------------------- killed


@pytest.mark.parametrize("where", IN)
@pytest.mark.parametrize("away_s", [0.5, 20])
def test_killed_in_any_phase_it_goes_on_in_it(where: str, away_s: float):
    world = IN[where]()
    world.kill()
    world.run_for(seconds=away_s)
    since = Since(world)

    world.start()
    world.run_for(seconds=5)

    assert phase(world) == where
    assert things(world) == (LOUD if where == "day" else MUTED)
    assert since.ours(SPEAKER, PHONE) == []


@pytest.mark.parametrize("where", ["runway", "breathing", "night"])
def test_killed_in_any_phase_no_cue_is_repeated_and_no_lamp_jumps_up(where: str):
    world = IN[where]()
    world.kill()
    world.run_for(seconds=20)
    shown = level(world, "bedside")
    since = Since(world)

    world.start()
    world.run_for(minutes=1)

    assert since.keys() == []
    assert since.brightest("bedside") <= (PEAK if where == "breathing" else shown + 0.5)


def test_killed_in_the_release_the_next_step_is_said_and_no_other():
    world = in_release()
    world.run_for(seconds=2.5)
    world.kill()
    world.run_for(seconds=1)
    since = Since(world)

    world.start()
    world.run_for(seconds=3)

    assert since.keys() == ["release.shoulders.release"]


def test_killed_in_a_release_after_next_no_step_comes_twice():
    world = in_release()
    for _ in range(4):
        world.command("bedroom", "next")
        world.run_for(seconds=1)
    area = world.state()["step"]["area"]
    world.kill()
    world.run_for(seconds=1)

    world.start()
    world.run_for(seconds=1)

    assert world.state()["step"]["area"] == area


def test_killed_just_after_a_cue_it_is_not_said_again():
    world = in_release()
    world.run_for(seconds=1.5)
    world.kill()
    world.run_for(seconds=0.2)
    since = Since(world)

    world.start()
    world.run_for(seconds=1)

    assert since.keys() == []


def test_killed_in_the_release_of_a_night_what_a_hand_does_then_still_counts():
    world = in_night()
    world.press("single")
    world.run_for(seconds=5)
    world.kill()
    world.start()
    world.run_for(seconds=5)

    world.lamp("ceiling").by_hand(on=True, level=180)
    world.run_for(seconds=5)
    touched = world.state()["touched"]
    world.run_for(minutes=9)

    assert (touched, phase(world), level(world, "ceiling")) == (["ceiling"], "night", 180)


def test_killed_in_the_runway_it_ends_in_the_same_evening():
    world = in_runway()
    world.kill()
    world.run_for(minutes=3)
    world.start()

    phases = []
    while world.clock < "23:00:00":
        world.run_for(minutes=1)
        phases.append(phase(world))

    assert list(dict.fromkeys(phases)) == ["runway", "breathing", "night"]
    assert dark(world)


def test_killed_before_bedtime_and_back_after_the_breathing_it_is_night_and_the_quiet_holds():
    world = in_runway()
    world.kill()
    world.run_until("23:30")

    world.start()
    world.run_for(seconds=5)

    assert (phase(world), things(world)) == ("night", MUTED)
    assert not any(one.data.get("state") == "ON" for one in world.ours("zigbee2mqtt/bedside/set"))


def test_killed_and_back_after_wake_everything_is_put_back():
    world = in_night()
    world.kill()
    world.run_until("10:00")

    world.start()
    world.run_for(seconds=5)

    assert (phase(world), things(world)) == ("day", LOUD)


@pytest.mark.parametrize("where", ["release", "breathing"])
def test_killed_in_a_sequence_and_back_after_wake_the_next_evening_begins_as_usual(where: str):
    world = IN[where]()
    world.kill()
    world.run_until("10:00")
    world.start()
    world.run_for(seconds=5)
    by_day = phase(world)

    world.run_until("22:30")

    assert (by_day, phase(world)) == ("day", "runway")


def test_killed_in_a_runway_and_back_after_wake_a_stop_gives_the_lamps_back_as_they_were_that_day():
    world = in_runway()
    world.kill()
    world.run_until("10:00")
    world.start()
    world.run_for(seconds=5)
    world.lamp("ceiling").by_hand(on=True, level=60)
    world.run_until("22:30")

    world.command("bedroom", "stop")
    world.run_for(seconds=10)

    assert level(world, "ceiling") == 60


def test_what_somebody_changed_while_it_was_dead_is_not_put_back():
    world = in_night()
    world.kill()
    world.things[SPEAKER].by_hand("12")
    world.run_until("10:00")

    world.start()
    world.run_for(seconds=5)

    assert things(world) == ("12", "off")


def test_what_was_put_back_is_not_put_back_again():
    world = in_night()
    world.run_until("07:01")
    world.things[SPEAKER].by_hand("50")
    world.kill()
    since = Since(world)

    world.start()
    world.run_for(seconds=5)

    assert since.ours(SPEAKER, PHONE) == []


def test_killed_after_a_stop_it_leaves_everybody_alone():
    world = in_runway()
    world.command("bedroom", "stop")
    world.run_for(seconds=10)
    world.kill()
    since = Since(world)

    world.start()
    world.run_until("07:01")

    assert (since.ours(), since.ours(SPEAKER, PHONE)) == ([], [])


def test_killed_after_going_to_bed_early_no_second_bedtime_comes():
    world = in_runway()
    world.press("single")
    world.run_for(minutes=1)
    world.kill()
    world.run_for(minutes=1)
    world.start()

    world.run_until("22:44")
    before = phase(world)
    world.run_until("22:50")

    assert (before, phase(world), dark(world)) == ("night", "night", True)


def test_killed_after_dark_it_is_dark_and_quiet():
    world = in_runway()
    world.press("hold")
    world.run_for(seconds=5)
    world.kill()
    world.run_for(seconds=20)

    world.start()
    world.run_for(seconds=5)

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_killed_with_an_off_that_was_not_said_it_is_told_again():
    world = in_runway()
    world.lamp("ceiling").deaf_to_off = world.lamp("ceiling").forgets_off = 1  # type: ignore[attr-defined]  # Zigbee
    world.run_until("22:45:01")
    world.kill()
    world.run_for(seconds=20)

    world.start()
    world.run_until("23:00")

    assert not world.lamp("ceiling").lit


def test_killed_in_a_rest_by_day_the_lamps_are_put_back_at_its_end():
    world = by_noon()
    before = {name: lamp.shows() for name, lamp in world.lamps.items()}
    world.press("double")
    world.run_for(minutes=20)
    world.kill()
    world.start()

    world.run_for(minutes=60)

    assert (phase(world), {name: lamp.shows() for name, lamp in world.lamps.items()}) == ("day", before)


def test_killed_in_a_rest_by_day_a_hand_afterwards_still_counts():
    world = by_noon()
    world.press("double")
    world.run_for(minutes=10)
    world.kill()
    world.start()
    world.run_for(minutes=1)

    world.lamp("ceiling").by_hand(level=250)
    world.run_for(seconds=1)
    since = Since(world)
    world.run_for(minutes=10)

    assert [said for said in since.ours("zigbee2mqtt/ceiling/set") if "brightness" in said] == []


@pytest.mark.parametrize("effects", range(1, 12))
def test_killed_between_any_two_lines_of_the_runways_begin_everything_is_put_back_at_wake(effects: int):
    world = by_noon()
    world.run_until("21:59:59")
    world.daemon.die_after(effects)
    world.run_until("22:05")
    if not world.daemon.runs:
        world.start()

    world.run_until("22:10")
    assert things(world) == MUTED
    world.run_until("07:01")

    assert things(world) == LOUD


def test_a_reboot_in_the_breathing_goes_on_with_it():
    world = in_breathing()
    world.kill()
    world.run_for(seconds=30)
    world.daemon.rebooted()

    world.start()
    world.run_for(seconds=20)

    assert phase(world) == "breathing"
    world.run_until("22:56")
    assert (phase(world), dark(world)) == ("night", True)
