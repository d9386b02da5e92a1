"""Who is let in, what goes with every answer, and what the page will not be asked."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from conftest import _free_port
from winddown.clock import Instant
from winddown.config import Loaded, load
from winddown.web.server import Page

HOUSE = """
timezone: UTC
mqtt: {{host: 127.0.0.1, port: {broker}}}
web: {{{web}}}
rooms:
  bedroom: {{bedtime: "22:45", lights: [json/home/lamp/set]}}
"""
HERE = {"Sec-Fetch-Site": "same-origin"}
Answer = tuple[int, dict[str, str], str]


def loaded(folder: Path, web: str) -> Loaded:
    path = folder / "winddown.yaml"
    path.write_text(HOUSE.format(broker=_free_port(), web=web))
    return load(path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Callable[..., Answer]]]:
    """`served("ingress")`: a page without a broker; what it answers is `ask(method, path, body, headers)`."""
    pages: list[Page] = []

    @cache
    def serve(host: str = "127.0.0.1", more: str = "") -> Callable[..., Answer]:
        port = _free_port()
        house = loaded(tmp_path_factory.mktemp("house"), f"listen: '{host}:{port}'{more}").config
        assert house.web is not None
        pages.append(Page(house, house.web, "page"))
        pages[-1].start()

        def ask(method: str, path: str, body: str | None = None, **headers: str) -> Answer:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request(method, path, body, {"Host": f"127.0.0.1:{port}", **named})
                got = line.getresponse()
                said = got.read().decode()
            return got.status, {name.lower(): value for name, value in got.getheaders()}, said

        return ask

    yield serve
    for page in pages:
        page.stop()


def test_every_answer_says_what_a_browser_may_do_with_it(served: Callable[..., Callable[..., Answer]]) -> None:
    ask = served()

    for path in ("/bedroom/", "/-/page.css", "/-/page.js", "/bedroom/help", "/nowhere/"):
        _, headers, _ = ask("GET", path)
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_no_answer_names_an_address_elsewhere(served: Callable[..., Callable[..., Answer]]) -> None:
    ask = served()

    status, headers, _ = ask("GET", "/")
    pages = [ask("GET", path)[2] for path in ("/bedroom/", "/bedroom/help", "/-/page.css", "/-/page.js")]

    assert (status, headers["location"]) == (303, "bedroom/")  # relative: below any path
    assert ask("GET", "/bedroom")[1]["location"] == "bedroom/"
    assert all("http://" not in page and "https://" not in page for page in pages)
    assert all('="/' not in page for page in pages)


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "", "[", "localhost.evil"])
def test_a_name_that_leads_here_from_elsewhere_is_refused_with_the_recipe(
    served: Callable[..., Callable[..., Answer]], name: str
) -> None:
    status, _, said = served()("GET", "/bedroom/", Host=name)

    assert status in (400, 421)
    assert status == 400 or "docs/page.md" in said


def test_this_machine_and_the_name_of_the_proxy_are_let_in(served: Callable[..., Callable[..., Answer]]) -> None:
    ask = served(more=", name: Bed.home.arpa")

    for name in ("localhost:8722", "127.0.0.1", "[::1]:8722", "bed.home.arpa", "BED.HOME.ARPA:443"):
        assert ask("GET", "/bedroom/", Host=name)[0] == 200, name


def test_behind_home_assistant_only_the_supervisor_is_answered(
    served: Callable[..., Callable[..., Answer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = served("ingress")

    status, _, said = ask("GET", "/bedroom/", X_Forwarded_For="172.30.32.2", X_Ingress_Path="/api/hassio_ingress/x")
    monkeypatch.setattr("winddown.web.doors.SUPERVISOR", "127.0.0.1")
    by_it = ask("GET", "/bedroom/", Host="homeassistant.local:8123")

    assert (status, by_it[0]) == (403, 200)
    assert "Home Assistant alone, and not 127.0.0.1" in said
    assert "docs/page.md" in said


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Origin": "http://127.0.0.1"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "http://127.0.0.1:1"},
        {"X_Forwarded_Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
@pytest.mark.parametrize(("path", "body"), [("/bedroom/ask", "order=dark"), ("/bedroom/morning", "quality=1")])
def test_a_form_from_elsewhere_is_refused(
    served: Callable[..., Callable[..., Answer]], headers: dict[str, str], path: str, body: str
) -> None:
    status, _, said = served()("POST", path, body, **headers)

    assert status == 403
    assert "did not come from this page" in said


def test_a_form_from_here_is_taken_also_where_the_browser_only_says_its_origin(
    served: Callable[..., Callable[..., Answer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = served()
    monkeypatch.setattr("winddown.web.doors.SUPERVISOR", "127.0.0.1")
    behind = served("ingress")

    plain = ask("POST", "/bedroom/ask", "order=dark", Host="localhost:8722", Origin="http://localhost:8722")
    proxied = behind(
        "POST",
        "/bedroom/ask",
        "order=dark",
        Host="172.30.33.1",
        X_Forwarded_Host="ha.local:8123",
        Origin="http://ha.local:8123",
    )

    assert (plain[0], proxied[0]) == (303, 303)


@pytest.mark.parametrize("order", ["", "resume", "later 20", "dark; stop", "skip on", "x" * 5000])
def test_only_what_stands_on_the_page_can_be_asked(served: Callable[..., Callable[..., Answer]], order: str) -> None:
    assert served()("POST", "/bedroom/ask", f"order={order}", Sec_Fetch_Site="same-origin")[0] == 400


def test_without_a_broker_a_button_says_so(served: Callable[..., Callable[..., Answer]]) -> None:
    status, _, said = served()(
        "POST", "/bedroom/ask", "order=dark", Sec_Fetch_Site="same-origin", Accept="application/json"
    )

    assert status == 503
    assert json.loads(said) == {
        "outcome": "unsent",
        "text": "Dark: it could not be sent, for the broker is away.",
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/attic/", 404),
        ("/-/../server.py", 404),
        ("/-/page.py", 404),
        ("/bedroom/morning?evening=1999-01-01", 404),
        ("/bedroom/morning?evening=2999-01-01", 404),
        ("/bedroom/morning?evening=tomorrow", 404),
        ("/bedroom/ask", 405),
    ],
)
def test_what_is_not_there_is_told_in_a_page(
    served: Callable[..., Callable[..., Answer]], path: str, status: int
) -> None:
    got, _, said = served()("GET", path)

    assert got == status
    assert "That did not work" in said


def test_more_than_can_be_read_is_not_read(served: Callable[..., Callable[..., Answer]]) -> None:
    status, _, said = served()("POST", "/bedroom/morning", "note=" + "x" * (5 << 20), Sec_Fetch_Site="same-origin")

    assert status == 413
    assert "Write it shorter" in said


def test_a_port_that_is_taken_is_told_and_the_evening_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        house = loaded(tmp_path, f"listen: '127.0.0.1:{other.getsockname()[1]}'").config
        assert house.web is not None

        with Page(house, house.web, "page").served():
            pass

    assert "cannot be used (address already in use); there is no page until a restart" in caplog.text


def test_it_is_gone_within_a_second_though_somebody_is_listening(
    served: Callable[..., Callable[..., Answer]], tmp_path: Path
) -> None:
    port = _free_port()
    house = loaded(tmp_path, f"listen: '127.0.0.1:{port}'").config
    assert house.web is not None
    page = Page(house, house.web, "page")
    page.start()
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(f"GET /bedroom/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        while b"data:" not in line.recv(65_536):
            pass
        began = time.monotonic()

        page.stop()

        assert time.monotonic() - began < 1.0


@pytest.mark.parametrize(
    ("clock", "light"),
    [("12:00", "day"), ("22:10", "dusk"), ("22:46", "night"), ("03:00", "night"), ("07:01", "day")],
)
def test_a_page_that_cannot_reach_anybody_is_as_dark_as_the_file_says(
    served: Callable[..., Callable[..., Answer]], monkeypatch: pytest.MonkeyPatch, clock: str, light: str
) -> None:
    wall = datetime.fromisoformat(f"2026-11-20T{clock}+00:00").timestamp()
    monkeypatch.setattr("winddown.web.site.clock.now", lambda: Instant(wall=wall, boot=1000.0))

    said = json.loads(served()("GET", "/bedroom/now")[2])

    assert (said["reach"], said["phase"], said["light"]) == ("broker", "lost", light)
