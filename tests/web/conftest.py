"""A real daemon with its page, a real broker, a lamp in every room, and one headless Chromium for all tests."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Mosquitto
from web_stage import PHONE, House, Phone, lamps, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., House]]:
    """`home(text, *times)`: a house with these rooms, its lamps on."""
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    if not Path(program).exists():
        missing("mosquitto is not installed (apt install mosquitto)")
    begun: list[House] = []

    def begin(text: str, *times: float) -> House:
        folder = tmp_path_factory.mktemp("house")
        house = House(folder, Mosquitto(program, folder).start(), text)
        begun.append(house)
        lamps(house, on=True)
        return house.start(*times)

    yield begin
    for house in begun:
        house.end()
        house.broker.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all."""
    try:
        sync_api = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        missing("playwright is not installed (pip install '.[dev]')")
        raise
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("Chromium is not installed (apt install chromium)")
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        one = playwright.chromium.launch(executable_path=found, args=arguments)
        yield one
        one.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., Phone]]:
    """`phone(house)`: a phone in somebody's hand; at the end it must have had nothing to complain of."""
    taken: list[tuple[Phone, Any]] = []

    def take(house: House, *, quiet: bool = True, **how: Any) -> Phone:
        context = browser.new_context(**{"viewport": PHONE, **how})
        one = Phone(context.new_page(), house)
        one.page.set_default_timeout(8000)
        if quiet:
            one.page.on("console", lambda said: one.complaints.append(said.text) if said.type == "error" else None)
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on("request", lambda asked: one.strangers.append(asked.url) if house.url not in asked.url else None)
        taken.append((one, context))
        return one

    yield take
    for one, context in taken:
        context.close()
        assert one.complaints == []
        assert one.strangers == []
