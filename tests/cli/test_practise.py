"""`winddown practise`: one slow round by day, and the signs to seek help."""

from __future__ import annotations

from itertools import pairwise

import pytest

from winddown.config import Breathing, Release
from winddown.core.practice import practice
from winddown.programmes import LANGUAGES, phrases
from winddown.shell.in_time import in_time


@pytest.fixture
def at_once(monkeypatch):
    """What is waited for, instead of waiting."""
    waited = []
    monkeypatch.setattr("winddown.shell.in_time.sleep", waited.append)
    return waited


def test_a_round_has_every_area_once_and_ends_with_a_few_breaths():
    said = practice(Release(), Breathing())

    keys = [one.key for one in said]
    assert [key for key in keys if key.endswith("tense")] == [
        f"release.{area}.tense" for area in ("shoulders", "hands", "toes")
    ]
    assert keys.count("breath.in") == keys.count("breath.out") == 4
    assert all(before.at_s < after.at_s for before, after in pairwise(said))
    assert 120 < said[-1].at_s < 240


def test_what_hurts_is_left_out_and_nothing_is_tensed_where_nothing_shall_be():
    keys = [one.key for one in practice(Release(skip=("toes",), release_only=True), Breathing())]

    assert not [key for key in keys if "toes" in key or "tense" in key]


def test_a_longer_release_is_kept_as_it_was_chosen():
    longer = practice(Release(release_s=40), Breathing())[-1].at_s

    assert longer - practice(Release(), Breathing())[-1].at_s == 3 * 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_breaths_in_and_out_can_be_told_apart(language):
    known = phrases(language)

    assert known["breath.in"] != known["breath.out"]


def test_it_needs_no_configuration_and_no_broker(winddown, at_once, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    ended = winddown("practise", "--language", "nl")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == phrases("nl")["practice.begin"]
    assert ended.out.splitlines()[-1] == phrases("nl")["practice.end"]
    assert max(at_once) > 100


def test_a_room_has_its_own_words(winddown, at_once, house, tmp_path):
    (tmp_path / "own.yaml").write_text("release: {neck: {announce: My neck., release: And free.}}\n")
    path = house(more="    cues: own.yaml\n    release: {areas: [neck], release_only: true}\n")

    out = winddown("practise", "bedroom", "-c", path).out.splitlines()

    assert out[1:3] == ["My neck.", "And free."]


@pytest.mark.parametrize(("language", "doctor"), [("en", "See a doctor."), ("nl", "Ga naar de huisarts.")])
def test_the_signs_to_seek_help_can_always_be_read(winddown, house, language, doctor):
    ended = winddown("practise", "--help-signs", "--language", language, "-c", house())

    assert (ended.code, doctor in ended.out) == (0, True)
    assert len(ended.out.splitlines()) == 9


def test_a_room_that_is_not_there_is_named(winddown, house):
    assert "there is: bedroom" in winddown("practise", "kitchen", "-c", house()).err


def test_what_is_planned_comes_in_its_time_and_in_order(at_once):
    assert [*in_time([(0.0, "a"), (1.5, "b"), (3.0, "c")])] == ["a", "b", "c"]
    assert [round(wait_s, 1) for wait_s in at_once] == [0.0, 1.5, 3.0]
