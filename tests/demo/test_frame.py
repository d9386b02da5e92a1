"""Frames as text: what is on the screen at 80 by 24, in both languages, and that it fits whatever screen there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from winddown.demo.caption import broken
from winddown.demo.devices import Shown
from winddown.demo.frame import frame
from winddown.demo.lettering import ROWS, knows, lettered, width
from winddown.demo.onlooker import Beat
from winddown.demo.picture import Sight, colour_of, picture
from winddown.demo.scene import Breathing, breathing
from winddown.demo.words import words
from winddown.errors import UsageError
from winddown.model import Phase, Press
from winddown.programmes import phrases

SNAPSHOTS = Path(__file__).with_name("frames")
NOT_SHOWN = (
    "rest.", "release.jaw.", "release.forehead.", "release.belly.", "release.legs.",
    "landing.", "posture.", "moment.", "help.", "breath.", "practice.", "sign.",
)  # fmt: skip
CUES = [cue for known in map(phrases, ("en", "nl")) for key, cue in known.items() if not key.startswith(NOT_SHOWN)]


def text_of(view, language="en", columns=80, rows=24, *, colour=False) -> str:
    lines = frame(view, words(language), columns, rows, colour=colour)
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines) + "\n"


LIT = {"bedside": Shown(0.9, 3850), "shelf": Shown(0.7, 2500)}
DARK = {"bedside": Shown(0.0, 2200), "shelf": Shown(0.0, 2500)}
MOMENTS = {
    "evening.en": ("en", {"phase": Phase.DAY, "muted": False, "lamps": LIT}),
    "release.en": ("en", {"cue": phrases("en")["release.shoulders.tense"], "flash": Press.SINGLE}),
    "release.nl": ("nl", {"cue": phrases("nl")["release.toes.announce"], "share": 0.7}),
    "breathing.nl": ("nl", {"phase": Phase.BREATHING, "breath": Breathing(inhales=True, fullness=0.6)}),
    "morning.nl": ("nl", {"phase": Phase.DAY, "over": True, "lamps": DARK}),
}  # fmt: skip


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment_looks_as_it_did(look, name, request):
    language, differs = MOMENTS[name]
    kept = SNAPSHOTS / f"{name}.txt"

    drawn = text_of(look(**differs), language)

    assert drawn == kept.read_text("utf-8"), f"look at it, and if it is better, keep it in {kept.name}:\n{drawn}"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (200, 60), (120, 20), (40, 12), (20, 5), (1, 1)], ids=str)
@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("phase", Phase)
def test_a_frame_is_exactly_as_large_as_the_screen(look, size, colour, phase):
    view = look(phase=phase, cue=phrases("nl")["runway.begin"], breath=Breathing(inhales=False, fullness=1.0))

    lines = frame(view, words("nl"), *size, colour=colour)

    assert [sum(segment.cell_length for segment in line) for line in lines] == [size[0]] * size[1]


def test_the_lamp_glows_and_fades():
    def glow(level: float) -> int:
        lamps = {"bedside": Shown(level, 2200), "shelf": Shown(0.0, 2500)}
        dots = picture(Sight(lamps, muted=True, night=0.5, moon=None), 80, 20)
        return max(sum(dot) for row in dots for dot in row[:24])

    assert glow(0.9) > glow(0.3) > glow(0.02) > glow(0.0)


def test_a_warmer_lamp_is_redder():
    cool, warm = colour_of(Shown(0.5, 4000)), colour_of(Shown(0.5, 2200))

    assert warm[2] < warm[1] < warm[0]
    assert warm[1] < cool[1]
    assert warm[2] < cool[2]


def test_the_mark_moves_with_the_evening(look):
    def mark(**differs: object) -> int:
        return next(line for line in text_of(look(**differs)).splitlines() if "●" in line).index("●")

    along = [mark(phase=phase, share=share) for phase in list(Phase)[1:] for share in (0.1, 0.5, 0.9)]

    assert along == sorted(along)
    assert mark(phase=Phase.DAY) <= along[0]
    assert mark(phase=Phase.DAY, over=True) >= along[-1]


def test_each_key_says_what_it_does_now(look):
    keys = text_of(look()).splitlines()[-1]

    assert keys.split() == ["[1]", "single", "next", "[2]", "double", "breathe", "[3]", "hold", "dark", "[q]", "quit"]


# ---------------------------------------------------------------- letters and breath


@pytest.mark.parametrize("cue", CUES)
def test_every_cue_of_the_evening_begins_in_large_letters_on_an_ordinary_screen(cue):
    large, small = broken(cue, 76)

    assert 1 <= len(large) <= 2
    assert " ".join([*large, small]).strip() == cue
    assert all(width(line) <= 76 for line in large)
    assert len(small) <= 76


def test_a_letter_that_has_no_shape_makes_the_cue_small():
    assert not knows("Słodkich snów")
    assert broken("Słodkich snów", 76) == ([], "Słodkich snów")


def test_letters_are_four_rows_of_one_width():
    rows = lettered("Eén, jij.")

    assert len(rows) == ROWS
    assert {len(row) for row in rows} == {width("Eén, jij.")}


@pytest.mark.parametrize(
    ("at", "breath"),
    [
        (99.0, Breathing(inhales=True, fullness=0.0)),
        (101.2, Breathing(inhales=True, fullness=0.5)),
        (102.4, Breathing(inhales=False, fullness=1.0)),
        (106.0, Breathing(inhales=True, fullness=0.0)),
        (999.0, Breathing(inhales=False, fullness=0.0)),
    ],
)
def test_the_breath_is_computed_from_what_is_published(at, breath):
    found = breathing(Beat(since_at=100.0, inhale_s=4, exhale_s=6, start_pace=10, breaths=3), at)

    assert found.inhales is breath.inhales
    assert found.fullness == pytest.approx(breath.fullness)


def test_a_language_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UsageError, match=r"'fr'; it speaks: en, nl"):
        words("fr")
