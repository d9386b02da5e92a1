"""The page behind a proxy that does as Home Assistant's ingress: below a path, in a frame, under another name."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import _free_port
from web_stage import PHONE
from winddown.config import load
from winddown.model import Enter
from winddown.shell.diary import enter
from winddown.web.server import Page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BELOW = "/api/hassio_ingress/Zm9vYmFy"
PANEL = f"<!doctype html><title>Panel</title><iframe src='{BELOW}/' width=380 height=760></iframe>".encode()
HOUSE = """
timezone: UTC
mqtt: {{host: 127.0.0.1, port: {broker}}}
web: {{listen: "ingress:{port}"}}
rooms: {{bedroom: {{bedtime: "22:45", lights: [json/home/lamp/set]}}}}
"""


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Home Assistant whose panel is the page."""
    monkeypatch.setattr("winddown.web.doors.SUPERVISOR", "127.0.0.1")
    port, path = _free_port(), tmp_path / "winddown.yaml"
    path.write_text(HOUSE.format(broker=_free_port(), port=port))
    house = load(path).config
    enter(house.journal, Enter("bedroom", "2000-01-01", said={"quality": 1}))
    assert house.web is not None
    with Page(house, house.web, "page").served(), ThreadingHTTPServer(("127.0.0.1", 0), towards(port)) as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_port}"
        proxy.shutdown()


def towards(port: int) -> type[BaseHTTPRequestHandler]:
    class Ingress(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(BELOW):
                self.answer(200, {"Content-Type": "text/html"}, PANEL)
                return
            size = int(self.headers.get("Content-Length", 0))
            headers = {name: value for name, value in self.headers.items() if name != "Host"}
            headers |= {
                "Host": f"172.30.33.4:{port}",
                "X-Forwarded-Host": self.headers["Host"],
                "X-Ingress-Path": BELOW,
            }
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request(self.command, self.path.removeprefix(BELOW), self.rfile.read(size), headers)
                with line.getresponse() as got:
                    events = got.getheader("Content-Type", "").startswith("text/event-stream")
                    self.answer(502 if events else got.status, dict(got.getheaders()), b"" if events else got.read())

        do_POST = do_GET  # noqa: N815  the name is the standard library's

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Ingress


def test_in_home_assistants_sidebar_everything_is_where_it_belongs(panel: str, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{panel}/winddown")
    frame = page.frame_locator("iframe")
    frame.get_by_text("winddown cannot reach the broker").wait_for()

    frame.get_by_role("link", name="Morning").click()
    frame.get_by_role("group", name="How was it?").get_by_role("radio", name="5").check()
    frame.get_by_role("button", name="Keep it").first.click()

    frame.get_by_text("Kept. Thank you.").wait_for()
    assert frame.locator("body").evaluate("one => getComputedStyle(one).display") == "flex"  # its style is there
    assert [url for url in asked if not url.startswith(f"{panel}{BELOW}/") and "winddown" not in url] == []
    assert {url.removeprefix(panel) for url in asked} >= {f"{BELOW}/-/page.js", f"{BELOW}/bedroom/now"}
    context.close()
