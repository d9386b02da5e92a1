"""What tonight shows of what a room says, without a browser: words, buttons, picture, and what it keeps to itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from winddown.core.breathing import breaths
from winddown.model import Origin, Phase
from winddown.web.picture import Evening, drawn, place
from winddown.web.said import Said, read
from winddown.web.tonight import ORDERS, Shown, tonight
from winddown.web.words import words

BEDTIME = datetime(2026, 11, 20, 22, 45, tzinfo=UTC).timestamp()
WAKE = BEDTIME + 8.25 * 3600
MINUTE, HOUR = 60.0, 3600.0

STATE: dict[str, Any] = {
    "phase": "runway",
    "origin": "evening",
    "until": "2026-11-20T22:45:00+00:00",
    "cue": None,
    "runway": 45,
    "breathing": 10,
    "tonight": {
        "bedtime": "2026-11-20T22:45:00+00:00",
        "wake": "2026-11-21T07:00:00+00:00",
        "later_min": 0,
        "skipped": False,
    },
    "next_start": "2026-11-20T22:00:00+00:00",
    "enabled": True,
    "language": "en",
    "breath": None,
    "problem": None,
}


def at(minutes: float, *, language: str = "en", **changed: Any) -> Shown:
    """So many minutes from bedtime."""
    return tonight("here", read({**STATE, **changed}), BEDTIME + minutes * MINUTE, words(language))


def offered(shown: Shown) -> list[str]:
    return [one.verb for one in shown.offers if one.enabled]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("minutes", "left"),
    [
        (-44.6, "Bedtime in 45 minutes."),
        (-12.2, "Bedtime in 12 minutes."),
        (-1.4, "Bedtime in a minute."),
        (-0.2, "Bedtime in less than a minute."),
        (0.1, "Bedtime in less than a minute."),
    ],
)
def test_the_time_left_is_said_in_words(minutes: float, left: str) -> None:
    assert at(minutes).says == left


@pytest.mark.parametrize(
    ("seconds", "en", "nl"),
    [
        (20, "less than a minute", "minder dan een minuut"),
        (60, "a minute", "een minuut"),
        (17 * 60, "17 minutes", "17 minuten"),
        (63 * 60, "an hour and 5 minutes", "een uur en 5 minuten"),
        (120 * 60, "2 hours", "2 uur"),
        (23.9 * 3600, "23 hours and 55 minutes", "23 uur en 55 minuten"),
    ],
)
def test_a_length_is_said_as_people_say_it(seconds: float, en: str, nl: str) -> None:
    assert (words("en").length(seconds), words("nl").length(seconds)) == (en, nl)


def test_both_languages_say_the_same_things() -> None:
    en, nl = words("en").known, words("nl").known
    holes = {
        language: {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in known.items()}
        for language, known in (("en", en), ("nl", nl))
    }

    assert en.keys() == nl.keys()
    assert holes["en"] == holes["nl"]


def test_no_sentence_is_written_that_nobody_says() -> None:
    folder = files("winddown.web")
    code = "".join(one.read_text() for one in folder.iterdir() if one.name.endswith(".py"))
    code += "".join(one.read_text() for one in folder.joinpath("templates").iterdir())
    made = re.compile(r"(nav|phase|says|lost|length|ask|refused|help\.verbs|failed|morning)\.")

    assert [key for key in words("en").known if f'"{key}"' not in code and not made.match(key)] == []


# ---------------------------------------------------------------- what holds


@pytest.mark.parametrize("reach", ["winddown", "broker"])
def test_where_nobody_can_tell_no_phase_is_shown_and_nothing_can_be_asked(reach: Any) -> None:
    shown = tonight(reach, read(STATE), BEDTIME - 60, words("en"))

    assert (shown.phase, shown.picture, shown.breath, shown.cue) == ("lost", "", None, "")
    assert shown.says == words("en")(f"lost.{reach}")
    assert offered(shown) == []


def test_a_phase_that_should_have_ended_is_not_shown_as_if_it_were_now() -> None:
    assert at(-1).phase == "runway"
    assert at(5).phase == "lost"


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"phase": "dusk", "origin": "evening"},
        {"phase": "day"},
        {"phase": ["day"], "origin": {}},
    ],
)
def test_a_state_that_does_not_say_its_phase_is_none(state: dict[str, Any]) -> None:
    assert read(state) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"until": "soon", "next_start": 7, "tonight": []},
        {"until": "2026-11-20T22:45:00", "runway": -4, "breathing": "x"},
        {"until": None, "runway": 1e9, "tonight": {"bedtime": "2026-11-20T22:45:00+00:00"}},
        {"cue": {"a": 1}, "problem": 3, "breath": "deep"},
        {"breath": {"since": "2026-11-20T22:45:00+00:00", "inhale_s": 1e-9, "exhale_s": 0, "breaths": 10**9}},
        {"breath": {"since": "x", "inhale_s": 4, "exhale_s": 6, "breaths": 60, "start_pace": 10}},
    ],
)
def test_what_is_not_clean_is_as_not_said(changed: dict[str, Any]) -> None:
    shown = at(-10, **{**changed, "phase": "day"})

    assert shown.phase == "day"
    assert shown.breath is None


# ---------------------------------------------------------------- buttons


@pytest.mark.parametrize(
    ("minutes", "changed", "verbs"),
    [
        (-300, {"phase": "day", "origin": "day"}, "start release breathe later skip dark"),
        (-30, {}, "go_to_bed release breathe later skip dark stop"),
        (-30, {"phase": "release", "until": None}, "next breathe dark stop"),
        (-30, {"phase": "breathing", "until": None}, "next release breathe later dark stop"),
        (-300, {"phase": "breathing", "origin": "day", "until": None}, "next release breathe skip dark stop"),
        (60, {"phase": "breathing", "origin": "night", "until": None}, "next release breathe dark stop"),
        (60, {"phase": "night", "until": None}, "glow release breathe dark"),
        (60, {"phase": "day", "until": None}, "glow release breathe dark"),
        (-300, {"phase": "day", "tonight": None, "next_start": None}, "start release breathe dark"),
        (-300, {"phase": "runway", "origin": "day", "until": "2026-11-20T18:00:00+00:00"},
         "next release breathe later skip dark stop"),
    ],
)  # fmt: skip
def test_what_is_offered_makes_sense_where_the_evening_is(minutes: float, changed: dict[str, Any], verbs: str) -> None:
    assert offered(at(minutes, **changed)) == verbs.split()


def test_a_skipped_evening_can_be_taken_back() -> None:
    shown = at(-300, phase="day", tonight={**STATE["tonight"], "skipped": True})

    assert shown.says == "No routine this evening. You skipped it."
    assert ("skip off", "Do not skip") in [(one.verb, one.label) for one in shown.offers]
    assert shown.picture == ""


def test_every_button_sends_what_the_page_may_ask_for() -> None:
    sent = {one.verb for phase in Phase for one in at(-30, phase=phase, until=STATE["until"]).offers} | {"skip off"}

    assert sent == ORDERS


# ---------------------------------------------------------------- the dark


@pytest.mark.parametrize(
    ("minutes", "phase", "origin", "light"),
    [
        (-300, "day", "day", "day"),
        (-30, "day", "day", "dusk"),
        (-30, "runway", "evening", "dusk"),
        (-300, "runway", "day", "dusk"),
        (-300, "breathing", "day", "day"),
        (-30, "release", "evening", "night"),
        (60, "night", "evening", "night"),
        (60, "day", "day", "night"),
        (60, "release", "day", "night"),
        (600, "day", "day", "day"),
    ],
)
def test_the_page_is_as_dark_as_the_hour(minutes: float, phase: str, origin: str, light: str) -> None:
    assert at(minutes, phase=phase, origin=origin, until=None).light == light


@pytest.mark.parametrize("phase", ["night", "day", "breathing", "release"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_in_the_night_nothing_tells_how_late_it_is(phase: str, language: str) -> None:
    shown = at(200, language=language, phase=phase, origin="night", until="2026-11-21T07:00:00+00:00")

    assert shown.picture == ""
    assert shown.now_x is None
    assert not re.search(r"\d", f"{shown.title} {shown.says} {shown.problem}")
    assert not re.search("minut|uur|hour", shown.says)


def test_after_a_stop_in_the_night_nothing_nags_about_the_next_evening() -> None:
    shown = at(120, phase="day", origin="day")

    assert (shown.phase, shown.says) == ("night", "It is dark and quiet. Nothing needs doing.")


# ---------------------------------------------------------------- the breath


def test_the_circle_has_the_beats_of_the_lamp() -> None:
    planned = breaths(inhale_s=4, exhale_s=6, for_s=600, start_pace=10, peak=40, floor=3)
    breath = {"since": "2026-11-20T22:45:00.500+00:00", "inhale_s": 4, "exhale_s": 6, "start_pace": 10}

    shown = at(1, phase="breathing", until=None, breath={**breath, "breaths": len(planned)})

    assert shown.breath is not None
    assert shown.breath["since"] == BEDTIME + 0.5
    assert [beat[0] for beat in shown.breath["beats"]] == pytest.approx([one.begin_s for one in planned], abs=1e-3)
    assert [sum(beat) for beat in shown.breath["beats"]] == pytest.approx([one.end_s for one in planned], abs=1e-3)


# ---------------------------------------------------------------- the picture

EVENING = Evening(BEDTIME, WAKE, 45 * MINUTE, 10 * MINUTE, "22:45", "07:00")


def test_now_moves_through_the_picture_and_never_back() -> None:
    places = [place(EVENING, BEDTIME + n * MINUTE) for n in range(-60, 600, 3)]

    assert places == sorted(places)
    assert len(set(places)) > 150
    assert place(EVENING, BEDTIME - 45 * MINUTE) == 10.0
    assert place(EVENING, WAKE + HOUR) == pytest.approx(350.0)


def test_by_day_the_picture_is_of_what_comes_and_has_no_now() -> None:
    before, during = at(-300, phase="day"), at(-20)

    assert before.now_x is None
    assert during.now_x == pytest.approx(10 + 170 * 25 / 45, abs=0.1)
    assert "22:00" in before.picture
    assert "From 22:00 the lamps sink. At 22:45 it is bedtime" in before.picture


@pytest.mark.parametrize("breathing_s", [0.0, 600.0, 9 * HOUR])
def test_a_picture_can_be_drawn_of_any_evening(breathing_s: float) -> None:
    svg = drawn(replace(EVENING, breathing_s=breathing_s), words("nl"))

    assert svg.startswith("<svg viewBox=")
    assert "nan" not in svg
    assert "style=" not in svg  # the page's own rules would not have it


def test_what_is_written_in_a_state_is_text_and_never_markup() -> None:
    said = read({**STATE, "cue": "<b>x</b>", "problem": "a" * 9000})

    assert isinstance(said, Said)
    assert said.cue == "<b>x</b>"
    assert len(said.problem or "") == 500
    assert said.origin is Origin.EVENING
