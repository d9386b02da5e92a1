"""The page in the dark: on the lamp's clock, and with nothing that shines."""

from __future__ import annotations

import base64
import itertools
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from conftest import Neighbour
from web_stage import LEAST_CONTRAST, LEAST_CONTRAST_LARGE, UNFOLD, House, Phone, faint, found_by_axe, room
from winddown.model import Enter
from winddown.shell.diary import enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

BRISK = ", inhale: 1.5 s, exhale: 1.5 s, start_pace: 20"
BRIGHTEST_L, LARGE_PX, LARGE_BOLD_PX = 40.0, 24.0, 18.6
FLIPS = """() => { window.flips = []; const breath = document.getElementById("breath");
  new MutationObserver(() => {
    flips.push([breath.dataset.part, performance.timeOrigin + performance.now()]);
    document.body.dataset.flips = flips.length;
  }).observe(breath, {attributeFilter: ["data-part"]}); }"""


@pytest.fixture(scope="module")
def house(home: Callable[..., House]) -> House:
    rooms = [
        room("step", 1200, pace=BRISK),
        room("dark", 1200),
        room("slaap", 1200, ", language: nl"),
        room("dusk", 1200),
    ]
    return home("rooms:\n" + "".join(rooms))


def ask(house: House, name: str, *orders: str) -> None:
    other = Neighbour(house.broker.port, (f"winddown/{name}/why",), "", 4)  # type: ignore[arg-type]  # MQTT 3.1.1
    for order in orders:
        other.say(f"winddown/{name}/command", order)
        other.hear()
    other.leave()


def test_the_circle_breathes_with_the_lamp(house: House, phone: Callable[..., Phone]) -> None:
    page = phone(house).open("step")
    lamp = Neighbour(house.broker.port, ("home/step/set",), "", 4)  # type: ignore[arg-type]  # MQTT 3.1.1
    page.evaluate(FLIPS)
    page.get_by_role("button", name="Breathe").click()
    page.locator("body[data-flips='4']").wait_for(timeout=20_000)
    seen = [(half, at / 1000) for half, at in page.evaluate("() => flips") if half][1:]  # the first is when it appears
    told = told_by(lamp)
    lamp.leave()

    apart_s = sorted(min(abs(at - when) for when in told[half]) for half, at in seen)
    assert {half for half, _ in seen} == {"in", "out"}
    assert apart_s[len(apart_s) // 2] < 0.1, apart_s


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).date().isoformat()


def told_by(lamp: Neighbour) -> dict[str, list[float]]:
    """When the lamp was told to go up, and when down, as POSIX seconds."""
    to_wall = time.time() - time.monotonic()
    heard = [lamp.heard.get() for _ in range(lamp.heard.qsize())]
    levels = [(json.loads(one.payload).get("brightness", 0), one.timestamp + to_wall) for one in heard]
    pairs = list(itertools.pairwise(levels))
    return {
        "in": [at for (before, _), (level, at) in pairs if level > before],
        "out": [at for (before, _), (level, at) in pairs if level < before],
    }


@pytest.mark.parametrize(
    ("name", "title", "view"),
    [
        ("dark", "Night", ""),
        ("slaap", "Hulp", "help"),
        ("dark", "The night", "morning"),
        ("slaap", "Je nachten", "trends"),
    ],
)
def test_at_night_nothing_shines_and_nobody_is_told_how_late_it_is(
    house: House, phone: Callable[..., Phone], name: str, title: str, view: str
) -> None:
    one = phone(house)
    page = one.open(name)
    page.locator("#ask button:enabled").first.wait_for()
    ask(house, name, "dark")
    page.locator("html[data-light=night]").wait_for()

    told = {"quality": 2, "tension_before": 7, "tension_after": 3, "fear_or_gloom": "yes"}
    enter(house.folder / "winddown.db", Enter(name, days_ago(2), said=told))
    page = one.open(name, view)
    page.evaluate(UNFOLD)

    assert brightest(page) <= BRIGHTEST_L
    assert faint(page, LEAST_CONTRAST_LARGE) == []
    assert not re.search(r"\d\d?:\d\d|\d+ minut", one.text())
    assert small_letters(page) == []
    assert found_by_axe(page) == []
    assert title in one.text()


@pytest.mark.parametrize("view", ["", "morning", "trends", "help"])
def test_on_the_way_down_every_letter_can_be_read(house: House, phone: Callable[..., Phone], view: str) -> None:
    page = phone(house).open("dusk", view)
    page.evaluate(UNFOLD)

    assert page.locator("html").get_attribute("data-light") == "dusk"
    assert faint(page, LEAST_CONTRAST) == []


def brightest(page: Page) -> float:
    """The L* of the lightest pixel."""
    picture = base64.b64encode(page.screenshot(full_page=True)).decode()
    blank = page.context.new_page()
    found = blank.evaluate(LIGHTEST, f"data:image/png;base64,{picture}")
    blank.close()
    return float(found)


LIGHTEST = """async (url) => {
  const image = new Image(); image.src = url; await image.decode();
  const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  const linear = Array.from({length: 256}, (_, n) => n <= 10 ? n / 3294.6 : ((n / 255 + .055) / 1.055) ** 2.4);
  let most = 0;
  for (let n = 0; n < pixels.length; n += 4)
    most = Math.max(most, .2126 * linear[pixels[n]] + .7152 * linear[pixels[n + 1]] + .0722 * linear[pixels[n + 2]]);
  return most > .008856 ? 116 * Math.cbrt(most) - 16 : 903.3 * most;
}"""


def small_letters(page: Page) -> list[str]:
    """Text that is too small for what contrast there is at night: so dark, only large letters can be read."""
    return page.evaluate(
        """([large, bold]) => [...document.querySelectorAll("body *")]
          .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
          .filter(one => one.checkVisibility() && !one.closest(".spoken"))
          .filter(one => { const how = getComputedStyle(one), scale = one.getScreenCTM?.().a ?? 1;
                           const size = parseFloat(how.fontSize) * scale;
                           return !(size >= large || (size >= bold && how.fontWeight >= 700)); })
          .map(one => one.textContent.trim())""",
        [LARGE_PX, LARGE_BOLD_PX],
    )


def test_whoever_wants_no_motion_gets_a_circle_that_stays_and_only_glows(
    house: House, phone: Callable[..., Phone]
) -> None:
    ask(house, "step", "breathe")

    page = phone(house, reduced_motion="reduce").open("step")
    page.locator("#breath[data-part]:visible").wait_for()
    sizes = page.evaluate(
        """async () => { const found = []; const disc = document.querySelector(".disc");
          for (let n = 0; n < 40; n += 1) { await new Promise(requestAnimationFrame);
            found.push([disc.style.transform, disc.style.opacity]); } return found; }"""
    )

    assert len({size for size, _ in sizes}) == 1
    assert len({glow for _, glow in sizes}) > 1
