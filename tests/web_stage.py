"""What a test of the page stands on: a real daemon with its page, a lamp in every room, a phone. It judges nothing."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import Mosquitto, Neighbour, _free_port

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
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
        web = f"home_assistant: {{discovery: false}}\nweb: {{listen: 127.0.0.1:{self.port}}}\n"
        head = f"timezone: UTC\nmqtt: {{host: 127.0.0.1, port: {self.broker.port}}}\n{web}"
        self.config.write_text(f"{head}{self.text}")
        run = (
            [ROOT / "tests/shell/evening.py", self.config, *times] if times else ["-m", "winddown", "run", self.config]
        )
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
        said = ""
        while "the page is at" not in said or ": connected (MQTT" not in said:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < until, self.log()
            time.sleep(0.01)  # a log is no queue
            said = self.log().rpartition("--- again")[2]

    def again(self, *times: float) -> None:
        """Begin once more, on the same port and journal."""
        with (self.folder / "log").open("a") as log:
            log.write("--- again\n")
        self.start(*times)


def lamps(house: House, *, on: bool) -> None:
    """Every lamp says how it is, and the broker keeps it."""
    neighbour = Neighbour(house.broker.port, (), "", 4)  # type: ignore[arg-type]  # MQTT 3.1.1, by its number
    for topic in re.findall(r"json/(\S+)/set", house.text):
        neighbour.say(topic, json.dumps({"state": "ON" if on else "OFF", "brightness": 150}), retain=True)
    neighbour.leave()


def clock(in_s: float) -> str:
    """The time of day so many seconds from now."""
    return time.strftime("%H:%M", time.gmtime(time.time() + in_s))


def room(name: str, bedtime_in_s: float = 3 * 3600, more: str = "", *, pace: str = "") -> str:
    """A room with a lamp of its own, whose bedtime is so far away."""
    times = f'bedtime: "{clock(bedtime_in_s)}", wake: "{clock(bedtime_in_s + 8 * 3600)}"'
    return f"  {name}: {{{times}, lights: [json/home/{name}/set], breathing: {{starts: press{pace}}}{more}}}\n"


def missing(reason: str) -> None:
    """A test goes without it, or fails where it was promised."""
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


def found_by_axe(page: Page) -> list[str]:
    """What axe complains of, in a line each."""
    from axe_playwright_python.sync_playwright import Axe

    said = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:120]}" for one in said for node in one["nodes"]]


LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0
"""Of text; and in the night, where nothing shines and every letter is large."""
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"


def faint(page: Page, least: float) -> list[str]:
    """Text with less contrast, large letters too; but for a button that cannot be pressed now."""
    found: list[str] = page.evaluate(
        """(least) => {
          const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
          const linear = n => n / 255 <= .04045 ? n / 255 / 12.92 : ((n / 255 + .055) / 1.055) ** 2.4;
          const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
          const under = one => { for (; one; one = one.parentElement) {
            const seen = rgb(getComputedStyle(one).backgroundColor); if ((seen[3] ?? 1) === 1) return seen; } };
          return [...document.querySelectorAll("body *")]
            .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
            .filter(one => one.checkVisibility() && !one.closest(".spoken, :disabled"))
            .filter(one => { const how = getComputedStyle(one);
              const [a, b] = [light(rgb(one.closest("svg") ? how.fill : how.color)), light(under(one))];
              return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < least; })
            .map(one => one.textContent.trim()); }""",
        least,
    )
    return found
