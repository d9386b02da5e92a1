"""Two sleepers in one bedroom: each side of the bed is a room, the ceiling lamp and the speaker are both's."""

from __future__ import annotations

from evenings.bedroom import SPEAKER, Since, level, phase
from world import World

CONFIG = """
mqtt: {host: localhost}
rooms:
  left:
    bedtime: "22:30"
    wake: "06:30"
    lights: [zigbee2mqtt/left, zigbee2mqtt/ceiling]
    button: zigbee2mqtt/left_button
    quiet: [{topic: home/speaker/set, state: home/speaker, mute: "0"}]
  right:
    bedtime: "23:30"
    wake: "08:00"
    runway: 30 min
    lights: [zigbee2mqtt/right, zigbee2mqtt/ceiling]
    button: zigbee2mqtt/right_button
    quiet: [{topic: home/speaker/set, state: home/speaker, mute: "0"}]
"""
CEILING = "zigbee2mqtt/ceiling/set"


def home(at: str = "21:00") -> World:
    world = World(CONFIG, at="2026-11-22 21:00")
    world.run_for(seconds=2)
    if at != "21:00":
        world.run_until(at)
    return world


def speaker(world: World) -> str:
    value: str = world.things[SPEAKER].value
    return value


def test_each_goes_through_an_evening_of_their_own():
    world = home("22:35")

    assert (phase(world, "left"), phase(world, "right")) == ("breathing", "day")
    world.run_until("23:35")
    assert (phase(world, "left"), phase(world, "right")) == ("night", "breathing")


def test_the_darker_wish_wins_the_shared_lamp():
    world = home("22:29:59")
    low = level(world, "ceiling")

    world.run_until("23:10")

    assert round(low) == 5
    assert not world.lamp("ceiling").lit


def test_at_the_earlier_bedtime_the_shared_lamp_goes_off_though_the_other_runway_goes_on():
    world = World(CONFIG.replace("22:30", "23:10"), at="2026-11-22 22:20")
    world.run_until("23:09:59")
    before = world.lamp("ceiling").lit

    world.run_until("23:11")

    assert (before, world.lamp("ceiling").lit, phase(world, "right")) == (True, False, "runway")


def test_the_shared_lamp_is_not_raised_for_the_one_who_sleeps_later():
    world = home("22:20")
    since = Since(world)
    top = level(world, "ceiling")

    world.run_until("23:29")

    assert since.brightest("ceiling") <= top
    assert level(world, "right") > 0


def test_the_shared_speaker_is_muted_by_the_first_and_put_back_by_the_last():
    world = home("21:50")
    said = [speaker(world)]
    for at in ("22:40", "23:10", "06:40", "08:01"):
        world.run_until(at)
        said.append(speaker(world))

    assert said == ["0", "0", "0", "0", "35"]
    assert [value for _, value in world.sent(SPEAKER)] == [0, 35]


def test_who_stops_early_leaves_the_speaker_muted_for_the_other():
    world = home("23:10")

    world.command("left", "stop")
    world.run_for(minutes=1)

    assert speaker(world) == "0"


def test_a_hand_on_the_shared_lamp_counts_in_both_rooms():
    world = home("23:05")
    world.lamp("ceiling").by_hand(on=True, level=200)
    world.run_for(seconds=2)

    assert (world.state("left")["touched"], world.state("right")["touched"]) == (["ceiling"], ["ceiling"])
    world.run_until("23:50")
    assert level(world, "ceiling") == 200


def test_a_press_on_one_side_leaves_the_other_side_of_the_bed_alone():
    world = home("21:30")
    since = Since(world)

    world.press("single", "left")
    world.run_for(minutes=1)

    assert (phase(world, "left"), phase(world, "right")) == ("release", "day")
    assert since.ours("zigbee2mqtt/right/set") == []


def test_a_word_to_all_rooms():
    world = home("23:10")

    world.command("all", "dark")
    world.run_for(seconds=5)

    assert (phase(world, "left"), phase(world, "right")) == ("night", "night")
    assert not any(lamp.lit for lamp in world.lamps.values())


def test_stop_before_bedtime_on_one_side_does_not_light_what_the_other_has_darkened():
    world = home("23:10")
    since = Since(world)

    world.press("hold", "right")
    world.command("right", "stop")
    world.run_for(minutes=1)

    assert since.brightest("ceiling") == 0


def test_stop_in_one_runway_gives_the_shared_lamp_to_the_other_runway_without_raising_it():
    world = World(CONFIG.replace("22:30", "23:20"), at="2026-11-22 22:50")
    world.run_until("23:10")
    shown = level(world, "ceiling")
    world.command("left", "stop")
    world.run_for(seconds=5)
    since = Since(world)

    world.run_until("23:29")

    assert since.brightest("ceiling") <= shown + 1


def test_one_room_may_be_skipped_and_the_other_not():
    world = home()

    world.command("left", "skip")
    world.run_until("23:10")

    assert (phase(world, "left"), phase(world, "right")) == ("day", "runway")
    assert speaker(world) == "0"


def test_a_restart_keeps_the_speaker_for_the_one_who_sleeps_on():
    world = home("06:00")
    world.kill()
    world.run_until("07:00")

    world.start()
    world.run_for(seconds=5)

    assert speaker(world) == "0"
    world.run_until("08:01")
    assert (speaker(world), [value for _, value in world.sent(SPEAKER)]) == ("35", [0, 35])
