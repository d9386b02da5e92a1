"""The page while winddown, or the broker, is away: it never shows what was as if it were now, and it comes back."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from web_stage import House, Phone, found_by_axe, room

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def house(home: Callable[..., House]) -> House:
    return home("rooms:\n" + room("bedroom", 1200))


def in_the_evening(house: House, phone: Callable[..., Phone], *, clock: bool = False) -> Page:
    one = phone(house, quiet=False)
    if clock:
        one.page.clock.install()
    page = one.open("bedroom")
    page.get_by_role("heading", name="Winding down").wait_for()
    page.locator("#ask button:enabled").first.wait_for()
    return page


def lost(page: Page) -> None:
    page.get_by_role("heading", name="One moment").wait_for()
    assert "Winding down" not in page.inner_text("body")
    assert page.locator("#ask button:enabled").count() == 0
    assert not page.locator("#picture").is_visible() or page.locator("#picture svg").count() == 0


def test_a_daemon_that_is_killed_leaves_no_phase_behind_and_the_page_finds_the_next(
    house: House, phone: Callable[..., Phone]
) -> None:
    page = in_the_evening(house, phone)
    assert found_by_axe(page) == []

    house.end(signal.SIGKILL)

    lost(page)
    house.again()
    page.get_by_role("heading", name="Winding down").wait_for(timeout=15_000)
    page.locator("#ask button:enabled").first.wait_for()


def test_a_daemon_that_hangs_is_not_believed_for_long(house: House, phone: Callable[..., Phone]) -> None:
    page = in_the_evening(house, phone, clock=True)
    assert house.process is not None
    house.process.send_signal(signal.SIGSTOP)
    try:
        page.clock.fast_forward(15_000)

        lost(page)
    finally:
        house.process.send_signal(signal.SIGCONT)
    page.clock.fast_forward(4_000)
    page.get_by_role("heading", name="Winding down").wait_for()


def test_behind_a_proxy_that_holds_events_back_the_page_asks_by_itself(
    house: House, phone: Callable[..., Phone]
) -> None:
    one = phone(house)
    one.page.route("**/events", lambda _route: None)
    page = one.open("bedroom")
    page.get_by_role("heading", name="Winding down").wait_for()
    page.get_by_role("button", name="Skip tonight").click()

    page.get_by_role("button", name="Do not skip").click()

    page.get_by_role("button", name="Skip tonight").wait_for()


def test_what_lay_about_while_the_phone_slept_is_not_shown_as_if_it_were_now(
    house: House, phone: Callable[..., Phone]
) -> None:
    page = in_the_evening(house, phone, clock=True)
    with urlopen(f"{house.url}/bedroom/now") as answer:
        old = json.load(answer)
    page.route("**/events", lambda route: route.abort())
    page.route("**/now", lambda route: route.fulfill(json=old))
    with page.expect_response("**/clock"):
        page.evaluate("() => { source.close(); synchronise(); }")

    with page.expect_response("**/now"):
        page.clock.fast_forward(20_000)

    lost(page)


def test_a_broker_that_is_away_is_named(house: House, phone: Callable[..., Phone]) -> None:
    page = in_the_evening(house, phone)

    house.broker.stop()

    page.get_by_text("winddown cannot reach the broker").wait_for()
    lost(page)
    assert house.log().count(": lost: ") <= 1  # by the daemon's own line; the page says nothing of it


def test_a_file_that_is_read_again_is_followed_by_the_page(home: Callable[..., House]) -> None:
    house = home("rooms:\n" + room("bedroom"))
    house.config.write_text(f"{house.config.read_text()}{room('attic', more=', language: nl')}")
    assert house.process is not None

    house.process.send_signal(signal.SIGHUP)

    def says_day() -> bool:
        try:
            with urlopen(f"{house.url}/attic/now") as answer:
                return json.load(answer)["title"] == "Overdag"
        except HTTPError as error:
            error.close()
            return False

    until = time.monotonic() + 10
    while not says_day():
        assert time.monotonic() < until, house.log()
        time.sleep(0.05)  # nobody tells a test over HTTP


def test_at_the_end_whoever_follows_is_sent_home(home: Callable[..., House]) -> None:
    house = home("rooms:\n" + room("bedroom"))
    with urlopen(f"{house.url}/bedroom/events") as following:
        assert following.readline() == b"retry: 1000\n"

        code = house.end()
        following.read()  # to its end: a connection that was torn off would raise

    assert code == 0
    assert "page has ended" not in house.log()
