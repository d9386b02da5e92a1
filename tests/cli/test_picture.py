"""The picture of an evening: fresh in the docs, the same every time, to be read on white and on black, and by ear."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from winddown.config import load
from winddown.plan.picture import picture
from winddown.plan.rehearsal import rehearse

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
WHITE, NEARLY_BLACK = "#ffffff", "#0d1117"


def drawn(path: Path, room: str = "bedroom") -> str:
    evening = rehearse(load(path).config, room, date(2026, 11, 22))
    assert evening is not None
    return picture(evening)


@pytest.fixture(scope="module")
def shipped() -> str:
    return drawn(ROOT / "docs/evening.yaml")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 has it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_picture_in_the_docs_is_the_one_that_plan_draws(shipped):
    mend = "winddown plan docs/evening.yaml --date 2026-11-22 --svg docs/evening.svg"

    assert (ROOT / "docs/evening.svg").read_text("utf-8") == shipped, f"it is old; draw it again: {mend}"


def test_it_tells_who_cannot_see_it(shipped):
    root = ET.fromstring(shipped)

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "An evening in Bedroom, Sunday 22 November 2026"
    assert "22:45" in (root.findtext(f"{SVG}desc") or "")


def test_text_reads_on_white_and_on_black(shipped):
    inks = {element.get("fill") for element in ET.fromstring(shipped).iter(f"{SVG}text")}

    assert all(contrast(ink, ground) >= 4 for ink in inks for ground in (WHITE, NEARLY_BLACK))


def test_every_colour_shows_on_white_and_on_black(shipped):
    colours = set(re.findall(r"#[0-9a-f]{6}", shipped))

    assert all(contrast(colour, ground) >= 2.3 for colour in colours for ground in (WHITE, NEARLY_BLACK))


def test_it_has_no_background_and_asks_for_nothing_from_elsewhere(shipped):
    assert "href" not in shipped
    assert "<script" not in shipped
    assert 'width="960" height' not in shipped.partition(">")[2]


def test_every_lamp_the_quiet_and_the_instants_are_named(shipped):
    texts = {element.text for element in ET.fromstring(shipped).iter(f"{SVG}text")}

    assert {"bedside", "ceiling", "quiet", "Runway", "Breathing", "Night", "22:00", "22:45", "07:00"} <= texts
    assert "from 10 to 6 breaths a minute" in texts


def test_every_breath_is_a_wave(shipped):
    edges = [path.get("d") or "" for path in ET.fromstring(shipped).iter(f"{SVG}path")]
    heights = [float(point.split()[1]) for point in max(edges, key=len).strip("MZ").split("L")]

    turns = sum(a > b < c for a, b, c in zip(heights, heights[1:], heights[2:], strict=False))
    assert turns == pytest.approx(71, abs=2)


def test_it_speaks_the_language_of_the_room():
    texts = drawn(ROOT / "configs/two-sleepers.yaml", "right")

    assert "adem mee met het licht" in texts
    assert "van 10 naar 5,5 ademhalingen per minuut" in texts
    assert "zondag 22 november 2026" in texts


def test_names_are_written_safely_and_fit(tmp_path):
    path = tmp_path / "winddown.yaml"
    room = '{name: "A & <B>", bedtime: "22:45", lights: {a_lamp_with_a_long_name: {json: a/set}}}'
    path.write_text(f"timezone: Europe/Amsterdam\nmqtt: {{host: h}}\nrooms: {{bedroom: {room}}}")

    root = ET.fromstring(drawn(path))

    assert "A & <B>" in (root.findtext(f"{SVG}title") or "")
    assert "a_lamp_with…" in {element.text for element in root.iter(f"{SVG}text")}
