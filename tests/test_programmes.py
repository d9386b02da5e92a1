"""What is said to the sleeper: in every language the same things, short, and gently; and a room's own sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from winddown.core.release import programme
from winddown.errors import ConfigError, UsageError
from winddown.programmes import LANGUAGES, load_own, phrases, spoken

AREAS = ("shoulders", "hands", "toes", "jaw", "forehead", "belly", "legs")
SENTENCES = [
    pytest.param(language, key, text, id=f"{language}-{key}")
    for language in LANGUAGES
    for key, text in phrases(language).items()
]


Own = Callable[[str | bytes], Path]
"""Writes a file of cues and says where."""


@pytest.fixture
def own(tmp_path: Path) -> Own:
    def write(text: str | bytes) -> Path:
        path = tmp_path / "own.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load_own(path)
    return [line.removeprefix(f"{path}:") for line in raised.value.mistakes]


# ---------------------------------------------------------------- ours


def test_every_language_says_the_same_things() -> None:
    assert [list(phrases(language)) for language in LANGUAGES] == [list(phrases("en"))] * len(LANGUAGES)


@pytest.mark.parametrize(("language", "key", "text"), SENTENCES)
def test_a_sentence_is_short_calm_and_names_no_number(language: str, key: str, text: str) -> None:
    assert len(text) <= 90
    assert "!" not in text
    assert not re.search(r"\d|o'clock|\buur\b|\bminut", text)
    assert text[0].isupper()
    assert text.endswith(".")
    assert spoken(text, inhale_s=4, exhale_s=6) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_while_tensing_fits_in_three_seconds(language: str) -> None:
    assert all(len(phrases(language)[f"release.{area}.tense"].split()) <= 10 for area in AREAS)


@pytest.mark.parametrize(("language", "half"), [("en", "half"), ("nl", "hal")])
def test_nobody_is_asked_for_more_than_about_half(language: str, half: str) -> None:
    assert all(half in phrases(language)[f"release.{area}.tense"] for area in AREAS)


@pytest.mark.parametrize(("language", "hurts"), [("en", "hurts"), ("nl", "pijn")])
def test_stop_when_it_hurts_is_said_once_at_the_beginning(language: str, hurts: str) -> None:
    said = {key: text for key, text in phrases(language).items() if key.startswith("release.")}

    assert [key for key, text in said.items() if hurts in text] == ["release.shoulders.announce"]


def test_soft_is_soft_in_every_language() -> None:
    assert [phrases(language)["release.soft"] for language in LANGUAGES] == ["Soft.", "Zacht."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_of_a_programme_of_our_areas_has_its_sentence(language: str) -> None:
    whole = programme(areas=AREAS, skip=[], rounds=2, announce_s=4, tense_s=3, release_s=15, release_only=False)

    assert {cue.key for cue in whole.cues} <= {*phrases(language)}


def test_a_language_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="there are no cues in 'fr'; there are: en, nl"):
        phrases("fr")


# ---------------------------------------------------------------- a room's own


def test_own_sentences_go_before_ours_and_the_rest_is_ours(own: Own) -> None:
    cues = phrases("nl", load_own(own("release:\n  soft: Los.\n  neck: {announce: Nu je nek.}\n")))

    assert cues["release.soft"] == "Los."
    assert cues["release.neck.announce"] == "Nu je nek."
    assert cues["breathing.end"] == phrases("nl")["breathing.end"]
    assert phrases("nl")["release.soft"] == "Zacht."


def test_a_sentence_may_name_the_seconds_of_the_breath(own: Own) -> None:
    cues = load_own(own('breathing: {begin: "In for {inhale}, out for {exhale}."}'))

    assert spoken(cues["breathing.begin"], inhale_s=4.0, exhale_s=6.5) == "In for 4, out for 6.5."


def test_a_key_may_be_written_with_its_dots(own: Own) -> None:
    assert load_own(own("release.soft: Los.")) == {"release.soft": "Los."}


def test_a_file_saved_by_a_windows_editor_is_read(own: Own) -> None:
    assert load_own(own("\ufeffrelease:\r\n  soft: Los.\r\n")) == {"release.soft": "Los."}


def test_a_long_sentence_may_be_folded_and_a_yes_is_a_word(own: Own) -> None:
    assert load_own(own("release:\n  soft: yes\nbreathing:\n  end: >\n    All is\n    done.\n")) == {
        "release.soft": "yes",
        "breathing.end": "All is done.",
    }


def test_every_mistake_is_told_with_its_line(own: Own) -> None:
    path = own(
        "breathng:\n  begin: In.\n"
        "release:\n  soft: 5\n  end: 'For {minutes}.'\n  neck: {tense: ''}\n  soft: Los.\n"
        "xyz: 1.2\n"
    )

    assert mistakes(path) == [
        "2: breathng.begin: is no cue; did you mean breathing.begin?",
        "4: release.soft: is no sentence; write one, in quotes if it is a number or a single word such as true",
        "5: release.end: has braces; only {inhale} and {exhale} are filled in",
        "6: release.neck.tense: is no sentence; write one, in quotes if it is a number or a single word such as true",
        "7: release.soft: stands here and in line 4; keep one",
        "8: xyz: is no sentence; write one, in quotes if it is a number or a single word such as true",
    ]


@pytest.mark.parametrize("text", ["{inhale:>9999999}", "{inhale!r}", "{inhale.real}", "{", "{0}", "{}", "}"])
def test_braces_that_cannot_be_filled_in_are_told(own: Own, text: str) -> None:
    assert mistakes(own(f"release: {{soft: '{text}'}}")) == [
        "1: release.soft: has braces; only {inhale} and {exhale} are filled in"
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "1: has no cues; write for example `release: {soft: Soft.}`"),
        ("- a\n", "1: has no cues; write for example `release: {soft: Soft.}`"),
        ("a: b\n\tc: d\n", "2: is not YAML (found character '\\t' that cannot start any token)"),
        ("a: 1\n--- b\n", "2: is not YAML (but found another document)"),
        (b"a: \xff\xfe", "1: is not UTF-8 text; save it as UTF-8"),
        ("a: \x00", "1: is not YAML (unacceptable character #x0000: special characters are not allowed)"),
    ],
)
def test_what_is_no_file_of_cues_is_told_in_one_line(own: Own, content: str | bytes, told: str) -> None:
    assert mistakes(own(content)) == [told]


def test_an_alias_of_itself_has_an_end(own: Own) -> None:
    assert len(mistakes(own("release: &a {soft: *a}"))) == 1


def test_a_file_that_is_not_there_and_a_directory_are_told(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "absent.yaml") == ["1: cannot be read (no such file or directory); name a file of cues"]
    assert mistakes(tmp_path) == ["1: cannot be read (is a directory); name a file of cues"]
