"""A real daemon with its page, a real broker, a lamp in every room, and one headless Chromium for all tests."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Mosquitto, Neighbour, _free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
START_S = 15.0
PHONE = {"width": 390, "height": 844}


@dataclass
class House:
    """A daemon with a page, which may end and begin again."""

    folder: Path
    broker: Mosquitto
    text: str
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def config(self) -> Path:
        return self.folder / "winddown.yaml"

    def start(self, *times: float) -> House:
        """Begin; with times the evening is a short one, as tests/shell/evening.py has it."""
        head = f"timezone: UTC\nmqtt: {{host: 127.0.0.1, port: {self.broker.port}}}\nhome_assistant: {{discovery: false}}\n"
        self.config.write_text(f"{head}web: {{listen: 127.0.0.1:{self.port}}}\n{self.text}")
        run = [ROOT / "tests/shell/evening.py", self.config, *times] if times else ["-m", "winddown", "run", self.config]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        with (self.folder / "log").open("a") as log:
            command = [sys.executable, *map(str, run)]
            self.process = subprocess.Popen(command, cwd=self.folder, env=env, stderr=log, stdout=log, text=True)
        self._wait()
        return self

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(how)
        return self.process.wait(10)

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def _wait(self) -> None:
        until = time.monotonic() + START_S
        while "the page is at" not in self.log().rpartition("--- again")[2]:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < until, self.log()
            time.sleep(0.01)  # a log is no queue

    def again(self, *times: float) -> None:
        """Begin once more, on the same port and journal."""
        with (self.folder / "log").open("a") as log:
            log.write("--- again\n")
        self.start(*times)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., House]]:
    """`home(text, *times)`: a house with these rooms, its lamps on."""
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    if not Path(program).exists():
        _missing("mosquitto is not installed (apt install mosquitto)")
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
        house.broker.stop()


def lamps(house: House, *, on: bool) -> None:
    """Every lamp says how it is, and the broker keeps it."""
    neighbour = Neighbour(house.broker.port, (), "", 4)  # type: ignore[arg-type]  # MQTT 3.1.1, by its number
    for topic in re.findall(r"json/(\S+)/set", house.text):
        neighbour.say(topic, json.dumps({"state": "ON" if on else "OFF", "brightness": 150}), retain=True)
    neighbour.leave()


def clock(in_s: float) -> str:
    """The time of day so many seconds from now."""
    return time.strftime("%H:%M", time.gmtime(time.time() + in_s))


def room(name: str, bedtime_in_s: float = 3 * 3600, more: str = "") -> str:
    """A room with a lamp of its own, whose bedtime is so far away."""
    times = f'bedtime: "{clock(bedtime_in_s)}", wake: "{clock(bedtime_in_s + 8 * 3600)}"'
    return f"  {name}: {{{times}, lights: [json/home/{name}/set], breathing: {{starts: press}}{more}}}\n"


# ---------------------------------------------------------------- the browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all."""
    sync_api = pytest.importorskip("playwright.sync_api") if not os.environ.get("CI") else __import__(
        "playwright.sync_api", fromlist=["sync_playwright"]
    )
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        _missing("Chromium is not installed (apt install chromium)")
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        one = playwright.chromium.launch(executable_path=found, args=arguments)
        yield one
        one.close()


def _missing(reason: str) -> None:
    pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@dataclass
class Phone:
    """A page in the browser, and what went wrong in it."""

    page: Page
    house: House
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, room: str, view: str = "") -> Page:
        self.page.goto(f"{self.house.url}/{room}/{view}")
        return self.page

    def text(self) -> str:
        return self.page.inner_text("body")


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
