"""Without `web:` there is no page, and nothing of it; with it, what it needs must be there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import util
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from conftest import Mosquitto, Neighbour
from winddown.cli.page import must_have_page
from winddown.config import Listen, json_schema, load
from winddown.errors import ConfigError, UsageError

ROOT = Path(__file__).parents[2]
LOADED = """
import json, signal, sys, threading
from winddown.__main__ import main
sys.argv = ["winddown", "run", sys.argv[1]]
try:
    main()
finally:
    print(json.dumps([sorted(sys.modules), [thread.name for thread in threading.enumerate()]]))
"""
OF_THE_PAGE = {"anyio", "jinja2", "markupsafe", "starlette", "uvicorn", "h11"}


def house(folder: Path, web: str, port: int = 1) -> Path:
    path = folder / "winddown.yaml"
    rooms = "rooms: {bedroom: {bedtime: '22:45', lights: [json/home/lamp/set]}}"
    path.write_text(f"timezone: UTC\nmqtt: {{host: 127.0.0.1, port: {port}}}\n{web}\n{rooms}\n")
    return path


def test_a_daemon_without_a_page_loads_nothing_of_it(
    tmp_path: Path, mosquitto: Mosquitto, neighbour: Callable[..., Neighbour]
) -> None:
    heard = neighbour(mosquitto.port, "winddown/status")
    command = [sys.executable, "-c", LOADED, str(house(tmp_path, "", mosquitto.port))]
    daemon = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert heard.hear()[1] == "online"

    daemon.terminate()
    modules, threads = json.loads(daemon.communicate(timeout=10)[0])

    assert [name for name in modules if name.startswith("winddown.web") or name.split(".")[0] in OF_THE_PAGE] == []
    assert "page" not in threads


@pytest.mark.parametrize("verb", ["run", "check"])
def test_where_the_extra_is_missing_the_mend_is_told(
    winddown_said: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    there = util.find_spec
    monkeypatch.setattr("winddown.cli.page.find_spec", lambda name: None if name == "uvicorn" else there(name))

    code, said = winddown_said(verb, house(tmp_path, "web: {}"))

    assert code == 2
    assert "web: the page needs uvicorn: pip install 'winddown[web]'" in said


def test_without_the_key_nothing_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winddown.cli.page.find_spec", lambda _name: None)

    must_have_page(load(house(tmp_path, "")).config)

    with pytest.raises(UsageError):
        must_have_page(load(house(tmp_path, "web: {}")).config)


@pytest.fixture
def winddown_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """`winddown_said("check", path)`: the exit code, and what was written to standard error."""
    from winddown.__main__ import main

    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")
    monkeypatch.setattr("winddown.cli.house.log_to_stderr", lambda *_: None)

    def say(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["winddown", *map(str, words)])
        code = main()
        return code, capsys.readouterr().err

    return say


# ---------------------------------------------------------------- where it may listen


@pytest.mark.parametrize(
    ("text", "listen"),
    [
        ("", Listen("127.0.0.1", 8722)),
        ("listen: 127.0.0.1:8722", Listen("127.0.0.1", 8722)),
        ("listen: localhost:80", Listen("127.0.0.1", 80)),
        ("listen: 127.0.0.2", Listen("127.0.0.2", 8722)),
        ("listen: '[::1]:9000'", Listen("::1", 9000)),
        ("listen: ingress", Listen("ingress", 8722)),
        ("listen: ingress:8099", Listen("ingress", 8099)),
    ],
)
def test_it_listens_where_nobody_comes_by_himself(tmp_path: Path, text: str, listen: Listen) -> None:
    web = load(house(tmp_path, f"web: {{{text}}}")).config.web

    assert web is not None
    assert web.listen == listen
    assert says_schema(text)


def says_schema(text: str) -> bool:
    """An editor takes it; that a port is too high only reading tells."""
    raw = {"mqtt": {"host": "h"}, "web": YAML(typ="safe", pure=True).load(f"{{{text}}}")}
    rooms = {"rooms": {"bedroom": {"bedtime": "22:45", "lights": ["json/home/lamp/set"]}}}
    return Draft202012Validator(json_schema()).is_valid(raw | rooms)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("listen: 0.0.0.0:8722", "asks for no password; write 127.0.0.1:8722 and put a reverse proxy"),
        ("listen: 192.168.1.5:80", "write 127.0.0.1:80 and put a reverse proxy that asks for one before it: docs/page"),
        ("listen: '[::]:8722'", "asks for no password"),
        ("listen: hub.lan:8722", "'hub.lan' is no address"),
        ("listen: 127.0.0.1:99999", "is no address with a port"),
        ("listen: 8722", "is no address"),
        ("listen: 127.0.0.1:0", "is no address with a port"),
        ("listen: http://127.0.0.1", "is no address with a port"),
        ("name: https://bed.home.arpa", "is no host's name"),
        ("name: bed.home.arpa:443", "is no host's name"),
        ("lisen: x", "did you mean listen"),
    ],
)
def test_elsewhere_it_does_not_and_says_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(house(tmp_path, f"web: {{{text}}}"))

    assert len(refused.value.mistakes) == 1
    assert says_schema(text) == (text == "listen: 127.0.0.1:99999" or text == "listen: 127.0.0.1:0")
    assert f":3: web.{text.split(':')[0]}: " in str(refused.value)
    assert says in str(refused.value)
