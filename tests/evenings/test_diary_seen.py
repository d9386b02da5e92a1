"""The diary of an evening: what winddown saw of it, and what people say of it by message."""

from __future__ import annotations

import json

import pytest

from evenings.bedroom import Since, by_day, by_noon, in_night, in_runway
from winddown.model import DiaryRead, Enter, NightSaid, NightSeen
from world import World


def entries(world: World) -> list[Enter]:
    return [one for _, one in world.daemon.notes if isinstance(one, Enter)]


def seen(world: World, evening: str = "2026-11-22") -> NightSeen:
    return [one.seen for one in entries(world) if one.seen is not None and one.evening == evening][-1]


def said(world: World) -> list[tuple[str, dict[str, object]]]:
    return [(one.evening, dict(one.said)) for one in entries(world) if one.said is not None]


def clock(world: World, at: float | None) -> str | None:
    return None if at is None else f"{world.local_at(at):%H:%M}"


def test_an_ordinary_evening_is_a_line():
    world = by_day()

    world.run_until("07:30")

    night = seen(world)
    times = [clock(world, at) for at in (night.runway_at, night.runway_end_at, night.to_bed_at, night.lights_out_at)]
    assert times == ["22:00", "22:45", "22:45", "22:55"]
    assert (night.runway_kept, night.finished, night.presses, night.touched) == (True, ("breathing",), (), ())


def test_going_to_bed_early_cuts_the_runway_short():
    world = in_runway()

    world.press("single")
    world.run_until("23:30")

    night = seen(world)
    assert (night.runway_kept, clock(world, night.to_bed_at)) == (False, "22:20")
    assert night.finished == ("release", "breathing")
    assert [(one.press, one.night) for one in night.presses] == [("single", False)]


@pytest.mark.parametrize("verb", ["stop", "skip", "dark"])
def test_a_runway_that_somebody_ends_is_cut_short(verb: str):
    world = in_runway()

    world.command("bedroom", verb)
    world.run_until("23:30")

    assert seen(world).runway_kept is False


def test_after_a_stop_nothing_is_claimed_of_the_night():
    world = in_runway()

    world.command("bedroom", "stop")
    world.run_until("07:30")

    night = seen(world)
    assert (night.to_bed_at, night.lights_out_at) == (None, None)


def test_a_runway_put_off_is_kept_when_it_ends_later():
    world = in_runway()

    world.press("double")
    world.run_until("23:30")

    night = seen(world)
    assert (night.runway_kept, clock(world, night.to_bed_at)) == (True, "23:00")


def test_presses_in_the_night_are_counted_apart():
    world = in_night()

    world.run_until("03:00")
    world.press("single")
    world.run_until("03:20")
    world.press("double")
    world.run_until("05:00")

    night = seen(world)
    assert [(clock(world, one.at), one.night) for one in night.presses] == [("03:00", True), ("03:20", True)]
    assert night.finished == ("breathing", "release", "breathing")
    assert clock(world, night.lights_out_at) == "22:55"


def test_a_lamp_that_a_hand_took_is_in_the_line():
    world = in_runway()

    world.lamp("ceiling").by_hand(level=200)
    world.run_until("23:30")

    assert seen(world).touched == ("ceiling",)


@pytest.mark.parametrize("at", ["22:10", "22:40", "22:50", "03:00"])
def test_a_restart_at_any_moment_loses_nothing_of_the_line(at: str):
    world = by_day()
    world.run_until("21:30")
    world.run_until(at)

    world.kill()
    world.start()
    world.run_until("07:30")

    night = seen(world)
    assert [clock(world, night.runway_at), clock(world, night.to_bed_at)] == ["22:00", "22:45"]
    assert night.runway_kept is True


def test_an_end_that_nobody_saw_is_neither_kept_nor_cut():
    world = in_runway()
    world.kill()
    world.run_until("23:30")

    world.start()
    world.run_until("07:30")

    assert seen(world).runway_kept is None


def test_every_evening_has_its_own_line():
    world = by_day()

    world.run_until("2026-11-24 07:30")

    assert {one.evening for one in entries(world)} == {"2026-11-22", "2026-11-23"}
    assert seen(world, "2026-11-23").presses == ()


def test_nothing_is_written_where_nothing_is_new():
    world = by_noon()

    world.run_for(hours=6)

    assert entries(world) == []


def test_a_rest_moment_and_its_answer_stand_in_the_line_of_the_evening_that_comes():
    moments = '{from: "13:30", until: "14:30", every: 30 min, days: sun}'
    world = by_noon(rest_moments=moments)
    world.run_until("13:31")

    world.press("single")
    world.run_until("15:00")

    assert (seen(world).moments, seen(world).answered) == (3, 1)


# ---------------------------------------------------------------- by message


@pytest.mark.parametrize(
    ("at", "topic", "payload", "kept"),
    [
        ("2026-11-23 08:00", "quality", "4", ("2026-11-22", {"quality": 4})),
        ("2026-11-23 08:00", "note", "warm feet", ("2026-11-22", {"note": "warm feet"})),
        ("2026-11-23 08:00", "tension", "3", ("2026-11-22", {"tension_after": 3})),
        ("2026-11-23 15:00", "tension", "7", ("2026-11-23", {"tension_before": 7})),
        ("2026-11-22 22:10", "tension", "7", ("2026-11-22", {"tension_before": 7})),
        ("2026-11-22 23:10", "tension", "2", ("2026-11-22", {"tension_after": 2})),
        ("2026-11-23 15:00", "tension", "before 7", ("2026-11-22", {"tension_before": 7})),
        (
            "2026-11-23 15:00",
            "diary",
            '{"quality": 4, "woke": "06:40"}',
            ("2026-11-22", {"quality": 4, "woke": "06:40"}),
        ),
        ("2026-11-23 15:00", "diary", '{"evening": "2026-11-20", "note": null}', ("2026-11-20", {"note": None})),
    ],
)
def test_what_is_said_goes_to_the_night_that_is_meant(at: str, topic: str, payload: str, kept: object):
    world = by_day()
    world.run_until(at)

    world.set("bedroom", topic, payload)

    assert said(world) == [kept]


@pytest.mark.parametrize(
    ("topic", "payload", "why"),
    [
        ("quality", "9", "quality/set: quality: 9 is not 1 to 5"),
        ("tension", "a lot of it", "tension/set: write 0 to 10"),
        ("tension", "eleven", "tension_before: eleven is not 0 to 10"),
        ("note", "x" * 1_000_000, "note/set: write a text of at most"),
        ("note", "<script>", "note/set: note: cannot be kept"),
        ("diary", "[]", "diary/set: write a JSON object"),
        ("diary", "NaN", "diary/set: write a JSON object"),
        ("diary", '{"evening": "2027-01-01", "quality": 4}', "2027-01-01 is not yet"),
        ("diary", '{"evening": ["x"], "quality": 4}', "is no date"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(topic: str, payload: str, why: str):
    world = by_day()
    since = Since(world)

    world.set("bedroom", topic, payload)
    world.run_for(seconds=1)

    assert (said(world), since.told(why)) == ([], True)


def test_of_an_entry_what_can_be_is_kept():
    world = by_day()
    since = Since(world)
    entry = {"to_bed": "22:50", "lights_out": "22:40", "awake_min": "30 h", "quality": 4, "mood": 1}

    world.set("bedroom", "diary", json.dumps(entry))
    world.run_for(seconds=1)

    assert said(world) == [("2026-11-21", {"to_bed": "22:50", "quality": 4})]
    assert all(since.told(word) for word in ("awake_min: 30 h", "lights_out: 22:40 is before", "mood: is no field"))


def test_a_note_is_nobody_elses_business():
    world = by_day()

    world.set("bedroom", "diary", '{"note": "quarrelled with Kim", "where": "Kim"}')
    world.set("bedroom", "diary", '{"note": "<b>Kim</b>"}')
    world.run_for(seconds=1)

    assert not [one for one in world.trace if one.ours and "Kim" in one.payload]


def test_a_mark_of_the_day_is_kept_and_not_told_by_its_name():
    world = by_day()

    world.set("bedroom", "diary", '{"much_pain": true, "fear_or_gloom": "my boss"}')
    world.run_for(seconds=1)

    assert said(world) == [("2026-11-21", {"much_pain": "yes"})]
    told_by_us = " ".join(one.payload for one in world.trace if one.ours)
    assert "a mark of the day" in told_by_us
    assert not any(word in told_by_us for word in ("pain", "gloom", "boss"))


def test_a_note_from_a_field_of_its_own_shows_there_and_nowhere_else():
    world = by_day()

    world.set("bedroom", "note", "quarrelled with Kim")
    world.run_for(seconds=1)

    shown = [one for one in world.trace if one.ours and "Kim" in one.payload]
    assert [(one.topic, one.payload, one.retain) for one in shown] == [
        ("winddown/bedroom/note", "quarrelled with Kim", False)
    ]


def test_a_stored_entry_is_ignored():
    world = by_day()

    world.say("winddown/bedroom/quality/set", "4", retain=True)
    world.kill()
    world.start()
    world.run_for(seconds=5)

    assert len(said(world)) == 1


# ---------------------------------------------------------------- said back


def told(world: World) -> dict[str, object]:
    """What stands on `ROOM/diary`."""
    found: dict[str, object] = json.loads(world.broker.retained["winddown/bedroom/diary"])
    return found


def noted(world: World) -> list[str]:
    return [one.payload for one in world.trace if one.topic == "winddown/bedroom/note" and one.ours]


def test_what_is_said_of_the_night_stands_there_until_another_night_is_meant():
    world = by_day()
    world.run_until("2026-11-23 08:00")

    world.set("bedroom", "quality", "4")
    world.set("bedroom", "tension", "after 3")
    world.run_until("2026-11-23 21:59")
    until_then = told(world)
    world.run_until("2026-11-23 22:01")

    assert until_then == {"evening": "2026-11-22", "quality": 4, "tension_before": None, "tension_after": 3}
    assert told(world) == {"evening": "2026-11-23", "quality": None, "tension_before": None, "tension_after": None}


def test_a_tension_for_the_evening_that_comes_stands_there_when_it_has_come():
    world = by_day()
    world.run_until("2026-11-23 15:00")

    world.set("bedroom", "tension", "7")
    world.run_for(seconds=1)
    by_then = told(world)
    world.run_until("2026-11-23 22:01")

    assert (by_then["evening"], by_then["tension_before"]) == ("2026-11-22", None)
    assert (told(world)["evening"], told(world)["tension_before"]) == ("2026-11-23", 7)


def test_where_no_evening_came_it_is_another_night_all_the_same():
    world = by_day(bedtime='{default: "22:45", mon: off}')
    world.run_until("2026-11-23 08:00")

    world.set("bedroom", "quality", "4")
    world.run_until("2026-11-24 08:30")

    assert (told(world)["evening"], told(world)["quality"]) == ("2026-11-23", None)


def test_what_was_said_stands_there_after_a_restart_and_after_the_broker_lost_it():
    world = by_day()
    world.run_until("2026-11-23 08:00")
    world.set("bedroom", "quality", "4")
    world.run_for(seconds=1)

    world.kill()
    world.broker.retained.clear()
    world.start()
    world.run_for(seconds=5)

    assert (told(world)["evening"], told(world)["quality"]) == ("2026-11-22", 4)


def test_what_is_taken_away_is_unknown_again():
    world = by_day()

    world.set("bedroom", "quality", "4")
    world.set("bedroom", "diary", '{"quality": null}')
    world.run_for(seconds=1)

    assert told(world)["quality"] is None


@pytest.mark.parametrize("topic", ["quality", "tension"])
@pytest.mark.parametrize("payload", ["9999", "maybe", "", "4.5", "-1"])
def test_what_cannot_be_springs_back(topic: str, payload: str):
    world = by_day()
    world.set("bedroom", "quality", "4")
    world.run_for(seconds=1)
    since = Since(world)

    world.set("bedroom", topic, payload)
    world.run_for(seconds=1)

    assert since.told(f"{topic}/set")
    assert [json.loads(one)["quality"] for one in since.ours("winddown/bedroom/diary")] == [4]


def test_a_note_that_cannot_be_springs_back_to_the_one_before():
    world = by_day()

    world.set("bedroom", "note", "warm feet")
    world.set("bedroom", "note", "<script>")
    world.set("bedroom", "note", "")
    world.run_for(seconds=1)

    assert noted(world) == ["warm feet", "warm feet", ""]
    assert said(world) == [("2026-11-21", {"note": "warm feet"}), ("2026-11-21", {"note": None})]


def test_the_field_for_a_note_is_empty_for_the_next_night():
    world = by_day()
    world.set("bedroom", "note", "warm feet")

    world.run_until("22:01")

    assert noted(world) == ["warm feet", ""]


# ---------------------------------------------------------------- written by another hand


def written(world: World, **nights: dict[str, str | int]) -> None:
    """Somebody has written on the page, or at the command line: this is what stands in the journal now."""
    said = tuple(NightSaid(evening, fields) for evening, fields in nights.items())
    world.daemon.deliver(DiaryRead({"bedroom": said}))
    world.run_for(seconds=1)


def test_what_another_hand_writes_shows_at_once():
    world = by_day()
    world.set("bedroom", "quality", "2")
    world.run_for(seconds=1)
    since = Since(world)

    written(world, **{"2026-11-21": {"quality": 4, "tension_after": 3, "note": "quarrelled with Kim"}})

    shown = {"evening": "2026-11-21", "quality": 4, "tension_before": None, "tension_after": 3}
    assert told(world) == shown
    assert [json.loads(one) for one in since.ours("winddown/bedroom/diary")] == [shown]
    assert noted(world) == []


def test_what_another_hand_takes_away_is_unknown_again():
    world = by_day()
    world.set("bedroom", "quality", "2")
    world.run_for(seconds=1)

    written(world)

    assert told(world)["quality"] is None


def test_what_it_leaves_as_it_was_is_not_said_again():
    world = by_day()
    world.set("bedroom", "quality", "2")
    world.run_for(seconds=1)
    since = Since(world)

    written(world, **{"2026-11-20": {"quality": 5}, "2026-11-21": {"quality": 2, "woke": "06:40"}})

    assert since.ours("winddown/bedroom/diary") == []


def test_what_it_wrote_for_the_evening_that_comes_stands_there_when_it_has_come():
    world = by_day()

    written(world, **{"2026-11-22": {"tension_before": 7}})
    by_then = told(world)["tension_before"]
    world.run_until("22:01")

    assert (by_then, told(world)["tension_before"]) == (None, 7)
