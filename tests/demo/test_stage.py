"""Around the evening: what keeps it moving, what others publish, and that nothing is left behind."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from winddown import clock
from winddown.clock import Instant
from winddown.core.calendar import night_at
from winddown.core.evening import evening_of
from winddown.demo.devices import PhoneIs
from winddown.demo.director import Director
from winddown.demo.onlooker import Accepted, Came, CueSaid, StateIs, understood
from winddown.demo.performance import perform
from winddown.demo.plan import ROOM, Plan, config_for
from winddown.demo.scene import Scene
from winddown.demo.stage import stage
from winddown.demo.timing import timing
from winddown.errors import UsageError
from winddown.model import Origin, Phase, Press, Verb

TIMED = timing(66)
NOW = Instant(1_800_000_000.0, 1000.0)


def later(seconds: float) -> Instant:
    return Instant(NOW.wall + seconds, NOW.boot + seconds)


def tonight(config, wall, plan):
    room = config.rooms[ROOM]
    return evening_of(room, night_at(wall, room.bedtime, room.wake, config.zone()), plan)


def state(phase: Phase) -> StateIs:
    return StateIs(phase, Origin.EVENING, NOW.wall, None, None)


@pytest.fixture
def house():
    pressed = []
    plan = Plan(config_for(NOW, "Europe/Amsterdam", "en", 1883, TIMED), NOW, TIMED, read=lambda: NOW)
    bedroom = SimpleNamespace(pressed=pressed, press=pressed.append)
    return SimpleNamespace(plan=plan, bedroom=bedroom, daemon=SimpleNamespace(alive=True, look=lambda: None))


@pytest.fixture
def director(house):
    return Director(house, TIMED, NOW)


# ---------------------------------------------------------------- the plan


@pytest.mark.parametrize("wall", [1_800_000_000.0, 1_800_021_000.0, 1_800_045_000.0, 1_800_064_800.0])
def test_the_runway_begins_in_a_moment_at_whatever_time_of_day(wall):
    now = Instant(wall, 0.0)
    config = config_for(now, "Europe/Amsterdam", "en", 1883, TIMED)

    evening = tonight(config, now.wall, Plan(config, now, TIMED, read=lambda: now))

    assert evening.runway_at - now.wall == pytest.approx(TIMED.lead_s)
    assert evening.bedtime_at - evening.runway_at == pytest.approx(TIMED.runway_s)
    assert evening.wake_at > evening.bedtime_at


def test_another_evening_is_as_it_is_written(house):
    config = config_for(NOW, "Europe/Amsterdam", "en", 1883, TIMED)

    tomorrow = tonight(config, NOW.wall + 86_400, house.plan)

    assert tomorrow.bedtime_at - tomorrow.runway_at == config.rooms[ROOM].runway_s


def test_after_the_morning_it_is_another_evening_that_comes():
    config = config_for(NOW, "Europe/Amsterdam", "en", 1883, TIMED)
    plan = Plan(config, NOW, TIMED, read=lambda: later(60))
    before = tonight(config, NOW.wall, plan)

    plan.wake_in(5, later(50))
    after = tonight(config, NOW.wall, plan)
    plan.wake_later(later(61))

    assert (after.date - before.date).days == 1
    assert after.runway_at - before.runway_at == 86_400
    assert tonight(config, NOW.wall, plan) == after


# ---------------------------------------------------------------- the director


def test_the_button_is_pressed_at_the_end_of_the_runway_if_nobody_does(director, house):
    director.take(state(Phase.RUNWAY), later(TIMED.lead_s))
    director.tick(later(TIMED.lead_s + TIMED.runway_s - 2))
    early = list(house.bedroom.pressed)

    director.tick(later(TIMED.lead_s + TIMED.runway_s - 0.5))
    director.tick(later(TIMED.lead_s + TIMED.runway_s - 0.4))

    assert (early, house.bedroom.pressed) == ([], [Press.SINGLE])


def test_it_is_not_pressed_where_a_person_does(director, house):
    director.take(state(Phase.RUNWAY), later(TIMED.lead_s))
    director.by_hand(Press.DOUBLE, later(5))

    director.tick(later(TIMED.lead_s + TIMED.runway_s - 0.5))

    assert house.bedroom.pressed == [Press.DOUBLE]


def test_morning_comes_soon_after_the_dark_and_the_curtain_soon_after_morning(director, house):
    director.take(state(Phase.NIGHT), later(50))
    wake_at = house.plan.wake_at
    director.take(state(Phase.DAY), later(55))
    director.tick(later(55 + TIMED.closing_s - 0.1))
    too_early = director.over

    director.tick(later(55 + TIMED.closing_s))

    assert wake_at == NOW.wall + 50 + TIMED.night_s
    assert (too_early, director.over, director.failed) == (False, True, False)


def test_morning_waits_for_whoever_presses_in_the_night(director, house):
    director.take(state(Phase.NIGHT), later(50))

    director.take(state(Phase.RELEASE), later(52))

    assert house.plan.wake_at > later(600).wall


def test_the_curtain_falls_at_the_limit_whatever_happens(director):
    director.take(state(Phase.BREATHING), later(100))

    director.tick(later(TIMED.limit_s))

    assert (director.over, director.failed) == (True, False)


@pytest.mark.parametrize("how", ["gone", "dead"])
def test_a_daemon_that_ends_by_itself_is_a_failure(director, house, how):
    if how == "gone":
        director.take(Came(online=False), later(5))
    house.daemon.alive = how != "dead"

    director.tick(later(6))

    assert director.failed


# ---------------------------------------------------------------- what is published


def test_what_is_published_is_understood():
    breath = b'{"since": "2027-01-15T09:00:02+01:00", "inhale_s": 4, "exhale_s": 6, "start_pace": 10, "breaths": 3}'
    said = (
        b'{"phase": "breathing", "origin": "evening", "since": "2027-01-15T09:00:00+01:00",'
        b' "until": null, "breath": ' + breath + b"}"
    )

    found = understood("winddown/bedroom/state", said)

    assert (found.phase, found.since_at, found.until_at, found.beat.since_at) == (
        Phase.BREATHING, NOW.wall, None, NOW.wall + 2,
    )  # fmt: skip
    assert understood("winddown/bedroom/cue", b'{"text": "Soft.", "for_s": 3}') == CueSaid("Soft.", 3.0)
    assert understood("winddown/bedroom/press", b'{"event_type": "hold"}') == Accepted(Press.HOLD)
    assert understood("winddown/status", b"offline") == Came(online=False)


@pytest.mark.parametrize("name", ["state", "cue", "press"])
@pytest.mark.parametrize("payload", [b"", b"\xff", b"[]", b'{"phase": "dusk"}', b'{"phase": [], "event_type": {}}'])
def test_nonsense_is_nothing(name, payload):
    assert understood(f"winddown/bedroom/{name}", payload) is None


def test_a_cue_comes_and_goes_softly():
    scene = Scene(1883, config_for(NOW, "Europe/Amsterdam", "en", 1883, TIMED).zone(), {})
    scene.take(CueSaid("Soft.", 3.0), NOW)

    strengths = [scene.view({}, later(age)).cue_strength for age in (0.0, 0.2, 2.0, 3.5, 9.0)]

    assert strengths[0] == strengths[-1] == 0.0
    assert strengths[2] == 1.0
    assert 0 < strengths[1] < 1
    assert 0 < strengths[3] < 1


def test_what_was_heard_is_seen():
    scene = Scene(1883, config_for(NOW, "Europe/Amsterdam", "en", 1883, TIMED).zone(), {})
    for seen in (PhoneIs(muted=True), state(Phase.NIGHT), Accepted(Press.SINGLE)):
        scene.take(seen, NOW)

    view = scene.view({}, later(0.1))

    assert (view.muted, view.phase, view.flash) == (True, Phase.NIGHT, Press.SINGLE)
    assert view.verbs == {Press.SINGLE: Verb.RELEASE, Press.DOUBLE: Verb.GLOW, Press.HOLD: Verb.DARK}
    assert scene.view({}, later(5)).flash is None


# ---------------------------------------------------------------- the house itself


def test_nothing_is_left_when_the_house_is_taken_down():
    pytest.importorskip("amqtt")
    before = set(threading.enumerate())

    with stage("en", "Europe/Amsterdam", 0, TIMED) as house:
        while house.seen.get(timeout=10) != Came(online=True):
            pass
    for thread in set(threading.enumerate()) - before:
        thread.join(5)

    assert set(threading.enumerate()) == before
    assert not house.daemon.alive


def test_a_port_that_makes_no_sense_is_named(monkeypatch):
    monkeypatch.setenv("WINDDOWN_DEMO_PORT", "many")

    with pytest.raises(UsageError, match="WINDDOWN_DEMO_PORT is 'many'"):
        perform("en", None, None)


def test_a_machine_without_a_clock_is_told_so(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: Instant(1000.0, 1000.0))

    with pytest.raises(UsageError, match="clock"):
        perform("en", None, None)
