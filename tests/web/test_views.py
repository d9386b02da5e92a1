"""The four views in a browser, in both languages: to be read by everybody, on every screen, and the diary kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from web_stage import LEAST_CONTRAST, UNFOLD, House, Phone, faint, found_by_axe, room

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEWS = {
    "en": {"": "Day", "morning": "The night", "trends": "Your nights", "help": "To read in peace"},
    "nl": {"": "Overdag", "morning": "De nacht", "trends": "Je nachten", "help": "Rustig te lezen"},
}
WIDTHS = (320, 390, 820, 1440)


@pytest.fixture(scope="module")
def house(home: Callable[..., House]) -> House:
    return home("rooms:\n" + room("en") + room("nl", more=", language: nl"))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_view_reads_well_for_everybody_on_every_screen(
    house: House, phone: Callable[..., Phone], language: str
) -> None:
    one = phone(house)
    for view, heading in VIEWS[language].items():
        page = one.open(language, view)
        page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()

        assert page.locator("html").get_attribute("lang") == language
        assert found_by_axe(page) == []
        page.evaluate(UNFOLD)
        assert faint(page, LEAST_CONTRAST) == []
        assert [width for width in WIDTHS if too_wide(page, width)] == []


def too_wide(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 700})
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_the_keyboard_reaches_every_button_and_every_view(house: House, phone: Callable[..., Phone]) -> None:
    page = phone(house).open("en")
    page.locator("#ask button:enabled").first.wait_for()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))

    assert reached == ["En", "Nl", "Begin now", "Let go", "Breathe", "Later", "Skip tonight", "Dark", *NAVIGATION]


NAVIGATION = ["Tonight", "Morning", "Trends", "Help"]


def test_a_night_is_filled_in_with_a_thumb_and_is_there_in_the_trends(
    house: House, phone: Callable[..., Phone]
) -> None:
    page = phone(house).open("en", "morning")
    page.get_by_role("group", name="How was it?").get_by_role("radio", name="4").check()
    page.get_by_role("group", name="Tension, getting up").get_by_role("radio", name="2").check()
    page.get_by_role("button", name="Keep it").first.click()

    page.get_by_text("Kept. Thank you.").wait_for()
    assert page.locator("input:checked").evaluate_all("all => all.map(one => `${one.name} ${one.value}`)") == [
        "quality 4",
        "tension_after 2",
    ]
    page.get_by_role("link", name="Trends").click()
    page.get_by_text("Nights filled in: 1.").first.wait_for()
    page.get_by_text("The numbers: Quality").click()
    assert page.locator("section", has_text="Quality").locator("td").all_inner_texts() == ["4"]
    assert found_by_axe(page) == []


def test_what_cannot_be_is_refused_at_its_field_and_nothing_of_the_rest_is_lost(
    house: House, phone: Callable[..., Phone]
) -> None:
    one = phone(house, quiet=False)  # the browser tells of every answer that is no 200
    page = one.open("nl", "morning")
    page.get_by_role("group", name="Hoe was het?").get_by_role("radio", name="3").check()
    page.get_by_text("Meer, als je wilt").click()
    page.get_by_label("Minuten wakker, bij elkaar").fill("30 h")
    page.get_by_label("Een notitie").fill("<script>alert(1)</script>")
    page.get_by_label("Waar zit het?").fill("kaken")
    page.get_by_role("button", name="Bewaren").last.click()

    page.get_by_text("De rest is bewaard.").wait_for()
    assert page.locator(".error").all_inner_texts() == [
        "Schrijf minuten, van 0 tot 720. Schatten is genoeg.",
        "Schrijf het in gewone woorden, hooguit 1000 tekens.",
    ]
    assert page.get_by_label("Een notitie").input_value() == "<script>alert(1)</script>"
    assert found_by_axe(page) == []
    page.reload() if page.url.endswith("kept") else one.open("nl", "morning")
    assert page.get_by_label("Waar zit het?").input_value() == "kaken"
    assert page.get_by_label("Een notitie").input_value() == ""
    assert page.locator("input:checked").get_attribute("value") == "3"


def test_hard_days_are_ticked_and_after_many_of_them_a_doctor_is_named_once(
    house: House, phone: Callable[..., Phone]
) -> None:
    one = phone(house)
    page = one.open("nl", "morning")
    for day in range(8):
        if day:
            page.get_by_role("link", name="De nacht ervoor").click()
        page.get_by_text("Meer, als je wilt").click()
        assert page.get_by_role("group", name="De dag vóór deze nacht").get_by_role("checkbox").count() == 3
        page.get_by_role("checkbox", name="Veel pijn").check()
        page.get_by_role("button", name="Bewaren").last.click()
        page.locator(".sign, .message").first.wait_for()

    assert page.locator(".sign").inner_text().startswith("Veel dagen met veel pijn.")
    assert found_by_axe(page) == []
    page.get_by_role("link", name="Ga naar een dokter").click()
    page.get_by_role("heading", name="Ga naar een dokter").wait_for()
    page = one.open("nl", "morning")
    page.get_by_text("Meer, als je wilt").click()
    assert page.get_by_role("checkbox", checked=True).count() == 1
    assert page.locator(".sign").count() == 0
