"""Ordinary evenings, from day to day."""

from __future__ import annotations

from evenings.bedroom import (
    BEDSIDE,
    CEILING,
    FLOOR,
    LEAST,
    LOUD,
    MUTED,
    PEAK,
    PHONE,
    SPEAKER,
    Since,
    bedroom,
    bodies,
    by_day,
    dark,
    in_breathing,
    in_runway,
    keys,
    level,
    phase,
    things,
)
from world import GenericLamp, JsonLamp, World, ZigbeeLamp

# ---------------------------------------------------------------- the runway


def test_the_lamps_sink_to_their_floor_and_their_warmest_by_bedtime():
    world = by_day()

    world.run_until("22:44:59")

    assert [round(level(world, lamp)) for lamp in ("bedside", "ceiling")] == [FLOOR, FLOOR]
    assert round(world.lamp("bedside").shows().mired) == 500


def test_the_way_down_is_never_up_and_looks_even_to_the_eye():
    world = by_day()
    levels = [level(world, "bedside")]
    world.run_until("22:00")
    for _ in range(44):
        world.run_for(minutes=1)
        levels.append(level(world, "bedside"))

    assert levels == sorted(levels, reverse=True)
    assert levels[0] - levels[11] > 2 * (levels[33] - levels[44])


def test_a_lamp_that_bends_its_own_levels_goes_down_evenly():
    world = by_day(lights="{bedside: {zigbee2mqtt: bedside, curve: linear}}")
    begin = level(world, "bedside")

    world.run_until("22:22:30")

    assert abs(level(world, "bedside") - (begin + FLOOR) / 2) < 3


def test_every_step_of_the_runway_is_in_the_form_that_cannot_light_a_lamp():
    world = by_day()

    world.run_until("22:44:59")

    told = bodies(world, BEDSIDE)
    assert len(told) >= 40
    assert all(body["state"] is None for body in told)


def test_a_fade_lasts_as_long_as_its_step():
    world = by_day()
    world.run_until("22:44:59")

    steps = world.ours(BEDSIDE)

    assert all(30 <= one.data["transition"] <= 60 for one in steps)
    gaps = [after.boot - before.boot for before, after in zip(steps, steps[1:], strict=False)]
    assert all(abs(gap - one.data["transition"]) < 0.2 for gap, one in zip(gaps, steps, strict=False))


def test_a_lamp_below_its_floor_stays_there():
    world = by_day(world={"lamps": [ZigbeeLamp("ceiling", level=3)]})

    world.run_until("22:44")

    assert level(world, "ceiling") == 3


# ---------------------------------------------------------------- bedtime, breathing, night


def test_at_bedtime_one_lamp_goes_off_and_the_other_breathes():
    world = by_day()
    world.run_until("22:45:00")
    since = Since(world)

    world.run_for(minutes=5)

    assert not world.lamp("ceiling").lit
    assert PEAK - 2 <= since.brightest("bedside") <= PEAK
    assert (phase(world), world.state()["origin"]) == ("breathing", "evening")


def test_a_breath_is_two_commands_at_the_moments_at_which_its_halves_begin():
    world = in_breathing()
    since = Since(world)

    world.run_for(seconds=60)

    told = [one for one in world.ours(BEDSIDE) if one.boot >= since.boot]
    gaps = [after.boot - before.boot for before, after in zip(told, told[1:], strict=False)]
    assert len(told) == 12
    assert all(min(abs(gap - 4), abs(gap - 6)) < 0.01 for gap in gaps)


def test_the_breath_ends_and_it_is_dark_and_quiet_until_wake():
    world = in_breathing()

    world.run_until("22:56")

    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)
    since = Since(world)
    world.run_until("06:59")
    assert (phase(world), dark(world), things(world), since.ours()) == ("night", True, MUTED, [])


def test_at_wake_everything_muted_is_put_back_and_no_lamp_is_lit():
    world = bedroom("2026-11-22 22:30")
    world.run_until("06:59:59")
    since = Since(world)

    world.run_for(seconds=3)

    assert (phase(world), things(world), dark(world), since.ours()) == ("day", LOUD, True, [])
    assert since.ours(SPEAKER, PHONE) == ["35", "off"]


def test_things_are_muted_when_the_runway_begins_and_not_before():
    world = by_day()
    world.run_until("21:59:58")
    before = things(world)

    world.run_for(seconds=4)

    assert (before, things(world)) == (LOUD, MUTED)


def test_the_sleeper_hears_three_sentences():
    world = by_day()

    world.run_until("07:01")

    assert keys(world) == ["runway.begin", "breathing.begin", "breathing.end"]


def test_anybody_may_follow_the_quiet():
    world = by_day()

    world.run_until("07:01")

    assert [said for _, said in world.sent("winddown/bedroom/quiet")] == ["OFF", "ON", "OFF"]
    assert [said["mode"] for _, said in world.sent("winddown/bridge/bedroom/quiet/request")] == ["priority_only", "off"]


def test_the_second_evening_is_as_the_first():
    world = by_day()
    world.run_until("12:00")
    for lamp in world.lamps.values():
        lamp.by_hand(on=True, level=200, mired=300)
    world.run_until("21:00")
    since = Since(world)

    world.run_until("23:30")

    assert since.keys() == ["runway.begin", "breathing.begin", "breathing.end"]
    assert (phase(world), dark(world), things(world)) == ("night", True, MUTED)


def test_nothing_that_commands_is_retained_and_what_is_told_is():
    world = by_day()
    world.run_until("22:20")
    world.press("double")

    world.run_until("07:01")

    retained = {one.topic.removeprefix("winddown/") for one in world.trace if one.ours and one.retain}
    assert retained == {"status", "owner", "bedroom/state", "bedroom/quiet"}


def test_the_state_says_when_the_next_evening_begins():
    world = by_day()
    before = world.state()["next_start"]

    world.run_until("22:01")

    assert (before[:16], world.state()["next_start"][:16]) == ("2026-11-22T22:00", "2026-11-23T22:00")
    assert world.state()["until"][:16] == "2026-11-22T22:45"


# ---------------------------------------------------------------- other rooms


def test_a_lamp_that_is_off_stays_off_and_does_not_breathe():
    world = by_day(world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    since = Since(world)

    world.run_until("23:30")

    assert since.brightest("bedside") == 0
    assert bodies(world, BEDSIDE) == []
    assert since.told("bedside is off")


def test_lamps_go_off_when_their_room_says():
    lights = (
        "{bedside: {zigbee2mqtt: bedside}, early: {zigbee2mqtt: early, off_at: '22:30'}, "
        "late: {zigbee2mqtt: late, off_at: breathing_end}, hall: {zigbee2mqtt: hall, off_at: never}}"
    )
    world = by_day(lights=lights)

    lit = []
    for at in ("22:29:58", "22:30:02", "22:45:02", "22:57", "06:59"):
        world.run_until(at)
        lit.append([name for name in ("early", "late", "hall") if world.lamp(name).lit])

    assert lit == [["early", "late", "hall"], ["late", "hall"], ["late", "hall"], ["hall"], ["hall"]]


def test_a_room_that_waits_for_a_press_goes_dark_at_bedtime():
    world = by_day(breathing="{starts: press}")

    world.run_until("22:46")

    assert (phase(world), dark(world)) == ("night", True)


def test_a_room_that_always_breathes_lights_its_lamp_if_another_is_on():
    world = by_day(breathing="{starts: always}", world={"lamps": [ZigbeeLamp("bedside", on=False)]})
    since = Since(world)

    world.run_until("22:46")

    assert phase(world) == "breathing"
    assert 0 < since.brightest("bedside") <= PEAK


def test_a_room_that_always_breathes_stays_dark_where_everything_is_off():
    lamps = [ZigbeeLamp("bedside", on=False), ZigbeeLamp("ceiling", on=False)]
    world = by_day(breathing="{starts: always}", world={"lamps": lamps})
    since = Since(world)

    world.run_until("23:30")

    assert since.brightest("bedside") == since.brightest("ceiling") == 0


def test_a_room_that_rests_does_nothing_in_the_evening():
    world = by_day(enabled="false")
    since = Since(world)

    world.run_until("07:01")

    assert (since.ours(), since.ours(SPEAKER, PHONE), since.keys()) == ([], [], [])


def test_a_room_that_rests_still_hears_its_button():
    world = by_day(enabled="false")

    world.press("double")
    world.run_for(minutes=5)

    assert (phase(world), things(world)) == ("runway", MUTED)


HOME = "{topic: home/someone_in, is: 'on'}"


def test_without_anybody_at_home_there_is_no_evening():
    world = by_day(only_if=HOME)
    world.say("home/someone_in", "off", retain=True)
    since = Since(world)

    world.run_until("07:01")

    assert (since.ours(), since.ours(SPEAKER, PHONE)) == ([], [])


def test_where_nobody_knows_who_is_at_home_the_evening_goes_on():
    world = by_day(only_if=HOME)

    world.run_until("22:20")

    assert (phase(world), things(world)) == ("runway", MUTED)


def test_who_leaves_in_the_runway_does_not_end_it():
    world = in_runway(only_if=HOME)

    world.say("home/someone_in", "off", retain=True)
    world.run_until("22:50")

    assert (phase(world), things(world)) == ("breathing", MUTED)


# ---------------------------------------------------------------- other lamps


def test_a_lamp_of_the_json_schema_has_its_evening():
    world = World(_one("json/home/lamp/set"), at="2026-11-22 21:59", lamps=[JsonLamp("home/lamp/set", level=200)])
    world.run_until("22:44:59")
    least = level(world, "home/lamp/set")
    world.run_until("22:46")
    breathes = phase(world)

    world.run_until("23:30")

    assert (round(least), breathes, dark(world)) == (5, "breathing", True)


def test_a_dimmer_that_only_steps_and_says_its_level_has_its_evening():
    lamp = GenericLamp("home/switch", "home/level", state_topic="home/said", level=80)
    world = World(_one(GENERIC), at="2026-11-22 21:59", lamps=[lamp])
    world.run_until("22:44:59")
    least = level(world, "home/switch")
    world.run_until("22:46")
    breathes = phase(world)

    world.run_until("23:30")

    assert (least, breathes, dark(world)) == (2, "breathing", True)


def test_a_dimmer_that_says_nothing_is_never_lit_and_is_turned_off():
    lamp = GenericLamp("home/switch", "home/level", on=False, level=80, level_lights=True)
    world = World(_one("{generic: {on_topic: home/switch, level_topic: home/level}}"), lamps=[lamp])

    world.run_until("23:30")

    assert lamp.brightest(0) == 0


def test_a_lamp_that_only_switches_is_on_until_bedtime_and_then_off():
    lamp = GenericLamp("home/plug", None, state_topic="home/plug/said")
    quick = "{generic: {on_topic: home/plug, state_topic: home/plug/said}}"
    world = by_day(lights=f"{{bedside: zigbee2mqtt/bedside, plug: {quick}}}", world={"lamps": [lamp]})
    world.run_until("22:44")
    before = lamp.lit

    world.run_until("22:46")

    assert (before, lamp.lit) == (True, False)


def test_a_lamp_that_cannot_be_that_dark_is_never_told_to_be():
    world = in_breathing()

    world.run_until("22:56")

    assert min(body["brightness"] for body in bodies(world, BEDSIDE) if "brightness" in body) == LEAST
    assert bodies(world, CEILING)[-1] == {"state": "OFF"}


GENERIC = "{generic: {on_topic: home/switch, level_topic: home/level, state_topic: home/said}}"


def _one(light: str) -> str:
    return f"mqtt: {{host: localhost}}\nrooms:\n  bedroom:\n    bedtime: '22:45'\n    lights: {{lamp: {light}}}\n"
