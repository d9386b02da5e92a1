"""What winddown tells people: every sentence in every language, with the same places to fill in, all of them filled."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from evenings.bedroom import by_day, in_night, in_runway
from winddown.core.settings import NAMES
from winddown.diary.entry import FIELDS
from winddown.model import Key, Phase, Press, Verb, say, word
from winddown.programmes import LANGUAGES
from winddown.sentences import sentences, told

SOURCES = sorted((Path(__file__).parents[1] / "winddown").rglob("*.py"))
WORDS = {"phase": Phase, "press": Press, "verb": Verb, "setting": NAMES, "field": FIELDS}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def said() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every `say` of the source: where, its key, and what it fills in; None: some of it comes by `**`."""
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        if not any(node.module == "winddown.model" and "say" in {one.name for one in node.names} for node in imports):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                (key,) = (one.value for one in node.args if isinstance(one, ast.Constant))
                names = {one.arg for one in node.keywords if one.arg is not None}
                yield f"{path.name}:{node.lineno}", str(key), None if len(names) < len(node.keywords) else names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_places(language: str) -> None:
    known, english = sentences(language), sentences("en")

    assert known.keys() == english.keys()
    assert {key: places(one) for key, one in known.items()} == {key: places(one) for key, one in english.items()}
    assert [key for key, one in known.items() if not one.strip() or not one.isprintable()] == []


def test_what_can_be_said_is_what_there_is() -> None:
    words = {f"word.{family}.{name}" for family, names in WORDS.items() for name in names}

    assert {*get_args(Key)} | words == sentences("en").keys()


def test_every_sentence_is_said_somewhere_and_every_place_is_filled() -> None:
    there = [*said()]

    assert [where for where, key, names in there if names is not None and names != places(sentences("en")[key])] == []
    assert {*get_args(Key)} == {key for _, key, _ in there}


def test_a_sentence_in_another_language_differs() -> None:
    english, dutch = sentences("en"), sentences("nl")
    same = {key for key in english if english[key] == dutch[key]}

    assert same <= {"order.asked", "diary.refused", "trouble.during_event", "word.verb.stop"}


def test_parts_are_in_the_language_of_the_whole() -> None:
    both = say("lamp.both", first=say("lamp.turned_on"), second=say("lamp.level", percent=60))

    yours = say("lamp.yours", lamp="bedlampje", done=both, at="22:31")

    assert told(yours, "en") == "bedlampje is yours: you turned it on and set it to 60 % at 22:31"
    assert told(yours, "nl") == "bedlampje is van jou: je hebt hem om 22:31 aangedaan en op 60 % gezet"


def test_several_parts_stand_behind_each_other_and_a_fraction_has_the_comma_of_its_language() -> None:
    taken = say("diary.taken", evening="2026-11-21", fields=(word("field", "quality"), word("field", "note")))
    night = say("setting.no_night", value="'06:30'", evening="2026-11-22", hours=0.5)

    assert told(taken, "nl") == "dagboek van 2026-11-21: kwaliteit, notitie"
    assert "zou de nacht van 2026-11-22 0,5 uur duren" in told(night, "nl")


def test_braces_in_what_somebody_wrote_stay_what_they_are() -> None:
    assert told(say("order.asked", text="{0} {text} {"), "nl") == "gevraagd: {0} {text} {"


# ---------------------------------------------------------------- in an evening


def test_an_evening_in_dutch_is_explained_in_dutch() -> None:
    world = in_runway(language="nl")

    world.lamp("ceiling").by_hand(level=200)
    world.press("double")
    world.set("bedroom", "bedtime", "25:00")
    world.run_for(seconds=3)

    whys = [why.split(" ", 1)[1] for why in world.whys()]
    assert whys[0] == "afbouwen tot 22:45"
    assert "ceiling is van jou: je hebt hem om 22:20 op 79 % gezet" in whys
    assert "dubbel gedrukt, fase afbouwen: iets later" in whys
    assert "bedtime/set: '25:00' is geen tijdstip; 22:45 wel" in whys


def test_what_is_wrong_is_told_in_dutch() -> None:
    world = by_day(language="nl")

    world.bridges["zigbee2mqtt"].dies()
    world.run_for(minutes=1)

    assert world.problem() == "de bridge van bedside, ceiling is weg"


def test_the_next_word_is_in_the_language_that_was_set_just_now() -> None:
    world = in_night()

    world.set("bedroom", "language", "nl")
    world.command("bedroom", "later")
    world.run_for(seconds=2)

    assert [why.split(" ", 1)[1] for why in world.whys()][-3:] == [
        "taal: vanaf nu nl",
        "gevraagd: later",
        "later: het is al nacht; er is geen bedtijd meer om te verzetten",
    ]
